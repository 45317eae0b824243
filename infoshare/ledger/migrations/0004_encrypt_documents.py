import django.db.models.deletion
from django.db import migrations, models

from infoshare.ledger.append_only import protect


def required(field):
    return {"field": field, "preserve_default": False}


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_refuse_what_was_made_before_encryption")]
    operations = [
        migrations.RemoveField("sealeddocument", "content"),
        migrations.AddField("sealeddocument", "facts", **required(models.BinaryField(default=b""))),
        migrations.AddField("sealeddocument", "key_commitment", **required(models.BinaryField(default=b""))),
        migrations.AddField("sealeddocument", "ciphertext", **required(models.BinaryField(default=b""))),
        migrations.CreateModel(
            name="DataKey",
            fields=[
                ("kek", models.CharField(max_length=20)),
                ("wrapped", models.BinaryField()),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="key",
                        serialize=False,
                        to="ledger.sealeddocument",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        protect("ledger_datakey"),
    ]
