"""Advice without identity, first form: chosen answers go to the IG leads, their reply comes back to the draft."""

from uuid import uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from decisions import permissions
from decisions.guide import drafts
from decisions.guide.asked import chosen_answers
from decisions.guide.sitting import Sitting
from decisions.models import AdviceRequest, DecisionRecord, Draft, RecordAdviser
from infoshare.accounts.models import Membership
from infoshare.accounts.roles import Permission
from infoshare.accounts.selectors import people_who_may
from infoshare.days import clock_words
from infoshare.notices.kinds import Kind
from infoshare.notices.services import notify

from .adding import add_advice
from .interim import due


def ask_advice(*, draft: Draft, sitting: Sitting, by: Membership) -> AdviceRequest:
    """Ask once; asking again before the reply gives the same request. Answers changed since then go along."""
    permissions.check_may_decide(by)
    now = timezone.now()
    answers = chosen_answers(sitting.ruleset, sitting.given)
    with transaction.atomic():
        request, new = AdviceRequest.objects.get_or_create(
            draft=draft,
            replied_at=None,
            defaults={
                "organisation": by.organisation,
                "author": by.user,
                "team": by.team,
                "edition": sitting.ruleset.edition,
                "answers": answers,
                "asked_at": now,
                "due_at": due(sitting, now),
            },
        )
        if not new:
            AdviceRequest.objects.filter(pk=request.pk).update(answers=answers, edition=sitting.ruleset.edition)
        else:
            _tell_the_leads(request, by)
    return request


def _tell_the_leads(request: AdviceRequest, by: Membership) -> None:
    for lead in people_who_may(Permission.ADVISE, by.organisation).exclude(pk=by.user_id):
        notify(
            person=lead,
            organisation=by.organisation,
            kind=Kind.ADVICE,
            words=f"Somebody asks for advice. Reply by {clock_words(request.due_at)}.",
            url=reverse("desk:advice", args=[request.pk]),
            key=f"advice:{request.pk}",
            urgent=True,
        )


def reply(*, request: AdviceRequest, by: Membership, text: str) -> AdviceRequest:
    """One reply, for good. It stands on the draft; on the record where the draft has become one meanwhile."""
    permissions.check_may(by, Permission.ADVISE)
    with transaction.atomic():
        waiting = AdviceRequest.objects.within(by.organisation).select_for_update(of=("self",))
        locked: AdviceRequest = waiting.select_related("draft", "record", "author").get(pk=request.pk)
        if locked.author_id == by.user_id:
            raise ValidationError("You asked this yourself. Somebody else has to answer it")
        if locked.replied_at is not None:
            raise ValidationError("Somebody else has answered this already")
        locked.replied_at, locked.adviser = timezone.now(), by.user
        locked.save(update_fields=["replied_at", "adviser"])
        _deliver(locked, by, text)
    return locked


def _deliver(request: AdviceRequest, by: Membership, text: str) -> None:
    assert request.replied_at is not None
    entry = {
        "request": str(request.pk),
        "adviser": by.user.name,
        "asked_at": request.asked_at.isoformat(),
        "replied_at": request.replied_at.isoformat(),
        "text": text,
    }
    if request.draft is not None:
        drafts.add_advice(request.draft, entry)
        url = reverse("guide:ask", args=[request.draft.pk])
    elif request.record is not None:
        AdviceRequest.objects.filter(pk=request.pk).update(answers={})
        add_advice(record=request.record, by=by, entry=entry, key=uuid5(request.pk, "reply"))
        url = reverse("log:record", args=[request.record.reference])
    else:
        raise ValidationError("The draft has been deleted, so there is nothing left to answer")
    notify(
        person=request.author,
        organisation=request.organisation,
        kind=Kind.ADVICE,
        words="The advice you asked for has come.",
        url=url,
        key=f"reply:{request.pk}",
        urgent=True,
    )


def move_advice(draft: Draft, record: DecisionRecord, goes_on_as: Draft | None) -> None:
    """Before a draft that became a record is deleted: its requests go along."""
    asked = AdviceRequest.objects.filter(draft=draft)
    _note_advisers(asked, record)
    if goes_on_as is None:  # what was asked and answered stands on the record now
        asked.exclude(replied_at=None).update(answers={})
    asked.update(record=record, draft=goes_on_as)


def _note_advisers(asked: QuerySet[AdviceRequest], record: DecisionRecord) -> None:
    """Whoever has answered had a part in the record; who answers later adds to it."""
    given = asked.filter(adviser__isnull=False).exclude(adviser__in=record.advisers.values("adviser"))
    RecordAdviser.objects.bulk_create(
        RecordAdviser(record=record, organisation=record.organisation, adviser_id=adviser)
        for adviser in dict.fromkeys(given.values_list("adviser", flat=True))
    )
