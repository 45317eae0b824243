"""Drafts, and what was posted signed out: fields and constraints. Writes: guide/drafts.py, guide/held.py.

What people typed is encrypted under a key that is deleted with the row.
"""

import uuid
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone

from infoshare.accounts.models import Organisation, OwnedQuerySet, Team, User
from infoshare.ledger import crypto
from infoshare.ledger.models import WrappedKey

Content = dict[str, Any]


class DraftManager(models.Manager["Draft"]):
    def get_queryset(self) -> OwnedQuerySet:
        return OwnedQuerySet(self.model, using=self._db)

    def within(self, organisation: Organisation, **which: Any) -> OwnedQuerySet:
        return self.get_queryset().within(organisation, **which)

    def create(self, **columns: Any) -> "Draft":
        """A draft with a key of its own."""
        draft = self.model(**columns)
        draft.wrap(crypto.new_key())
        draft.save(force_insert=True)
        return draft


class SealedField(models.BinaryField):  # type: ignore[type-arg]  # cannot be subscripted when it runs
    """Written from what the draft's answers and details are at that moment."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        assert isinstance(model_instance, Draft)
        return model_instance.shut()


class Draft(WrappedKey):
    """Unfinished answers of one person. `version` grows with each save, so that no tab overwrites another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="drafts")
    edition = models.CharField(max_length=20)
    sealed = SealedField(editable=False)
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    # Its author was told that it goes on this day, unless they keep it or save anything.
    goes_on = models.DateField(null=True)

    objects: ClassVar = DraftManager()

    class Meta:
        ordering: ClassVar = ["-saved_at"]
        indexes: ClassVar = [models.Index(fields=["organisation", "saved_at"], name="drafts_by_last_save")]

    def __str__(self) -> str:
        return f"draft {self.id}"

    @property
    def answers(self) -> Content:
        answers: Content = self._said["answers"]
        return answers

    @answers.setter
    def answers(self, answers: Content) -> None:
        self._said["answers"] = answers

    @property
    def details(self) -> Content:
        """What is not a question of the rule set: case reference, the person's decision, what is shared and how."""
        details: Content = self._said["details"]
        return details

    @details.setter
    def details(self, details: Content) -> None:
        self._said["details"] = details

    @cached_property
    def _said(self) -> Content:
        if self._state.adding:
            return {"answers": {}, "details": {}}
        return self.open(bytes(self.sealed))

    def shut(self) -> bytes:
        """Answers and details as they are now, for the column `sealed`."""
        return self.encrypt(self._said)

    def encrypt(self, content: Content) -> bytes:
        """Anything else that belongs to this draft and must go with it, such as its history."""
        return crypto.encrypt_content(self._key, content, b"draft" + self.id.bytes)

    def open(self, sealed: bytes) -> Content:
        return crypto.decrypt_content(self._key, sealed, b"draft" + self.id.bytes)

    @cached_property
    def _key(self) -> bytes:
        return self.unwrap()

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self.__dict__.pop("_said", None)


class HeldAnswer(WrappedKey):
    """What someone posted after their sign-in had expired: encrypted, theirs alone, for half an hour."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=200)
    sealed = models.BinaryField()
    held_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"held answer {self.id}"

    def shut(self, typed: str) -> Self:
        key = crypto.new_key()
        self.wrap(key)
        self.sealed = crypto.encrypt(key, typed.encode(), b"held" + self.id.bytes)
        return self

    def open(self) -> str:
        return crypto.decrypt(self.unwrap(), bytes(self.sealed), b"held" + self.id.bytes).decode()
