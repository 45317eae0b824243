from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0039_move_each_drafts_key_to_it")]
    operations = [migrations.DeleteModel("DraftKey")]
