"""The forms of the sharing pages. What follows from what is typed is table.py's to say."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from decisions.engine.ruleset import Question
from decisions.recipients import PEOPLE, Channel, RecipientKind, check_address
from infoshare.govuk.forms import Choice as Option
from infoshare.govuk.forms import GovukForm, LineField, TextField

from . import items, table
from .table import Choice, Mark, Table


class ItemsForm(GovukForm):
    """One item a line; typed or pasted."""

    heading_field = "items"
    items = TextField(
        label="What might you share?",
        help_text="One thing on each line. Say what it is, such as ‘Attendance since September’, not what it says.",
        max_length=items.MOST_ITEMS * items.LONGEST,
        error_messages={"required": "Enter what you might share, one thing on each line"},
    )

    def clean_items(self) -> list[str]:
        found = items.lines(self.cleaned_data["items"])
        if len(found) > items.MOST_ITEMS:
            raise ValidationError(f"Enter at most {items.MOST_ITEMS} things. Put what belongs together on one line")
        if long := next((line for line in found if len(line) > items.LONGEST), None):
            raise ValidationError(f"Shorten the line that begins ‘{long[:40]}…’ to {items.LONGEST} characters")
        return found


class MarksForm(GovukForm):
    """Which of the items could lead someone dangerous to a person. Saved as item → marks."""

    LEGENDS: ClassVar[dict[Mark, tuple[str, str]]] = {
        Mark.LOCATION: (
            "Where someone is, or how to find or reach them",
            "An address, telephone number, school, nursery, clinic or appointment.",
        ),
        Mark.INFORMANT: (
            "Who told you, or that anyone asked for help",
            "Also that somebody was consulted or made a complaint.",
        ),
        Mark.THIRD_PARTY: ("Something about anyone else", "Anyone but the person it is about, such as a parent."),
    }

    def __init__(self, found: Iterable[Mapping[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids = [item["id"] for item in found]
        choices = [(item["id"], Option(item["text"])) for item in found]
        for mark, (legend, hint) in self.LEGENDS.items():
            self.fields[mark.value] = forms.MultipleChoiceField(
                label=legend, help_text=hint, choices=choices, widget=forms.CheckboxSelectMultiple, required=False
            )

    def marks(self) -> dict[str, list[str]]:
        return {i: [mark.value for mark in Mark if i in self.cleaned_data[mark.value]] for i in self.ids}

    @staticmethod
    def initial_of(found: Iterable[Mapping[str, str]], saved: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """What was ticked before; of an item not seen yet, what its words suggest."""
        marks = {item["id"]: saved.get(item["id"], items.suggested(item["text"])) for item in found}
        return {mark.value: [i for i, its in marks.items() if mark.value in its] for mark in Mark}


AD_HOC = ("name", "organisation", "kind", "channel", "address", "how")


class RecipientForm(GovukForm):
    """Somebody from the directory, or somebody else with how it was checked who they are."""

    partner = forms.ChoiceField(
        label="Choose from your directory", help_text="It goes to the address in the directory.", required=False
    )
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
    ALONE: ClassVar[Collection[str]] = PEOPLE  # kinds that need no organisation
    MISSING: ClassVar[dict[str, str]] = {
        "name": "Enter who will receive it",
        "kind": "Choose what kind of recipient it is",
        "channel": "Choose how you will send it",
        "address": "Enter the exact address it goes to",
    }

    def __init__(self, partners: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, kind.label) for kind in RecipientKind if kind != RecipientKind.UNSURE]
        self.fields["kind"].choices = [("", "Choose"), *kinds]  # type: ignore[attr-defined]
        self.fields["partner"].choices = [("", "Choose, or enter someone else below"), *partners]  # type: ignore[attr-defined]

    @property
    def is_empty(self) -> bool:
        """Has nothing been typed or chosen? What the page filled in itself does not count."""
        return not any(self.data.get(name) for name in ("partner", "name", "organisation", "address", "how"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("partner"):
            return cleaned
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
        return cleaned


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


class TableForm(GovukForm):
    """What each recipient gets of each item. The fields are named after the ids of items and recipients."""

    def __init__(self, the_table: Table, decided: str, data: Any = None) -> None:
        super().__init__(data)
        self.table, self.decided = the_table, decided
        self.fields["purpose"] = TextField(
            label="What do they need it for?",
            help_text="This stands for every item, unless you say otherwise beside one.",
            max_length=2000,
            required=False,
            initial=the_table.purpose,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        for item in the_table.items:
            for cell in the_table.cells_for(item):
                self.fields[table.cell_field(item, cell.recipient)] = forms.ChoiceField(
                    label=f"‘{item.text}’ to {cell.recipient.who}",
                    choices=Choice.choices,
                    widget=forms.RadioSelect,
                    initial=cell.choice,
                    required=False,
                )
                self.fields[table.why_field(cell)] = LineField(
                    label="Why must they have it?", max_length=500, required=False, initial=cell.own_reason
                )
            row = the_table.row(item)
            self._line(table.without_field(item), "If you send part: what do you take out?", the_table.without(item))
            self._line(table.reason_field(item), "Why they need this one, if for another reason", row.get("reason", ""))

    def _line(self, name: str, label: str, initial: str) -> None:
        self.fields[name] = LineField(label=label, max_length=500, required=False, initial=initial)

    def rows(self) -> list[dict[str, Any]]:
        """The fields as the table shows them; `more` says whether what stands beside the item is open."""
        found = []
        for item in self.table.items:
            without, reason = self[table.without_field(item)], self[table.reason_field(item)]
            cells = [
                {
                    "recipient": cell.recipient,
                    "field": self[table.cell_field(item, cell.recipient)],
                    "why": self[table.why_field(cell)] if cell.default == Choice.WITHHOLD else None,
                    "default": Choice(cell.default).label,
                }
                for cell in self.table.cells_for(item)
            ]
            fields = [self[table.cell_field(item, each)] for each in self.table.recipients]
            redacts = any(field.value() == Choice.REDACT for field in fields)
            more = redacts or bool(without.value() or reason.value() or without.errors)
            found.append({"item": item, "without": without, "reason": reason, "cells": cells, "more": more})
        return found

    def details(self) -> dict[str, Any]:
        """What is kept. A cell that the page did not show stays open, whatever its default."""
        said = self.cleaned_data
        rows = {
            item.id: {"reason": said[table.reason_field(item)], "without": said[table.without_field(item)]}
            for item in self.table.items
        }
        cells: dict[str, dict[str, dict[str, str]]] = {}
        for cell in self.table.cells:
            if choice := said[table.cell_field(cell.item, cell.recipient)]:
                its = {"choice": choice, "why": said[table.why_field(cell)]}
                cells.setdefault(cell.item.id, {})[cell.recipient.id] = its
        return {"purpose": said["purpose"], "rows": rows, "cells": cells}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            as_typed = Table(self.table.items, self.table.recipients, self.table.guidance, self.details())
            for problem in as_typed.problems(self.decided):
                self.add_error(problem.field or None, problem.words)
        return cleaned


class ImpactForm(GovukForm):
    """What sharing could do to people, asked once."""

    person = TextField(
        label="To the person it is about",
        help_text="Who could be angry, what could they lose, what will you do about it? "
        "If you know of nothing, write ‘Nothing we know of’.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what sharing could do to the person it is about"},
    )
    family = TextField(
        label="To their family (optional)", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    others = TextField(
        label="To anyone else it names, or who told you (optional)",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
