"""Works out what the template of one form field needs: its kind, ids, hint, error and options.

Not markup: that is templates/govuk/fields/. Every text leaves here unescaped and is escaped by the template.
"""

from itertools import groupby
from operator import itemgetter
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from infoshare.govuk.dates import PARTS, DateInput

# The first that fits names the template; order matters where widgets inherit from each other.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (DateInput, "date"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
    (forms.Widget, "input"),
)
CLASSES = {
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "input": "govuk-input",
}


def kind_of(field: BoundField) -> str:
    return next(kind for widget, kind in KINDS if isinstance(field.field.widget, widget))


def draw(field: BoundField, *, revealed: bool = False) -> SafeString:
    """The HTML of one field. A field that an option reveals is drawn with that option, and only there."""
    if field.is_hidden:
        return field.as_widget()
    if field.name in revealed_names(field.form) and not revealed:
        return SafeString("")
    kind = kind_of(field)
    return render_to_string(f"govuk/fields/{kind}.html", context(field, kind))


def revealed_names(form: forms.BaseForm) -> set[str]:
    fields = form.fields.values()  # rows of the database are never a Choice, and asking for them costs a query
    choices = (getattr(f, "choices", ()) for f in fields if not isinstance(f, forms.ModelChoiceField))
    return {name for options in choices for _, label in options for name in getattr(label, "reveals", "").split()}


def context(field: BoundField, kind: str) -> dict[str, Any]:
    error = str(field.errors[0]) if field.errors else ""
    limit = field.field.widget.attrs.get("maxlength") if kind == "textarea" else None
    described = [
        f"{field.auto_id}-{part}"
        for part, there in (("hint", field.help_text), ("error", error), ("info", limit))
        if there
    ]
    common = {
        "field": field,
        "id": field.auto_id,
        "error": error,
        "limit": limit,
        "described": " ".join(described),
        "heading": getattr(field.form, "heading_field", "") == field.name,
        "size": label_size(field),
    }
    return common | extra(field, kind, common)


def label_size(field: BoundField) -> str:
    heading = getattr(field.form, "heading_field", "") == field.name
    return str(getattr(field.form, "label_sizes", {}).get(field.name, "l" if heading else "s"))


def extra(field: BoundField, kind: str, common: dict[str, Any]) -> dict[str, Any]:
    """What only this kind of field needs."""
    if kind == "checkboxes":
        return {"options": options(field)}
    if kind == "radios":
        return {"runs": runs(options(field), str(field.initial))}
    if kind == "date":
        widget = field.field.widget
        return {"boxes": widget.boxes(field.html_name, field.value(), field.auto_id, wrong_parts(field))}
    attrs = attributes(field, kind, common)
    if kind == "select":  # Django draws each option by two templates: with a few hundred, most of a page's time
        attrs = field.build_widget_attrs({**attrs, "id": field.auto_id})
        return {"select": field.field.widget.get_context(field.html_name, field.value(), attrs)["widget"]}
    return {"widget": field.as_widget(attrs=attrs)}


def attributes(field: BoundField, kind: str, common: dict[str, Any]) -> dict[str, Any]:
    """GOV.UK's, for Django's own control. The counter, not the browser, minds the length of long text."""
    classes = [CLASSES.get(kind, "govuk-checkboxes__input"), field.field.widget.attrs.get("class", "")]
    if common["error"] and kind in CLASSES:
        classes.append(f"{CLASSES[kind].split()[0]}--error")
    if common["limit"]:
        classes.append("govuk-js-character-count")
    attrs: dict[str, Any] = {
        "class": " ".join(filter(None, classes)),
        "aria-describedby": common["described"] or False,
        "placeholder": False,  # it vanishes when one begins to type, and what it says belongs in the hint
    }
    if kind == "textarea":
        attrs |= {"maxlength": False, "rows": field.field.widget.attrs.get("rows", 5), "cols": False}
    return attrs


def options(field: BoundField) -> list[dict[str, Any]]:
    """One per choice, with what infoshare.govuk.forms.Choice adds to a plain label."""
    return [
        {
            "id": option.data["attrs"].get("id", ""),
            "name": option.data["name"],
            "value": option.data["value"],
            "label": option.data["label"],
            "checked": option.data["selected"],
            "disabled": option.data["attrs"].get("disabled", False),
            "hint": getattr(option.data["label"], "hint", ""),
            "divider": getattr(option.data["label"], "divider", ""),
            "exclusive": getattr(option.data["label"], "exclusive", False),
            "revealed": revealed(field, option.data["label"]),
            "under": getattr(option.data["label"], "under", ""),
            "folded": getattr(option.data["label"], "folded", ""),
        }
        for option in field.subwidgets
    ]


def runs(options: list[dict[str, Any]], saved: str) -> list[dict[str, Any]]:
    """Neighbours with the same heading together: they are folded away under it, unless one is chosen or is saved."""
    return [
        {"under": under, "options": run, "open": any(each["checked"] or each["value"] == saved for each in run)}
        for under, run in ((under, list(run)) for under, run in groupby(options, itemgetter("under")))
    ]


def revealed(field: BoundField, label: Any) -> SafeString | str:
    names = getattr(label, "reveals", "").split()
    return format_html_join("", "{}", ((draw(field.form[name], revealed=True),) for name in names))


def wrong_parts(field: BoundField) -> tuple[str, ...]:
    """The parts of a date that its error names; all of them if it names none."""
    errors = field.errors.as_data()
    return ((errors[0].params or {}).get("parts") or PARTS) if errors else ()


def first_id(field: BoundField) -> str:
    """Where a link to this field should put the focus; nowhere if it cannot be seen."""
    kind = kind_of(field)
    if field.is_hidden:
        return ""
    if kind in ("radios", "checkboxes"):
        return next((option.data["attrs"].get("id", "") for option in field.subwidgets), field.auto_id)
    if kind == "date":
        return f"{field.auto_id}_{next(iter(wrong_parts(field)), PARTS[0])}"
    return field.auto_id
