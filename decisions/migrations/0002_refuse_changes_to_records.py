from django.db import migrations

from infoshare.ledger.append_only import protect


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0001_drafts_and_records"),
        ("ledger", "0002_refuse_changes_to_sealed_documents"),
    ]
    operations = [
        protect("decisions_decisionrecord"),
        protect("decisions_amendment"),
        protect("decisions_recordread"),
    ]
