"""A directory as CSV: whatever the file holds, either every line or what to do about each."""

import csv
import io
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from decisions.partners.csv_files import COLUMNS, SAMPLE, decode, read
from decisions.recipients import PARTNER_KINDS

TODAY = date(2026, 11, 23)
HEADING = "organisation,type,role,channel,address,verified on,verified how\n"
GOOD = "Eastmarsh Police,police,Desk,telephone,01632 960 001,,\n"

words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)
lines = st.fixed_dictionaries(
    {
        "organisation": words,
        "type": st.sampled_from([name for pair in PARTNER_KINDS for name in pair]),
        "role": words,
        "channel": st.sampled_from(["in_person", "A shared case system or portal", "Letter, addressed and sealed"]),
        "address": words,
    }
)


@given(st.text())
@example('organisation,type\n"open')
@example("a,b\r\x00")
@example(HEADING + '"' + "x" * 200_000 + '"')
def test_whatever_is_in_it_reading_never_fails(text: str) -> None:
    plan = read(text, TODAY)
    assert plan.lines or plan.problems


@given(st.binary())
def test_any_bytes_become_text(content: bytes) -> None:
    assert isinstance(decode(content), str)


@given(st.lists(lines, min_size=1, max_size=8), st.sampled_from([",", ";"]), st.permutations(COLUMNS[:5]))
def test_what_was_written_is_read_whatever_the_separator_and_order(
    written: list[dict[str, str]], separator: str, columns: list[str]
) -> None:
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, delimiter=separator)
    writer.writeheader()
    writer.writerows(written)
    plan = read(file.getvalue(), TODAY)
    kinds = {label: kind for kind, label in PARTNER_KINDS}
    distinct = {(line["organisation"], line["role"], line["address"]) for line in written}
    assert {(line.entry["name"], line.entry["role"], line.entry["address"]) for line in plan.lines} <= distinct
    assert len(plan.lines) + len(plan.problems) == len(written)
    if not plan.problems:
        read_kinds = [line.entry["kind"] for line in plan.lines]
        assert read_kinds == [kinds.get(line["type"], line["type"]) for line in written]


@pytest.mark.parametrize(
    ("text", "line", "column", "what"),
    [
        ("organisation,type,role,channel\n", 1, "address", "Add a column"),
        (HEADING.replace("role", "role,rolle"), 1, "rolle", "Take this column out"),
        (HEADING + GOOD.replace("police", "polise"), 2, "type", "Use one of: social_care"),
        (HEADING + GOOD + GOOD.replace("Desk", ""), 3, "role", "Fill in this cell"),
        (HEADING + '"Eastmarsh\nPolice",police,Desk,telephone,1,,\n', 2, "address", "telephone number"),
        (HEADING + "\n\n" + GOOD.replace("01632 960 001", "ask"), 4, "address", "telephone number"),
        (HEADING + GOOD.replace(",,\n", ",2027-01-01,Rang them\n"), 2, "verified on", "today or an earlier day"),
        (HEADING + GOOD.replace(",,\n", ",1/2/2026,Rang them\n"), 2, "verified on", "year-month-day"),
        (HEADING + GOOD.replace(",,\n", ",2026-01-01,\n"), 2, "verified how", "Say how"),
        (HEADING + GOOD.replace(",,\n", ",,,more\n"), 2, "", "quotation marks"),
        (HEADING + GOOD + GOOD.upper(), 3, "", "same as line 2"),
        (HEADING, 2, "", "at least one contact"),
    ],
)
def test_each_problem_names_its_line_and_column_and_what_to_do(text: str, line: int, column: str, what: str) -> None:
    problem = read(text, TODAY).problems[0]
    assert (problem.line, problem.column) == (line, column)
    assert what in problem.words


def test_the_sample_has_no_problem() -> None:
    plan = read(SAMPLE, TODAY)
    assert (len(plan.lines), plan.problems) == (3, [])
