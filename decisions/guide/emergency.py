"""The emergency route: it tells before it asks, asks five things at most, and records at once."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import get_text_list

from decisions import services
from infoshare.accounts.requests import SignedInRequest, membership_for
from infoshare.accounts.roles import Permission
from infoshare.govuk.forms import Choice, GovukForm, LineField, TextField

from . import held

OTHER = "other"
RECIPIENTS = (
    ("police", Choice("Police")),
    ("ambulance", Choice("Ambulance")),
    ("childrens_social_care", Choice("Children’s social care, or the duty team out of hours")),
    ("adults_social_care", Choice("Adults’ social care, or the duty team out of hours")),
    ("hospital", Choice("Hospital or doctor treating the person")),
    ("fire", Choice("Fire or coastguard")),
)
# As a sentence names them: “Tomasz Wren told the police and the ambulance service in an emergency.”
IN_A_SENTENCE = {
    "police": "the police",
    "ambulance": "the ambulance service",
    "childrens_social_care": "children’s social care",
    "adults_social_care": "adults’ social care",
    "hospital": "a hospital or doctor",
    "fire": "the fire service or coastguard",
}
DANGER = (("no", services.NOT_THE_DANGER), ("yes", "Yes"), ("unsure", "Not sure, or I have not checked"))
ONLY_POLICE = (
    "Tell only the police or social care: ‘someone else’ may be the danger, or close to it. "
    "If you have already told them, tick ‘I have already told them’ so that it can be put right."
)


class EmergencyForm(GovukForm):
    """Five fields; a recipient who is not an emergency or statutory service adds who that is and one question."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    recipients = forms.MultipleChoiceField(
        label="Who did you tell, or will you tell now?",
        help_text="Choose all that apply.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose who you told"},
    )
    other_recipient = LineField(label="Who is that?", max_length=200, required=False)
    danger = forms.ChoiceField(
        label="Could they, or someone close to them, be the danger?",
        choices=DANGER,
        widget=forms.RadioSelect,
        required=False,
    )
    already_told = forms.BooleanField(label="I have already told them", required=False)
    happening = TextField(
        label="What is happening?",
        help_text="Who is in danger, and from what. A line is enough.",
        max_length=2000,
        error_messages={"required": "Enter what is happening"},
    )
    shared = TextField(
        label="What did you, or will you, tell them?",
        max_length=2000,
        error_messages={"required": "Enter what you told them, or will tell them"},
    )
    case_reference = LineField(
        label="Case reference (optional)",
        help_text="The number from your case system. Never a name.",
        max_length=60,
        required=False,
    )
    label_sizes: ClassVar[dict[str, str]] = {"recipients": "m"}

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        asked = ["other_recipient", "danger", "already_told"]
        if data is None or OTHER not in data.getlist("recipients") or data.get("danger", "no") == "no":
            del self.fields[asked.pop()]
        someone_else = Choice("Someone else", reveals=" ".join(asked))
        self.fields["recipients"].choices = [*RECIPIENTS, (OTHER, someone_else)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if OTHER in cleaned.get("recipients", []):
            if not cleaned.get("other_recipient"):
                self.add_error("other_recipient", "Enter who that is")
            if not cleaned.get("danger"):
                self.add_error("danger", "Choose whether they could be the danger, or ‘Not sure’")
            elif cleaned["danger"] != "no" and not cleaned.get("already_told"):
                self.add_error("danger", ONLY_POLICE)
        return cleaned

    def told(self) -> dict[str, Any]:
        """What the record keeps."""
        data = self.cleaned_data
        other = OTHER in data["recipients"]  # what was typed under it and then taken back does not count
        named = {**IN_A_SENTENCE, OTHER: data["other_recipient"]}
        told = [named[recipient] for recipient in data["recipients"]]
        return {
            "recipients": data["recipients"],
            "recipient": get_text_list(told, "and"),
            "other_recipient": data["other_recipient"] if other else "",
            "may_be_the_danger": dict(DANGER)[data["danger"]] if other else "",
            "already_told": other and data.get("already_told", False),
            "happening": data["happening"],
            "shared": data["shared"],
        }


def emergency(request: SignedInRequest) -> HttpResponse:
    membership = membership_for(request, Permission.DECIDE)
    form = EmergencyForm(request.POST if request.method == "POST" else held.take(request))
    if request.method != "POST" and form.is_bound:
        form.still_being_typed()
    if request.method == "POST" and form.is_valid():
        key: UUID = form.cleaned_data["key"]
        case_reference = form.cleaned_data["case_reference"]
        record = services.record_emergency(by=membership, told=form.told(), case_reference=case_reference, key=key)
        return redirect("log:recorded", record.reference)
    return render(request, "guide/emergency.html", {"form": form})
