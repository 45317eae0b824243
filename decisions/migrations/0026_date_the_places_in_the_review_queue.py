from django.db import migrations

DATE = """
UPDATE decisions_reviewitem i SET recorded_at = r.recorded_at
FROM decisions_decisionrecord r WHERE r.reference = i.record_id
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0025_review_queue_in_the_order_of_one_index")]
    operations = [migrations.RunSQL(DATE, migrations.RunSQL.noop)]
