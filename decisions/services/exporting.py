"""That records leave the log as a file is written down before the first of them does."""

from django.db import transaction
from django.db.models import QuerySet

from decisions import permissions
from decisions.models import DecisionRecord, Export, RecordRead
from infoshare.accounts.models import Membership

from .adding import note_read, note_reads


@transaction.atomic
def note_export(
    *, by: Membership, format: Export.Format, records: QuerySet[DecisionRecord], filters: list[str], reason: str
) -> Export:
    """Each of the records was read, too."""
    permissions.check_may_export(by)
    if not reason.strip():
        raise ValueError("An export says why.")
    made: Export = Export.objects.create(
        organisation=by.organisation, by=by.user, format=format, records=records.count(), filters=filters, reason=reason
    )
    note_reads(records=records, by=by, how=RecordRead.How.EXPORT)
    return made


def note_paper(*, by: Membership, record: DecisionRecord, how: RecordRead.How, reason: str = "") -> Export:
    """One record as a file: whoever may read it may have it, and has read it. `reason`: why it left."""
    note_read(record=record, by=by, how=how)
    made: Export = Export.objects.create(
        organisation=by.organisation,
        by=by.user,
        format=Export.Format.BUNDLE if how == RecordRead.How.BUNDLE else Export.Format.PDF,
        records=1,
        reference=record.reference,
        reason=reason,
    )
    return made
