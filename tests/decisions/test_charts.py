"""The IG lead's charts: right numbers, small ones hidden, nothing of what they may not know."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from decisions import services
from decisions.log.charts import Year, charts
from decisions.models import DecisionRecord
from decisions.outcomes import Outcome
from infoshare.accounts.models import Membership
from infoshare.accounts.roles import Role
from infoshare.days import london_today
from infoshare.govuk.components import Cell
from tests.people import add, signed_in

from .test_log import listed, write
from .walking import recorded

pytestmark = pytest.mark.django_db
THIS_YEAR = 0


@pytest.fixture(autouse=True)
def in_the_middle_of_a_month() -> Iterator[None]:
    with time_machine.travel("2026-11-15T12:00:00Z"):
        yield


def numbers(lead: Membership, title: str) -> dict[str, list[str]]:
    """First column → the others, as they are shown."""
    (chart,) = [each for each in charts(lead, Year.of(london_today(), THIS_YEAR)) if each.title == title]
    assert len(chart.bars) == len(chart.rows)
    return {str(row[0]): [str(cell.text) for cell in row[1:]] for row in chart.rows}  # type: ignore[attr-defined]


def this_month() -> str:
    return f"{london_today():%B %Y}"


def test_small_numbers_are_hidden_and_have_no_bar(alice: Membership, irene: Membership) -> None:
    def seen() -> str:
        return numbers(irene, "Refusals, by month")[this_month()][0]

    assert seen() == "0"
    for number in range(1, 7):
        write(alice, number, Outcome.DO_NOT_SHARE)
        assert seen() == ("Fewer than 5" if number < 5 else str(number))
    for chart in charts(irene, Year.of(london_today(), THIS_YEAR)):
        assert not {number for _, number in chart.bars} & {1, 2, 3, 4}


def test_bases_teams_and_departures(alice: Membership, irene: Membership) -> None:
    for number in range(5):
        write(alice, number, Outcome.DO_NOT_SHARE, lawful_basis="public_task", recommended="share_limited")
        write(alice, 10 + number, Outcome.SHARE_LIMITED, lawful_basis="public_task")
    assert numbers(irene, "Share or not, by lawful basis") == {"Public task": ["5", "5", "0"]}
    assert list(numbers(irene, "Teams compared").values()) == [["5", "5", "10"]]
    assert numbers(irene, "Departures, by month")[this_month()] == ["5"]


def test_what_one_may_not_know_of_is_not_counted(alice: Membership, irene: Membership, oscar: Membership) -> None:
    records = [write(alice, number, Outcome.DO_NOT_SHARE) for number in range(6)]
    assert numbers(irene, "Decisions, by month")[this_month()] == ["6"]
    assert numbers(oscar, "Decisions, by month")[this_month()] == ["0"]
    add("ivor", irene.organisation, Role.IG_LEAD)
    for record in records[:2]:
        services.recuse(record=record, by=irene, person=irene.user, reason="I know the family")
    assert numbers(irene, "Decisions, by month")[this_month()] == ["Fewer than 5"]


def test_time_to_decide_begins_with_the_guide(alice: Membership, irene: Membership) -> None:
    record = recorded(alice)
    assert record.started_at is not None
    assert record.started_at < record.recorded_at
    for number in range(5):
        write(alice, number, started_at=timezone.now() - timedelta(hours=3))
    times = numbers(irene, "Time to decide")
    assert times["Up to 15 minutes"] == ["Fewer than 5"]
    assert times["Up to a day"] == ["5"]
    assert DecisionRecord.objects.count() == 6


def test_every_chart_has_its_table_and_years_follow_each_other(irene: Membership, alice: Membership) -> None:
    for number in range(5):
        write(alice, number, Outcome.DO_NOT_SHARE, lawful_basis="public_task", recommended="share_limited")
    page = signed_in(irene).get("/log/charts/").content.decode()
    assert 1 < page.count("<figure") <= page.count("<table")
    assert page.count("There were none in these months") == 3  # emergencies, times, tasks
    assert "The year before" in page
    assert "?back=0" in signed_in(irene).get("/log/charts/?back=1").content.decode()
    for odd in ("-1", "x", "9" * 400, "²"):
        assert signed_in(irene).get("/log/charts/", {"back": odd}).status_code == 200
    assert re.search(r"<title>\s*Charts", page)


@pytest.mark.parametrize("day", [date(2026, 1, 31), date(2026, 12, 1), date(2024, 2, 29)])
def test_a_year_ends_with_the_month_that_has_begun(day: date) -> None:
    year, before = Year.of(day, 0), Year.of(day, 1)
    assert len(year.months) == 12
    assert year.months[-1] == day.replace(day=1)
    assert before.months[-1] < year.months[0]


def test_each_number_opens_the_records_it_counts(alice: Membership, irene: Membership) -> None:
    for number in range(6):
        write(alice, number, Outcome.DO_NOT_SHARE, "share_limited", lawful_basis="public_task", team=alice.team)
        write(alice, 10 + number, Outcome.ANONYMISE, lawful_basis="consent", team=alice.team)
        clock: dict[str, Any] = {"route": "emergency", "reasons_due_at": timezone.now()}
        write(alice, 20 + number, Outcome.SEEK_ADVICE_FIRST, lawful_basis="consent", team=alice.team, **clock)
        write(alice, 60 * 24 * 40 + number, Outcome.ANONYMISE, lawful_basis="consent", team=alice.team)
        write(alice, 60 * 24 * 400 + number, Outcome.ANONYMISE, lawful_basis="consent", team=alice.team)
    opened = 0
    for chart in charts(irene, Year.of(london_today(), THIS_YEAR))[:-2]:  # times and tasks have no list of their own
        for cell in (cell for row in chart.rows for cell in row[1:]):
            assert isinstance(cell, Cell)
            assert bool(cell.url) == (cell.text != "0"), chart.title
            if cell.url:
                opened += 1
                assert len(listed(irene, cell.url.removeprefix("/log/"))) == int(str(cell.text)), cell.url
    assert opened > 10
