"""The forms that say who receives it. Who stands in the directory, and what is kept of them: recipients.py."""

import hashlib
import json
from collections.abc import Collection, Iterator
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from decisions.engine.ruleset import Question
from decisions.recipients import PEOPLE, Channel, RecipientKind, check_address
from infoshare.govuk.forms import Choice as Option
from infoshare.govuk.forms import GovukForm, LineField

from .recipients import Offer

LISTED, ELSE = "listed", "else"
AD_HOC = ("name", "organisation", "kind", "channel", "address", "how", "not_checked")
TYPED = ("name", "organisation", "channel", "address", "how")  # the kind, the page fills in itself


class RecipientForm(GovukForm):
    """Somebody from the directory, or somebody else with how it was checked who they are.

    `cleaned_data["partner"]` is the entry of the directory, or empty. Without an offer it only asks for somebody else.
    """

    partner = forms.ChoiceField(label="Who will receive it?", widget=forms.RadioSelect, required=False)
    listed = forms.ChoiceField(label="Which contact?", required=False)
    name = LineField(
        label="Who is it?", help_text="Their role, or their name if they have none.", max_length=200, required=False
    )
    organisation = LineField(label="Which organisation are they from?", max_length=200, required=False)
    kind = forms.ChoiceField(label="What kind of recipient?", required=False)
    channel = forms.ChoiceField(
        label="How will you send it?", choices=[("", "Choose"), *Channel.choices], required=False
    )
    address = LineField(
        label="Exact address",
        help_text="The e-mail address, telephone number, name in the system, postal address or place.",
        max_length=300,
        required=False,
    )
    how = LineField(
        label="How did you check who they are?",
        help_text="Such as ‘Rang the switchboard on the number on their website’. "
        "A number or address they gave you is not a check.",
        max_length=500,
        required=False,
    )
    not_checked = forms.BooleanField(label="I have not checked yet", required=False)
    aside = forms.CharField(widget=forms.HiddenInput, required=False)
    ALONE: ClassVar[Collection[str]] = PEOPLE  # kinds that need no organisation
    MISSING: ClassVar[dict[str, str]] = {
        "name": "Enter who will receive it",
        "kind": "Choose what kind of recipient it is",
        "channel": "Choose how you will send it",
        "address": "Enter the exact address it goes to",
    }

    def __init__(self, offer: Offer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, kind.label) for kind in RecipientKind if kind != RecipientKind.UNSURE]
        self.fields["kind"].choices = [("", "Choose"), *kinds]  # type: ignore[attr-defined]
        self.fields["listed"].choices = [("", "Choose"), *offer.others]  # type: ignore[attr-defined]
        self.offer = offer
        if offer.is_empty:
            del self.fields["partner"], self.fields["listed"], self.fields["aside"]
        else:
            self.fields["partner"].choices = list(self._options())  # type: ignore[attr-defined]

    def _options(self) -> Iterator[tuple[str, str]]:
        yield from self.offer.first
        if self.offer.others:
            yield LISTED, Option("Another contact in your directory", reveals="listed")
        yield ELSE, Option("Someone who is not in your directory", reveals=" ".join(AD_HOC))

    @property
    def is_empty(self) -> bool:
        """Has nothing been typed or chosen? What the page filled in itself does not count."""
        return not any(self.data.get(name) for name in ("partner", "listed", *TYPED))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = {name: cleaned[name] for name in TYPED if cleaned.get(name)}
        chosen = cleaned.get("partner") or (ELSE if typed else LISTED if cleaned.get("listed") else "")
        if chosen == ELSE or self.offer.is_empty:
            self._check_somebody_else(cleaned)
            return {**cleaned, "partner": ""}
        if chosen == LISTED and not cleaned.get("listed") and "listed" not in self.errors:
            self.add_error("listed", "Choose which contact")
        if not chosen and "partner" not in self.errors:
            self.add_error("partner", "Choose who will receive it")
        if typed and chosen:
            self._say_what_is_not_used(typed)
        return {**cleaned, "partner": cleaned.get("listed") if chosen == LISTED else chosen}

    def _say_what_is_not_used(self, typed: dict[str, str]) -> None:
        """What was typed beside a contact of the directory stays until it is set aside by a second Continue."""
        print_of = hashlib.sha256(json.dumps(typed, sort_keys=True).encode()).hexdigest()[:16]
        if self.data.get("aside") == print_of:
            return
        words = "; ".join(dict(Channel.choices).get(text, text) for text in typed.values())
        self.add_error(
            "partner",
            f"You also typed ‘{words}’. It goes to the address in the directory: select Continue to agree. "
            "To use what you typed, choose ‘Someone who is not in your directory’",
        )
        self.data = {**{name: self.data.get(name) for name in self.data}, "aside": print_of}

    def _check_somebody_else(self, cleaned: dict[str, Any]) -> None:
        for name, words in self.MISSING.items():
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, words)
        if not cleaned.get("organisation") and cleaned.get("kind") not in self.ALONE:
            self.add_error("organisation", "Enter the organisation they are from")
        if bool(cleaned.get("how")) == bool(cleaned.get("not_checked")):
            self.add_error("how", "Enter how you checked who they are, or tick ‘I have not checked yet’")
        if cleaned.get("channel") and cleaned.get("address"):
            try:
                check_address(cleaned["channel"], cleaned["address"])
            except ValidationError as error:
                self.add_error("address", error)


class ToldForm(RecipientForm):
    """Somebody who was told in an emergency: how they were told."""

    labels: ClassVar[dict[str, str]] = {
        "organisation": "Which organisation are they from? (optional)",
        "channel": "How did you tell them?",
        "address": "Number, address or place",
        "how": "How did you know who they were?",
    }
    hints: ClassVar[dict[str, str]] = {
        "address": "Such as 999.",
        "how": "Such as ‘Called 999’, or ‘Rang the number on their website’.",
    }
    ALONE = RecipientKind.values
    MISSING: ClassVar[dict[str, str]] = {
        **RecipientForm.MISSING,
        "name": "Enter who was told",
        "channel": "Choose how you told them",
        "address": "Enter the number, address or place",
    }


class LinkForm(GovukForm):
    """The rule set's question whether someone dangerous could see or hear it, for one recipient."""

    heading_field = "link"
    link = forms.ChoiceField(widget=forms.RadioSelect, error_messages={"required": "Choose an answer, or ‘Not sure’"})

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["link"]
        field.label, field.help_text = question.text, question.hint
        field.choices = [(o.id, Option(o.text, o.hint)) for o in question.options]  # type: ignore[attr-defined]
