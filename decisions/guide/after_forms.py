"""The forms of the pages after the decision: telling each person, a refusal, and a text to send."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms

from infoshare.days import day_words, london_today
from infoshare.govuk.forms import Choice, DateField, GovukForm, LineField, TextField

from . import telling
from .telling import Somebody
from .wording import lowered

SAFE_PARENT = "One who is safe for the child."
PARENT = "Only where the child cannot decide this for themselves, and one who is safe for the child."
CHANGES = "What would have to be different? For example a court order, proof of who they are, or a change of harm."


class DatedForm(GovukForm):
    """Says which of its fields must hold something, and on which side of today a day must lie."""

    def need(self, *names: str, said: str) -> None:
        for name in names:
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, said)

    def day(self, name: str, *, past: bool, said: str) -> str:
        """The day as it is kept; one missing, or on the wrong side of today, is an error."""
        day: date | None = self.cleaned_data.get(name)
        if name not in self.errors and (day is None or (day > london_today() if past else day < london_today())):
            self.add_error(name, said)
        return day.isoformat() if day else ""


class TellForm(DatedForm):
    """One person: told, to be told, or not for now with the reason in law and in words. Its label is the person."""

    label_sizes: ClassVar[dict[str, str]] = {"status": "m"}
    status = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": "Choose whether they have been told"}
    )
    told_on = DateField(label="When were they told?", required=False)
    tell_by = DateField(label="By which day?", required=False)
    safe_way = LineField(
        label="A safe way to reach them",
        help_text="Who else sees their post and phone? Leave no message there.",
        required=False,
        max_length=500,
    )
    exemption = forms.ChoiceField(
        label="Why not?",
        widget=forms.RadioSelect,
        choices=[
            (value, Choice(words, under="Other reasons" if value in telling.RARE else ""))
            for value, (words, _) in telling.EXEMPTIONS.items()
        ],
        required=False,
    )
    reason = TextField(
        label="What makes you think so?", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    look_again_on = DateField(label="When will you look again?", required=False)
    safe_way_later = LineField(label="A safe way to reach them (optional)", required=False, max_length=500)

    def __init__(self, person: Somebody, before: str, *args: Any, known_young: bool, **kwargs: Any) -> None:
        """`before`: what the guide was told of telling them. `known_young`: is it about a child who cannot decide?"""
        super().__init__(*args, prefix=person.key, **kwargs)
        self.person, self.unsafe = person, before in telling.UNSAFE
        self.fields["status"].label = person.title
        self.fields["status"].error_messages["required"] = f"{person.title}: choose whether they have been told"
        for field in self.fields.values():
            if isinstance(field, DateField):
                field.name = f"{person.title}: the date"
        if person.is_parent:
            self.fields["status"].help_text = SAFE_PARENT if known_young else PARENT
        if self["exemption"].value() == telling.NOT_KNOWN:
            self["reason"].label += " (optional)"
        self.fields["status"].choices = list(self._choices())  # type: ignore[attr-defined]

    def _choices(self) -> Iterator[tuple[str, Choice]]:
        yield telling.TOLD, Choice("Yes", reveals="told_on")
        yield telling.TO_BE_TOLD, Choice("No, but they will be told", reveals="tell_by safe_way")
        asks = "exemption reason look_again_on safe_way_later"
        yield telling.NOT_TOLD, Choice("No, and not for now", reveals=asks, folded=self._filled_in())

    def _filled_in(self) -> str:
        """Why they are not told, and until when, where the answers say it and nobody typed anything else."""
        day = self.initial.get("look_again_on")
        if self.is_bound or self.initial.get("exemption") != telling.NOT_KNOWN or self.initial.get("reason"):
            return ""
        words, _ = telling.EXEMPTIONS[telling.NOT_KNOWN]
        return f"{words}. Look again on {day_words(day)} (change)" if day else ""

    def add_error(self, field: str | None, error: Any) -> None:
        """Where several people stand on one page, each error says whose it is."""
        named = f"{self.person.title}: {lowered(error)}" if field and isinstance(error, str) else error
        super().add_error(field, named)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        match cleaned.get("status"):
            case telling.TOLD:
                cleaned["day"] = self.day("told_on", past=True, said="Enter the day they were told, today or earlier")
            case telling.TO_BE_TOLD:
                cleaned["day"] = self.day("tell_by", past=False, said="Enter the day to tell them by, today or later")
                self.need("safe_way", said="Enter a safe way to reach them")
            case telling.NOT_TOLD:
                self.need("exemption", said="Choose why they should not be told")
                if cleaned.get("exemption") != telling.NOT_KNOWN:
                    self.need("reason", said="Enter what makes you think so")
                cleaned["day"] = self.day("look_again_on", past=False, said="Enter a day to look again, today or later")
        return cleaned

    def kept(self) -> dict[str, str]:
        """Without what was typed under an option that was not chosen in the end."""
        said, status = self.cleaned_data, self.cleaned_data["status"]
        hidden = status == telling.NOT_TOLD
        ways = {telling.TO_BE_TOLD: said["safe_way"], telling.NOT_TOLD: said["safe_way_later"]}
        return {
            "title": self.person.title,
            "status": status,
            "day": said["day"],
            "exemption": said["exemption"] if hidden else "",
            "exemption_words": telling.exemption_words(said["exemption"]) if hidden else "",
            "reason": said["reason"] if hidden else "",
            "safe_way": ways.get(status, ""),
        }

    @staticmethod
    def initial_of(saved: dict[str, str] | None, before: str, look_again: date) -> dict[str, Any]:
        """What was saved; else the usual days, and what was answered before of telling them."""
        today = london_today()
        days: dict[str, Any] = {"tell_by": today + timedelta(days=1), "look_again_on": look_again}
        if saved is None:
            status = telling.BEGINS.get(before)
            why = telling.NOT_KNOWN if before == "unsure" else ""
            return {**days, "status": status, "exemption": why, "told_on": None if status == telling.TOLD else today}
        names = {telling.TOLD: "told_on", telling.TO_BE_TOLD: "tell_by", telling.NOT_TOLD: "look_again_on"}
        day = {names[saved["status"]]: date.fromisoformat(saved["day"])}
        return {"told_on": today, **days, **saved, "safe_way_later": saved["safe_way"], **day}


class RefusalForm(DatedForm):
    """What follows a refusal. Where nobody asked, there is nobody it could have been discussed with."""

    discussed = forms.ChoiceField(
        label="Have you talked about your answer with whoever asked?",
        widget=forms.RadioSelect,
        choices=(
            ("yes", Choice("Yes", reveals="discussed_on discussed_with")),
            ("no", Choice("No", reveals="not_discussed")),
        ),
        error_messages={"required": "Choose whether you have talked about it"},
    )
    discussed_on = DateField(label="When?", required=False)
    discussed_with = LineField(
        label="With whom?", help_text="Their role and organisation.", required=False, max_length=200
    )
    not_discussed = TextField(label="Why not?", required=False, max_length=2000)
    would_change = TextField(
        label="What would change your answer?",
        help_text=CHANGES,
        max_length=2000,
        error_messages={"required": "Enter what would change your answer"},
    )
    look_again_on = DateField(
        label="When will you look at this again?",
        help_text="You are reminded of it. Change the day if another is better.",
        error_messages={"required": "Enter a day to look again"},
    )

    def __init__(self, *args: Any, requested: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not requested:
            for name in ("discussed", "discussed_on", "discussed_with", "not_discussed"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("discussed") == "yes":
            self.day("discussed_on", past=True, said="Enter the day you talked about it, today or earlier")
            self.need("discussed_with", said="Enter who you talked with")
        if cleaned.get("discussed") == "no":
            self.need("not_discussed", said="Enter why you have not talked about it")
        self.day("look_again_on", past=False, said="Enter a day to look again, today or later")
        return cleaned

    def kept(self) -> dict[str, str]:
        given = self.cleaned_data
        talked, on = given.get("discussed", ""), given.get("discussed_on")
        return {
            "discussed": talked,
            "discussed_on": on.isoformat() if on and talked == "yes" else "",
            "discussed_with": given["discussed_with"] if talked == "yes" else "",
            "not_discussed": given["not_discussed"] if talked == "no" else "",
            "would_change": given["would_change"],
            "look_again_on": given["look_again_on"].isoformat(),
        }

    @staticmethod
    def initial_of(saved: dict[str, str] | None, day: date) -> dict[str, Any]:
        if saved is None:
            return {"discussed_on": london_today(), "look_again_on": day}
        days = {name: date.fromisoformat(saved[name]) for name in ("discussed_on", "look_again_on") if saved[name]}
        return {**saved, **days}


class WordsForm(GovukForm):
    """A notice or letter that the guide wrote and the person may change."""

    text = TextField(label="The words", max_length=5000, error_messages={"required": "Enter what you will say"})
