"""The forms of review: the verdict, the author's answer, and the organisation's settings of its log."""

from typing import Any, ClassVar
from uuid import uuid4

from django import forms

from decisions.models import LogSettings, Review
from infoshare.govuk.forms import Choice, GovukForm, LineField, TextField

CHANGED = "Something was added to this record since you opened this page. Read it again, then give your review"


STANDS = "The decision and its reasons stand."
OTHERWISE = [
    (Review.Verdict.QUERY, Choice("Ask the author", "They are told, and answer on the record.")),
    (
        Review.Verdict.DISAGREE,
        Choice("Disagree", "You would have decided otherwise. The record stays as it is, with your view beside it."),
    ),
]


class ReviewForm(GovukForm):
    """`seen` is the hash of what the reviewer read: the sign-off holds for that and nothing else."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    seen = forms.CharField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label="What do you say?",
        choices=[(Review.Verdict.ACCEPT, Choice("Accept", STANDS)), *OTHERWISE],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you say"},
    )
    comment = TextField(
        label="Your comment",
        help_text="Why. It stays on the record with your name.",
        max_length=10_000,
        error_messages={"required": "Enter why, in a sentence or two"},
    )

    def warn_of(self, pressing: int) -> None:
        """Beside ‘Accept’: the tasks that are due or overdue stay open."""
        if pressing:
            count = "1 task is" if pressing == 1 else f"{pressing} tasks are"
            hint = f"{STANDS} {count} still open, and overdue or due today."
            choices = [(Review.Verdict.ACCEPT, Choice("Accept", hint)), *OTHERWISE]
            self.fields["verdict"].choices = choices  # type: ignore[attr-defined]

    def clean_verdict(self) -> Review.Verdict:
        return Review.Verdict(self.cleaned_data["verdict"])

    def say_it_changed(self, seen: str) -> None:
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = seen  # type: ignore[index]
        self.add_error("comment", CHANGED)


class AnswerForm(GovukForm):
    text = TextField(
        label="Your answer",
        help_text="It stays on the record with your name. The record itself stays as it is.",
        max_length=10_000,
        error_messages={"required": "Enter your answer"},
    )


class LogSettingsForm(GovukForm):
    labels: ClassVar[dict[str, str]] = {}
    team_reads = forms.TypedChoiceField(
        label="Who reads a practitioner’s records?",
        choices=[
            ("no", Choice("They and information-governance leads", "Each practitioner reads the records they made.")),
            ("yes", Choice("Their team too", "Each practitioner reads the records of their team.")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who reads a practitioner’s records"},
    )
    sample_percent = LineField(
        label="Of the other records, how many in a hundred do you review?",
        help_text="Records with a risk always come up for review. Enter a number from 0 to 100.",
        error_messages={"required": "Enter a number from 0 to 100"},
    )

    def clean_sample_percent(self) -> int:
        text = self.cleaned_data["sample_percent"]
        if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= 100):
            raise forms.ValidationError("Enter a number from 0 to 100")
        return int(text)

    @staticmethod
    def initial_of(settings: LogSettings) -> dict[str, Any]:
        return {"team_reads": "yes" if settings.team_reads else "no", "sample_percent": settings.sample_percent}
