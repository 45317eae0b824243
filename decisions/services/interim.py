"""Decisions that are not final: ask, or take advice, first. The draft goes on, a clock runs, others are told."""

from datetime import datetime
from typing import Any

from decisions.guide import drafts
from decisions.guide.sitting import Sitting
from decisions.models import DecisionRecord, Draft, FollowUpTask
from decisions.outcomes import INTERIM, Outcome
from infoshare.accounts.models import Membership
from infoshare.accounts.roles import Permission
from infoshare.accounts.selectors import people_who_may
from infoshare.days import clock_words, end_of_day, working_days_later
from infoshare.notices.kinds import Kind
from infoshare.notices.services import notify

from .closing import close_all
from .follow_ups import address, open_task

KINDS = {
    Outcome.SEEK_ADVICE_FIRST: FollowUpTask.Kind.SEEK_ADVICE,
    Outcome.SEEK_CONSENT_FIRST: FollowUpTask.Kind.SEEK_AGREEMENT,
}
WORDS = {
    Outcome.SEEK_ADVICE_FIRST: "Take advice, then make your final decision.",
    Outcome.SEEK_CONSENT_FIRST: "Talk to the person, then make your final decision.",
}
TODAY = {"now", "today"}  # values of the rule set's decision `urgency`


def followed_by(draft: Draft) -> DecisionRecord | None:
    """The interim record that this draft goes on from."""
    task = draft.tasks.filter(kind__in=KINDS.values()).select_related("record").order_by("-opened_at").first()
    return task.record if task else None


def settle(draft: Draft, by: Membership) -> None:
    """The decision that the draft's earlier clock was waiting for has been made."""
    close_all(draft.tasks.filter(kind__in=KINDS.values()), by)


def due(sitting: Sitting, at: datetime) -> datetime:
    """Today where somebody could be badly harmed, else within one working day."""
    urgency = next((d.id for d in sitting.ruleset.decisions if d.id == "urgency"), None)
    today = urgency is not None and sitting.judgement.value(urgency) in TODAY
    return end_of_day(at) if today else working_days_later(at, 1)


def go_on(record: DecisionRecord, draft: Draft, sitting: Sitting, by: Membership) -> Draft | None:
    """For an interim record: the draft goes on as a new one with the same answers, and the clock starts."""
    if record.decided not in INTERIM:
        return None
    again = drafts.go_on_from(draft)
    decided = Outcome(record.decided)
    task = open_task(
        record=record,
        draft=again,
        owner=by.user,
        kind=KINDS[decided],
        words=WORDS[decided],
        due_at=due(sitting, record.recorded_at),
        key=f"interim:{record.pk}",
    )
    _tell_the_leads(task, by)
    return again


def _tell_the_leads(task: FollowUpTask, by: Membership) -> None:
    what = "advice is taken" if task.kind == FollowUpTask.Kind.SEEK_ADVICE else "the person is asked"
    told: dict[str, Any] = {
        "organisation": by.organisation,
        "kind": Kind.ADVICE if task.kind == FollowUpTask.Kind.SEEK_ADVICE else Kind.TASK,
        "words": f"A decision waits until {what}. The final decision is due by {clock_words(task.due_at)}.",
        "url": address(task),
        "key": f"interim:{task.pk}",
    }
    for lead in people_who_may(Permission.ADVISE, by.organisation).exclude(pk=by.user_id):
        notify(person=lead, urgent=True, **told)
