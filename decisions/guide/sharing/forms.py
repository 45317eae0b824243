"""The forms of the sharing pages. What follows from what is typed is table.py's to say."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from infoshare.govuk.forms import Choice as Option
from infoshare.govuk.forms import GovukForm, LineField, TextField

from . import items, table
from .recipient_forms import RecipientForm
from .table import Choice, Mark, Table


class ItemsForm(GovukForm):
    """One item a line; typed or pasted. How much is too much, its lines say."""

    items = TextField(
        label="What might you share?",
        help_text="A line for each, such as ‘Attendance since September’, not what it says.",
        error_messages={"required": "Enter what you might share, one thing on each line"},
    )

    def clean_items(self) -> list[str]:
        found = items.lines(self.cleaned_data["items"])
        if len(found) > items.MOST_ITEMS:
            raise ValidationError(f"Enter at most {items.MOST_ITEMS} things. Put what belongs together on one line")
        if long := next((line for line in found if len(line) > items.LONGEST), None):
            raise ValidationError(f"Shorten the line that begins ‘{long[:40]}…’ to {items.LONGEST} characters")
        return found


class FirstForm(ItemsForm, RecipientForm):
    """What, and to whom: both at once, for the first recipient."""

    field_order = ("items",)


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


class TableForm(GovukForm):
    """What each recipient gets of each item, why, and what that could do.

    The fields of cells are named after the ids of items and recipients. `impact` is what was said of harm before,
    `purpose` what the answers say that they need it for, until the person says it.
    """

    IMPACT: ClassVar[tuple[str, ...]] = ("person", "family", "others")
    purpose = TextField(
        label="What do they need it for?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    person = TextField(
        label="What harm could sharing do to the person it is about?",
        help_text="Who could be angry? What could they lose? If nothing, say so.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter what sharing could do to the person it is about"},
    )
    family = TextField(
        label="To their family", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    others = TextField(
        label="To anyone else, such as who told you",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, the_table: Table, decided: str, data: Any = None, *, impact: Mapping[str, str], purpose: str
    ) -> None:
        super().__init__(data, initial={**impact, "purpose": the_table.purpose or purpose})
        self.table, self.decided = the_table, decided
        if purpose and not the_table.purpose:
            self["purpose"].help_text = "From your answers."
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
            other = f"Why they need ‘{item.text}’, if for another reason"
            self._line(table.reason_field(item), other, row.get("reason", ""))
        self.order_fields([name for name in self.fields if name not in self.IMPACT])

    def _line(self, name: str, label: str, initial: str) -> None:
        self.fields[name] = LineField(label=label, max_length=500, required=False, initial=initial)

    def rows(self) -> list[dict[str, Any]]:
        """The fields as the page shows them: which of those that stand beside the item are open."""
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
            part = redacts or bool(without.errors)
            more = part or bool(without.value() or reason.value())
            found.append(
                {"item": item, "without": without, "reason": reason, "cells": cells, "part": part, "more": more}
            )
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

    @property
    def says_more_of_harm(self) -> bool:
        """Is anything in the boxes for the family and for others?"""
        return any(self[name].value() or self[name].errors for name in self.IMPACT[1:])

    def impact(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.IMPACT}

    def _folded(self) -> set[str]:
        """Also what would be taken out of an item of which no part goes."""
        whole = [
            item
            for item in self.table.items
            if all(self[table.cell_field(item, each)].data != Choice.REDACT for each in self.table.recipients)
        ]
        return super()._folded() | {table.without_field(item) for item in whole}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors.keys() - set(self.IMPACT):
            as_typed = Table(self.table.items, self.table.recipients, self.table.guidance, self.details())
            for problem in as_typed.problems(self.decided):
                self.add_error(problem.field or None, problem.words)
        return cleaned
