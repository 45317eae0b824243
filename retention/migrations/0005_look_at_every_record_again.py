from django.db import migrations

# Those with a schedule get their kind in the next sweep.
ALL = """
INSERT INTO retention_unscheduled (record_id, organisation_id)
SELECT reference, organisation_id FROM decisions_decisionrecord ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("retention", "0004_note_each_record_without_a_schedule")]
    operations = [migrations.RunSQL(ALL, migrations.RunSQL.noop)]
