"""Whatever a person can reach by links alone: nothing sticks out at either width, and axe finds nothing."""

from collections.abc import Callable, Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from .people import Person

pytestmark = pytest.mark.slow
MakePerson = Callable[..., Person]
WIDTHS = (1280, 320)
# Role → whose. In the demo each of them has something to do; a second one sees only what the first could not reach.
PEOPLE = {
    "practitioner": ("school", "charity", "surgery"),
    "ig-lead": ("school", "council"),
    "records-administrator": ("council",),
    "system-administrator": ("school",),
}
MOST = 400  # pages of one person: more means that links never end


def links(page_of: Person) -> Iterator[str]:
    """Where the open page leads on this site, without what follows a question mark or hash."""
    here = urlsplit(page_of.page.url)
    for href in page_of.page.eval_on_selector_all("a[href]:not([download])", "all => all.map(a => a.href)"):
        there = urlsplit(urldefrag(urljoin(page_of.page.url, href)).url)
        if there.netloc == here.netloc:
            yield there.path


def name_of(path: str) -> str | None:
    """The page's name in the URL configuration; pages that differ only in their record share it."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def is_a_page(looker: Person, path: str) -> bool:
    """Not a file to download. Asked without opening it, as a browser that downloads shows no page."""
    return "text/html" in looker.page.request.head(looker.site + path).headers.get("content-type", "")


def faults(looker: Person) -> list[str]:
    found = []
    for width in WIDTHS:
        looker.page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} px: {finding}" for finding in looker.axe()]
        if not looker.fits():
            found.append(f"{width} px: sticks out to the right")
    return [f"{looker.page.url}: {fault}" for fault in found]


@pytest.mark.parametrize("role", PEOPLE)
def test_every_page_that_links_lead_to(role: str, person: MakePerson) -> None:
    wrong: list[str] = []
    seen = {"account_logout"}
    for body in PEOPLE[role]:
        wrong += walk(person(f"{body}.{role}@example.org"), seen)
    assert len(seen) > 5, "the first page led nowhere"
    assert not wrong, "\n".join(wrong)


def walk(looker: Person, seen: set[str]) -> list[str]:
    """What is wrong on the pages that this person reaches and that are not `seen` yet."""
    wrong: list[str] = []
    waiting = ["/"]
    for path in waiting:
        name = name_of(path)
        assert name, f"a link leads to {path}, which is no address of ours"
        if (name in seen and path != "/") or not is_a_page(looker, path):
            continue
        seen.add(name)
        assert len(seen) < MOST
        answer = looker.page.goto(looker.site + path)
        assert answer
        if answer.status != 200:
            wrong.append(f"{path} leads to {looker.page.url}: {answer.status}")
        wrong += faults(looker)
        waiting += [found for found in links(looker) if name_of(found) not in seen]
    return wrong
