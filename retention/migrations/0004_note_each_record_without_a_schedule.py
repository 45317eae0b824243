from django.db import migrations

# Written in the record's own transaction, so that no record is ever missed and an idle sweep reads nothing.
NOTE = """
CREATE FUNCTION note_record_without_schedule() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO retention_unscheduled (record_id, organisation_id) VALUES (NEW.reference, NEW.organisation_id)
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER record_without_schedule AFTER INSERT ON decisions_decisionrecord
    FOR EACH ROW EXECUTE FUNCTION note_record_without_schedule();
ALTER TABLE decisions_decisionrecord ENABLE ALWAYS TRIGGER record_without_schedule;
"""
FORGET = """
DROP TRIGGER record_without_schedule ON decisions_decisionrecord;
DROP FUNCTION note_record_without_schedule();
"""


class Migration(migrations.Migration):
    dependencies = [("retention", "0003_schedules_by_rules_dates_and_holds")]
    operations = [migrations.RunSQL(NOTE, FORGET)]
