"""Forms and fields for the `govuk` template pack. Not the drawing of them: that is fields.py and templates/govuk/."""

import re
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.utils import ErrorDict

from infoshare.govuk.dates import DateField, DateInput

__all__ = ["Choice", "DateField", "DateInput", "GovukForm", "LineField", "TextField"]


class Choice(str):
    """The label of one option of radios or checkboxes, with what GOV.UK can show around it.

    `exclusive` is for "none of these": choosing it clears the other boxes. `reveals` names a field of the same form
    (or several, with spaces between) that is shown under the option once it is chosen; `folded` is the name of the
    closed fold in which they stand there, where what is filled in already is likely to do. `under` is a heading under
    which the option itself is folded away, with its neighbours of the same heading.
    """

    hint: str
    divider: str
    exclusive: bool
    reveals: str
    under: str
    folded: str

    def __new__(
        cls,
        text: str,
        hint: str = "",
        *,
        divider: str = "",
        exclusive: bool = False,
        reveals: str = "",
        under: str = "",
        folded: str = "",
    ) -> "Choice":
        choice = super().__new__(cls, text)
        choice.hint = hint
        choice.under = under
        choice.divider = divider or ("or" if exclusive else "")
        choice.exclusive = exclusive
        choice.reveals = reveals
        choice.folded = folded
        return choice


# What no keyboard types but a paste may bring: it would be invisible in a record and break its print.
INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class LineField(forms.CharField):
    """One line of text, without invisible control characters."""

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return " ".join(INVISIBLE.sub("", text).splitlines()) if text else text


class TextField(forms.CharField):
    """Long text, without invisible control characters. Line ends count once, as the browser's counter counts them."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return INVISIBLE.sub("", text.replace("\r\n", "\n")) if text else text


class GovukForm(forms.Form):
    """A form drawn by `{% crispy form %}`: fields only, so the page writes <form>, {% csrf_token %} and the button.

    `heading_field` names the field whose label is the page's h1; `label_sizes` maps a field to s, m, l or xl.
    `labels` and `hints` put other words to fields that another form defined.
    """

    use_required_attribute = False
    heading_field = ""
    label_sizes: ClassVar[dict[str, str]] = {}
    labels: ClassVar[dict[str, str]] = {}
    hints: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = missing(field, str(self[name].label))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in self._folded() & self.errors.keys():
            del self.errors[name]
            cleaned[name] = self.fields[name].to_python(None)
        return cleaned

    def _folded(self) -> set[str]:
        """What stands under options that were not chosen: nobody sees it, so nothing there is wrong.

        An optional choice without an answer folds nothing: what was typed under it may be the answer. A choice that
        stands under another one comes after it.
        """
        folded: set[str] = set()
        for name, field in self.fields.items():
            if not isinstance(field, forms.ChoiceField) or isinstance(field, forms.ModelChoiceField):
                continue
            value = self[name].data
            chosen = set(value) if isinstance(value, list) else {value} - {None, ""}
            if chosen or field.required or name in folded:
                folded |= _revealed(field, chosen, chosen=False) - _revealed(field, chosen, chosen=True)
            if name in folded:  # and so is what any of its options reveals
                folded |= _revealed(field, chosen, chosen=True)
        return folded

    def still_being_typed(self) -> "GovukForm":
        """Show what was typed so far without judging it."""
        self._errors = ErrorDict()
        return self

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.template_pack = "govuk"
        return helper


def _revealed(field: forms.ChoiceField, values: set[str], *, chosen: bool) -> set[str]:
    """The fields under those of its options that are, or are not, among the values."""
    options: Any = field.choices
    names = (getattr(label, "reveals", "") for option, label in options if (str(option) in values) == chosen)
    return set(" ".join(names).split())


def missing(field: forms.Field, label: str) -> str:
    """What to do about an empty field whose author did not say."""
    if label.endswith("?"):
        return f"Answer the question ‘{label}’"
    verb = "Choose" if isinstance(field, forms.ChoiceField) else "Enter"
    return f"{verb} {label[:1].lower()}{label[1:]}"
