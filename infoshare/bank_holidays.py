"""The bank holidays of England and Wales, as announced at https://www.gov.uk/bank-holidays. Entered by hand.

Not worked out: a day may be moved or added by proclamation. After LAST_YEAR only weekends are known, so a clock may run
out a day early, never late; `manage.py check` warns from September before. Add a year here once it is announced.
"""

from datetime import date

BANK_HOLIDAYS = frozenset(
    {
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 4),
        date(2026, 5, 25),
        date(2026, 8, 31),
        date(2026, 12, 25),
        date(2026, 12, 28),  # for Boxing Day, a Saturday
        date(2027, 1, 1),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2027, 5, 3),
        date(2027, 5, 31),
        date(2027, 8, 30),
        date(2027, 12, 27),  # for Christmas Day, a Saturday
        date(2027, 12, 28),  # for Boxing Day, a Sunday
    }
)
LAST_YEAR = max(day.year for day in BANK_HOLIDAYS)
