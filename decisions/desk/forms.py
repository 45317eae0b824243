"""What may be typed at a desk: how a task was done, a reply, and the organisation's clocks."""

from typing import Any

from django import forms

from infoshare.accounts.models import Membership, User
from infoshare.govuk.forms import GovukForm, TextField


class CloseForm(GovukForm):
    outcome = TextField(
        label="What was done? (optional)",
        help_text="It is added to the record, with your name and the time.",
        max_length=2000,
        required=False,
    )


class ReplyForm(GovukForm):
    text = TextField(
        label="Your advice",
        help_text="Say what to do, and why. It is kept with the draft and the record, with your name.",
        max_length=5000,
        error_messages={"required": "Enter your advice"},
    )


class ClocksForm(GovukForm):
    emergency_working_days = forms.TypedChoiceField(
        label="How many working days are there to complete the reasons of an emergency?",
        help_text="Clocks that are already running keep the time they were given.",
        choices=[(number, "1 working day" if number == 1 else f"{number} working days") for number in range(1, 11)],
        coerce=int,
    )
    deputy = forms.ModelChoiceField(
        label="Who else is told when a clock has run out? (optional)",
        help_text="A deputy or manager. Information-governance leads are always told.",
        queryset=User.objects.none(),
        empty_label="Nobody else",
        required=False,
    )

    def __init__(self, by: Membership, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        deputy = self.fields["deputy"]
        assert isinstance(deputy, forms.ModelChoiceField)
        here = Membership.objects.within(by.organisation).values("user")
        deputy.queryset = User.objects.filter(is_active=True, pk__in=here).order_by("name")
