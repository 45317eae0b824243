from django.db import migrations

YOUNG = """
CREATE OR REPLACE FUNCTION refuse_while_young() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    gone jsonb := to_jsonb(OLD);
    about text := gone ->> TG_ARGV[1];
BEGIN
    IF TG_OP = 'DELETE' AND about <> '' AND TG_ARGV[2] = 'with its record' AND EXISTS (
        SELECT FROM ledger_certificate WHERE txid = pg_current_xact_id() AND words::jsonb -> 'records' ? about
    ) THEN
        RETURN OLD;
    END IF;
    /*replay*/
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
REPLAY = """
    IF TG_OP = 'DELETE' AND about <> '' AND TG_ARGV[2] = 'with its record'
       AND current_setting('infoshare.replays', true) = 'on' AND EXISTS (
        SELECT FROM ledger_certificate WHERE words::jsonb -> 'records' ? about
    ) THEN
        RETURN OLD;
    END IF;
"""
# For the tables' owner alone: nobody else may delete what it deletes. The certificate must be there already.
AGAIN = """
CREATE FUNCTION replay_disposal(the_document uuid) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    gone text[] := ARRAY(SELECT jsonb_array_elements_text(words::jsonb -> 'records')
                         FROM ledger_certificate WHERE document = the_document);
BEGIN
    PERFORM set_config('infoshare.replays', 'on', true);
    PERFORM ledger_forget('decisions_decisionrecord', 'reference', gone);
    PERFORM ledger_shred(the_document);
    DELETE FROM retention_unscheduled WHERE record_id = ANY (gone);
    DELETE FROM retention_triggerentry WHERE record_id = ANY (gone);
    UPDATE retention_scheduleitem SET state = 'disposed', born_on = NULL, died_on = NULL, last_contact_on = NULL,
        case_closed_on = NULL, case_index = NULL, indefinite = false, kept_until = NULL WHERE record_id = ANY (gone);
    UPDATE retention_answer a SET reason = '', ended_because = '',
        state = CASE a.state WHEN 'approved' THEN 'done' WHEN 'waiting' THEN 'cancelled' ELSE a.state END
    FROM retention_reviewtask t WHERE t.id = a.task_id AND t.record_id = ANY (gone);
    UPDATE retention_reviewtask SET state = 'ended' WHERE record_id = ANY (gone) AND state = 'open';
END $$;
REVOKE ALL ON FUNCTION replay_disposal FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0011_take_a_bundle_before_its_receipt"),
        ("ledger", "0008_let_a_restore_replay_disposals"),
    ]
    operations = [
        migrations.RunSQL(YOUNG.replace("/*replay*/", REPLAY), YOUNG.replace("/*replay*/", "")),
        migrations.RunSQL(AGAIN, "DROP FUNCTION replay_disposal(uuid)"),
    ]
