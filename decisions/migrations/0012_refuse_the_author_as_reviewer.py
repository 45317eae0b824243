from django.db import migrations

from infoshare.ledger.append_only import protect

BY_ANOTHER = """
CREATE FUNCTION decisions_review_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM decisions_decisionrecord
        WHERE reference = NEW.record_id AND (author_id = NEW.reviewer_id OR organisation_id <> NEW.organisation_id)
    ) THEN
        RAISE EXCEPTION 'the author of a record cannot review it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER review_by_another BEFORE INSERT ON decisions_review
    FOR EACH ROW EXECUTE FUNCTION decisions_review_by_another();
ALTER TABLE decisions_review ENABLE ALWAYS TRIGGER review_by_another;
"""
BACK = """
DROP TRIGGER review_by_another ON decisions_review;
DROP FUNCTION decisions_review_by_another();
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0011_reviews")]
    operations = [
        protect("decisions_review"),
        protect("decisions_reviewanswer"),
        migrations.RunSQL(BY_ANOTHER, BACK),
    ]
