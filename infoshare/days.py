"""London days and working days. Law turns, and periods end, by the London calendar wherever the server stands."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from infoshare.bank_holidays import BANK_HOLIDAYS

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5
END_OF_WORK = time(17)


def london_date(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def london_today() -> date:
    return london_date(timezone.now())


def is_working_day(day: date) -> bool:
    """Monday to Friday, but no bank holiday of England."""
    return day.weekday() < SATURDAY and day not in BANK_HOLIDAYS


def working_days_later(moment: datetime, days: int) -> datetime:
    """The end of work on the day that is `days` working days on: nobody sees to a task at two in the morning."""
    day = london_date(moment)
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return end_of_work(day)


def end_of_work(day: date) -> datetime:
    return datetime.combine(day, END_OF_WORK, tzinfo=LONDON)


def end_of_day(moment: datetime) -> datetime:
    """The last minute of the London day of `moment`."""
    return moment.astimezone(LONDON).replace(hour=23, minute=59, second=0, microsecond=0)


def next_at(hour: int) -> datetime:
    """The next time London's clocks strike `hour`."""
    now = timezone.now().astimezone(LONDON)
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)


def time_words(moment: datetime) -> str:
    """The time of day by London's clocks: "5:40 pm"."""
    local = moment.astimezone(LONDON)
    return f"{local.hour % 12 or 12}:{local:%M} {'am' if local.hour < 12 else 'pm'}"


def day_words(day: date) -> str:
    """A day as a person says it: "4 May 2026"."""
    return f"{day.day} {day:%B %Y}"


def clock_words(moment: datetime) -> str:
    """A moment as a person says it: "5:40 pm on Monday 23 November 2026"."""
    local = moment.astimezone(LONDON)
    return f"{time_words(moment)} on {local:%A} {local.day} {local:%B %Y}"
