"""The log's filters: one form, what each narrows, and the ones in use as chips. NOT the search of text (searching.py).

Everything here stands in the address, so nothing here is typed by hand: choices, days and our own ids.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower
from django.http import QueryDict
from django.utils import timezone

from decisions import editions, selectors, tokens
from decisions.facets import WHOM, Agreement, Harm, LawfulBasis, Subject, Telling
from decisions.models import DecisionRecord, Partner, RecordRecipient, ReviewItem
from decisions.outcomes import INTERIM, SHARES, Outcome
from decisions.recipients import RecipientKind
from infoshare.accounts.models import Membership, Team, User
from infoshare.days import LONDON, day_words
from infoshare.govuk.forms import DateField, GovukForm

Records = QuerySet[DecisionRecord]
ANY = ("", "Any")
DAY_PARTS = ("_day", "_month", "_year")
EMPTY: tuple[Any, ...] = ("", b"", None, False)


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON)


def _end(day: date) -> datetime:
    """When the next day begins; the last day that a calendar can hold has none."""
    return _start(min(day, date.max - timedelta(days=1)) + timedelta(days=1))


def overdue() -> Q:
    """Emergencies whose reasons are late. Ask only of a query that starts from an organisation."""
    return Q(reasons_due_at__lt=timezone.now()) & ~Q(amendments__completes_reasons=True)


SHARED, FIRST = "shared", "first"
GROUPS = {SHARED: sorted(SHARES), FIRST: sorted(INTERIM)}
DECISIONS = [(SHARED, "Shared, in any way"), *Outcome.choices, (FIRST, "Asked or took advice first")]
NARROW: dict[str, Callable[[Records, Any], Records]] = {
    "case": lambda records, value: records.filter(pk__in=value),
    "decided": lambda records, value: records.filter(decided__in=GROUPS.get(value, [value])),
    "recommended": lambda records, value: records.filter(recommended=value),
    "basis": lambda records, value: records.filter(lawful_basis=value),
    "agreement": lambda records, value: records.filter(agreement=value),
    "telling": lambda records, value: records.filter(telling=value),
    "subject": lambda records, value: records.filter(subject=value),
    "harm": lambda records, value: records.filter(harm=value),
    "would_receive": lambda records, value: records.filter(would_receive=value),
    "author": lambda records, value: records.filter(author=value),
    "team": lambda records, value: records.filter(team=value),
    "since": lambda records, day: records.filter(recorded_at__gte=_start(day)),
    "until": lambda records, day: records.filter(recorded_at__lt=_end(day)),
    "departures": lambda records, _: records.filter(~Q(decided=F("recommended"))),
    # Each has its clock; to ask for that too lets the index of those that have one find them.
    "emergency": lambda records, _: records.filter(route=DecisionRecord.Route.EMERGENCY, reasons_due_at__isnull=False),
    "overdue": lambda records, _: records.filter(overdue()),
    "reviewed": lambda records, value: records.filter(review_item__state=value),
    "edition": lambda records, value: records.filter(edition=value),
}


TO = {"recipient": "name", "recipient_kind": "kind"}  # filter → column of a recipient


@dataclass(frozen=True)
class Chip:
    """A filter in use; `url` is the list without it."""

    words: str
    url: str


class FilterForm(GovukForm):
    """All filters are optional and narrow the log together."""

    label_sizes: ClassVar[dict[str, str]] = {}
    # The token of a case reference, as find_case() made it; whoever types one finds nothing.
    case = forms.RegexField(r"^([0-9a-f]{2}){1,64}$", widget=forms.HiddenInput, required=False)
    decided = forms.ChoiceField(label="Decision", choices=[ANY, *DECISIONS], required=False)
    recommended = forms.ChoiceField(label="What the guide suggested", choices=[ANY, *Outcome.choices], required=False)
    basis = forms.ChoiceField(label="Lawful basis", choices=[ANY, *LawfulBasis.choices], required=False)
    agreement = forms.ChoiceField(label="Agreement", choices=[ANY, *Agreement.choices], required=False)
    telling = forms.ChoiceField(label="Telling the person", choices=[ANY, *Telling.choices], required=False)
    subject = forms.ChoiceField(label="Who it is about", choices=[ANY, *Subject.choices], required=False)
    harm = forms.ChoiceField(label="Harm that could follow", choices=[ANY, *Harm.choices], required=False)
    would_receive = forms.ChoiceField(label="Who it was for", choices=[ANY, *WHOM], required=False)
    author = forms.ModelChoiceField(User.objects.none(), label="Recorded by", required=False, empty_label="Anyone")
    team = forms.ModelChoiceField(Team.objects.none(), label="Team", required=False, empty_label="Any")
    recipient = forms.ChoiceField(label="Recipient", required=False)
    recipient_kind = forms.ChoiceField(label="Kind of recipient", choices=[ANY, *RecipientKind.choices], required=False)
    since = DateField(label="Recorded from", name="‘Recorded from’", required=False)
    until = DateField(label="Recorded to", name="‘Recorded to’", required=False)
    departures = forms.BooleanField(label="Not as the guide suggested", required=False)
    emergency = forms.BooleanField(label="Emergencies", required=False)
    overdue = forms.BooleanField(label="Reasons are overdue", required=False)
    reviewed = forms.ChoiceField(label="Review", choices=[ANY, *ReviewItem.State.choices], required=False)
    edition = forms.ChoiceField(label="Edition of the guide", required=False)

    def __init__(self, membership: Membership, records: Records, query: QueryDict) -> None:
        super().__init__(query)
        self.asked = query
        partners = Partner.objects.within(membership.organisation).order_by(Lower("name"))
        names = dict.fromkeys(partners.values_list("name", flat=True))
        self.fields["recipient"].choices = [ANY, *((name, name) for name in names)]  # type: ignore[attr-defined]
        authors = User.objects.filter(memberships__organisation=membership.organisation)
        self.fields["author"].queryset = authors.order_by("name")  # type: ignore[attr-defined]
        self.fields["team"].queryset = Team.objects.within(membership.organisation)  # type: ignore[attr-defined]
        self.fields["edition"].choices = [ANY, *((name, name) for name in editions.names())]  # type: ignore[attr-defined]
        self.membership, self.records = membership, records

    def clean_case(self) -> Any:
        case = bytes.fromhex(self.cleaned_data["case"])
        return case and tokens.records_with(self.membership.organisation, tokens.Field.CASE_REFERENCE, case)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "‘Recorded to’ must be the same day as ‘Recorded from’, or later")
        return cleaned

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters in use; none while any is wrong."""
        if not self.is_valid():
            return {}
        return {name: self.cleaned_data[name] for name in self.fields if self.cleaned_data[name] not in EMPTY}

    def filtered(self) -> Records:
        """None of them while any filter is wrong: the whole log would look like the answer to what was asked."""
        records = self.records if self.is_valid() else self.records.none()
        for name, value in self.chosen.items():
            records = self._to(records, name, value) if name in TO else NARROW[name](records, value)
        return records

    def between(self, since: date, until: date) -> Records:
        """The filtered records of some days, both of them in it."""
        return self.filtered().filter(recorded_at__gte=_start(since), recorded_at__lt=_end(until))

    def _to(self, records: Records, name: str, value: str) -> Records:
        """The records by which somebody of this name or kind got something."""
        got = RecordRecipient.objects.within(self.membership.organisation).filter(**{TO[name]: value})
        return records.filter(pk__in=got.values("record"))

    def query(self, without: str = "") -> str:
        """The query string of these filters alone, such as "?decided=anonymise", or "" for none."""
        kept = self.asked.copy()
        for name in list(kept):
            if name not in self._boxes() or not kept[name] or (without and name in boxes_of(without)):
                del kept[name]
        return "?" + kept.urlencode() if kept else ""

    def _boxes(self) -> set[str]:
        return {box for name in self.fields for box in boxes_of(name)}

    def chips(self) -> list[Chip]:
        return [Chip(self._words(name, value), self.query(without=name) or "?") for name, value in self.chosen.items()]

    def _words(self, name: str, value: Any) -> str:
        if name == "case":
            return "One case"
        field = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return str(field.label)
        if isinstance(value, date):
            return f"{field.label} {day_words(value)}"
        words = next((label for key, label in getattr(field, "choices", ()) if key == value), value)
        return f"{field.label}: {words}"


def boxes_of(name: str) -> tuple[str, ...]:
    """The names a field has in a form: a date has three boxes."""
    return (name, *(name + part for part in DAY_PARTS))


def narrowed(membership: Membership, query: QueryDict) -> FilterForm:
    """The filters of a query string, over the records the person may know of."""
    return FilterForm(membership, selectors.records_for(membership), query)
