from django.db import migrations

from infoshare.ledger.append_only import protect


class Migration(migrations.Migration):
    dependencies = [("decisions", "0016_confirmations")]
    operations = [protect("decisions_confirmation")]
