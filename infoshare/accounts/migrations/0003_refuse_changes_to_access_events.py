from django.db import migrations

from infoshare.ledger.append_only import protect


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_access_events"),
        ("ledger", "0002_refuse_changes_to_sealed_documents"),
    ]
    operations = [protect("accounts_accessevent")]
