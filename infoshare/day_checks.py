"""A system check: are the coming year's bank holidays known? NOT the days themselves: those are bank_holidays.py."""

from typing import Any

from django.core.checks import CheckMessage, Warning

from infoshare.bank_holidays import LAST_YEAR
from infoshare.days import london_today

FROM_MONTH = 9


def bank_holidays_are_known(**_: Any) -> list[CheckMessage]:
    """W001 from September of the last year that is listed."""
    today = london_today()
    if (today.year, today.month) < (LAST_YEAR, FROM_MONTH):
        return []
    what = f"Bank holidays are known only until the end of {LAST_YEAR}; afterwards clocks may run out a day early."
    return [Warning(what, hint="Upgrade, or add the year to infoshare/bank_holidays.py.", id="infoshare.W001")]
