from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisions", "0002_refuse_changes_to_records")]
    operations = [
        migrations.RemoveField("heldanswer", "draft"),
        migrations.RemoveField("heldanswer", "page"),
        migrations.AddField("heldanswer", "path", models.CharField(max_length=200, default=""), preserve_default=False),
    ]
