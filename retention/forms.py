"""The forms of retention: a rule's next version, and the day of a simulation."""

from typing import ClassVar

from django import forms

from infoshare.govuk.forms import DateField, GovukForm, TextField

PERIOD = "Enter a number of years from 1 to 150"
REASON = "Enter why the rule changes"


class RuleForm(GovukForm):
    """`based_on` is the version on the page, so that two people cannot overwrite each other's change."""

    label_sizes: ClassVar[dict[str, str]] = {"years": "m", "mandate": "m", "reason": "m"}

    years = forms.IntegerField(
        label="Keep records for how many years?",
        help_text="Counted from the day the decision was recorded.",
        min_value=1,
        max_value=150,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={"required": PERIOD, "invalid": PERIOD, "min_value": PERIOD, "max_value": PERIOD},
    )
    mandate = TextField(
        label="What requires or allows this?",
        help_text="The law or the policy, so that a reader can look it up.",
        max_length=1000,
        error_messages={"required": "Enter the law or policy behind the rule"},
    )
    reason = TextField(
        label="Why does the rule change?",
        help_text="This stays in the rule’s history.",
        max_length=1000,
        error_messages={"required": REASON},
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput)


class SimulationForm(GovukForm):
    as_of = DateField(
        name="The day", label="On which day?", help_text="Today, or a day ahead, such as 27 3 2032.", required=True
    )
