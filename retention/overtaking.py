"""Anything new on a record ends the answer that was given before it: the review has to look again."""

from django.db import connection

from infoshare.accounts.models import Organisation

# All that can come to a record later: an entry, a confirmation, an IG lead's review and its answer, a record that goes
# on from it, a date that its period counts from. Disposals ask this again, of the one record.
OVERTAKEN = """
SELECT answer.id, task.record_id
FROM retention_answer AS answer
JOIN retention_reviewtask AS task ON task.id = answer.task_id
WHERE answer.organisation_id = %(organisation)s AND answer.state IN ('waiting', 'approved')
  AND (%(record)s::text IS NULL OR task.record_id = %(record)s)
  AND (EXISTS (SELECT 1 FROM decisions_amendment AS later
               WHERE later.record_id = task.record_id AND later.added_at > answer.asked_at)
       OR EXISTS (SELECT 1 FROM decisions_confirmation AS later
                  WHERE later.record_id = task.record_id AND later.added_at > answer.asked_at)
       OR EXISTS (SELECT 1 FROM decisions_review AS later
                  LEFT JOIN decisions_reviewanswer AS reply ON reply.review_id = later.id
                  WHERE later.record_id = task.record_id
                    AND greatest(later.reviewed_at, reply.answered_at) > answer.asked_at)
       OR EXISTS (SELECT 1 FROM decisions_decisionrecord AS later
                  WHERE later.follows_id = task.record_id AND later.recorded_at > answer.asked_at)
       OR EXISTS (SELECT 1 FROM retention_triggerentry AS later
                  WHERE later.record_id = task.record_id AND later.entered_at > answer.asked_at))
"""


def overtaken(organisation: Organisation, reference: str | None = None) -> list[tuple[int, str]]:
    """Answers that no longer stand, with their records' references; of one record or of all."""
    with connection.cursor() as cursor:
        cursor.execute(OVERTAKEN, {"organisation": organisation.pk, "record": reference})
        return [(answer, record) for answer, record in cursor.fetchall()]
