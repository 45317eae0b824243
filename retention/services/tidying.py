"""The part of a sweep that is about everything but records: what has had its time goes, in chunks, each counted.

A hold stops it as it stops a disposal, by the same lock. Drafts go one by one, only after their author was warned.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from decisions.models import Draft
from decisions.services import forgetting
from retention import locks, periods
from retention.keeping import DAYS_OF_WARNING, Kept, cut, usual
from retention.models import SweepRun

CHUNK = 500
COUNT = """
UPDATE retention_sweeprun
SET gone = gone || jsonb_build_object(%(kind)s::text, coalesce((gone ->> %(kind)s)::integer, 0) + %(number)s)
WHERE id = %(run)s
"""


def tidy(run: SweepRun) -> None:
    """Repeat it as you like, also at the same time: each row goes once and is counted once."""
    for kind, period in periods.periods(run.organisation).items():
        if kind is Kept.DRAFT:
            _drafts(run, period.days)
        else:
            before = cut(run.as_of, period.days)
            # Most nights there is nothing: then no lock is taken.
            while periods.over(run.organisation, kind, before, []).exists() and _forget_some(run, kind, before):
                pass


@transaction.atomic
def _forget_some(run: SweepRun, kind: Kept, before: datetime) -> bool:
    """Whether there was anything left."""
    locks.share_with_disposals(run.organisation)
    locks.tidy_by_turns(None if usual()[kind].fixed else run.organisation)
    found = periods.over(run.organisation, kind, before, periods.in_force(run.organisation)).order_by()
    chosen = list(found.values_list("pk", flat=True)[:CHUNK])
    if chosen:
        _, gone = found.model._default_manager.filter(pk__in=chosen).delete()
        _count(run, kind, gone.get(found.model._meta.label, 0))
    return bool(chosen)


def _count(run: SweepRun, kind: Kept, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"run": run.pk, "kind": kind.value, "number": number})


def _drafts(run: SweepRun, days: int) -> None:
    # Whoever has more time now was warned too early.
    Draft.objects.within(run.organisation).filter(
        goes_on__isnull=False, saved_at__gte=cut(run.as_of, days - DAYS_OF_WARNING)
    ).update(goes_on=None)
    for pk in periods.to_warn_of(run.organisation, run.as_of, days).values_list("pk", flat=True):
        _warn(run, pk, days)
    ripe = forgetting.idle_drafts(run.organisation, cut(run.as_of, days)).filter(goes_on__lte=run.as_of)
    for pk in ripe.values_list("pk", flat=True):
        _forget_draft(run, pk, cut(run.as_of, days))


def _locked(run: SweepRun, pk: UUID, before: datetime) -> Draft | None:
    """The draft, unless somebody has it in hand, has saved it meanwhile, or a hold reaches it."""
    locks.share_with_disposals(run.organisation)
    found = forgetting.idle_drafts(run.organisation, before).filter(pk=pk)
    found = found.select_related("organisation", "author").select_for_update(of=("self",), skip_locked=True)
    draft = found.first()
    return None if draft is None or periods.is_held(draft, periods.in_force(run.organisation)) else draft


@transaction.atomic
def _warn(run: SweepRun, pk: UUID, days: int) -> None:
    draft = _locked(run, pk, cut(run.as_of, days - DAYS_OF_WARNING))
    if draft is not None and draft.goes_on is None:
        forgetting.warn(draft, run.as_of + timedelta(days=DAYS_OF_WARNING))
        SweepRun.objects.filter(pk=run.pk).update(warned=F("warned") + 1)


@transaction.atomic
def _forget_draft(run: SweepRun, pk: UUID, before: datetime) -> None:
    draft = _locked(run, pk, before)
    if draft is not None and draft.goes_on is not None and draft.goes_on <= run.as_of:
        draft.delete()
        _count(run, Kept.DRAFT, 1)
