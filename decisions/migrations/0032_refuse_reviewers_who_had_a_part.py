from django.db import migrations

from infoshare.ledger.append_only import disposable, protect

# Advice that was given before there was a table for it: on the record that the request stands on now, and on those that
# it went on from, where they were recorded later than it was given.
KNOWN = """
WITH RECURSIVE advised AS (
    SELECT a.record_id AS record, a.adviser_id AS adviser, a.replied_at, a.organisation_id AS organisation
    FROM decisions_advicerequest a WHERE a.record_id IS NOT NULL AND a.adviser_id IS NOT NULL
    UNION
    SELECT r.follows_id, advised.adviser, advised.replied_at, advised.organisation
    FROM advised JOIN decisions_decisionrecord r ON r.reference = advised.record
    WHERE r.follows_id IS NOT NULL
)
INSERT INTO decisions_recordadviser (record_id, organisation_id, adviser_id)
SELECT DISTINCT r.reference, advised.organisation, advised.adviser
FROM advised JOIN decisions_decisionrecord r ON r.reference = advised.record AND r.recorded_at >= advised.replied_at;
"""
WITHOUT_A_PART = """
CREATE OR REPLACE FUNCTION decisions_review_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM decisions_decisionrecord
        WHERE reference = NEW.record_id AND (author_id = NEW.reviewer_id OR organisation_id <> NEW.organisation_id)
    ) THEN
        RAISE EXCEPTION 'the author of a record cannot review it' USING ERRCODE = 'check_violation';
    END IF;
    /*parts*/
    RETURN NEW;
END $$;
"""
PARTS = """
    IF EXISTS (
        SELECT FROM decisions_recordadviser WHERE record_id = NEW.record_id AND adviser_id = NEW.reviewer_id
        UNION ALL
        SELECT FROM decisions_amendment WHERE record_id = NEW.record_id AND author_id = NEW.reviewer_id
        UNION ALL
        SELECT FROM decisions_confirmation WHERE record_id = NEW.record_id AND author_id = NEW.reviewer_id
    ) THEN
        RAISE EXCEPTION 'whoever had a part in a record cannot review it' USING ERRCODE = 'check_violation';
    END IF;
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0031_advisers_of_records")]
    operations = [
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        protect("decisions_recordadviser"),
        disposable("decisions_recordadviser", "record_id", "records"),
        migrations.RunSQL(WITHOUT_A_PART.replace("/*parts*/", PARTS), WITHOUT_A_PART.replace("/*parts*/", "")),
    ]
