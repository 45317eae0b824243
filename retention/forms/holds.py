"""The forms of holds: what to hold and why, and why to lift it."""

from typing import Any

from django import forms

from decisions import tokens
from infoshare.accounts.models import Organisation
from infoshare.govuk.forms import Choice, DateField, GovukForm, LineField, TextField
from retention import selectors
from retention.categories import Category
from retention.models import Hold, Scope
from retention.schedule import add_whole_years
from retention.services.reviews import YEARS_UNTIL_NEXT_LOOK

MISSING = {
    "record": "Enter the reference",
    "case": "Enter the case reference",
    "rule": "Choose a rule",
    "category": "Choose a kind",
}
NO_NAMES = "Do not name the people a record is about."


class HoldForm(GovukForm):
    scope = forms.ChoiceField(
        label="What must nobody destroy?",
        choices=[
            (Scope.RECORD, Choice("One record", reveals="record")),
            (Scope.CASE, Choice("All records of one case", "Records still to come as well", reveals="case")),
            (Scope.RULE, Choice("All records that one rule keeps", "Records still to come as well", reveals="rule")),
            (Scope.CATEGORY, Choice("All records of one kind", "Records still to come as well", reveals="category")),
            (Scope.ORGANISATION, Choice("All records of the organisation", "Records still to come as well")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what to hold"},
    )
    record = LineField(label="Reference of the record", help_text="Such as 7K3MB-9QXDF.", max_length=11, required=False)
    case = LineField(
        label="Case reference",
        help_text="As it was entered in the guide. Only a scrambled form of it is kept, which finds the records.",
        max_length=100,
        required=False,
    )
    rule = forms.ChoiceField(label="Which rule?", required=False)
    category = forms.ChoiceField(label="Which kind?", choices=[("", ""), *Category.choices], required=False)
    mandate = TextField(
        label="What requires the hold?",
        help_text="For example an inquiry’s letter, a claim, a police request or a complaint, with its date.",
        max_length=1000,
        error_messages={"required": "Enter what requires the hold"},
    )
    reason = TextField(label="Why are these records needed?", help_text=NO_NAMES, max_length=2000)
    review_on = DateField(name="The day", label="When will you check whether it is still needed?", required=True)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        rules = [(str(each.rule_id), each.name) for each in selectors.rules(organisation)]
        self.fields["rule"].choices = [("", ""), *rules]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        scope = cleaned.get("scope")
        if scope in MISSING and not cleaned.get(scope):
            self.add_error(scope, MISSING[scope])
        if scope == Scope.RECORD and cleaned.get("record"):
            cleaned["record"] = cleaned["record"].upper()
            if not selectors.exists(self.organisation, cleaned["record"]):
                self.add_error("record", "Check the reference: there is no record with it")
        if cleaned.get("review_on") and cleaned["review_on"] <= selectors.today():
            self.add_error("review_on", "Enter a day after today")
        elif cleaned.get("review_on") and cleaned["review_on"] > add_whole_years(
            selectors.today(), YEARS_UNTIL_NEXT_LOOK
        ):
            self.add_error("review_on", f"Enter a day within the next {YEARS_UNTIL_NEXT_LOOK} years")
        return cleaned

    @property
    def hold(self) -> Hold:
        """What was asked for, not saved."""
        told = self.cleaned_data
        return Hold(organisation=self.organisation, scope=told["scope"], **self.what)

    @property
    def what(self) -> dict[str, Any]:
        """The one field that the scope needs."""
        told = self.cleaned_data
        match told["scope"]:
            case Scope.RECORD:
                return {"record_id": told["record"]}
            case Scope.CASE:
                return {"case_index": tokens.token(self.organisation, tokens.Field.CASE_REFERENCE, told["case"])}
            case Scope.RULE:
                return {"rule_id": int(told["rule"])}
            case Scope.CATEGORY:
                return {"category": told["category"]}
        return {}


class LiftForm(GovukForm):
    reason = TextField(label="Why is the hold no longer needed?", help_text=NO_NAMES, max_length=2000)
