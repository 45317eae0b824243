"""The lock between holds and disposals of one organisation, and one by which sweeps tidy by turns.

Row locks are not enough for the first: a hold covers rows to come.

Whoever disposes takes it shared BEFORE reading the holds; whoever places a hold takes it alone. It ends with the
transaction. See the measured race in tests/faults.
"""

from django.db import connection

from infoshare.accounts.models import Organisation

NAMESPACE = 0x686F6C64  # "hold": keeps our keys apart from those of other locks
TIDYING = 0x74696479  # "tidy"


def share_with_disposals(organisation: Organisation) -> None:
    """Taken by a disposal."""
    _lock("SELECT pg_advisory_xact_lock_shared(%s, %s)", organisation)


def shut_out_disposals(organisation: Organisation) -> None:
    """Taken by a hold that is placed: waits for disposals under way; later ones wait for it."""
    _lock("SELECT pg_advisory_xact_lock(%s, %s)", organisation)


def tidy_by_turns(organisation: Organisation | None) -> None:
    """Two that delete the same rows in another order would wait for each other. None: what is the whole site's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [TIDYING, organisation.pk if organisation else 0])


def _lock(statement: str, organisation: Organisation) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [NAMESPACE, organisation.pk])
