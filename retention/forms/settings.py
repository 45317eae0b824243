"""The form of what an organisation sets for its retention."""

from datetime import time
from typing import Any

from django import forms

from infoshare.accounts.models import Membership, Organisation
from infoshare.accounts.roles import Permission
from infoshare.govuk.forms import GovukForm
from retention.models import RetentionSettings
from retention.telling import people_who

DAYS = "Enter a number of days from 1 to 365"
NAMED = {0: "Midnight", 12: "Midday"}  # nobody is sure which 12 am is
HOURS = [(f"{hour:02}:00", NAMED.get(hour, time(hour).strftime("%-I %p").lower())) for hour in range(24)]


class SettingsForm(GovukForm):
    review_at = forms.TypedChoiceField(
        label="From what time should the sweep run?",
        help_text="It runs each day, within an hour after this time. London time.",
        choices=HOURS,
        coerce=time.fromisoformat,
    )
    cooling_days = forms.IntegerField(
        label="How many days must pass between agreeing and removing?",
        min_value=1,
        max_value=365,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={"required": DAYS, "invalid": DAYS, "min_value": DAYS, "max_value": DAYS},
    )
    deputy = forms.ChoiceField(
        label="Who takes over when nobody answers?",
        help_text="After two reminders, reviews become theirs.",
        required=False,
    )

    def __init__(self, *args: Any, organisation: Organisation, settings: RetentionSettings, **kwargs: Any) -> None:
        at = f"{settings.review_at:%H}:00"
        initial = {"review_at": at, "cooling_days": settings.cooling_days}
        self.people = {str(each.pk): each for each in people_who(organisation, Permission.REVIEW_RETENTION)}
        initial["deputy"] = next((pk for pk, each in self.people.items() if each.user_id == settings.deputy_id), "")
        super().__init__(*args, initial=initial, **kwargs)
        names = [(pk, each.user.name) for pk, each in self.people.items()]
        self.fields["deputy"].choices = [("", "Nobody yet"), *names]  # type: ignore[attr-defined]

    @property
    def told(self) -> dict[str, Any]:
        deputy: Membership | None = self.people.get(self.cleaned_data["deputy"])
        return {**self.cleaned_data, "deputy": deputy}
