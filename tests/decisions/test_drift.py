"""Alike cases decided differently: found, in order, small numbers hidden, each number opening what it counts."""

import re
from collections.abc import Iterator, Sequence
from itertools import count

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from decisions import facets, services
from decisions.log import drift, drift_lines
from decisions.log.charts import FEWEST, HIDDEN, Year
from decisions.models import DecisionRecord
from decisions.outcomes import Outcome
from infoshare.accounts import services as accounts
from infoshare.accounts.models import Membership, Team
from infoshare.accounts.permissions import SHELL
from infoshare.accounts.roles import Role
from infoshare.days import london_today
from infoshare.govuk.components import Cell
from tests.people import People, add, signed_in

from .test_log import listed, write
from .walking import CASES, recorded

CHILD = {"subject": "child", "harm": "significant", "would_receive": "police"}
ADULT = {"subject": "adult", "harm": "in_need", "would_receive": "health"}
SHARE, REFUSE, LIMITED = Outcome.SHARE_WITHOUT_CONSENT, Outcome.DO_NOT_SHARE, Outcome.SHARE_LIMITED
minutes = count(1)


@pytest.fixture(autouse=True)
def in_the_middle_of_a_month() -> Iterator[None]:
    with time_machine.travel("2026-11-15T12:00:00Z"):
        yield


@pytest.fixture
def north(people: People) -> Team:
    return accounts.add_team(by=SHELL, organisation=people.school, name="North")


@pytest.fixture
def south(people: People) -> Team:
    return accounts.add_team(by=SHELL, organisation=people.school, name="South")


def decide(
    by: Membership, team: Team | None, decided: Sequence[tuple[str, int]], alike: dict[str, str], days_ago: int = 0
) -> list[DecisionRecord]:
    return [
        write(by, next(minutes) + days_ago * 24 * 60, outcome, SHARE, team=team, **alike)
        for outcome, number in decided
        for _ in range(number)
    ]


def found(lead: Membership, *, by_month: bool = False) -> drift.Found:
    return drift.of(lead, Year.of(london_today(), 0), by_month=by_month)


def page(lead: Membership, query: str = "") -> str:
    return " ".join(signed_in(lead).get(f"/log/drift/{query}").content.decode().split())


@pytest.mark.django_db
def test_the_biggest_difference_comes_first(alice: Membership, irene: Membership, north: Team, south: Team) -> None:
    decide(alice, north, [(SHARE, 8), (REFUSE, 6)], ADULT)
    decide(alice, south, [(SHARE, 6), (REFUSE, 6)], ADULT)
    decide(alice, north, [(SHARE, 12)], CHILD)
    decide(alice, south, [(SHARE, 5), (REFUSE, 7)], CHILD)
    first, *others = found(irene).shown
    assert (first.pattern.subject, [group.name for group in first.groups]) == ("child", ["North", "South"])
    assert first.apart == pytest.approx(7 / 12)
    assert others == []
    assert found(irene).alike == 1
    text = page(irene)
    assert "North followed the guide in all 12 decisions; South in 5 of 12." in text
    assert f"Most often decided: North ‘{SHARE.label}’, South ‘{REFUSE.label}’." in text
    assert "1 group of alike cases was decided alike" in text


@pytest.mark.django_db
def test_two_teams_that_depart_as_often_but_otherwise_differ(
    alice: Membership, irene: Membership, north: Team, south: Team
) -> None:
    decide(alice, north, [(SHARE, 5), (REFUSE, 5)], CHILD)
    decide(alice, south, [(SHARE, 5), (LIMITED, 5)], CHILD)
    assert found(irene).shown[0].apart == pytest.approx(0.5)


@pytest.mark.django_db
def test_small_numbers_are_hidden_in_words_table_and_bars(
    alice: Membership, irene: Membership, north: Team, south: Team
) -> None:
    decide(alice, north, [(SHARE, 9), (REFUSE, 1)], CHILD)
    decide(alice, south, [(SHARE, 3), (REFUSE, 8)], CHILD)
    text = page(irene)
    assert "North followed the guide in all but fewer than 5 of 10 decisions; South in fewer than 5 of 11." in text
    (difference,) = found(irene).shown
    chart = drift_lines.chart(difference, by_month=False)
    assert [[str(cell.text) for cell in row[1:]] for row in chart.rows] == [  # type: ignore[attr-defined]
        ["10", "5 or more", HIDDEN],
        ["11", HIDDEN, "5 or more"],
    ]
    assert chart.bars == [("North", 0), ("South", 45)]


@pytest.mark.django_db
def test_too_few_are_not_compared(alice: Membership, irene: Membership, north: Team, south: Team) -> None:
    decide(alice, north, [(SHARE, 4)], CHILD)
    decide(alice, south, [(REFUSE, 9)], CHILD)
    assert found(irene).compared == 0
    assert "Nothing can be compared yet" in page(irene)
    decide(alice, north, [(SHARE, 1)], CHILD)
    assert found(irene).compared == 1


