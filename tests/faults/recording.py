"""A program: several writers record one decision after the other, and each is printed once it is acknowledged.

`python -m tests.faults.recording WRITERS EACH LENGTH`; ends with 3 when the database fails. Only for test_recording.py.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor

import django

django.setup()

from django.db import DatabaseError, InterfaceError, transaction  # noqa: E402  # after setup

from infoshare.accounts.models import Membership  # noqa: E402
from tests.ledger.building import record_of  # noqa: E402
from tests.people import make_people  # noqa: E402


def write(by: Membership, each: int, length: int) -> bool:
    for number in range(each):
        try:
            with transaction.atomic():
                record = record_of(by, number, os.urandom(length // 2).hex())
        except (DatabaseError, InterfaceError):
            return False
        os.write(1, f"{record.reference}\n".encode())
    return True


def main(writers: int, each: int, length: int) -> int:
    by = Membership.objects.filter(user__email="alice@example.org").first() or make_people().alice
    with ThreadPoolExecutor(writers) as pool:
        done = list(pool.map(lambda _: write(by, each, length), range(writers)))
    return 0 if all(done) else 3


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
