"""What a pack holds, in order: the same list makes the page, the cover note and the file."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from decisions.log import exports

from . import cover, of_the_house, of_the_log, of_the_rules, of_the_seal, zipping
from .packs import Pack

TABLES = (*of_the_log.TABLES, *of_the_rules.TABLES, *of_the_house.TABLES)
COLUMNS = ("file", "column", "what it holds")
TEXT = "content-1.json and so on"


@dataclass(frozen=True)
class File:
    name: str
    about: str
    pieces: Callable[[Pack], Iterable[bytes]]


def _explained(_: Pack) -> Iterator[bytes]:
    writer = csv.writer(exports.Echo())
    yield (exports.BOM + writer.writerow(COLUMNS)).encode()
    for table in TABLES:
        for column, about in table.columns.items():
            yield writer.writerow([table.name, column, about]).encode()


FILES = (
    File("README.txt", "The cover note: what this is, what is left out and why, how to check it", lambda p: written(p)),
    *(File(table.name, table.about, table.pieces) for table in TABLES),
    File("columns.csv", "What each column of these tables holds", _explained),
    File("verification.txt", "What the latest verification of the log found", of_the_seal.verification),
    File("checkpoint.txt", "The log’s signed state, and the public key that signed it", of_the_seal.checkpoint),
    File("bundle.json", "The same for the checker; the sealed records, if their text is included", of_the_seal.bundle),
    File("check_bundle.py", "Checks the signature, and each record that is included", of_the_seal.checker),
)


def written(pack: Pack) -> list[bytes]:
    listed = [(file.name, file.about) for file in FILES]
    if pack.with_text:
        listed.append((TEXT, "What each sealed document says, in readable form"))
    return [cover.note(pack, listed).encode()]


def streamed(pack: Pack) -> Iterator[bytes]:
    """The whole pack as of one moment of the database, however long it takes to send."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield from zipping.streamed(_members(pack), pack.at)


def _members(pack: Pack) -> Iterator[zipping.Member]:
    for file in FILES:
        yield file.name, file.pieces(pack)
    yield from of_the_seal.contents(pack)
