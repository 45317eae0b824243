"""A directory as a CSV file: what each line would add, or what is wrong with it, where, and what to do. Pure."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from decisions.recipients import PARTNER_KINDS, Channel, Entry, check_address
from infoshare.days import day_words

REQUIRED = {"organisation": 200, "type": 30, "role": 200, "channel": 30, "address": 300}
OPTIONAL = {"verified on": 10, "verified how": 500}
COLUMNS = (*REQUIRED, *OPTIONAL)
MOST_LINES = 2000
KINDS = dict(PARTNER_KINDS)
CHANNELS = dict(Channel.choices)
SAMPLE = (Path(__file__).parent / "sample.csv").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Problem:
    """`line` counts from 1, the heading included; `column` is empty where the whole line is meant."""

    line: int
    column: str
    words: str

    def __str__(self) -> str:
        where = f"Line {self.line}, {self.column}" if self.column else f"Line {self.line}"
        return f"{where}: {self.words}"


@dataclass(frozen=True)
class Line:
    """One entry that can be added, with the check that the file says was made."""

    number: int
    entry: Entry
    verified_on: date | None
    verified_how: str

    @property
    def leads_to(self) -> tuple[str, ...]:
        """What makes two lines the same contact."""
        return tuple(self.entry[part].lower() for part in ("name", "role", "channel", "address"))

    @property
    def stated(self) -> str:
        """What the file says of a check, in words: it verifies nothing here."""
        return f"{day_words(self.verified_on)}: {self.verified_how}" if self.verified_on else ""


@dataclass
class Plan:
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def decode(content: bytes) -> str:
    """UTF-8, with or without Excel's mark, else what older spreadsheets write."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read(text: str, today: date) -> Plan:
    """Every line or every problem; never raises, whatever the file holds."""
    plan = Plan()
    rows = _rows(text.lstrip("\ufeff").replace("\x00", ""), plan)
    _, heading = next(rows, (1, []))
    columns = [name.strip().lower().replace("_", " ") for name in heading]
    plan.problems += _heading_problems(columns)
    if plan.problems:
        return plan
    for number, cells in rows:
        if len(plan.lines) + len(plan.problems) >= MOST_LINES:
            plan.problems.append(Problem(number, "", f"Split the file: at most {MOST_LINES} lines at a time"))
            break
        _read_line(plan, number, columns, cells, today)
    if not plan.lines and not plan.problems:
        plan.problems.append(Problem(2, "", "Enter at least one contact below the heading"))
    return plan


def _rows(text: str, plan: Plan) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold anything, each with the number at which it begins."""
    separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            plan.problems.append(Problem(number, "", "Save the file as CSV again: this line cannot be read"))
            return
        if any(cell.strip() for cell in cells):
            yield number, cells


def _heading_problems(columns: list[str]) -> list[Problem]:
    missing = [name for name in REQUIRED if name not in columns]
    unknown = [name or "a column without a name" for name in columns if name not in COLUMNS]
    twice = sorted({name for name in columns if columns.count(name) > 1 and name in COLUMNS})
    return (
        [Problem(1, name, f"Add a column called ‘{name}’") for name in missing]
        + [Problem(1, name, f"Take this column out, or call it one of: {', '.join(COLUMNS)}") for name in unknown]
        + [Problem(1, name, "Keep one column of this name") for name in twice]
    )


def _read_line(plan: Plan, number: int, columns: list[str], cells: list[str], today: date) -> None:
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        words = f"Put quotation marks around a cell that holds a comma: {len(cells)} cells, {len(columns)} columns"
        plan.problems.append(Problem(number, "", words))
        return
    line = dict.fromkeys(COLUMNS, "") | {
        name: " ".join(cell.split()) for name, cell in zip(columns, cells, strict=False)
    }
    line["type"] = _named(KINDS, line["type"])
    line["channel"] = _named(CHANNELS, line["channel"])
    wrong = dict(_wrong(line, today))
    plan.problems += [Problem(number, column, words) for column, words in wrong.items()]
    if wrong:
        return
    new = _line(number, line)
    if twin := next((other for other in plan.lines if other.leads_to == new.leads_to), None):
        plan.problems.append(Problem(number, "", f"Take this line out: it is the same as line {twin.number}"))
    else:
        plan.lines.append(new)


def _line(number: int, line: dict[str, str]) -> Line:
    day = date.fromisoformat(line["verified on"]) if line["verified on"] else None
    entry: Entry = {
        "name": line["organisation"],
        "kind": line["type"],
        "role": line["role"],
        "channel": line["channel"],
        "address": line["address"],
    }
    return Line(number, entry, day, line["verified how"])


def _named(known: dict[str, Any], cell: str) -> str:
    """The id of a type or channel that is given by its id or its words; what was typed if it is neither."""
    typed = cell.lower().replace("'", "’")
    return next((i for i, label in known.items() if typed in (i, i.replace("_", " "), str(label).lower())), cell)


def _wrong(line: dict[str, str], today: date) -> Iterator[tuple[str, str]]:
    """Column → what to do, for each column that is wrong."""
    for column, most in (REQUIRED | OPTIONAL).items():
        if column in REQUIRED and not line[column]:
            yield column, "Fill in this cell: it is empty"
        elif column in ("type", "channel") and line[column] not in (KINDS if column == "type" else CHANNELS):
            yield column, f"Use one of: {', '.join(KINDS if column == 'type' else CHANNELS)}"
        elif len(line[column]) > most and column != "verified on":
            yield column, f"Use at most {most} characters"
    if line["channel"] in CHANNELS and line["address"]:
        try:
            check_address(line["channel"], line["address"])
        except ValidationError as error:
            yield "address", error.messages[0]
    yield from _wrong_check(line, today)


def _wrong_check(line: dict[str, str], today: date) -> Iterator[tuple[str, str]]:
    if not line["verified on"] and not line["verified how"]:
        return
    if not line["verified how"]:
        yield "verified how", "Say how it was checked, or leave ‘verified on’ empty too"
    try:
        if date.fromisoformat(line["verified on"]) > today:
            yield "verified on", "Use today or an earlier day"
    except ValueError:
        yield "verified on", "Write the day as year-month-day, such as 2026-11-02"
