import django.db.models.deletion
from django.db import migrations, models

import decisions.models.drafts


def required(field):
    return {"field": field, "preserve_default": False}


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0008_refuse_drafts_made_before_encryption"),
        ("ledger", "0004_encrypt_documents"),
    ]
    operations = [
        migrations.RemoveField("draft", "answers"),
        migrations.RemoveField("draft", "details"),
        migrations.AddField(
            "draft", "sealed", **required(decisions.models.drafts.SealedField(default=b"", editable=False))
        ),
        migrations.AddField("heldanswer", "kek", **required(models.CharField(default="", max_length=20))),
        migrations.AddField("heldanswer", "wrapped", **required(models.BinaryField(default=b""))),
        migrations.CreateModel(
            name="DraftKey",
            fields=[
                ("kek", models.CharField(max_length=20)),
                ("wrapped", models.BinaryField()),
                (
                    "draft",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="key",
                        serialize=False,
                        to="decisions.draft",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
    ]
