"""Records as a file, one after the other, so that a hundred thousand need no more memory than one."""

import csv
import json
import re
import tempfile
from collections.abc import Iterator
from typing import IO, Any

import xlsxwriter
from django.db.models import QuerySet

from decisions.models import DecisionRecord

from .columns import COLUMNS, values

CHUNK = 500
MOST_ROWS = 200_000  # of a spreadsheet; more take longer to write than a browser waits
BOM = "\ufeff"  # without it Excel reads a CSV in the wrong alphabet
# A cell that begins so is run as a formula by a spreadsheet that opens the file; where it takes semicolons or tabs for
# the ends of cells, whatever the quotes say, so is what follows one.
FORMULA = re.compile(r"(^|[;\t\r\n])(?=\s*[=+\-@＝＋－＠]|[\t\r\n])")


class Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def each(records: QuerySet[DecisionRecord]) -> Iterator[list[str]]:
    """The values of each record, newest first."""
    whole = records.select_related("document__key", "author", "team", "review_item")
    for record in whole.order_by("-recorded_at", "-reference").iterator(chunk_size=CHUNK):
        yield values(record)


def harmless(value: str) -> str:
    return FORMULA.sub(r"\1'", value)


def as_csv(records: QuerySet[DecisionRecord]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield BOM + writer.writerow([column.name for column in COLUMNS])
    for row in each(records):
        yield writer.writerow([harmless(value) for value in row])


def as_json(records: QuerySet[DecisionRecord]) -> Iterator[str]:
    """{"columns": {name: what it holds}, "records": [{…}, …]}"""
    names = [column.name for column in COLUMNS]
    about = json.dumps({column.name: column.about for column in COLUMNS}, ensure_ascii=False)
    yield f'{{"columns": {about},\n"records": ['
    for number, row in enumerate(each(records)):
        yield (",\n" if number else "\n") + json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)
    yield "\n]}\n"


def as_xlsx(records: QuerySet[DecisionRecord]) -> IO[bytes]:
    """A file without a name, at its beginning: gone when it is closed. Every cell is text, never a formula."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    options: dict[str, Any] = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet, bold = book.add_worksheet("Records"), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(COLUMNS):
            sheet.write_string(0, place, column.name, bold)
        for number, row in enumerate(each(records), start=1):
            for place, value in enumerate(row):
                sheet.write_string(number, place, value)
        _explain(book.add_worksheet("Columns"))
    file.seek(0)
    return file


def _explain(sheet: Any) -> None:
    for number, column in enumerate(COLUMNS):
        sheet.write_string(number, 0, column.name)
        sheet.write_string(number, 1, column.about)
