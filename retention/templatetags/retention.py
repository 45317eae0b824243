"""Template filter of the retention pages: a count with its noun."""

from django import template

from retention.tables.sweeps import count_in_words

register = template.Library()


@register.filter
def counted(count: int, forms: str) -> str:
    """`{{ 12|counted:"record,records" }}` gives "12 records"; a count that stopped early gives "1,000+ records"."""
    one, many = forms.split(",")
    return f"{count_in_words(count)} {one if count == 1 else many}"
