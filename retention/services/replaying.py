"""Disposing again of what a restore has brought back. As the owner of the tables: nobody else may delete it.

No person is asked: they agreed when it was disposed of the first time, and the certificate proves it.
"""

from collections.abc import Iterable

from django.db import connections, transaction

from infoshare.ledger.models import Certificate, LogEntry

# Only where the restored database knows nothing of the disposal.
CERTIFY = "SELECT ledger_certify(%s, %s, %s, %s, %s, %s, %s)"
AGAIN = "SELECT replay_disposal(%s)"
BACK = """
SELECT certificate.document FROM ledger_certificate AS certificate
WHERE EXISTS (SELECT FROM ledger_sealeddocument AS document
              WHERE certificate.words::jsonb -> 'documents' ? document.id::text)
   OR EXISTS (SELECT FROM decisions_decisionrecord AS record
              WHERE certificate.words::jsonb -> 'records' ? record.reference)
"""


def replay_disposals(kept: Iterable[tuple[LogEntry, str]]) -> int:
    """All of it or nothing; how many records. `kept`: the certificates kept outside, as kept_certificates reads them.

    Those that the database has itself count as well. Repeat it as you like.
    """
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for entry, words in kept:
            if not Certificate.objects.using("owner").filter(pk=entry.document).exists():
                told = [entry.document, entry.organisation_id, words]
                cursor.execute(CERTIFY, [*told, entry.uid, entry.at, bytes(entry.commitment), bytes(entry.mac)])
        cursor.execute(BACK)
        back = [document for (document,) in cursor.fetchall()]
        for document in back:
            cursor.execute(AGAIN, [document])
    return len(back)
