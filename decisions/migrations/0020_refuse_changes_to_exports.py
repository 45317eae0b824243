from django.db import migrations

from infoshare.ledger.append_only import protect


class Migration(migrations.Migration):
    dependencies = [("decisions", "0019_exports")]
    operations = [protect("decisions_export")]
