"""The log: entries, their places in the tree, signed checkpoints, certificates of disposal. Not what documents say."""

import json
import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from infoshare.accounts.models import Organisation, OwnedQuerySet, User
from infoshare.ledger import crypto, entries


class LogEntry(models.Model):
    """That something happened to a document. Never changed or deleted, not even when the document is disposed of."""

    append_only = True

    class Kind(models.TextChoices):
        SEALED = "sealed", "sealed"
        DISPOSED = "disposed", "disposed of"
        KEY_ADDED = "key_added", "a key-encryption key was added"
        KEY_DESTROYED = "key_destroyed", "a key-encryption key was destroyed"

    uid = models.UUIDField(unique=True)  # of a sealed document: the document's own id
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    document = models.UUIDField(db_index=True)  # no foreign key: the document may be gone, lawfully
    at = models.DateTimeField()
    commitment = models.BinaryField()
    mac = models.BinaryField()

    objects: ClassVar = OwnedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.document}"

    @property
    def body(self) -> bytes:
        """What its MAC is made of."""
        at, organisation = crypto.microseconds(self.at), self.organisation_id or 0
        return entries.body(self.uid, organisation, self.kind, self.document, at, bytes(self.commitment))

    @property
    def receipt(self) -> str:
        """The entry's name, and the beginning of what only this log could have made of it."""
        digits = bytes(self.mac).hex()[:16]
        return " ".join([str(self.uid), *(digits[i : i + 4] for i in range(0, 16, 4))])


class PendingEntry(models.Model):
    """An entry that waits for its place. Emptied every few seconds."""

    web_rights = ("SELECT", "INSERT")
    job_rights = ("DELETE",)

    entry = models.OneToOneField(LogEntry, on_delete=models.PROTECT, primary_key=True, related_name="pending")

    def __str__(self) -> str:
        return f"pending entry {self.entry_id}"


class QuarantinedEntry(models.Model):
    """An entry that could not be given a place, since it is not as it was written. Reported by every verification."""

    append_only = True
    web_rights = ("SELECT",)
    job_rights = ("INSERT",)

    entry = models.OneToOneField(LogEntry, on_delete=models.PROTECT, primary_key=True, related_name="+")
    reason = models.CharField(max_length=200)
    found_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"quarantined entry {self.entry_id}"


class Leaf(models.Model):
    """An entry's place. Places are 0, 1, 2, … without a gap."""

    append_only = True
    web_rights = ("SELECT",)
    job_rights = ("INSERT",)

    index = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(LogEntry, on_delete=models.PROTECT, related_name="leaf")
    leaf = models.BinaryField()
    position_mac = models.BinaryField()

    def __str__(self) -> str:
        return f"leaf {self.index}"


class TreeNode(models.Model):
    """Roots of complete subtrees of 256, 65,536, … leaves: for quick proofs; anyone can work them out again."""

    append_only = True
    web_rights = ("SELECT",)
    job_rights = ("INSERT",)

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["level", "index"], name="one_node_per_place")]

    def __str__(self) -> str:
        return f"node {self.level}/{self.index}"


class Checkpoint(models.Model):
    """What the log was when it had `size` entries, signed: a C2SP checkpoint. `frontier` is what it takes to go on."""

    append_only = True
    web_rights = ("SELECT",)
    job_rights = ("INSERT",)

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()
    frontier = models.BinaryField()
    signer = models.CharField(max_length=300)  # public key, as signed-note writes it
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"checkpoint of {self.size}"

    @property
    def subtrees(self) -> list[bytes]:
        whole = bytes(self.frontier)
        return [whole[i : i + 32] for i in range(0, len(whole), 32)]


class Certificate(models.Model):
    """Why a record is no longer there: by which rule, proposed and approved by whom, when. Kept for ever.

    Only the database's own disposal function writes one. `words` is JSON, committed to by the log's entry.
    """

    append_only = True
    web_rights = ("SELECT",)

    document = models.UUIDField(primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = OwnedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"certificate for {self.document}"

    @property
    def content(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.words)
        return content


class Verification(models.Model):
    """One run of the verification, and what it found, in words."""

    web_rights = ("SELECT", "INSERT")
    job_rights = ("UPDATE",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    whole = models.BooleanField(default=True)
    size = models.BigIntegerField(default=0)
    entries = models.BigIntegerField(default=0)
    documents = models.BigIntegerField(default=0)
    findings = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"verification of {self.started_at:%Y-%m-%d %H:%M}"
