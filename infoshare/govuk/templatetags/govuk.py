"""Template tags for page components; docs/components.md lists each with an example. Form tags are in govuk_fields."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from infoshare.govuk import charts
from infoshare.govuk.components import KIND_WORDS, Cell, Row, Task

register = template.Library()


@register.inclusion_tag("components/back_link.html")
def back_link(url: str, text: str = "Back") -> dict[str, Any]:
    return {"url": url, "text": text}


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*pairs: str) -> dict[str, Any]:
    """Text and address by turns: {% breadcrumbs "Log" log_url "This record" "" %}."""
    return {"crumbs": list(zip(pairs[::2], pairs[1::2], strict=True))}


@register.inclusion_tag("components/button.html")
def button(text: str, kind: str = "", name: str = "", value: str = "", once: bool = True) -> dict[str, Any]:
    """A submit button. `kind`: secondary or warning. `once` ignores a second click within a second."""
    return {"text": text, "kind": kind, "name": name, "value": value, "once": once}


@register.inclusion_tag("components/button_link.html")
def button_link(text: str, url: str, kind: str = "") -> dict[str, Any]:
    """A link that looks like a button; `kind` may also be start."""
    return {"text": text, "url": url, "kind": kind}


@register.inclusion_tag("components/tag.html")
def tag(text: str, colour: str = "") -> dict[str, Any]:
    return {"text": text, "colour": colour}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Iterable[Row]) -> dict[str, Any]:
    """Where no row can be changed, the values get the room of the links."""
    shown = list(rows)
    return {"rows": shown, "changeable": any(row.url for row in shown)}


@register.inclusion_tag("components/table.html")
def table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], caption: str = "", cards: bool = True
) -> dict[str, Any]:
    """A table whose first column heads its rows; on a phone each row is a card unless `cards` is False."""
    lines = [
        [(name, cell if isinstance(cell, Cell) else Cell(cell)) for name, cell in zip(columns, row, strict=True)]
        for row in rows
    ]
    numeric = [cell.numeric for _, cell in lines[0]] if lines else [False] * len(columns)
    heads = list(zip(columns, numeric, strict=True))
    return {"heads": heads, "lines": lines, "caption": caption, "cards": cards}


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(values: Sequence[tuple[str, int]], caption: str) -> dict[str, Any]:
    """Pairs of a short label and a number. Put the table of the same numbers below it: it says the same to everyone."""
    drawn = {"bars": charts.bars(values), "width": charts.WIDTH, "height": charts.HEIGHT}
    return {**drawn, "total_height": charts.HEIGHT + 50, "caption": caption}


@register.inclusion_tag("components/pagination.html")
def pagination(
    newer: str = "", older: str = "", newer_text: str = "Newer", older_text: str = "Older"
) -> dict[str, Any]:
    """Addresses of the pages before and after this one; the words say where they lead if not to newer and older."""
    return {"newer": newer, "older": older, "newer_text": newer_text, "older_text": older_text}


@register.inclusion_tag("components/task_list.html")
def task_list(tasks: Iterable[Task], name: str = "tasks") -> dict[str, Any]:
    """`name` begins the ids, so that two lists can stand on one page."""
    return {"tasks": list(tasks), "name": name}


@register.inclusion_tag("components/notification_banner.html")
def notification_banner(text: object, kind: str = "", number: int = 1) -> dict[str, Any]:
    """`kind` is success, or anything else for what is important. `number` keeps ids apart on one page."""
    return {"text": text, "kind": kind, "number": number}


@register.simple_tag
def quick_leave() -> SafeString:
    """Leave quickly: a neutral page by one press, or by Shift three times. A plain link without JavaScript."""
    return _quick_leave(settings.LEAVE_QUICKLY_URL)


@cache
def _quick_leave(url: str) -> SafeString:
    return render_to_string("components/quick_leave.html", {"url": url})


def draw(name: str, content: str, **context: Any) -> SafeString:
    """A component around a piece of the page, which the template engine has escaped already."""
    return render_to_string(f"components/{name}.html", context | {"content": SafeString(content)})


@register.simple_block_tag
def details(content: str, summary: str, opened: bool = False) -> SafeString:
    return draw("details", content, summary=summary, opened=opened)


@register.simple_block_tag
def inset(content: str) -> SafeString:
    return draw("inset", content)


@register.simple_block_tag
def warning_text(content: str) -> SafeString:
    return draw("warning_text", content)


@register.simple_block_tag
def panel(content: str, heading: str) -> SafeString:
    """A confirmation: the page's h1 and what follows from it."""
    return draw("panel", content, heading=heading)


@register.simple_block_tag
def emergency_panel(content: str, call: str = "Call 999 if someone is in danger now") -> SafeString:
    return draw("emergency_panel", content, call=call)


@register.simple_block_tag
def recommendation(content: str, kind: str, sentence: str, words: str = "") -> SafeString:
    """The recommendation as the page's h1. `words` says its kind better than the kind's usual words."""
    return draw("recommendation", content, kind=kind, sentence=sentence, words=words or KIND_WORDS[kind])
