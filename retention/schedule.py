"""When a record falls due, and the sum in words. Pure: no clock, no database; days are arguments and results.

The same sum in SQL is `add_whole_years` (migration 0002); a test holds the two together.
"""

from datetime import date


def add_whole_years(day: date, years: int) -> date:
    """The same day `years` later. 29 February becomes 1 March where it is missing: a day late, never early."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        if (day.month, day.day) != (2, 29):
            raise
        return date(day.year + years, 3, 1)


def in_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def sum_in_words(event: str, trigger_on: date, years: int) -> str:
    """For example "recorded 4 May 2026 + 6 years = 4 May 2032"."""
    due_on = add_whole_years(trigger_on, years)
    unit = "year" if years == 1 else "years"
    words = f"{event} {in_words(trigger_on)} + {years} {unit} = {in_words(due_on)}"
    if due_on.day != trigger_on.day:
        words += f" ({due_on.year} has no 29 February)"
    return words
