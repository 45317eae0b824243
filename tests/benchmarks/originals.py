"""What the many records of a benchmark are copies of, but for who, to whom and which case."""

import zlib
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
PLAIN = (
    *("decided", "recommended", "edition", "lawful_basis", "agreement", "telling"),
    *("subject", "harm", "would_receive"),
)


@dataclass(frozen=True)
class Original:
    """`columns` as a record has them; `recipients` as pairs of kind and name."""

    content: dict[str, Any]
    columns: dict[str, str]
    recipients: list[tuple[str, str]] = field(default_factory=list)

    def copy(self, name: str, partner: str, case: str, record: DecisionRecord) -> bytes:
        """As somebody else would have written it down, compressed; what is the same in all copies only once."""
        changes = {
            self.content["by"]["name"]: name,
            RECIPIENT["organisation"]: partner,
            self.content["case_reference"]: case,
            self.content.get("reference", ""): record.reference,
            self.content.get("recorded_at", ""): record.recorded_at.isoformat(),
        }
        head, middle, tail = self._parts
        for old, new in changes.items():
            head, tail = (part.replace(b'"%s"' % old.encode(), b'"%s"' % new.encode()) for part in (head, tail))
        if not middle:
            return zlib.compress(head, 1)
        deflate = zlib.compressobj(1, wbits=-zlib.MAX_WBITS)
        parts = deflate.compress(head), deflate.flush(zlib.Z_FULL_FLUSH), self._middle, deflate.compress(tail)
        check = zlib.adler32(tail, zlib.adler32(middle, zlib.adler32(head)))
        return b"\x78\x01" + b"".join(parts) + deflate.flush() + check.to_bytes(4, "big")

    @cached_property
    def _parts(self) -> tuple[bytes, bytes, bytes]:
        """Before, in and after what the engine said, which is most of it and names nobody."""
        text = crypto.canonical(self.content)
        start, end = text.find(b'"recommendation":'), text.rfind(b'"recorded_at":')
        return (text[:start], text[start:end], text[end:]) if start >= 0 else (text, b"", b"")

    @cached_property
    def _middle(self) -> bytes:
        deflate = zlib.compressobj(1, wbits=-zlib.MAX_WBITS)
        return deflate.compress(self._parts[1]) + deflate.flush(zlib.Z_FULL_FLUSH)


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
