"""What the many records of a benchmark are copies of, but for who, to whom and which case."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from decisions import cases
from decisions.models import DecisionRecord
from decisions.outcomes import Outcome
from infoshare.accounts.models import Membership
from infoshare.ledger import crypto
from tests.decisions.walking import RECIPIENT
from tests.decisions.whole_way import WholeWay

REASONS = "He is hungry and bruised, and nobody has put it together. " * 8
PLAIN = ("decided", "recommended", "edition", "lawful_basis", "agreement", "telling")


@dataclass(frozen=True)
class Original:
    """`columns` as a record has them; `recipients` as pairs of kind and name."""

    content: dict[str, Any]
    columns: dict[str, str]
    recipients: list[tuple[str, str]] = field(default_factory=list)

    def copy(self, name: str, partner: str, case: str, record: DecisionRecord) -> bytes:
        """As it would be written down of somebody else, without building and writing down each anew."""
        changes = {
            self.content["by"]["name"]: name,
            RECIPIENT["organisation"]: partner,
            self.content["case_reference"]: case,
            self.content.get("reference", ""): record.reference,
            self.content.get("recorded_at", ""): record.recorded_at.isoformat(),
        }
        text = self._text
        for old, new in changes.items():
            text = text.replace(b'"%s"' % old.encode(), b'"%s"' % new.encode()) if old else text
        return text

    @cached_property
    def _text(self) -> bytes:
        return crypto.canonical(self.content)


def short(by: Membership) -> list[Original]:
    """No more than a sentence and its reasons: the least a record can be, so the dearest for whoever verifies many."""
    content = {
        "kind": "decision",
        "by": {"name": by.user.name},
        "case_reference": "CASE",
        "decision": {"reasons": REASONS},
        "sharing": {"items": ["Attendance"], "recipient_organisation": "Eastmarsh"},
    }
    said = {"edition": "2026-09", "lawful_basis": "public_task", "agreement": "not_needed", "telling": "now"}
    often = (Outcome.SHARE_WITHOUT_CONSENT, 60), (Outcome.SHARE_WITH_CONSENT, 30), (Outcome.DO_NOT_SHARE, 9)
    return [
        Original(content, {**said, "decided": decided, "recommended": decided})
        for decided, times in often
        for _ in range(times)
    ]


def whole(by: Membership) -> list[Original]:
    """The published cases as they really come through the guide, page by page: about 40 kB each, 12 sealed."""
    for case in cases.published():
        WholeWay(by, case).go()
    records = DecisionRecord.objects.within(by.organisation).filter(author=by.user).select_related("document__key")
    return [
        Original(
            record.document.content,
            {name: getattr(record, name) for name in PLAIN},
            list(record.recipients.values_list("kind", "name")),
        )
        for record in records
    ]