@pytest.mark.django_db
def test_each_number_opens_the_records_it_counts(
    alice: Membership, irene: Membership, north: Team, south: Team
) -> None:
    decide(alice, north, [(SHARE, 6)], CHILD)
    refused = decide(alice, south, [(REFUSE, 6)], CHILD)
    decide(alice, south, [(REFUSE, 1)], ADULT)
    (difference,) = found(irene).shown
    for row in drift_lines.chart(difference, by_month=False).rows:
        for cell in row[1:]:
            assert isinstance(cell, Cell)
            assert bool(cell.url) == (cell.text != "0")
            if cell.url:
                assert len(listed(irene, cell.url.removeprefix("/log/"))) == int(str(cell.text))
    rows = drift_lines.chart(difference, by_month=False).rows
    (address,) = {cell.url for cell in rows[1][2:] if cell.url}  # type: ignore[attr-defined]
    assert set(listed(irene, address.removeprefix("/log/"))) == {record.reference for record in refused}


@pytest.mark.django_db
def test_months_are_compared_with_their_days(alice: Membership, irene: Membership, north: Team) -> None:
    decide(alice, north, [(SHARE, 7)], CHILD, days_ago=31)
    decide(alice, north, [(REFUSE, 6)], CHILD)
    text = page(irene, "?by=month")
    assert "In October 2026 the guide was followed in all 7 decisions; in November 2026, in none of 6." in text
    addresses = re.findall(r'href="(/log/\?[^"]*until_day[^"]*)"', text)
    counts = {len(listed(irene, each.replace("&amp;", "&").removeprefix("/log/"))) for each in addresses}
    assert counts == {6, 7}
    assert found(irene).compared == 0


@pytest.mark.django_db
def test_what_one_may_not_know_of_is_not_counted(
    alice: Membership, irene: Membership, oscar: Membership, north: Team, south: Team
) -> None:
    decide(alice, north, [(SHARE, 6)], CHILD)
    first, *_ = decide(alice, south, [(REFUSE, 6)], CHILD)
    assert found(oscar).compared == 0
    add("ivor", irene.organisation, Role.IG_LEAD)
    services.recuse(record=first, by=irene, person=irene.user, reason="I know the family")
    assert [group.total for group in found(irene).shown[0].groups] == [6, 5]


@pytest.mark.django_db
def test_nobody_is_named_and_emergencies_and_older_records_are_left_out(
    alice: Membership, irene: Membership, north: Team, south: Team
) -> None:
    decide(alice, north, [(SHARE, 6)], CHILD)
    decide(alice, south, [(REFUSE, 6)], CHILD)
    write(alice, 1, SHARE, route="emergency", team=north)
    write(alice, 2, SHARE, SHARE, team=north)
    text = page(irene)
    assert "Alice" not in text
    assert "1 older record of these months" in text
    assert [group.total for group in found(irene).shown[0].groups] == [6, 6]


@pytest.mark.django_db
def test_a_recorded_case_keeps_what_makes_it_alike(alice: Membership, irene: Membership) -> None:
    record = recorded(alice, CASES["REV-01"])
    given = CASES["REV-01"]
    assert (record.subject, record.would_receive) == (given["subject"], given["recipient"])
    assert record.harm == "significant"
    query = f"?subject={record.subject}&harm={record.harm}&would_receive={record.would_receive}"
    assert listed(irene, query) == [record.reference]
    assert listed(irene, "?subject=list") == []


@pytest.mark.parametrize(
    ("answers", "harm"),
    [
        ({"danger_now": "yes"}, "immediate"),
        ({"danger_now": "no", "harm_subject": "no_harm", "harm_others": "adult_significant"}, "significant"),
        ({"harm_subject": "wellbeing", "harm_others": "vague"}, "unsure"),
        ({"harm_subject": "wellbeing", "harm_others": "no_harm"}, "wellbeing"),
        ({"harm_subject": "a grade of a later edition"}, "unsure"),
        ({}, "not_asked"),
    ],
)
def test_the_worst_harm_counts(answers: dict[str, str], harm: str) -> None:
    assert facets.pattern(answers) == {"subject": "not_asked", "harm": harm, "would_receive": "not_asked"}


@given(st.lists(st.integers(0, 12), min_size=1, max_size=6).filter(lambda numbers: sum(numbers) >= FEWEST))
def test_no_hidden_number_is_what_is_missing_from_the_total(numbers: list[int]) -> None:
    words = drift_lines.together(numbers)
    assert not {"1", "2", "3", "4"} & set(words)
    assert sum(not each.isdigit() for each in words) != 1
    exact = [(int(each), number) for each, number in zip(words, numbers, strict=True) if each.isdigit()]
    assert all(each == number for each, number in exact)


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?back=x&by=2", "?back=0&by=team"])
def test_nothing_to_compare_teaches(query: str, irene: Membership) -> None:
    text = page(irene, query)
    assert "Nothing can be compared yet. That needs two teams with at least 5 alike decisions each." in text
    assert "December 2025 to November 2026" in text
