from django.db import migrations, models

HOW = [
    ("page", ""),
    ("pdf", "as a PDF"),
    ("bundle", "with its seal"),
    ("export", "in an export"),
    ("search", "found in a search of the text"),
    ("review", "to review it"),
    ("rerun", "beside another edition"),
    ("correction", "to correct it"),
]


class Migration(migrations.Migration):
    dependencies = [("decisions", "0026_date_the_places_in_the_review_queue")]
    operations = [
        migrations.AddField("recordread", "how", models.CharField(choices=HOW, default="page", max_length=20)),
    ]
