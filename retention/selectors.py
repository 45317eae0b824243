"""What retention shows, always within one organisation. Not what a record says: its administrators may not read it."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import connection
from django.db.models import F, OuterRef, QuerySet, Subquery

from decisions.models import DecisionRecord
from infoshare.accounts.models import Organisation

from .models import (
    Hold,
    Lifting,
    RetentionRule,
    RetentionSettings,
    RuleProposal,
    RuleVersion,
    ScheduleItem,
    State,
    SweepRun,
    TriggerEntry,
    Unscheduled,
)
from .models.asked import AskedState
from .models.schedules import MOVABLE
from .schedule import Sum, sums

PAGE = 25
COUNT_LIMIT = 1_000


def today() -> date:
    """The London day of the database's clock, which all servers share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (now() AT TIME ZONE 'Europe/London')::date")
        day: date = cursor.fetchone()[0]
    return day


def settings(organisation: Organisation) -> RetentionSettings:
    """Not saved for an organisation that nobody has swept or opened yet."""
    found: RetentionSettings | None = RetentionSettings.objects.within(organisation).first()
    return found or RetentionSettings(organisation=organisation)


def rules(organisation: Organisation) -> QuerySet[RuleVersion]:
    """The versions in force, adopted or not."""
    versions: QuerySet[RuleVersion] = RuleVersion.objects.within(organisation)
    in_force = versions.filter(version=F("rule__version")).select_related("rule", "made_by", "approved_by")
    return in_force.order_by("-adopted", "rule_id")


def adopted(organisation: Organisation) -> QuerySet[RuleVersion]:
    """The rules that count. Among those that match a record the longest wins: see schedule.sums."""
    return rules(organisation).filter(adopted=True)


def would_keep_longer(item: ScheduleItem, on: date) -> list[Sum]:
    """The sums of rules for this kind of record that are not adopted, and by which it would not be due on that day."""
    versions = rules(item.organisation).filter(adopted=False, categories__contains=[item.category])
    found = sums([version.as_rule for version in versions], item.category, item.dates)
    return [each for each in found if each.due_on is None or each.due_on > on]


def rule(organisation: Organisation, pk: int) -> RetentionRule | None:
    found: RetentionRule | None = RetentionRule.objects.within(organisation).filter(pk=pk).first()
    return found


def last_swept(organisation: Organisation) -> date | None:
    """The latest day that a finished sweep looked at."""
    finished = SweepRun.objects.within(organisation).filter(finished_at__isnull=False)
    day: date | None = finished.order_by("-as_of").values_list("as_of", flat=True).first()
    return day


