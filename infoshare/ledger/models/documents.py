"""Documents written once, each encrypted under a key of its own that stands in another table."""

import uuid
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from infoshare.accounts.models import Organisation, OwnedQuerySet
from infoshare.ledger import crypto, keys

from .log import LogEntry


class WrappedKey(models.Model):
    """A data key, unreadable without the key-encryption key named `kek`, which is not in the database."""

    kek = models.CharField(max_length=20)
    wrapped = models.BinaryField()

    class Meta:
        abstract = True

    def wrap(self, key: bytes) -> None:
        self.kek = keys.ring().newest
        self.wrapped = crypto.wrap(keys.kek(self.kek), key, self.opens())

    def unwrap(self) -> bytes:
        return crypto.unwrap(keys.kek(self.kek), bytes(self.wrapped), self.opens())

    def opens(self) -> uuid.UUID:
        """What the key belongs to: it opens nothing else."""
        owner: uuid.UUID = self.pk
        return owner


class SealedDocument(models.Model):
    """One document, whole and for ever: `content_hash` can be checked without any key, `content` needs one.

    Lists should fetch `document__key` with the document.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    sealed_at = models.DateTimeField(default=timezone.now)
    facts = models.BinaryField()
    key_commitment = models.BinaryField()
    ciphertext = models.BinaryField()
    # SHA-256 over header, key commitment and ciphertext; the log keeps the same.
    content_hash = models.CharField(max_length=64)

    objects: ClassVar = OwnedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def header(self) -> bytes:
        at = crypto.microseconds(self.sealed_at)
        return crypto.header(self.id, self.organisation_id, at, self.kind, bytes(self.facts))

    @cached_property
    def content(self) -> dict[str, Any]:
        """Raises CannotOpen if the document is not what was sealed."""
        return crypto.decrypt_content(self.key.unwrap(), bytes(self.ciphertext), self.header)

    @property
    def canonical(self) -> bytes:
        """The content as it was written down: for whoever looks through many, and reads few of them."""
        return crypto.decrypt_canonical(self.key.unwrap(), bytes(self.ciphertext), self.header)

    @cached_property
    def entry(self) -> LogEntry:
        """That it was sealed, and when: the log's own time, whatever the document says of itself."""
        found: LogEntry = LogEntry.objects.get(uid=self.pk, organisation=self.organisation_id)
        return found

    @property
    def receipt(self) -> str:
        """What the author keeps: shows later that this document was sealed, even if somebody made it vanish."""
        return self.entry.receipt


class DataKey(WrappedKey):
    """The key of one document. Disposal deletes it; backups of documents are made without this table."""

    append_only = True
    job_rights = ("UPDATE",)  # to be wrapped by a newer key

    document = models.OneToOneField(SealedDocument, on_delete=models.PROTECT, primary_key=True, related_name="key")

    def __str__(self) -> str:
        return f"key of {self.document_id}"
