"""Anything new on a record ends the answer that was given before it: the review has to look again."""

from django.db import connection

from infoshare.accounts.models import Organisation

# Also an answer that another sweep or a disposal is about to look at: they ask this again, of the one record.
OVERTAKEN = """
SELECT answer.id, task.record_id
FROM retention_answer AS answer
JOIN retention_reviewtask AS task ON task.id = answer.task_id
WHERE answer.organisation_id = %(organisation)s AND answer.state IN ('waiting', 'approved')
  AND (%(record)s::text IS NULL OR task.record_id = %(record)s)
  AND EXISTS (SELECT 1 FROM decisions_amendment AS later
              WHERE later.record_id = task.record_id AND later.added_at > answer.asked_at)
"""


def overtaken(organisation: Organisation, reference: str | None = None) -> list[tuple[int, str]]:
    """Answers that no longer stand, with their records' references; of one record or of all."""
    with connection.cursor() as cursor:
        cursor.execute(OVERTAKEN, {"organisation": organisation.pk, "record": reference})
        return [(answer, record) for answer, record in cursor.fetchall()]
