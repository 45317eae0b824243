"""The guide's forms. Questions come from the rule set; what is allowed as an answer is the engine's to say."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from decisions.engine import ask
from decisions.engine.ruleset import UNSURE, Option, Question
from decisions.outcomes import Outcome
from infoshare.govuk.forms import Choice, DateField, GovukForm, LineField, TextField

LONG_TEXT = 10_000
CHOOSE = "Choose an answer, or ‘Not sure’ if you do not know"


def _choices(options: tuple[Option, ...]) -> list[tuple[str, Choice]]:
    return [(option.id, Choice(option.text, option.hint, under=option.under)) for option in options]


class QuestionForm(GovukForm):
    """One question of the rule set. `cleaned_data["value"]` is the answer as the engine takes it."""

    heading_field = "answer"
    label_sizes: ClassVar[dict[str, str]] = {"answer": "l"}

    def __init__(self, question: Question, saved: Any, data: Any = None) -> None:
        super().__init__(data, initial=_initial(question, saved))
        self.question = question
        self.fields.update(_fields(question))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self._none_and_more(cleaned):
            none = self.question.none or NONE_WORDS
            self.add_error("answer", f"Choose either ‘{none}’ or what applies, not both")
        if not self.errors:
            try:
                cleaned["value"] = ask.check_answer(self.question, self._raw(cleaned))
            except ask.AnswerError as error:
                self.add_error(next(iter(self.fields)), str(error))
        return cleaned

    def _none_and_more(self, cleaned: dict[str, Any]) -> bool:
        """Without JavaScript, nothing unticks the other boxes."""
        chosen = cleaned.get("answer") or []
        return self.question.kind == "checkboxes" and NONE in chosen and len(chosen) > 1

    def _raw(self, cleaned: dict[str, Any]) -> Any:
        if self.question.kind == "grid":
            return {row.id: cleaned[row.id] for row in self.question.rows if cleaned[row.id]}
        if cleaned.get("not_known"):
            return UNSURE
        answer = cleaned["answer"]
        if self.question.kind == "checkboxes":
            return [option for option in answer if option != NONE]
        return answer.isoformat() if isinstance(answer, date) else answer or ""


NONE, NONE_WORDS = "none", "None of these"


def _fields(question: Question) -> dict[str, forms.Field]:
    """The form field or fields of a question; a grid has one for each row, a date or number may be 'not known'."""
    if question.kind == "grid":
        return {row.id: _radios(question, row.text, row.hint) for row in question.rows}
    fields = {"answer": _field(question)}
    if question.kind in ("date", "number") and UNSURE in question.option_ids:
        fields["answer"].required = False
        fields["not_known"] = forms.BooleanField(label=question.option(UNSURE).text, required=False)
    return fields


def _field(question: Question) -> forms.Field:
    match question.kind:
        case "checkboxes":
            none = Choice(question.none or NONE_WORDS, exclusive=True)
            return forms.MultipleChoiceField(
                label=question.text,
                help_text=question.hint,
                choices=[*_choices(question.options), (NONE, none)],
                widget=forms.CheckboxSelectMultiple,
                required=not question.optional,
                error_messages={"required": f"Choose at least one, or ‘{none}’"},
            )
        case "date":
            return DateField(label=question.text, help_text=question.hint, required=not question.optional)
        case "number":
            return LineField(label=question.text, help_text=question.hint, required=not question.optional)
        case "text":
            return TextField(
                label=question.text,
                help_text=question.hint,
                required=not question.optional,
                max_length=question.max_length,
            )
    return _radios(question, question.text, question.hint)


def _radios(question: Question, label: str, hint: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=_choices(question.options),
        widget=forms.RadioSelect,
        required=not question.optional,
        error_messages={"required": CHOOSE if UNSURE in question.option_ids else "Choose an answer"},
    )


def _initial(question: Question, saved: Any) -> dict[str, Any]:
    if saved is None:
        return {}
    if question.kind == "grid":
        return dict(saved)
    if question.kind == "checkboxes":
        return {"answer": saved or [NONE]}
    if question.kind in ("date", "number") and saved == UNSURE:
        return {"not_known": True}
    if question.kind == "date":
        return {"answer": date.fromisoformat(saved)}
    return {"answer": saved}


class StartForm(GovukForm):
    case_reference = LineField(
        label="Case reference (optional)",
        help_text="From your case system. Never a name, a date of birth or an address.",
        max_length=60,
        required=False,
    )


FOLLOW = "follow"
OTHERWISE = "otherwise"


class DecisionForm(GovukForm):
    """The person's own decision: as recommended, or otherwise with the reason for it. Nothing is chosen beforehand."""

    label_sizes: ClassVar[dict[str, str]] = {"choice": "m"}
    choice = forms.ChoiceField(
        label="What do you decide?", widget=forms.RadioSelect, error_messages={"required": "Choose what you decide"}
    )
    decided = forms.ChoiceField(label="What will you do instead?", required=False)
    departure_reason = TextField(
        label="Why do you decide otherwise?",
        help_text="What do you know that the guide could not?",
        required=False,
        max_length=LONG_TEXT,
    )
    reasons = TextField(
        label="Your reasons, in your own words",
        help_text="A colleague should understand it in a year. No names.",
        max_length=LONG_TEXT,
        error_messages={"required": "Enter your reasons"},
    )

    def __init__(self, recommended: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recommended = recommended
        self.fields["choice"].choices = [  # type: ignore[attr-defined]
            (FOLLOW, Choice("Do as the guide suggests")),
            (OTHERWISE, Choice("Decide otherwise", reveals="decided departure_reason")),
        ]
        others = [(value, label) for value, label in Outcome.choices if value != recommended]
        self.fields["decided"].choices = [("", "Choose"), *others]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("choice") == OTHERWISE:
            if not cleaned.get("decided"):
                self.add_error("decided", "Choose what you will do instead")
            if not cleaned.get("departure_reason"):
                self.add_error("departure_reason", "Enter why you decide otherwise")
        return cleaned

    def details(self) -> dict[str, Any]:
        """What is kept of it. Words typed for a departure that was then taken back are not."""
        departs = self.cleaned_data["choice"] == OTHERWISE
        return {
            "recommended": self.recommended,
            "decided": self.cleaned_data["decided"] if departs else self.recommended,
            "departure_reason": self.cleaned_data["departure_reason"] if departs else "",
            "reasons": self.cleaned_data["reasons"],
        }

    @staticmethod
    def initial_of(saved: dict[str, Any] | None, recommended: str) -> dict[str, Any]:
        """What the page shows of a saved decision; nothing of one made on another recommendation but the reasons."""
        if not saved:
            return {}
        if saved["recommended"] != recommended:
            return {"reasons": saved["reasons"]}
        return {**saved, "choice": FOLLOW if saved["decided"] == recommended else OTHERWISE}
