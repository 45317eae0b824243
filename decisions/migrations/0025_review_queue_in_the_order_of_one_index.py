import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisions", "0024_refuse_changes_to_recipients_of_records")]
    operations = [
        migrations.RemoveIndex("reviewitem", "review_queue"),
        migrations.AddField(
            "reviewitem",
            "recorded_at",
            models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddIndex(
            "reviewitem",
            models.Index(
                fields=["organisation", "-risk", "recorded_at", "record"],
                name="review_queue",
                condition=models.Q(state__in=["waiting", "answered", "stale"]),
            ),
        ),
    ]
