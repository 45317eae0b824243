"""Who may know of a record: restrict it to named readers, lift that, keep one person from it, or let them back."""

from typing import Any

from django import forms

from decisions.models import DecisionRecord, Recusal, Restriction
from infoshare.accounts.models import Membership
from infoshare.govuk.forms import Choice, GovukForm, LineField

RESTRICT, LIFT, RECUSE, RETURN = "restrict", "lift", "recuse", "return"


class VisibilityForm(GovukForm):
    deed = forms.ChoiceField(
        label="What do you want to do?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you want to do"},
    )
    readers = forms.ModelMultipleChoiceField(
        Membership.objects.none(),
        label="Who may read it, besides its author and you?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    person = forms.ModelChoiceField(Membership.objects.none(), label="Who?", required=False, empty_label="Choose")
    back = forms.ModelChoiceField(Membership.objects.none(), label="Who?", required=False, empty_label="Choose")
    reason = LineField(
        label="Why?",
        help_text="Kept with your name. Those who may read the record see it.",
        max_length=500,
        error_messages={"required": "Enter why"},
    )

    def __init__(self, by: Membership, record: DecisionRecord, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Membership.objects.within(record.organisation).select_related("user").order_by("user__name")
        others = here.exclude(user=record.author)
        self.fields["readers"].queryset = others.exclude(user=by.user)  # type: ignore[attr-defined]
        self.fields["person"].queryset = others  # type: ignore[attr-defined]
        recused = Recusal.objects.within(record.organisation).filter(record=record)
        self.fields["back"].queryset = others.filter(user__in=recused.values("person"))  # type: ignore[attr-defined]
        for name in ("readers", "person", "back"):
            self.fields[name].label_from_instance = _name  # type: ignore[attr-defined]
        self.fields["deed"].choices = _deeds(record)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        named = {RECUSE: "person", RETURN: "back"}.get(cleaned.get("deed", ""))
        if named and not cleaned.get(named):
            self.add_error(named, "Choose who")
        return cleaned


def _name(member: Membership) -> str:
    return f"{member.user.name}, {', '.join(member.role_names).lower()}"


def _deeds(record: DecisionRecord) -> list[tuple[str, Choice]]:
    """Only what can be done now."""
    restricted = Restriction.objects.within(record.organisation).filter(record=record).exists()
    recused = Recusal.objects.within(record.organisation).filter(record=record).exists()
    named = "Change who may read it" if restricted else "Restrict it to named readers"
    deeds = [
        (
            RESTRICT,
            Choice(named, "Nobody else finds it in the log: in no list, no number and no file.", reveals="readers"),
        )
    ]
    if restricted:
        deeds.append((LIFT, Choice("Lift the restriction", "It is open to roles and teams again.")))
    deeds.append(
        (RECUSE, Choice("Keep one person from it", "Because they have a part in the matter.", reveals="person"))
    )
    if recused:
        deeds.append((RETURN, Choice("Let somebody back", "They find it in the log again.", reveals="back")))
    return deeds


class StepBackForm(GovukForm):
    reason = LineField(
        label="What is your part in the matter?",
        help_text="In a few words, such as ‘I know the family’. You will not see this record any more.",
        max_length=500,
        error_messages={"required": "Enter what your part in the matter is"},
    )
