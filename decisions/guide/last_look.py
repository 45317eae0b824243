"""What stands on the last look before recording: what matters in sight, the rest folded. Saves nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse

from decisions import contents, reading, reading_after
from decisions.models import Draft
from infoshare.govuk.components import Row

from . import after
from .sitting import Sitting

FATES = (("share", "Goes"), ("redact", "Goes in part"), ("withhold", "Stays here"))
Content = dict[str, Any]


def rows(draft: Draft, sitting: Sitting, decision: Mapping[str, str], recommended: str) -> Content:
    """For the template: `decision`, `leaves`, `after` in sight, `rest` and `words` folded, `answers` too."""
    sharing, said = contents.sharing(draft, sitting), after.answers(draft)
    leaves = sharing["recipients"] if sharing else []
    told, refused = said["telling"] or {}, said["refusal"]
    return {
        "decision": _decision(draft, decision, recommended),
        "leaves": [(each, list(_leaves(draft, each))) for each in leaves],
        "after": list(_after(draft, told, refused)),
        "rest": [*(reading.impact_rows(sharing) if sharing else []), *_checked(leaves), *_why_not_told(told)],
        "words": list(_words(draft, told, refused)),
        "back": reverse([step.page for step in after.steps(draft)][-1], args=[draft.pk]) if after.steps(draft) else "",
    }


def _url(draft: Draft, page: str, *which: str) -> str:
    return reverse(f"guide:{page}", args=[draft.pk, *which])


def _decision(draft: Draft, decision: Mapping[str, str], recommended: str) -> list[Row]:
    """What the guide suggested is in the way where it was followed."""
    found = reading.decision_rows(dict(decision), recommended)
    follows = decision["decided"] == decision["recommended"]
    return _with_link(found[1:] if follows else found, f"{_url(draft, 'recommendation')}#decide", "your decision")


def _with_link(found: list[Row], url: str, about: str) -> list[Row]:
    """The link stands at the last of them."""
    return [*found[:-1], Row(found[-1].key, found[-1].value, url, about=about)]


def _leaves(draft: Draft, recipient: Content) -> Iterator[Row]:
    """The exact address, what goes there, and what is taken out."""
    about = recipient["who"]
    address = f"{recipient['address']} ({recipient['channel_words']})"
    yield Row("Goes to", address, _url(draft, "recipients"), about=f"the address of {about}")
    if recipient["could_reach_danger"]:
        yield Row("Could someone dangerous see or hear it?", recipient["could_reach_danger"])
    if recipient["guide"]["differs"]:
        yield Row("The guide says of them", recipient["guide"]["text"])
    for choice, words in FATES:
        if cells := [cell for cell in recipient["cells"] if cell["choice"] == choice]:
            lines = "\n".join(map(_cell, cells))
            yield Row(words, lines, _url(draft, "sharing"), about=f"what {about} gets: {words.lower()}")


def _cell(cell: Content) -> str:
    return f"{cell['item']} (taken out: {cell['without']})" if cell["without"] else str(cell["item"])


def _after(draft: Draft, told: Content, refused: Content | None) -> Iterator[tuple[str, list[Row]]]:
    if told:
        found = [Row(title, words, _url(draft, "telling")) for title, words in reading_after.settled(told)]
        yield "Who is told", found
    if refused:
        answer = reading_after.refusal_rows({**refused, "letter": ""})
        yield "The answer to them", _with_link(answer, _url(draft, "refusal"), "the answer to them")


def _checked(leaves: list[Content]) -> Iterator[Row]:
    for each in leaves:
        yield Row(f"How we know {each['who']}", each["verified"])


def _why_not_told(told: Content) -> Iterator[Row]:
    for each in told.values():
        if each["exemption"]:
            why = "\n".join(filter(None, [each["exemption_words"], each["reason"]]))
            yield Row(f"Why not told: {each['title'].lower()}", why)


def _words(draft: Draft, told: Content, refused: Content | None) -> Iterator[Row]:
    for who, each in told.items():
        if each["notice"]:
            yield Row(each["title"], each["notice"], _url(draft, "notice", who), "Change, copy or print")
    if refused and refused.get("letter"):
        yield Row("The letter to whoever asked", refused["letter"], _url(draft, "letter"), "Change, copy or print")
