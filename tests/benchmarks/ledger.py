"""What sealing costs and how fast the log is verified: `make bench NAME=ledger`, `SIZE=100000` for a larger log.

Storing: 8 writers, the same ORM rows with and without their seal. Verifying: one process, with MACs, against the bare
hashing of the same bytes. Ratios of one run on one machine; on a scratch database that is dropped afterwards.
"""

import hashlib
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
django.setup()

from django.db import connection, connections, transaction  # noqa: E402  # after setup
from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402

from decisions.models import DecisionRecord  # noqa: E402
from infoshare.accounts.models import Membership  # noqa: E402
from infoshare.ledger import crypto, sequencing  # noqa: E402
from infoshare.ledger.models import DataKey, SealedDocument  # noqa: E402
from tests.benchmarks import filling, originals  # noqa: E402
from tests.benchmarks.memory import peak  # noqa: E402
from tests.benchmarks.report import Figure, at_least, at_most, publish  # noqa: E402
from tests.ledger.building import REASONS, record_of  # noqa: E402
from tests.ledger.worker import worker  # noqa: E402
from tests.people import make_people  # noqa: E402

WRITERS, EACH, ROUNDS = 8, 60, 3
SIZE = int(os.environ.get("SIZE", "10000"))
VERIFY = "from tests.benchmarks import ledger; ledger.verify_alone()"


def unsealed(by: Membership, number: int) -> None:
    """The same rows through the ORM: document, key, record. Nothing encrypted, no entry."""
    with transaction.atomic():
        document = SealedDocument(id=uuid.uuid4(), organisation=by.organisation, kind="decision")
        document.facts = document.key_commitment = b""
        document.ciphertext = crypto.canonical({"kind": "decision", "decision": {"reasons": REASONS}})
        document.save(force_insert=True)
        DataKey(document=document, kek="none", wrapped=bytes(60)).save(force_insert=True)
        record = DecisionRecord(organisation=by.organisation, author=by.user, document=document, edition="2026-09")
        record.route, record.recommended, record.decided = "guide", "share_without_consent", "share_without_consent"
        record.idempotency_key = uuid.uuid4()
        record.save(force_insert=True)


def sealed(by: Membership, number: int) -> None:
    with transaction.atomic():
        record_of(by, number)


def rate(by: Membership, write: Callable[[Membership, int], None]) -> float:
    """Records a second, by 8 at once."""

    def writer(_: int) -> None:
        for number in range(EACH):
            write(by, number)
        connection.close()

    started = time.perf_counter()
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(writer, range(WRITERS)))
    return WRITERS * EACH / (time.perf_counter() - started)


def storing(by: Membership) -> Iterator[Figure]:
    rates = [(rate(by, sealed), rate(by, unsealed)) for _ in range(ROUNDS)]
    ratios = sorted(with_seal / without for with_seal, without in rates)
    yield at_least("records stored by 8 writers", sorted(r for r, _ in rates)[ROUNDS // 2], "1/s", 0)
    yield at_least("storing sealed / unsealed, 8 writers", ratios[ROUNDS // 2], "", 0.6)


def fill(by: Membership) -> None:
    started = time.perf_counter()
    filling.fill([by], SIZE, originals.short(by), [by.organisation.name])
    filled = time.perf_counter()
    with worker():
        placed = sequencing.sequence()
    ended = time.perf_counter()
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as autovacuum soon does, and not while we measure
    print(f"filled in {filled - started:,.0f} s, {placed / (ended - filled):,.0f} entries/s sequenced", file=sys.stderr)  # noqa: T201


def bare_hashing() -> float:
    """Seconds to hash leaf, node, content and columns of as many records, without reading them from anywhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT octet_length(ciphertext) FROM ledger_sealeddocument LIMIT 1")
        (length,) = cursor.fetchone()
    content, columns = bytes(99 + 32 + length), bytes(155)
    entry, node = bytes(130), bytes(65)
    started = time.perf_counter()
    for _ in range(SIZE):
        hashlib.sha256(content).digest()
        hashlib.sha256(columns).digest()
        hashlib.sha256(entry).digest()
        hashlib.sha256(node).digest()
    return time.perf_counter() - started


def verify_alone() -> None:
    """In a process of its own, whose memory is then the verification's."""
    from infoshare.ledger import verifying

    rounds, findings = [], 0
    for _ in range(ROUNDS):
        bare, before = bare_hashing(), time.process_time()
        result = verifying.verify(verifying.Wish())
        for finding in result.findings.found:
            print(finding, file=sys.stderr)  # noqa: T201
        findings += len(result.findings.found)
        rounds.append((bare / result.seconds, result.size / result.seconds, bare, time.process_time() - before))
    ratio, rate, bare, ours = sorted(rounds)[ROUNDS // 2]
    print(ratio, rate, bare / ours, peak(), findings)  # noqa: T201


def verifying() -> Iterator[Figure]:
    environment = {**os.environ, "DATABASE_URL": _test_address()}
    done = subprocess.run(
        [sys.executable, "-c", VERIFY], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    ratio, rate, ours, memory, findings = (float(word) for word in done.stdout.split()[-5:])
    yield at_least(f"records of {SIZE:,} verified, one process", rate, "1/s", 0)
    yield at_least("verification with MACs / bare hashing", ratio, "", 0.15)
    yield at_least("the same, our process alone, without the database", ours, "", 0.15)
    yield at_most("memory of the verification", memory, "MB", 150)
    yield at_most("findings in an honest log", findings, "", 0)


def _test_address() -> str:
    parameters = connections["owner"].settings_dict
    user, password, host, port = (parameters[name] for name in ("USER", "PASSWORD", "HOST", "PORT"))
    return f"postgres://{user}:{password}@{host}:{port}/{parameters['NAME']}"


def main() -> None:
    setup_test_environment()
    made = setup_databases(0, interactive=False, aliases={"default": None, "owner": None}, serialized_aliases=set())
    try:
        by = make_people().alice
        fill(by)
        figures = [*verifying(), *storing(by)]
        publish("ledger", figures)
    finally:
        connections.close_all()
        teardown_databases(made, 0)


if __name__ == "__main__":
    main()
