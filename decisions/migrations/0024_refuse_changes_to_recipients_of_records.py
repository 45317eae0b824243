from django.db import migrations

from infoshare.ledger.append_only import disposable, protect


class Migration(migrations.Migration):
    dependencies = [("decisions", "0023_recipients_of_records")]
    operations = [
        protect("decisions_recordrecipient"),
        disposable("decisions_recordrecipient", "record_id", "records"),
    ]
