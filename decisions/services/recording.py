"""A finished draft becomes a record: the engine judges again, and everything is sealed in one transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from decisions import contents, facets, permissions, selectors
from decisions.guide import after, law_changes
from decisions.guide.sharing import guidance
from decisions.guide.sharing.marking import CLOSE
from decisions.guide.sharing.table import GOES
from decisions.guide.sitting import Sitting
from decisions.models import DecisionRecord, Draft
from infoshare.accounts.models import Membership
from infoshare.days import london_date

from . import completing, interim
from .advice import move_advice
from .promises import open_promised
from .sealing import note_recipients, seal_record
from .what_follows import open_what_follows


class NotReady(Exception):
    """The draft cannot be recorded yet. `page` says where the person has to go on."""

    def __init__(self, page: str) -> None:
        super().__init__(page)
        self.page = page


def record_decision(*, draft_id: UUID, by: Membership) -> DecisionRecord:
    """Seal a draft as a record, or as the reasons of an emergency, and delete it. Doing so again gives the same record.

    The engine judges again, by the law of today: an outcome is never taken from a form. Raises NotReady or Http404.
    """
    permissions.check_may_decide(by)
    with transaction.atomic():
        draft = _lock(draft_id, by)
        if draft is None:
            record = selectors.record_of_draft(by, draft_id)
            if record is None:
                raise Http404("There is no such draft of yours.")
            return record
        at = timezone.now()  # one moment for both: what is judged by yesterday's law is not recorded today
        sitting = Sitting.of(draft, london_date(at))
        content = _content(draft, sitting, check_ready(draft, sitting))
        task = completing.task_of(draft)
        if task is not None:
            record, goes_on_as = completing.complete(task, draft, content, by, at), None
        else:
            record = _write(draft, sitting, content, by, at)
            interim.settle(draft, by)
            goes_on_as = interim.go_on(record, draft, sitting, by)
        open_what_follows(record, sitting, content["decision"]["decided"], by, at)
        move_advice(draft, record, goes_on_as)
        open_promised(record, content, by.user)
        draft.delete()
    return record


def _lock(draft_id: UUID, by: Membership) -> Draft | None:
    mine = Draft.objects.within(by.organisation).filter(author=by.user, pk=draft_id)
    return mine.select_for_update(of=("self",)).select_related("organisation").first()


def check_ready(draft: Draft, sitting: Sitting) -> dict[str, Any]:
    """The person's decision, if everything is there and it was made on what the guide says now."""
    if law_changes.since(draft, sitting.day) or sitting.next_question is not None:
        raise NotReady("guide:draft")
    decision: dict[str, Any] = draft.details.get("decision", {})
    if decision.get("recommended") != sitting.outcome:
        raise NotReady("guide:recommendation")
    if step := after.first_open(draft):
        raise NotReady(step.page)
    if after.shares(draft) and guidance.table_of(draft, sitting).problems(decision["decided"]):
        raise NotReady("guide:sharing")
    return decision


def _content(draft: Draft, sitting: Sitting, decision: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "decision",
        "case_reference": draft.details.get("case_reference", ""),
        "edition": contents.edition(sitting),
        "answers": contents.questions_and_answers(sitting),
        "recommendation": contents.recommendation(sitting),
        "decision": decision,
        "advice": draft.details.get("advice", []),
        **after.answers(draft),
        "sharing": contents.sharing(draft, sitting),
    }


def _write(draft: Draft, sitting: Sitting, content: dict[str, Any], by: Membership, at: datetime) -> DecisionRecord:
    follows = interim.followed_by(draft)
    record = seal_record(
        by,
        at,
        {**content, "follows": follows.reference if follows else None},
        route=DecisionRecord.Route.GUIDE,
        recommended=content["decision"]["recommended"],
        decided=content["decision"]["decided"],
        edition=content["edition"]["edition"],
        idempotency_key=draft.pk,
        started_at=draft.started_at,
        follows=follows,
        danger=_goes_to_danger(draft, sitting) if content["sharing"] else False,
        **facets.pattern(sitting.given),
        **facets.of({each.id: sitting.judgement.value(each.id) for each in sitting.ruleset.decisions}),
    )
    recipients = content["sharing"]["recipients"] if content["sharing"] else []
    got = [each for each in recipients if any(cell["choice"] in GOES for cell in each["cells"])]
    note_recipients(record, [(each["kind"], each["organisation"]) for each in got])
    return record


def _goes_to_danger(draft: Draft, sitting: Sitting) -> bool:
    """Does anybody get anything of whom the answers do not rule out that someone dangerous sees or hears it?"""
    table = guidance.table_of(draft, sitting)
    doubted = [each for each in table.recipients if each.link in CLOSE]
    return any(cell.goes for each in doubted for cell in table.cells_of(each))
