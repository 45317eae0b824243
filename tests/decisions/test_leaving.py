"""Nothing of the case in a title, an address, a cookie or the browser's cache; and leaving quickly loses nothing."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from decisions.guide import drafts
from decisions.models import Draft, HeldAnswer
from infoshare.accounts.models import Membership
from tests.people import signed_in

from .walking import CASES, FOLLOW, SHARE, answer_quickly, answered, ready, start, url

pytestmark = pytest.mark.django_db
TYPED = "Marlow-Quill"
TITLES = {
    "Your draft",
    "Question",
    "Your answers",
    "Recommendation",
    "Your decision",
    "Whom you tell",
    "What to say",
    "Your answer to them",
    "Check and record",
    "Delete draft",
    "Emergency",
    "Start",
    "Page not found",
}


def pages(draft: Draft) -> Iterator[str]:
    for page in ("", "check/", "recommendation/", "decision/", "telling/", "telling/person/", "telling/person/notice/"):
        yield f"/guide/{draft.pk}/{page}"
    for page in ("refusal/", "refusal/letter/", "record/", "delete/"):
        yield f"/guide/{draft.pk}/{page}"
    for question in draft.answers:
        yield f"/guide/{draft.pk}/{question}/"
    yield from ("/guide/start/", "/guide/emergency/")


def slips(response: Any) -> list[str]:
    """Where a page tells the browser something that it would keep."""
    title = "".join(re.findall(r"<title>(.*?)</title>", response.content.decode()))
    kept = [title, response.headers.get("Location", ""), *(cookie.value for cookie in response.cookies.values())]
    found = [text for text in kept if TYPED in text]
    if "no-store" not in response.headers["Cache-Control"]:
        found.append("may be stored")
    if title and title.removesuffix(" – infoshare") not in TITLES:
        found.append(f"a title that nobody has found neutral: {title}")
    return found


@pytest.mark.parametrize("case_id", ["REV-01", "MDDUS-04"])
def test_no_page_of_the_guide_leaves_anything_in_the_browser(case_id: str, alice: Membership) -> None:
    client = signed_in(alice)
    draft = start(client, TYPED)
    answer_quickly(draft, CASES[case_id])
    _, other = ready(alice, CASES[case_id])
    draft.details = {**other.details, "case_reference": TYPED}
    draft.details["decision"]["reasons"] = TYPED
    draft.save()
    wrong = {page: found for page in pages(draft) if (found := slips(client.get(page)))}
    assert wrong == {}


def test_an_address_never_carries_an_answer(alice: Membership) -> None:
    client, draft = answered(alice, SHARE)
    response = client.post(url(draft, "recommendation"), {**FOLLOW, "reasons": TYPED, "seen": ""}, follow=True)
    assert not [address for address, _ in response.redirect_chain if TYPED in address or "?" in address]


def mark(client: Client, page: str) -> str:
    found = re.search(r'name="holder" value="([^"]*)"', client.get(page).content.decode())
    assert found
    return found.group(1)


def test_a_page_without_a_draft_gives_back_what_stood_on_it(alice: Membership) -> None:
    client = signed_in(alice)
    page = "/guide/emergency/"
    sent = {"happening": TYPED, "holder": mark(client, page), "page": page}
    response = client.post("/guide/keep/", sent)
    assert response.status_code == 204
    html = client.get(page).content.decode()
    assert TYPED in html
    assert "There is a problem" not in html
    assert TYPED not in client.get(page).content.decode()


def test_nobody_can_leave_something_for_another_person_or_page(alice: Membership, bob: Membership) -> None:
    of_alice, of_bob = signed_in(alice), signed_in(bob)
    token = mark(of_alice, "/guide/emergency/")
    for client, page in ((of_bob, "/guide/emergency/"), (of_alice, "/guide/start/")):
        response = client.post("/guide/keep/", {"happening": TYPED, "holder": token, "page": page})
        assert response.status_code == 404
    assert not HeldAnswer.objects.exists()


def test_where_leaving_leads_is_the_administrators_choice(alice: Membership, settings: object) -> None:
    settings.LEAVE_QUICKLY_URL = "https://example.org/weather"  # type: ignore[attr-defined]
    assert 'href="https://example.org/weather"' in signed_in(alice).get("/guide/start/").content.decode()


def test_a_draft_does_not_grow_without_end_from_what_is_typed(alice: Membership) -> None:
    client = signed_in(alice)
    draft = start(client)
    typed, here = url(draft, "typed"), {"page": url(draft, "check")}
    assert client.post(typed, {**here, "answer": "x"}).status_code == 200
    for much in ({"answer": "x" * 60_001}, {"x" * 60_001: "x"}, {"page": "x" * 60_001}, {"seen": "x" * 60_001}):
        assert client.post(typed, {**here, **much}).status_code == 400
    pages = {f"page-{number}": {"fields": {}, "seen": ""} for number in range(100)}
    drafts.change_details(draft, lambda details: details.update(typed=pages))
    assert client.post(typed, {**here, "answer": "x"}).status_code == 400
    assert client.post(typed, {"page": "/guide/x/page-7/", "answer": "x"}).status_code == 200
