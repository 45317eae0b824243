"""The forms that say who receives it. Who stands in the directory, and what is kept of them: recipients.py."""

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import asdict
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from decisions.engine.ruleset import Question
from decisions.recipients import PEOPLE, Channel, RecipientKind, check_address
from infoshare.govuk.forms import Choice as Option
from infoshare.govuk.forms import GovukForm, LineField

from .recipients import Offer
from .table import Recipient

LISTED, ELSE = "listed", "else"
TYPED = ("organisation", "name", "channel", "address", "how")  # the kind, the page fills in itself
AD_HOC = ("organisation", "name", "kind", "channel", "address", "checked")
CHECK_OF = ("organisation", "name", "kind", "channel", "address")  # whom and what a check was made of
OTHER_CHECK, NOT_CHECKED = "other", "no"


class RecipientForm(GovukForm):
    """Somebody from the directory, or somebody else with how it was checked who they are.

    `cleaned_data["partner"]` is the entry of the directory, or empty. Without an offer it only asks for somebody else.
    `cleaned_data["how"]` says in words how they were checked, or is empty where nobody has yet.
    """

    partner = forms.ChoiceField(label="Who will receive it?", widget=forms.RadioSelect, required=False)
    listed = forms.ChoiceField(label="Which contact?", required=False)
    organisation = LineField(label="Organisation", max_length=200, required=False)
    name = LineField(label="Role, or name if they have none", max_length=200, required=False)
    kind = forms.ChoiceField(label="What kind of recipient?", required=False)
    channel = forms.ChoiceField(
        label="How will you send it?", choices=[("", "Choose"), *Channel.choices], required=False
    )
    address = LineField(label="Exact address, number or inbox", max_length=300, required=False)
    checked = forms.ChoiceField(
        label="How did you check who they are?",
        help_text="A number or address from them is no check.",
        widget=forms.RadioSelect,
        required=False,
    )
    how = LineField(label="How?", max_length=500, required=False)
    aside = forms.CharField(widget=forms.HiddenInput, required=False)
    again = forms.CharField(widget=forms.HiddenInput, required=False)
    ALONE: ClassVar[Collection[str]] = PEOPLE  # kinds that need a name or role, and no organisation
    # Value → what the record says of the check; the last two are not said.
    CHECKS: ClassVar[dict[str, str]] = {
        "rang": "Rang a number I found myself",
        "known": "Reached them there before",
        OTHER_CHECK: "Another way",
        NOT_CHECKED: "Not checked yet",
    }
    MISSING: ClassVar[dict[str, str]] = {
        "kind": "Choose what kind of recipient it is",
        "channel": "Choose how you will send it",
        "address": "Enter the exact address it goes to",
    }
    NOBODY: ClassVar[str] = "Enter who will receive it"
    CHECKED: ClassVar[str] = "you checked who they are"

    def __init__(self, offer: Offer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, kind.label) for kind in RecipientKind if kind != RecipientKind.UNSURE]
        self._offer_choices("kind", [("", "Choose"), *kinds])
        self._offer_choices("checked", list(self._checks()))
        self.offer = offer
        if offer.is_empty:
            del self.fields["partner"], self.fields["listed"], self.fields["aside"]
        else:
            self._offer_choices("partner", list(self._options()))
            self._offer_choices("listed", [("", "Choose"), *offer.others])
        if kind := self["kind"].value():
            self["organisation" if kind in self.ALONE else "name"].label += " (optional)"

    def _offer_choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _options(self) -> Iterator[tuple[str, str]]:
        yield from self.offer.first
        if self.offer.others:
            yield LISTED, Option("Another contact in your directory", reveals="listed")
        yield ELSE, Option("Someone who is not in your directory", reveals=" ".join(AD_HOC))

    def _checks(self) -> Iterator[tuple[str, str]]:
        for value, words in self.CHECKS.items():
            yield value, Option(words, reveals="how" if value == OTHER_CHECK else "")

    @classmethod
    def initial_of(cls, recipient: Recipient, offer: Offer) -> dict[str, Any]:
        """What the page shows of somebody who was chosen or typed before."""
        if recipient.partner:
            partner = str(recipient.partner)
            return {"partner": partner} if partner in dict(offer.first) else {"partner": LISTED, "listed": partner}
        how = recipient.verified_how
        said = {words: value for value, words in cls.CHECKS.items()} | {"": NOT_CHECKED}
        checked = "" if recipient.is_open else said.get(how, OTHER_CHECK)
        kept = {**asdict(recipient), "checked": checked, "how": how if checked == OTHER_CHECK else ""}
        return kept if offer.is_empty else {**kept, "partner": ELSE}

    @property
    def is_empty(self) -> bool:
        """Has nothing been typed or chosen? What the page filled in itself does not count."""
        return not any(self.data.get(name) for name in ("partner", "listed", *TYPED))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = {name: cleaned[name] for name in TYPED if cleaned.get(name) and cleaned[name] != self.initial.get(name)}
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
        if self._said("aside", typed):
            return
        words = "; ".join(dict(Channel.choices).get(text, text) for text in typed.values())
        self.add_error(
            "partner",
            f"You also typed ‘{words}’. It goes to the address in the directory: select Continue to agree. "
            "To use what you typed, choose ‘Someone who is not in your directory’",
        )

    def _said(self, name: str, of: dict[str, str]) -> bool:
        """Did the page say what this means when it was sent before? The hidden field remembers that it says so now."""
        print_of = hashlib.sha256(json.dumps(of, sort_keys=True).encode()).hexdigest()[:16]
        said: bool = self.data.get(name) == print_of
        self.data = {**{each: self.data.get(each) for each in self.data}, name: print_of}
        return said

    def _ask_for_the_check_again(self, cleaned: dict[str, Any]) -> None:
        """A check was made of one person at one address. It is not passed on to another without a word."""
        before, now = ({name: said.get(name) or "" for name in CHECK_OF} for said in (self.initial, cleaned))
        same = all(self.initial.get(name, "") == (cleaned.get(name) or "") for name in ("checked", "how"))
        if not before["address"] or now == before or not same or cleaned["checked"] in ("", NOT_CHECKED):
            return
        if not self._said("again", now):
            words = cleaned["how"] or self.CHECKS[cleaned["checked"]]
            self.add_error(
                "checked", f"This is not what you checked before. If ‘{words}’ holds for it too, select Save again"
            )

    def _check_somebody_else(self, cleaned: dict[str, Any]) -> None:
        for name, words in self.MISSING.items():
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, words)
        if cleaned.get("kind") in self.ALONE:
            if not cleaned.get("name"):
                self.add_error("name", self.NOBODY)
        elif not cleaned.get("organisation"):
            self.add_error("organisation", "Enter the organisation it goes to")
        self._ask_for_the_check_again(cleaned)
        cleaned["how"] = self._how(cleaned)
        if cleaned.get("channel") and cleaned.get("address"):
            try:
                check_address(cleaned["channel"], cleaned["address"])
            except ValidationError as error:
                self.add_error("address", error)

    def _how(self, cleaned: dict[str, Any]) -> str:
        """Without the script something may be typed with nothing chosen above it."""
        how: str = cleaned.get("how") or ""
        checked = cleaned.get("checked") or (OTHER_CHECK if how else "")
        if not checked:
            self.add_error("checked", f"Choose how {self.CHECKED}, or ‘{self.CHECKS[NOT_CHECKED]}’")
        if checked == OTHER_CHECK:
            if not how and "how" not in self.errors:
                self.add_error("how", f"Enter how {self.CHECKED}")
            return how
        return "" if checked == NOT_CHECKED else self.CHECKS.get(checked, "")


class ToldForm(RecipientForm):
    """Somebody who was told in an emergency: how they were told."""

    labels: ClassVar[dict[str, str]] = {
        "name": "Who was told?",
        "channel": "By which way?",
        "address": "Number, address or place",
        "checked": "How did you know who they were?",
    }
    hints: ClassVar[dict[str, str]] = {"address": "Such as 999."}
    ALONE = RecipientKind.values
    CHECKS: ClassVar[dict[str, str]] = {"emergency": "Called 999 or 101", **RecipientForm.CHECKS}
    MISSING: ClassVar[dict[str, str]] = {
        **RecipientForm.MISSING,
        "channel": "Choose how you told them",
        "address": "Enter the number, address or place",
    }
    NOBODY = "Enter who was told"
    CHECKED = "you knew who they were"


class LinkForm(GovukForm):
    """The rule set's question whether someone dangerous could see or hear it, for one recipient."""

    heading_field = "link"
    link = forms.ChoiceField(widget=forms.RadioSelect, error_messages={"required": "Choose an answer, or ‘Not sure’"})

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["link"]
        field.label, field.help_text = question.text, question.hint
        field.choices = [(o.id, Option(o.text, o.hint)) for o in question.options]  # type: ignore[attr-defined]
