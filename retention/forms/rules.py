"""The forms of rules: a rule's next version, and the day of a simulation."""

from typing import ClassVar

from django import forms

from infoshare.govuk.forms import Choice, DateField, GovukForm, TextField

PERIOD = "Enter a number of years from 1 to 150"


class RuleForm(GovukForm):
    """`based_on` is the version on the page, so that two people cannot overwrite each other's change."""

    label_sizes: ClassVar[dict[str, str]] = {"adopted": "m", "years": "m", "mandate": "m", "reason": "m"}

    adopted = forms.TypedChoiceField(
        label="Should this rule be in use?",
        choices=[
            ("yes", Choice("Yes", "It counts together with the other rules in use. The longest one wins.")),
            ("no", Choice("No", "It keeps nothing.")),
        ],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether this rule should be in use"},
    )
    years = forms.IntegerField(
        label="Keep records for how many years?",
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
        error_messages={"required": "Enter why the rule changes"},
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput)


class SimulationForm(GovukForm):
    as_of = DateField(
        name="The day", label="On which day?", help_text="Today, or a day ahead, such as 27 3 2032.", required=True
    )
