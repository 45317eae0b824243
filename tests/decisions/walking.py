"""Walks through the guide as a browser would, one page after the other, without one."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.test import Client

from decisions import demo, editions, services
from decisions.cases import published
from decisions.engine.ruleset import Question
from decisions.guide import drafts, refusal, telling
from decisions.guide.sitting import Sitting
from decisions.models import DecisionRecord, Draft
from decisions.outcomes import SHARES
from infoshare.accounts.models import Membership
from infoshare.days import london_today
from tests.govuk.page import Page
from tests.people import signed_in

CASES = {case.id: {given.question: given.answer for given in case.answers} for case in published()}
SHARE = CASES["REV-01"]  # share without agreement
REFUSE = CASES["ICO-E03"]  # the person who would receive it is the danger
FOLLOW = {"choice": "follow", "reasons": "He is hungry and bruised, and nobody has put it together."}
ITEMS = ("Attendance since September", "Notes of bruises")
RECIPIENT = {
    "name": "Duty social worker",
    "organisation": "Eastmarsh Children’s Services",
    "kind": "social_care",
    "channel": "case_system",
    "address": "Front door inbox",
    "checked": "rang",
}
PURPOSE = "To find out whether he is safe"
IMPACT = {"person": "His mother may be angry with him."}
STEP = re.compile(r"^/guide/[0-9a-f-]{36}/([a-z0-9_]+)/$")
TOLD = {"status": "told", "told_on_day": "1", "told_on_month": "9", "told_on_year": "2026"}
REFUSAL = {
    "discussed": "no",
    "not_discussed": "They rang off.",
    "would_change": "A court order",
    "look_again_on_day": "4",
    "look_again_on_month": "May",
    "look_again_on_year": "2040",
}
AFTER = {
    *("overview", "history", "typed", "check", "recommendation", "decision", "record"),
    *("items", "marks", "recipients", "sharing", "impact", "telling", "refusal"),
}


def start(client: Client, case_reference: str = "") -> Draft:
    before = set(Draft.objects.values_list("pk", flat=True))
    client.post("/guide/start/", {"case_reference": case_reference})
    made: Draft = Draft.objects.exclude(pk__in=before).get()
    return made


def url(draft: Draft, page: str) -> str:
    return f"/guide/{draft.pk}/{page}/"


def next_question(client: Client, draft: Draft) -> str | None:
    """The question the draft is at, or None after the last."""
    found = STEP.match(client.get(f"/guide/{draft.pk}/").headers["Location"])
    return found.group(1) if found and found.group(1) not in AFTER else None


def seen(client: Client, draft: Draft, page: str) -> str:
    """The fingerprint that the page carries."""
    html = client.get(url(draft, page)).content.decode()
    found = re.search(r'name="seen" value="([^"]*)"', html)
    assert found, html
    return found.group(1)


def answer(client: Client, draft: Draft, question: str, value: Any) -> Any:
    data = {"answer": value, "seen": seen(client, draft, question), "confirmed": "yes"}
    return client.post(url(draft, question), data)


def answer_for(question: Question, answers: Mapping[str, Any]) -> Any:
    """What a form would send: the given answer, else "not sure", else none of the boxes, else the first option."""
    if question.id in answers:
        return answers[question.id] or ["none"]
    if question.kind == "checkboxes":
        return ["none"]
    return "unsure" if "unsure" in question.option_ids else question.option_ids[0]


def answer_all(client: Client, draft: Draft, answers: Mapping[str, Any]) -> list[str]:
    """Through the pages, one after the other."""
    asked = []
    while question_id := next_question(client, draft):
        asked.append(question_id)
        question = editions.get(Draft.objects.get(pk=draft.pk).edition).question(question_id)
        response = answer(client, draft, question_id, answer_for(question, answers))
        assert response.status_code == 302, question_id
    return asked


def answer_quickly(draft: Draft, answers: Mapping[str, Any]) -> None:
    """The same deeds without the pages, for tests that are about what comes after."""
    day = london_today()
    while question := Sitting.of(draft, day).next_question:
        given = answer_for(question, answers)
        value = [option for option in given if option != "none"] if isinstance(given, list) else given
        seen_now = drafts.fingerprint(draft.answers.get(question.id))
        drafts.save_answer(draft, question, value, seen=seen_now, day=day)


def decide(client: Client, draft: Draft, decision: Mapping[str, str] = FOLLOW) -> Any:
    return post(client, draft, "recommendation", decision)


def post(client: Client, draft: Draft, page: str, data: Mapping[str, Any]) -> Any:
    """Send what one of the pages after the questions asks, as of the page just read."""
    return client.post(url(draft, page), {**data, "seen": seen(client, draft, page)})


TABLE_FIELDS = ("cell", "why", "without", "reason")


def as_shown(page: str) -> dict[str, Any]:
    """What a browser would send of a page as it is shown: what is chosen, ticked and filled in already."""
    sent: dict[str, Any] = {}
    choosing = ""  # the list whose options come now
    for each in Page(page).elements:
        its = each.attributes
        name, value = its.get("name", ""), its.get("value", "")
        match its.get("type", each.name):
            case "select":
                choosing, sent[name] = name, ""
            case "option" if "selected" in its:
                sent[choosing] = value
            case "textarea":
                sent[name] = "".join(each.texts).strip()
            case "checkbox" if "checked" in its:
                sent.setdefault(name, []).append(value)
            case "radio" if "checked" in its:
                sent[name] = value
            case "text":
                sent[name] = value
    return sent


def table_data(client: Client, draft: Draft) -> dict[str, str]:
    """What a browser would send of the sharing table as it is shown: the radios chosen and the lines filled in."""
    sent = as_shown(client.get(url(draft, "sharing")).content.decode())
    return {name: value for name, value in sent.items() if name.split("-")[0] in TABLE_FIELDS}


def share(client: Client, draft: Draft, texts: Sequence[str] = ITEMS, **cells: str) -> Any:
    """Through the sharing pages to the last look; `cells` changes what the table's fields are sent as."""
    what(client, draft, *texts)
    post(client, draft, "marks", {})
    return give(client, draft, **cells)


