from django.db import migrations

# Even whoever may delete from these tables deletes nothing younger than a year, the shortest period that an organisation
# can choose, and nothing that a hold names. A read goes with its record as well: a certificate then names that record.
OLD_ONLY = """
CREATE FUNCTION refuse_while_young() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    gone jsonb := to_jsonb(OLD);
    about text := gone ->> TG_ARGV[1];
BEGIN
    IF TG_OP = 'DELETE' AND about <> '' AND TG_ARGV[2] = 'with its record' AND EXISTS (
        SELECT FROM ledger_certificate WHERE txid = pg_current_xact_id() AND words::jsonb -> 'records' ? about
    ) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'DELETE' AND (gone ->> TG_ARGV[0])::timestamptz < now() - interval '365 days' AND NOT EXISTS (
        SELECT FROM retention_hold h
        WHERE h.lifted_at IS NULL AND h.organisation_id = (gone ->> 'organisation_id')::bigint
          AND (h.scope = 'organisation' OR h.scope = 'record' AND h.record_id = about)
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'rows of % are sealed: only what is old and under no hold may go', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""
TRIGGER = """
DROP TRIGGER sealed_rows ON {table};
CREATE TRIGGER sealed_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function};
ALTER TABLE {table} ENABLE ALWAYS TRIGGER sealed_rows;
"""


def guarded(table: str, by: str, before: str) -> migrations.RunSQL:
    forward, backward = (TRIGGER.format(table=table, function=function) for function in (by, before))
    return migrations.RunSQL(forward, backward)


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0008_periods_for_what_is_not_a_record"),
        ("decisions", "0028_drafts_that_go_and_what_is_old"),
    ]
    operations = [
        migrations.RunSQL(OLD_ONLY, "DROP FUNCTION refuse_while_young()"),
        guarded(
            "decisions_recordread",
            "refuse_while_young('read_at', 'record_id', 'with its record')",
            "refuse_unless_disposed('record_id', 'records', '')",
        ),
        guarded("decisions_export", "refuse_while_young('at', 'reference', '')", "refuse_change()"),
    ]
