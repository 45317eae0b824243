"""The log's filters, and what may be added to a record."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import F, QuerySet

from decisions.models import DecisionRecord
from decisions.outcomes import Outcome
from infoshare.accounts.models import Membership, User
from infoshare.days import LONDON
from infoshare.govuk.forms import DateField, GovukForm, TextField


class FilterForm(GovukForm):
    """All filters are optional and narrow the log together."""

    decided = forms.ChoiceField(label="Decision", choices=[("", "Any"), *Outcome.choices], required=False)
    author = forms.ModelChoiceField(User.objects.none(), label="Author", required=False, empty_label="Anyone")
    since = DateField(label="Recorded from", name="Recorded from", required=False)
    until = DateField(label="Recorded to", name="Recorded to", required=False)
    departures = forms.BooleanField(label="Only decisions other than recommended", required=False)

    def __init__(self, membership: Membership, records: QuerySet[DecisionRecord], data: Any) -> None:
        super().__init__(data)
        authors = User.objects.filter(memberships__organisation=membership.organisation)
        self.fields["author"].queryset = authors.order_by("name")  # type: ignore[attr-defined]
        self.records = records

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "Recorded to must be the same day as Recorded from, or later")
        return cleaned

    def filtered(self) -> QuerySet[DecisionRecord]:
        """The records that fit; all of them while the filters are wrong, so that nothing seems to be missing."""
        if not self.is_valid():
            return self.records
        chosen, records = self.cleaned_data, self.records
        if chosen["decided"]:
            records = records.filter(decided=chosen["decided"])
        if chosen["author"]:
            records = records.filter(author=chosen["author"])
        if chosen["since"]:
            records = records.filter(recorded_at__gte=datetime.combine(chosen["since"], time.min, LONDON))
        if chosen["until"]:
            day_after = chosen["until"] + timedelta(days=1)
            records = records.filter(recorded_at__lt=datetime.combine(day_after, time.min, LONDON))
        return records.exclude(decided=F("recommended")) if chosen["departures"] else records


class AmendmentForm(GovukForm):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = TextField(
        label="What do you want to add?",
        help_text="The record stays as it is. What you add stands below it with your name and the time.",
        max_length=10_000,
        error_messages={"required": "Enter what you want to add"},
    )
