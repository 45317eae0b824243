"""What retention tells people: in the application first, then by e-mail. Words and addresses name nobody.

Reminders end at a deputy, never at a disposal: what nobody answers stays.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse

from decisions.models import DecisionRecord
from infoshare.accounts.models import Membership, Organisation, User
from infoshare.accounts.roles import MAY, Permission
from infoshare.days import day_words, london_date
from infoshare.notices.services import notify

from . import selectors
from .models import Answer, Hold, ReviewTask, SweepRun
from .models.asked import AskedState

DAYS_BETWEEN_REMINDERS = 7
REMINDERS = 2
KIND = "retention"


def people_who(organisation: Organisation, permission: Permission) -> QuerySet[Membership]:
    roles = [role for role, allowed in MAY.items() if permission in allowed]
    found: QuerySet[Membership] = Membership.objects.within(organisation).filter(roles__overlap=roles)
    return found.filter(user__is_active=True).select_related("user")


def tell(
    people: Iterable[User], organisation: Organisation, words: str, url: str, key: str, urgent: bool = False
) -> None:
    for person in people:
        notify(person=person, organisation=organisation, kind=KIND, words=words, url=url, key=key, urgent=urgent)


def keepers(organisation: Organisation) -> list[User]:
    """The records administrators; the IG leads where there is none."""
    found = people_who(organisation, Permission.SET_RETENTION) or people_who(organisation, Permission.REVIEW_RETENTION)
    return [membership.user for membership in found]


def counted(number: int) -> str:
    return "1 record" if number == 1 else f"{number:,} records"


def after_sweep(run: SweepRun) -> None:
    """Once per run and day, whatever is repeated: the keys see to it."""
    with transaction.atomic():
        _new(run)
        _remind(run)
        _escalate(run)
        _holds(run)
        _receipts(run)


def _new(run: SweepRun) -> None:
    if run.flagged:
        verb = "is" if run.flagged == 1 else "are"
        words = f"{counted(run.flagged)} {verb} due for review."
        tell(keepers(run.organisation), run.organisation, words, reverse("retention:worklist"), f"due:{run.pk}")


def _unanswered(run: SweepRun) -> QuerySet[ReviewTask]:
    """Open reviews of which nobody has heard for some days."""
    last = run.as_of - timedelta(days=DAYS_BETWEEN_REMINDERS)
    tasks: QuerySet[ReviewTask] = ReviewTask.objects.within(run.organisation).filter(state=ReviewTask.State.OPEN)
    open_ones = tasks.filter(reminded_on__lte=last, reminders__lt=REMINDERS + 1)
    return open_ones.exclude(answers__state__in=["waiting", "approved"])


def _remind(run: SweepRun) -> None:
    tasks = _unanswered(run).filter(reminders__lt=REMINDERS)
    owners = {
        pk: User.objects.get(pk=pk) for pk in tasks.exclude(owner=None).values_list("owner", flat=True).distinct()
    }
    numbers = {pk: tasks.filter(owner=pk).count() for pk in [*owners, None]}
    ReviewTask.objects.filter(pk__in=tasks.values("pk")).update(reminders=F("reminders") + 1, reminded_on=run.as_of)
    for pk, number in numbers.items():
        if number:
            words = f"{counted(number)} due for review: still no answer."
            people = [owners[pk]] if pk else keepers(run.organisation)
            url = reverse("retention:worklist")
            tell(people, run.organisation, words, url, f"remind:{run.organisation_id}:{run.as_of}")


def _escalate(run: SweepRun) -> None:
    """After two reminders the deputy has it. Without a deputy everybody who may review is told."""
    tasks = _unanswered(run).filter(reminders=REMINDERS)
    deputy = selectors.settings(run.organisation).deputy
    number = tasks.count()
    if not number:
        return
    changes = {"owner": deputy} if deputy else {}
    handed = ReviewTask.objects.filter(pk__in=tasks.values("pk"))
    handed.update(reminders=REMINDERS + 1, reminded_on=run.as_of, **changes)
    reviewers = people_who(run.organisation, Permission.REVIEW_RETENTION)
    people = [deputy] if deputy else [membership.user for membership in reviewers]
    words = f"{counted(number)} due for review: nobody has answered after two reminders. Please review what is due."
    key = f"escalate:{run.organisation_id}:{run.as_of}"
    url = reverse("retention:worklist") + ("?whose=mine" if deputy else "")
    tell(people, run.organisation, words, url, key, urgent=True)


def _holds(run: SweepRun) -> None:
    for hold in Hold.objects.within(run.organisation).filter(lifted_at=None, review_on__lte=run.as_of):
        words = f"Hold {hold.pk}: check today whether it is still needed. If not, ask to lift it."
        url = reverse("retention:hold", args=[hold.pk])
        tell(keepers(run.organisation), run.organisation, words, url, f"hold:{hold.pk}:{hold.review_on}")


def _receipts(run: SweepRun) -> None:
    """What was to be passed on and waits for its receipt is asked about again each week."""
    late = run.started_at - timedelta(days=DAYS_BETWEEN_REMINDERS)
    found = Answer.objects.within(run.organisation).filter(kind=Answer.Kind.TRANSFER, state=AskedState.APPROVED)
    if number := found.filter(receipt="", decided_at__lte=late).count():
        week = run.as_of.isocalendar()
        key = f"receipt:{run.organisation_id}:{week.year}-{week.week}"
        words = f"{counted(number)} to be passed on: no receipt yet. Nothing is removed until you enter one."
        tell(keepers(run.organisation), run.organisation, words, reverse("retention:waiting"), key)


def second_person_needed(by: Membership) -> None:
    """At most once a day to each who may decide."""
    others = people_who(by.organisation, Permission.REVIEW_RETENTION).exclude(user=by.user)
    key = f"second:{by.organisation_id}:{selectors.today()}"
    url = reverse("retention:waiting")
    words = "Something about how long records are kept waits for a second person."
    tell([membership.user for membership in others], by.organisation, words, url, key)


def will_go(record: DecisionRecord, answer: Answer, url: str) -> None:
    """To its author, who may object. They may know more of the case than who keeps the records."""
    assert answer.not_before is not None, "it cools off"
    day = day_words(london_date(answer.not_before))
    words = f"A record of yours is to be removed on {day}. If it must stay, object before then."
    tell([record.author], record.organisation, words, url, f"goes:{answer.pk}")


def not_agreed(person: User, organisation: Organisation, url: str, key: str) -> None:
    """To whoever asked."""
    tell(
        [person], organisation, "Someone did not agree to what you asked for about how long records are kept.", url, key
    )
