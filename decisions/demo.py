"""The demo's directories and records, made by the demo's people through the same services as any other.

Not for a deployment: only `manage.py demo` calls this, and only with the embedded servers.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from decisions.cases import Case, published
from infoshare.accounts.demo import BODIES, member
from infoshare.accounts.models import Membership
from infoshare.accounts.roles import Role
from infoshare.days import london_today

from . import services
from .guide import drafts, refusal, telling
from .guide.sharing import guidance, items
from .guide.sharing.table import Choice, Recipient
from .guide.sitting import Sitting
from .models import DecisionRecord, Draft, Partner
from .outcomes import SHARES, Outcome
from .recipients import Channel, Entry, RecipientKind


def _entry(name: str, kind: str, role: str, channel: str, address: str) -> Entry:
    return {"name": name, "kind": kind, "role": role, "channel": channel, "address": address}


# The demo's organisation → the published cases it decides, the newest last.
CASES = {
    "school": ("MDDUS-04", "SCO-02", "GOV-01", "REV-01"),
    "housing": ("ICO-E03",),
    "surgery": ("MDDUS-01",),
    "council": ("CRT-11", "ICO-E02", "SCO-02", "LA-02"),
    "charity": ("SCIE-03",),
}
# Fictional partners, and how many days ago each was verified.
PARTNERS: list[tuple[Entry, int | None]] = [
    (
        _entry(
            "Eastmarsh Safeguarding Hub", "social_care", "Duty officer", "telephone", "01632 960 020, day and night"
        ),
        20,
    ),
    (_entry("Eastmarsh Adult Care", "social_care", "Adults’ duty desk", "secure_email", "adults@hub.example"), 45),
    (_entry("Marsh Police", "police", "Public protection desk", "telephone", "01632 960 011"), 90),
    (_entry("Fenwick Community Health", "health", "Health visitor team", "secure_email", "hv@fenwick.example"), 30),
    (_entry("Fenwick Primary School", "education", "Safeguarding lead", "secure_email", "dsl@fenwick.example"), 420),
    (_entry("Harbour Lights Refuge", "organisation", "Refuge worker", "telephone", "01632 960 042"), None),
]
ITEMS = ("What was seen and heard, with dates", "What the person said, in their own words", "Home address")


def make_directory() -> None:
    """A few partners for each organisation that lists none: verified, verified too long ago, and not verified."""
    for body in BODIES:
        lead = member(body, Role.IG_LEAD)
        if not Partner.objects.within(lead.organisation).exists():
            list_partners(lead)


def list_partners(lead: Membership) -> None:
    for entry, days_ago in PARTNERS:
        partner = services.add_partner(by=lead, entry=entry)
        if days_ago is not None:
            day = london_today() - timedelta(days=days_ago)
            services.verify_partner(by=lead, partner=partner, how="Rang the switchboard on their website", day=day)


NOT_YET = {
    "status": telling.NOT_TOLD,
    "exemption": "objectives",
    "exemption_words": telling.exemption_words("objectives"),
    "reason": "We do not know yet who else would hear of it.",
    "safe_way": "",
    "notice": "",
}
REFUSED = {
    "discussed": "no",
    "discussed_on": "",
    "discussed_with": "",
    "not_discussed": "They rang off before we could.",
    "would_change": "Proof of who they are, and a safe way to reach the person.",
}


def make_records() -> None:
    """A few different ones for each organisation that has none."""
    known = {case.id: case for case in published()}
    for body, cases in CASES.items():
        author = member(body, Role.PRACTITIONER)
        if not DecisionRecord.objects.within(author.organisation).exists():
            for case in cases:
                _decide(known[case], author)


def share(draft: Draft, sitting: Sitting, texts: Sequence[str] = ITEMS) -> None:
    """Fill in the sharing pages: each item by its default, the last one left out where only part is shared."""
    found = items.merge([], texts)
    kind = sitting.given.get("recipient", RecipientKind.UNSURE)
    hub = Recipient(
        id="hub",
        name="Duty officer",
        organisation="Eastmarsh Safeguarding Hub",
        kind=RecipientKind.SOCIAL_CARE if kind == RecipientKind.UNSURE else kind,
        channel=Channel.CASE_SYSTEM,
        address="Hub inbox: new contacts",
        link=sitting.given.get(guidance.LINK, ""),
        verified_on=sitting.day.isoformat(),
        verified_by=draft.author.name,
        verified_how="Rang the switchboard number on their website",
    )
    drafts.save_details(draft, "items", found, seen="")
    drafts.save_details(draft, "marks", {item["id"]: items.suggested(item["text"]) for item in found}, seen="")
    drafts.save_details(draft, "recipients", [asdict(hub)], seen="")
    sharing = guidance.table_of(draft, sitting).by_default("To find out whether someone is safe")
    if draft.details["decision"]["decided"] == Outcome.SHARE_LIMITED:
        sharing["cells"][found[-1]["id"]]["hub"]["choice"] = Choice.WITHHOLD.value
    drafts.save_details(draft, "sharing", sharing, seen="")
    impact = {"person": "They may be upset that it was shared. We will tell them why.", "family": "", "others": ""}
    drafts.save_details(draft, "impact", impact, seen="")


def answered(case: Case, by: Membership) -> Draft:
    """A draft with every question answered as the case would have it."""
    day = london_today()
    draft = drafts.start(by=by, case_reference=f"DEMO-{case.id}", day=day)
    given = {answer.question: answer.answer for answer in case.answers}
    while question := Sitting.of(draft, day).next_question:
        not_sure = [] if question.kind == "checkboxes" else question.option_ids[-1]
        drafts.save_answer(draft, question, given.get(question.id, not_sure), seen="", day=day)
    return draft


def _decide(case: Case, by: Membership) -> None:
    draft = answered(case, by)
    outcome = Sitting.of(draft, london_today()).outcome
    decision = {"recommended": outcome, "decided": outcome, "departure_reason": ""}
    drafts.save_details(draft, "decision", {**decision, "reasons": "Made for the demo from a published case."}, seen="")
    if outcome in SHARES:
        share(draft, Sitting.of(draft, london_today()))
    _follow_on(draft)
    services.record_decision(draft_id=draft.pk, by=by)


def _follow_on(draft: Draft) -> None:
    """Nobody is told yet; a refusal is talked about and answered."""
    day = (london_today() + timedelta(days=14)).isoformat()
    if telling.applies(draft):
        for person in telling.needed(draft):
            drafts.save_part(draft, telling.KEY, person.key, {"title": person.title, **NOT_YET, "day": day}, seen="")
    if refusal.applies(draft):
        drafts.save_part(draft, refusal.KEY, refusal.ANSWER, {**REFUSED, "look_again_on": day}, seen="")
        drafts.save_part(draft, refusal.KEY, refusal.LETTER, refusal.letter(draft), seen="")
