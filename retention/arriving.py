"""Records that have no schedule yet get one: their kind is read from what they say, and nothing else of it is kept.

The due date itself is worked out by sweeping.recompute, in the same sweep. Which records are new is known from
`Unscheduled`, which the database fills; a record whose sweep was missed simply stays in it.
"""

from django.db import transaction
from django.db.models import F

from decisions import tokens
from decisions.models import DecisionRecord
from infoshare.accounts.models import Organisation
from infoshare.days import london_date

from .categories import Category, category_of
from .models import ScheduleItem, SweepRun, Unscheduled

# Each record's content is opened, so fewer at a time than the other steps take.
CHUNK = 200


def schedule_new(run: SweepRun, chunk: int) -> None:
    """Give a schedule to every record that has none, however old: a missed night heals here."""
    while number := _schedule_some(run.organisation, min(chunk, CHUNK)):
        SweepRun.objects.filter(pk=run.pk).update(scheduled=F("scheduled") + number)


@transaction.atomic
def _schedule_some(organisation: Organisation, number: int) -> int:
    new = Unscheduled.objects.within(organisation).select_for_update(skip_locked=True).order_by("record_id")
    references = list(new.values_list("record_id", flat=True)[:number])
    records = DecisionRecord.objects.within(organisation).select_related("document__key").in_bulk(references)
    ScheduleItem.objects.bulk_create(
        [schedule_of(record, organisation) for record in records.values()],
        update_conflicts=True,
        unique_fields=["record"],
        update_fields=["category", "case_index", "revision"],
    )
    Unscheduled.objects.within(organisation).filter(record_id__in=references).delete()
    return len(references)


def schedule_of(record: DecisionRecord, organisation: Organisation) -> ScheduleItem:
    """Not saved, and not worked out yet."""
    return ScheduleItem(
        record_id=record.pk,
        organisation=organisation,
        category=category_of_record(record, organisation),
        recorded_on=london_date(record.recorded_at),
        case_index=_case_index(record, organisation),
    )


def _case_index(record: DecisionRecord, organisation: Organisation) -> bytes | None:
    case: str = record.document.content.get("case_reference", "")
    return tokens.token(organisation, tokens.Field.CASE_REFERENCE, case) if case.strip() else None


def category_of_record(record: DecisionRecord, organisation: Organisation) -> Category:
    given = {each["id"]: each["answer"] for each in record.document.content.get("answers", [])}
    return category_of(organisation.kind, given)
