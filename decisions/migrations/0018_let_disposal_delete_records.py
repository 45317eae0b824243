from django.db import migrations

from infoshare.ledger.append_only import disposable


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0017_refuse_changes_to_confirmations"),
        ("ledger", "0007_forget_rows_at_disposal"),
    ]
    operations = [
        # What has a document goes only if the certificate lists the document, so that none is left behind.
        disposable("decisions_decisionrecord", "document_id", "documents"),
        disposable("decisions_amendment", "document_id", "documents"),
        disposable("decisions_confirmation", "document_id", "documents"),
        disposable("decisions_review", "document_id", "documents"),
        disposable("decisions_reviewanswer", "document_id", "documents"),
        disposable("decisions_recordread", "record_id", "records"),
        disposable("decisions_visibilitychange", "record_id", "records"),
    ]
