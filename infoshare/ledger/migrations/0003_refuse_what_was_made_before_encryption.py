from django.db import migrations

WORDS = (
    "This database was made before records were encrypted, by a version that was never released, and cannot be carried "
    "over. To start afresh, delete var/servers (of `make run`) or drop the database, and run it again."
)


def refuse(apps, schema_editor):
    if apps.get_model("ledger", "SealedDocument").objects.using(schema_editor.connection.alias).exists():
        raise RuntimeError(WORDS)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_refuse_changes_to_sealed_documents")]
    operations = [migrations.RunPython(refuse, migrations.RunPython.noop)]
