"""That records leave the log as a file is written down before the first of them does."""

from decisions import permissions
from decisions.models import DecisionRecord, Export
from infoshare.accounts.models import Membership

from .adding import note_read


def note_export(*, by: Membership, format: Export.Format, records: int, filters: list[str], reason: str) -> Export:
    permissions.check_may_export(by)
    if not reason.strip():
        raise ValueError("An export says why.")
    made: Export = Export.objects.create(
        organisation=by.organisation, by=by.user, format=format, records=records, filters=filters, reason=reason
    )
    return made


def note_paper(*, by: Membership, record: DecisionRecord) -> Export:
    """One record as a PDF: whoever may read it may have it, and has read it."""
    note_read(record=record, by=by)
    made: Export = Export.objects.create(
        organisation=by.organisation, by=by.user, format=Export.Format.PDF, records=1, reference=record.reference
    )
    return made
