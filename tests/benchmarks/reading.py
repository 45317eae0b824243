"""What a person with a keyboard reads and presses from start to receipt, counted from the pages' HTML.

NOT a measurement of people: the model is here to see which page costs what. Read is what can be seen in the main part;
words that stood on an earlier page (Continue, Not sure, Save and leave) are recognised and count once. Pressed is every
Tab, arrow, Space, Enter and letter; the skip link once, as the browser keeps its place from page to page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from decisions.cases import Case
from infoshare.accounts.models import Membership
from tests.decisions.whole_way import Beside, WholeWay
from tests.govuk.page import Element, Page

READING, KEY = 230 / 60, 0.3  # words a second; seconds a key
SELECT = 3  # letters until the wanted option of a list is there
UNSEEN = {"script", "select"}
COUNTER = "govuk-character-count__message"  # hidden by its script but near the limit
OPENED = "by the person"  # a fold that holds the option they choose


class Looked(Beside):
    """`lines`: the pieces of text that can be seen. `stops`: where Tab stops. Radios of one name are one stop.

    What an option reveals is seen once it is chosen, which `sent` says; what is folded away over it is opened for it.
    """

    def __init__(self, html: str, sent: Mapping[str, Any]) -> None:
        self.opened = Folds(html, sent).chosen
        self.folds = 0
        self.lines: list[str] = []
        self.stops: list[Element] = []
        self.sent = sent
        self.revealed: set[str] = set()
        super().__init__(html)

    def is_unseen(self, element: Element) -> bool:
        classes = element.attributes.get("class", "")
        unseen = element.name in UNSEEN or "hidden" in element.attributes
        folded = "__conditional--hidden" in classes and element.attributes.get("id") not in self.revealed
        return unseen or folded or COUNTER in classes or "visually-hidden" in classes

    @property
    def seen(self) -> bool:
        return any(each.name == "main" for each in self.within) and not self.hidden(self.within)

    def hidden(self, around: list[Element]) -> bool:
        shut = any(each.name == "details" and "open" not in each.attributes for each in around)
        in_summary = any(each.name == "summary" for each in around)
        return (shut and not in_summary) or any(map(self.is_unseen, around))

    def handle_data(self, data: str) -> None:
        super().handle_data(data)
        if self.seen and data.split():
            self.lines.append(" ".join(data.split()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        element = self.elements[-1]
        if tag == "details":
            if self.folds in self.opened:
                element.attributes.setdefault("open", OPENED)
            self.folds += 1
        if is_chosen(element, self.sent.get(element.attributes.get("name", ""))):
            self.revealed.add(f"{element.attributes['id']}-revealed")
        stops = tag in ("button", "summary", "textarea", "select") or (tag == "a" and "href" in element.attributes)
        if (stops or (tag == "input" and element.attributes["type"] != "hidden")) and self.seen_or_select(element):
            self.stops.append(element)

    def seen_or_select(self, element: Element) -> bool:
        around = [each for each in self.within if each is not element]
        inside = any(each.name == "main" for each in around)
        if element.name == "summary":
            element.attributes["opened"] = around[-1].attributes.get("open", "")
            around = around[:-1]
        return inside and "hidden" not in element.attributes and not self.hidden(around)


class Folds(Page):
    """`chosen`: which of the page's folds, counted from 0, hold an option that the person chooses."""

    def __init__(self, html: str, sent: Mapping[str, Any]) -> None:
        self.sent = sent
        self.around: list[int] = []
        self.count = 0
        self.chosen: set[int] = set()
        super().__init__(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag == "details":
            self.around.append(self.count)
            self.count += 1
        element = self.elements[-1]
        if is_chosen(element, self.sent.get(element.attributes.get("name", ""))):
            self.chosen |= set(self.around)

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        if tag == "details":
            self.around.pop()


@dataclass
class Cost:
    pages: int = 0
    words: int = 0
    keys: int = 2  # the skip link

    def __str__(self) -> str:
        return f"{self.pages} pages, {self.words} words, {self.keys} keys"

    @property
    def minutes(self) -> float:
        return (self.words / READING + self.keys * KEY) / 60


class ByKeyboard(WholeWay):
    """`costs`: what had been read and pressed once each page was left; "clear" once one said what to do, and why."""

    def __init__(self, person: Membership, case: Case) -> None:
        super().__init__(person, case)
        self.known: set[str] = set()
        self.cost = Cost()
        self.costs: dict[str, Cost] = {}

    def look(self, place: str) -> tuple[Beside, Mapping[str, Any] | None]:
        _, sent = super().look(place)
        html = self.client.get(place).content.decode()
        page = Looked(html, sent or {})
        new = dict.fromkeys(line for line in page.lines if line not in self.known)
        self.known |= set(new)
        self.cost = Cost(
            self.cost.pages + 1,
            self.cost.words + sum(len(line.split()) for line in new),
            self.cost.keys + keys(page.stops, sent or {}),
        )
        self.costs[self.pages[-1].name] = self.cost
        if self.pages[-1].name == "recommendation":
            self.costs.setdefault("clear", self.cost)
        return page, sent


def keys(stops: list[Element], sent: Mapping[str, Any]) -> int:
    """To fill in what is sent and go on: the first button that sends, or the first link that looks like a button."""
    pressed = 0
    groups: dict[str, int] = {}  # name of radios → how many of them came so far
    for stop in stops:
        if stop.name == "summary":
            groups.clear()  # the options after it are another stop
            pressed += stop.attributes["opened"] == OPENED
        name, kind = stop.attributes.get("name", ""), stop.attributes.get("type", stop.name)
        place = groups.get(name, 0)
        if kind == "radio":
            groups[name] = place + 1
        pressed += 0 if kind == "radio" and place else 1  # Tab
        pressed += deed(stop, kind, place, sent.get(name))
        if kind == "submit" or "govuk-button" in stop.attributes.get("class", "").split():
            return pressed + 1
    return pressed


def is_chosen(element: Element, value: Any) -> bool:
    """Is it the option, or one of the boxes, that the person chooses?"""
    offers = element.attributes.get("type") in ("radio", "checkbox")
    return offers and element.attributes.get("value") in (value if isinstance(value, list) else [value])


def deed(stop: Element, kind: str, place: int, value: Any) -> int:
    chosen = is_chosen(stop, value)
    if value is None or (kind in ("radio", "checkbox") and (not chosen or "checked" in stop.attributes)):
        return 0
    if kind == "radio":
        return max(place, 1)
    return {"checkbox": 1, "select": SELECT}.get(kind, len(str(value)))
