import importlib

from django.db import migrations

WORDS = importlib.import_module("infoshare.ledger.migrations.0003_refuse_what_was_made_before_encryption").WORDS


def refuse(apps, schema_editor):
    alias = schema_editor.connection.alias
    if apps.get_model("decisions", "Draft").objects.using(alias).exists():
        raise RuntimeError(WORDS)
    apps.get_model("decisions", "HeldAnswer").objects.using(alias).all().delete()  # kept for half an hour anyway


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0007_refuse_changes_to_partner_events"),
        ("ledger", "0003_refuse_what_was_made_before_encryption"),
    ]
    operations = [migrations.RunPython(refuse, migrations.RunPython.noop)]
