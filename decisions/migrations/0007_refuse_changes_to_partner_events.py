from django.db import migrations

from infoshare.ledger.append_only import protect


class Migration(migrations.Migration):
    dependencies = [("decisions", "0006_directory_of_partners")]
    operations = [protect("decisions_partnerevent")]
