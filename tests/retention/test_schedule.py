"""Laws of the due date, and that the database counts years as the code does."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from infoshare.days import london_date
from retention.schedule import add_whole_years, sum_in_words

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
PERIODS = st.integers(1, 150)
LEAP_DAYS = st.sampled_from([date(year, 2, 29) for year in range(1904, 2200, 4) if year != 2100])


@given(DAYS | LEAP_DAYS, PERIODS)
def test_due_in_the_right_year_and_never_early(day: date, years: int) -> None:
    due = add_whole_years(day, years)
    assert due.year == day.year + years
    assert (due.month, due.day) >= (day.month, day.day)
    assert (due - date(due.year, day.month, min(day.day, 28))).days <= day.day - min(day.day, 28) + 1


@given(DAYS | LEAP_DAYS, DAYS | LEAP_DAYS, PERIODS)
def test_what_was_recorded_later_is_never_due_earlier(one: date, other: date, years: int) -> None:
    earlier, later = sorted((one, other))
    assert add_whole_years(earlier, years) <= add_whole_years(later, years)


@given(DAYS, st.integers(1, 75), st.integers(1, 75))
def test_two_periods_add_up(day: date, first: int, then: int) -> None:
    assume((day.month, day.day) != (2, 29))
    assert add_whole_years(add_whole_years(day, first), then) == add_whole_years(day, first + then)


@pytest.mark.parametrize(
    ("day", "years", "due"),
    [
        (date(2026, 5, 4), 6, date(2032, 5, 4)),
        (date(2024, 2, 29), 6, date(2030, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2096, 2, 29), 4, date(2100, 3, 1)),
        (date(2024, 2, 28), 6, date(2030, 2, 28)),
    ],
)
def test_days_that_matter(day: date, years: int, due: date) -> None:
    assert add_whole_years(day, years) == due


def test_the_sum_in_words() -> None:
    assert sum_in_words("recorded", date(2026, 5, 4), 6) == "recorded 4 May 2026 + 6 years = 4 May 2032"
    assert sum_in_words("recorded", date(2026, 5, 4), 1) == "recorded 4 May 2026 + 1 year = 4 May 2027"
    leap = "recorded 29 February 2024 + 6 years = 1 March 2030 (2030 has no 29 February)"
    assert sum_in_words("recorded", date(2024, 2, 29), 6) == leap


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(DAYS | LEAP_DAYS, PERIODS), min_size=1, max_size=200))
def test_the_database_counts_the_same_years(sums: list[tuple[date, int]]) -> None:
    days, years = map(list, zip(*sums, strict=True))
    with connection.cursor() as cursor:
        statement = "SELECT add_whole_years(day, years) FROM unnest(%s::date[], %s::int[]) WITH ORDINALITY"
        cursor.execute(f"{statement} AS sums (day, years, place) ORDER BY place", [days, years])
        assert [due for (due,) in cursor.fetchall()] == [add_whole_years(*each) for each in sums]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "night",
    [date(2026, 3, 29), date(2026, 10, 25), date(2026, 7, 4)],
    ids=["clocks go forward", "clocks go back", "midsummer"],
)
def test_the_database_turns_the_same_london_days(night: date) -> None:
    moments = [datetime.combine(night, time(), UTC) + timedelta(minutes=half_hour * 30) for half_hour in range(-6, 7)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT (m AT TIME ZONE 'Europe/London')::date FROM unnest(%s) AS m", [moments])
        assert [day for (day,) in cursor.fetchall()] == [london_date(moment) for moment in moments]
