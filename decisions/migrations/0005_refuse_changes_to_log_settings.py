from django.db import migrations

from infoshare.ledger.append_only import protect


class Migration(migrations.Migration):
    dependencies = [("decisions", "0004_columns_views_and_visibility")]
    operations = [
        protect("decisions_logsettings"),
        protect("decisions_visibilitychange"),
    ]
