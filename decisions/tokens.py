"""Finding records by what is encrypted: exact case references, and reasons that were used before."""

from typing import Any

from infoshare.accounts.models import Organisation
from infoshare.ledger.services import blind_index

from .models import DecisionRecord, SearchToken

Field = SearchToken.Field


def token(organisation: Organisation, field: Field, text: str) -> bytes:
    """Neither spaces nor capitals make another text."""
    return blind_index(organisation, field.value, text)


def of(record: DecisionRecord, content: dict[str, Any]) -> list[SearchToken]:
    """The tokens of a new record, not yet written."""
    texts = {
        Field.CASE_REFERENCE: content.get("case_reference", ""),
        Field.REASONS: content.get("decision", {}).get("reasons", ""),
    }
    organisation = record.organisation
    return [
        SearchToken(organisation=organisation, record=record, field=field, token=token(organisation, field, text))
        for field, text in texts.items()
        if text.strip()
    ]


def records_with(organisation: Organisation, field: Field, wanted: bytes) -> Any:
    """The references of the records whose text has this token, as a sub-select."""
    return SearchToken.objects.within(organisation).filter(field=field, token=wanted).values("record")
