"""What retention shows, always within one organisation. Not what a record says: its administrators may not read it."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F, QuerySet

from infoshare.accounts.models import Organisation

from .models import RetentionRule, RuleVersion, ScheduleItem, State, SweepRun

PAGE = 25
COUNT_LIMIT = 1_000


def today() -> date:
    """The London day of the database's clock, which all servers share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (now() AT TIME ZONE 'Europe/London')::date")
        day: date = cursor.fetchone()[0]
    return day


def rules(organisation: Organisation) -> QuerySet[RuleVersion]:
    """The versions in force."""
    versions: QuerySet[RuleVersion] = RuleVersion.objects.within(organisation)
    return versions.filter(version=F("rule__version")).select_related("rule", "made_by").order_by("-years", "rule_id")


def rule_in_force(organisation: Organisation) -> RuleVersion:
    """The rule that records fall under: the longest wins."""
    return rules(organisation)[:1].get()


def rule(organisation: Organisation, pk: int) -> RetentionRule | None:
    found: RetentionRule | None = RetentionRule.objects.within(organisation).filter(pk=pk).first()
    return found


def last_swept(organisation: Organisation) -> date | None:
    """The latest day that a finished sweep looked at."""
    finished = SweepRun.objects.within(organisation).filter(finished_at__isnull=False)
    day: date | None = finished.order_by("-as_of").values_list("as_of", flat=True).first()
    return day


def to_sweep(as_of: date) -> QuerySet[Organisation]:
    """Organisations that no finished sweep has looked at on `as_of` or later."""
    swept = SweepRun.objects.filter(finished_at__isnull=False, as_of__gte=as_of).values("organisation")
    return Organisation.objects.exclude(pk__in=swept).order_by("pk")


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
