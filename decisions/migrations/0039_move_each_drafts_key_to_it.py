from django.db import migrations

MOVE = """
UPDATE decisions_draft SET kek = k.kek, wrapped = k.wrapped
FROM decisions_draftkey k WHERE k.draft_id = decisions_draft.id
"""
BACK = """
INSERT INTO decisions_draftkey (draft_id, kek, wrapped) SELECT id, kek, wrapped FROM decisions_draft
ON CONFLICT (draft_id) DO UPDATE SET kek = excluded.kek, wrapped = excluded.wrapped
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0038_give_a_draft_room_for_its_key")]
    operations = [migrations.RunSQL(MOVE, BACK)]
