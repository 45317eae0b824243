from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisions", "0029_records_outlive_what_they_follow")]
    operations = [migrations.AddField("decisionrecord", "started_at", models.DateTimeField(null=True))]
