"""How many records there are, in words: a list stops counting at "1,000+", so that none is slow for its size."""

from typing import Any

from django.db.models import QuerySet

MOST = 1000


def words(number: int, *, capped: bool = False) -> str:
    """Such as "1 record" or "1,000+ records"."""
    return f"{number:,}{'+' if capped else ''} record{'' if number == 1 and not capped else 's'}"


def capped(records: QuerySet[Any]) -> str:
    found = records.order_by()[: MOST + 1].count()
    return words(min(found, MOST), capped=found > MOST)