def what(client: Client, draft: Draft, *texts: str, **recipient: str) -> Any:
    """What, and to whom; `recipient` changes what is sent of the usual one."""
    return post(client, draft, "items", {"items": "\n".join(texts), **RECIPIENT, **recipient})


def give(client: Client, draft: Draft, **said: str) -> Any:
    """Who gets what, as it is offered but for `said`, and what harm it could do."""
    return post(client, draft, "sharing", {**table_data(client, draft), "purpose": PURPOSE, **IMPACT, **said})


def of(who: str, said: Mapping[str, str]) -> dict[str, str]:
    """What is said of one person, under the names of their block."""
    return {f"{who}-{name}": value for name, value in said.items()}


def tell(client: Client, draft: Draft, who: str = "person", said: Mapping[str, str] = TOLD) -> Any:
    return post(client, draft, f"telling/{who}", of(who, said))


def refuse(client: Client, draft: Draft, said: Mapping[str, str] = REFUSAL) -> Any:
    return client.post(url(draft, "refusal"), {**said, "seen": seen(client, draft, "refusal")})


def follow_on(client: Client, draft: Draft) -> None:
    """Whatever the pages between what is shared and the last look ask."""
    draft.refresh_from_db()
    if telling.applies(draft):
        for person in telling.needed(draft):
            tell(client, draft, person.key)
    if refusal.applies(draft):
        refuse(client, draft)
        if refusal.requested(draft):
            client.post(url(draft, "refusal/letter"), {"text": "No.", "seen": seen(client, draft, "refusal/letter")})


def follow_on_quickly(draft: Draft) -> None:
    """The same deeds without the pages."""
    told = {"status": telling.TOLD, "day": "2026-09-01", "exemption": "", "exemption_words": "", "reason": ""}
    said = {"discussed": "no", "discussed_on": "", "discussed_with": "", "not_discussed": "They rang off."}
    if telling.applies(draft):
        for person in telling.needed(draft):
            kept = {"title": person.title, **told, "safe_way": "", "notice": ""}
            drafts.save_part(draft, telling.KEY, person.key, kept, seen="")
    if refusal.applies(draft):
        answer = {**said, "would_change": "A court order", "look_again_on": "2040-05-04"}
        drafts.save_part(draft, refusal.KEY, refusal.ANSWER, answer, seen="")
        drafts.save_part(draft, refusal.KEY, refusal.LETTER, refusal.letter(draft), seen="")


def answered(person: Membership, answers: Mapping[str, Any] = SHARE) -> tuple[Client, Draft]:
    """A draft whose questions are all answered."""
    draft = drafts.start(by=person, case_reference="4471", day=london_today())
    answer_quickly(draft, answers)
    return signed_in(person), draft


def ready(person: Membership, answers: Mapping[str, Any] = SHARE) -> tuple[Client, Draft]:
    """A draft that only waits to be recorded."""
    client, draft = answered(person, answers)
    outcome = Sitting.of(draft, london_today()).outcome
    decision = {"recommended": outcome, "decided": outcome, "departure_reason": "", "reasons": FOLLOW["reasons"]}
    drafts.save_details(draft, "decision", decision, seen="")
    if outcome in SHARES:
        demo.share(draft, Sitting.of(draft, london_today()), ITEMS)
    follow_on_quickly(draft)
    return client, draft


def recorded(person: Membership, answers: Mapping[str, Any] = SHARE) -> DecisionRecord:
    _, draft = ready(person, answers)
    return services.record_decision(draft_id=draft.pk, by=person)
