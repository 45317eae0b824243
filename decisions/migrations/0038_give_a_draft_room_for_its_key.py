from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisions", "0037_say_that_a_bundle_left")]
    operations = [
        migrations.AddField("draft", "kek", models.CharField(default="", max_length=20), preserve_default=False),
        migrations.AddField("draft", "wrapped", models.BinaryField(default=b""), preserve_default=False),
    ]
