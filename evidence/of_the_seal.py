"""The files about the seal: what the latest verification found, and what it takes to check the signature elsewhere.

With the text of the records come their sealed documents, each with its way to the signed checkpoint.
"""

from collections.abc import Iterable, Iterator

from decisions.log import seal_lines
from decisions.services import disposing
from infoshare.days import clock_words
from infoshare.ledger import anchors, bundles, checking
from infoshare.ledger.models import Leaf, PendingEntry, SealedDocument

from .packs import Pack
from .zipping import Member

CHUNK = 100


def verification(pack: Pack) -> Iterator[bytes]:
    yield "\r\n".join([*_verification(pack), ""]).encode()


def _verification(pack: Pack) -> Iterator[str]:
    last = checking.last_run()
    if last is None:
        yield "The log has not been verified yet."
        return
    yield "The latest verification of the decision log"
    yield from (f"{row.key}: {row.value}" for row in seal_lines.rows(last))
    found = seal_lines.findings(last, pack.by)
    if not found:
        yield "Nothing was found. Every entry, signature and sealed document that was read is as it was written."
    for words, where in found:
        yield f"Found: {words} {where.text}."
    yield f"This was written at {clock_words(pack.at)}."


def checkpoint(pack: Pack) -> list[bytes]:
    return [anchors.file(pack.checkpoint)]


def checker(_: Pack) -> list[bytes]:
    return [bundles.CHECKER.read_bytes()]


def bundle(pack: Pack) -> Iterator[bytes]:
    return bundles.pieces(_documents(pack), pack.checkpoint)


def contents(pack: Pack) -> Iterator[Member]:
    """What each sealed document says; its number is its place in bundle.json."""
    for number, document in enumerate(_documents(pack), 1):
        yield f"content-{number}.json", [bundles.readable(document)]


def _documents(pack: Pack) -> Iterable[SealedDocument]:
    """Each record with all that was added, as far as the checkpoint goes. None unless their text was asked for."""
    if not pack.with_text:
        return
    for record in pack.records.iterator(CHUNK):
        found = disposing.documents(record)
        placed = Leaf.objects.filter(index__lt=pack.checkpoint.size, entry__uid__in=[each.pk for each in found])
        proved = set(placed.values_list("entry__uid", flat=True))
        yield from (each for each in found if each.pk in proved)


def is_settled(pack: Pack) -> bool:
    """Has everything its place in the log? Without it a document cannot be proved."""
    waiting = PendingEntry.objects.filter(entry__organisation=pack.organisation).exists()
    return not waiting and pack.checkpoint == anchors.newest()
