"""What a verification found: where, and in words for somebody who has never heard of hash trees."""

from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

MOST = 200  # kept in full; beyond that they are counted


@dataclass(frozen=True)
class Finding:
    """`code` for machines; `place` is the entry's index in the log, `record` what people call the thing."""

    code: str
    words: str
    place: int | None = None
    document: str = ""
    record: str = ""

    def __str__(self) -> str:
        where = [
            f"record {self.record}" if self.record else "",
            f"place {self.place:,} in the log" if self.place is not None else "",
            f"document {self.document}" if self.document else "",
        ]
        named = ", ".join(part for part in where if part)
        return f"{self.words} ({named})" if named else self.words


WORDS = {
    "entry_altered": "A log entry is not as it was written.",
    "entry_gone": "A log entry has vanished; only its place is left.",
    "entry_unreadable": "A log entry cannot be read.",
    "moved": "A log entry stands in a place that it was not given.",
    "leaf_altered": "A log entry and what was kept of it in the hash tree differ.",
    "gap": "Places in the log are missing before this one.",
    "root": "The log is not the one that was signed: something was altered, added or taken away in this stretch.",
    "checkpoint": "A checkpoint is not signed by this log, or was altered.",
    "cut": "The log ends before its newest checkpoint does: its end was cut off.",
    "unsigned": "The log goes on beyond its newest checkpoint: something was added without being signed.",
    "anchor": "The log is not the one that this kept checkpoint speaks of: its past was rewritten.",
    "anchor_ahead": "A kept checkpoint knows more entries than the log has: it was taken back to an earlier state.",
    "anchor_foreign": "A kept checkpoint is not signed by this log.",
    "late": "A log entry has been waiting for its place for too long.",
    "homeless": "A log entry neither has a place nor waits for one.",
    "quarantined": "A log entry was altered before it got its place, and was set aside.",
    "content_altered": "What was sealed is not what stands there now.",
    "row_altered": "The plain columns beside a sealed document were altered, such as who decided what and when.",
    "row_gone": "The row of a sealed document was deleted; its document is still there.",
    "row_behind": "A row points to a sealed document that is not there.",
    "content_gone": "A sealed document was deleted without a disposal.",
    "key_gone": "The key of a sealed document was deleted without a disposal: it cannot be read any more.",
    "key_wrong": "A sealed document cannot be opened: its key was exchanged.",
    "behind_the_log": "A document was put in without an entry in the log.",
    "back": "A document is there although it was disposed of: it was put back from an old copy.",
    "certificate_altered": "A certificate of disposal was altered.",
    "certificate_gone": "A certificate of disposal was deleted.",
    "certificate_forged": "A certificate of disposal has no entry in the log: nobody disposed of this lawfully.",
    "unfinished": "The verification could not be finished.",
}


@dataclass
class Findings:
    """Collects; the first MOST in full, so that a log altered everywhere does not fill the memory."""

    found: list[Finding] = field(default_factory=list)
    more: int = 0

    def add(
        self,
        code: str,
        *,
        place: int | None = None,
        document: bytes | UUID | None = None,
        record: str = "",
        more: str = "",
    ) -> None:
        if len(self.found) >= MOST:
            self.more += 1
            return
        named = str(UUID(bytes=bytes(document)) if isinstance(document, bytes) else document or "")
        words = f"{WORDS[code]} {more}".strip()
        self.found.append(Finding(code, words, place, named, record))

    def take(self, other: "Findings") -> None:
        self.more += other.more
        for each in other.found:
            if len(self.found) < MOST:
                self.found.append(each)
            else:
                self.more += 1

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(each) for each in self.found]
