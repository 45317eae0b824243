from django.db import migrations

# The one function that destroys a record. It runs with the owner's rights, only the worker's role may execute it (see
# infoshare.ledger.rights), and it believes nobody: it looks at the answer, the two people, the days and the holds itself.
DISPOSE = """
CREATE FUNCTION dispose_record(
    asked bigint, the_record text, the_document uuid, the_words text,
    entry_uid uuid, entry_at timestamptz, entry_commitment bytea, entry_mac bytea
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    answer retention_answer;
    item retention_scheduleitem;
BEGIN
    SELECT a.* INTO answer FROM retention_answer a JOIN retention_reviewtask t ON t.id = a.task_id
    JOIN decisions_decisionrecord r ON r.reference = t.record_id AND r.organisation_id = a.organisation_id
    WHERE a.id = asked AND t.record_id = the_record AND r.document_id = the_document FOR UPDATE OF a;
    IF NOT FOUND THEN RAISE EXCEPTION 'nobody asked for this disposal'; END IF;
    -- Shared with other disposals, and before the holds are read: whoever places a hold takes it alone.
    PERFORM pg_advisory_xact_lock_shared(1752132708, answer.organisation_id::int);
    SELECT * INTO item FROM retention_scheduleitem WHERE record_id = the_record FOR UPDATE;
    IF answer.state <> 'approved' OR answer.decided_by_id IS NULL OR answer.decided_by_id = answer.asked_by_id THEN
        RAISE EXCEPTION 'a disposal needs two people';
    ELSIF answer.kind = 'keep' OR (answer.kind = 'transfer' AND answer.receipt = '') THEN
        RAISE EXCEPTION 'this was not approved for disposal';
    ELSIF answer.not_before IS NULL OR answer.not_before > now() THEN
        RAISE EXCEPTION 'the disposal is still cooling off';
    ELSIF item.state IS DISTINCT FROM 'approved' THEN
        RAISE EXCEPTION 'the record is not waiting for its disposal';
    ELSIF EXISTS (
        SELECT FROM retention_hold h
        LEFT JOIN retention_ruleversion v ON v.id = item.rule_version_id
        WHERE h.lifted_at IS NULL AND h.organisation_id = item.organisation_id
          AND (h.scope = 'organisation' OR h.scope = 'record' AND h.record_id = the_record
               OR h.scope = 'case' AND h.case_index = item.case_index
               OR h.scope = 'category' AND h.category = item.category OR h.scope = 'rule' AND h.rule_id = v.rule_id)
    ) THEN
        RAISE EXCEPTION 'the record is on hold';
    ELSIF NOT (the_words::jsonb -> 'records' = jsonb_build_array(the_record)
               AND the_words::jsonb -> 'documents' ? the_document::text) THEN
        RAISE EXCEPTION 'the certificate is not for this record';
    END IF;
    PERFORM ledger_certify(
        the_document, answer.organisation_id, the_words, entry_uid, entry_at, entry_commitment, entry_mac
    );
    PERFORM ledger_forget('decisions_decisionrecord', 'reference', ARRAY[the_record]);
    PERFORM ledger_shred(the_document);
    UPDATE retention_scheduleitem SET state = 'disposed', born_on = NULL, died_on = NULL, last_contact_on = NULL,
        case_closed_on = NULL, case_index = NULL WHERE record_id = the_record;
    UPDATE retention_answer SET state = 'done' WHERE id = asked;
    UPDATE retention_reviewtask SET state = 'ended' WHERE id = answer.task_id;
END $$;
REVOKE ALL ON FUNCTION dispose_record FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0006_calendar_feeds_and_reminders"),
        ("decisions", "0018_let_disposal_delete_records"),
    ]
    operations = [migrations.RunSQL(DISPOSE, "DROP FUNCTION dispose_record")]