def london_time() -> time:
    """The time of day in London by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (now() AT TIME ZONE 'Europe/London')::time")
        now: time = cursor.fetchone()[0]
    return now


def to_sweep(as_of: date, at: time = time.max) -> QuerySet[Organisation]:
    """Organisations that no finished sweep has looked at on `as_of` or later, and whose own time has come by `at`.

    Whoever missed a whole day does not wait for its time.
    """
    finished = SweepRun.objects.filter(finished_at__isnull=False)
    swept = finished.filter(as_of__gte=as_of).values("organisation")
    yesterday = finished.filter(as_of__gte=as_of - timedelta(days=1)).values("organisation")
    later = RetentionSettings.objects.filter(review_at__gt=at).values("organisation")
    waiting = Organisation.objects.exclude(pk__in=swept)
    return waiting.exclude(pk__in=later.filter(organisation__in=yesterday)).order_by("pk")


def broken_off() -> QuerySet[SweepRun]:
    """Runs that somebody asked for and that never finished: the broker lost them, or their worker died."""
    asked = SweepRun.objects.filter(started_by__isnull=False, finished_at__isnull=True)
    found: QuerySet[SweepRun] = asked.select_related("organisation").order_by("pk")
    return found


def sweep_run(organisation: Organisation, pk: int) -> SweepRun | None:
    found: SweepRun | None = SweepRun.objects.within(organisation).select_related("started_by").filter(pk=pk).first()
    return found


def left_to_do(organisation: Organisation, as_of: date) -> int:
    """Records that a sweep still has to look at; stops counting at three times COUNT_LIMIT + 1."""
    new = Unscheduled.objects.within(organisation)
    items = ScheduleItem.objects.within(organisation)
    outdated = items.filter(state__in=MOVABLE, revision__lt=settings(organisation).revision)
    due_now = items.filter(state=State.WAITING, due_on__lte=as_of)
    return sum(found[: COUNT_LIMIT + 1].count() for found in (new, outdated, due_now))


def runs(organisation: Organisation, number: int = 10) -> QuerySet[SweepRun]:
    found: QuerySet[SweepRun] = SweepRun.objects.within(organisation).select_related("started_by")
    return found[:number]


@dataclass(frozen=True)
class DueCounts:
    """How many records are due. Each stops counting at COUNT_LIMIT + 1."""

    due: int
    overdue: int
    oldest: date | None


def due(organisation: Organisation) -> QuerySet[ScheduleItem]:
    items: QuerySet[ScheduleItem] = ScheduleItem.objects.within(organisation).filter(state=State.DUE)
    return items.order_by("due_on", "record_id")


def due_counts(organisation: Organisation, on: date) -> DueCounts:
    """`overdue` are those whose day has passed."""
    items = due(organisation)
    return DueCounts(
        due=items[: COUNT_LIMIT + 1].count(),
        overdue=items.filter(due_on__lt=on)[: COUNT_LIMIT + 1].count(),
        oldest=items.values_list("due_on", flat=True).first(),
    )


def due_page(organisation: Organisation, after: tuple[date, str] | None = None) -> tuple[list[ScheduleItem], bool]:
    """The records due longest, after the given (due day, reference), and whether there are more."""
    items = due(organisation).select_related("record", "rule_version")
    if after is not None:
        # A range and an exception, because the index on (organisation, due_on, record) can follow a range.
        day, reference = after
        items = items.filter(due_on__gte=day).exclude(due_on=day, record_id__lte=reference)
    found = list(items[: PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def waiting_proposal(version: RuleVersion) -> RuleProposal | None:
    """The change that waits for a second person."""
    found = RuleProposal.objects.within(version.organisation).filter(rule=version.rule_id, state=AskedState.WAITING)
    proposal: RuleProposal | None = found.select_related("asked_by").first()
    return proposal


def proposal(organisation: Organisation, pk: int) -> RuleProposal | None:
    found = RuleProposal.objects.within(organisation).select_related("asked_by", "rule")
    one: RuleProposal | None = found.filter(pk=pk).first()
    return one


def item(organisation: Organisation, reference: str) -> ScheduleItem | None:
    """The schedule of one record; None until a sweep or a date has made it."""
    found: QuerySet[ScheduleItem] = ScheduleItem.objects.within(organisation).select_related("rule_version")
    return found.filter(pk=reference).first()


def entries(organisation: Organisation, reference: str) -> QuerySet[TriggerEntry]:
    found: QuerySet[TriggerEntry] = TriggerEntry.objects.within(organisation).filter(record=reference)
    return found.select_related("entered_by")


def exists(organisation: Organisation, reference: str) -> bool:
    """Has the organisation a record of this reference?"""
    return bool(DecisionRecord.objects.within(organisation).filter(pk=reference).exists())


def lifting(organisation: Organisation, pk: int) -> Lifting | None:
    found: QuerySet[Lifting] = Lifting.objects.within(organisation).filter(pk=pk)
    return found.select_related("asked_by", "hold__placed_by", "hold__rule", "hold__organisation").first()


def waiting_lifting(hold: Hold) -> Lifting | None:
    found: Lifting | None = hold.liftings.filter(state=AskedState.WAITING).select_related("asked_by").first()
    return found


def waiting_proposals(organisation: Organisation) -> QuerySet[RuleProposal]:
    found: QuerySet[RuleProposal] = RuleProposal.objects.within(organisation).filter(state=AskedState.WAITING)
    name = RuleVersion.objects.filter(rule=OuterRef("rule"), version=OuterRef("rule__version")).values("name")
    return found.select_related("asked_by", "rule").annotate(name=Subquery(name))


def waiting_liftings(organisation: Organisation) -> QuerySet[Lifting]:
    found: QuerySet[Lifting] = Lifting.objects.within(organisation).filter(state=AskedState.WAITING)
    return found.select_related("asked_by", "hold")
