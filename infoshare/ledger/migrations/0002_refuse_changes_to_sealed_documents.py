from django.db import migrations

from infoshare.ledger.append_only import protect, refusal_function


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_sealed_documents")]
    operations = [refusal_function(), protect("ledger_sealeddocument")]
