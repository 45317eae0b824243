from django.db import migrations

from infoshare.ledger.append_only import UNLESS_DISPOSED, disposable, protect

# A certificate counts only in the transaction that wrote it.
TRANSACTION = "ALTER TABLE ledger_certificate ADD COLUMN txid xid8 NOT NULL DEFAULT pg_current_xact_id()"
NO_TRANSACTION = "ALTER TABLE ledger_certificate DROP COLUMN txid"
INDEX = "CREATE INDEX certificates_of_a_transaction ON ledger_certificate (txid)"

# Called by the database's disposal function alone, which runs with the owner's rights: nobody else may execute them.
DISPOSAL = """
CREATE FUNCTION ledger_certify(
    the_document uuid, the_organisation bigint, the_words text,
    entry_uid uuid, entry_at timestamptz, entry_commitment bytea, entry_mac bytea
) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE new_entry bigint;
BEGIN
    INSERT INTO ledger_certificate (document, organisation_id, words, made_at)
    VALUES (the_document, the_organisation, the_words, entry_at);
    INSERT INTO ledger_logentry (uid, organisation_id, kind, document, at, commitment, mac)
    VALUES (entry_uid, the_organisation, 'disposed', the_document, entry_at, entry_commitment, entry_mac)
    RETURNING id INTO new_entry;
    INSERT INTO ledger_pendingentry (entry_id) VALUES (new_entry);
END $$;
REVOKE ALL ON FUNCTION ledger_certify FROM PUBLIC;

CREATE FUNCTION ledger_shred(the_document uuid) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE gone uuid[] := ARRAY(
    SELECT jsonb_array_elements_text(words::jsonb -> 'documents')::uuid
    FROM ledger_certificate WHERE document = the_document
);
BEGIN
    DELETE FROM ledger_datakey WHERE document_id = ANY (gone);
    DELETE FROM ledger_sealeddocument WHERE id = ANY (gone);
END $$;
REVOKE ALL ON FUNCTION ledger_shred FROM PUBLIC;
"""
NO_DISPOSAL = "DROP FUNCTION ledger_shred; DROP FUNCTION ledger_certify"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_the_log")]
    operations = [
        migrations.RunSQL(TRANSACTION, NO_TRANSACTION),
        migrations.RunSQL(INDEX, migrations.RunSQL.noop),
        migrations.RunSQL(UNLESS_DISPOSED, "DROP FUNCTION refuse_unless_disposed"),
        *(
            protect(f"ledger_{name}")
            for name in ("logentry", "leaf", "treenode", "checkpoint", "quarantinedentry", "certificate")
        ),
        disposable("ledger_sealeddocument", "id", "documents"),
        disposable("ledger_datakey", "document_id", "documents", rewrap=True),
        migrations.RunSQL(DISPOSAL, NO_DISPOSAL),
    ]
