"""A table of the pack: its columns explained, its rows as they come. Written as CSV that a spreadsheet reads safely."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from decisions.log import exports

from .packs import Pack


@dataclass(frozen=True)
class Table:
    """`columns`: name → what it holds."""

    name: str
    about: str
    columns: Mapping[str, str]
    rows: Callable[[Pack], Iterable[Iterable[object]]]

    def pieces(self, pack: Pack) -> Iterator[bytes]:
        writer = csv.writer(exports.Echo())
        yield (exports.BOM + writer.writerow(self.columns)).encode()
        for row in self.rows(pack):
            yield writer.writerow([exports.harmless(str(value)) for value in row]).encode()
