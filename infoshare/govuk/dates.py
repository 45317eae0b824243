"""A date typed into three boxes, as GOV.UK asks for it. Errors name the part that is missing or wrong."""

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

PARTS = ("day", "month", "year")
MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}


class DateInput(forms.Widget):
    """Three text boxes named `<field>_day`, `<field>_month` and `<field>_year`."""

    template_name = "govuk/fields/date_boxes.html"
    use_fieldset = True

    def boxes(self, name: str, value: Any, id_: str, wrong: tuple[str, ...] = ()) -> list[dict[str, Any]]:
        """What the template needs of each box; `wrong` names the parts an error is about."""
        return [
            {
                "name": f"{name}_{part}",
                "id": f"{id_}_{part}",
                "label": part.capitalize(),
                "value": text,
                "width": 4 if part == "year" else 2,
                "wrong": part in wrong,
            }
            for part, text in zip(PARTS, self.texts(value), strict=True)
        ]

    def texts(self, value: Any) -> tuple[str, ...]:
        if isinstance(value, date):
            return (str(value.day), str(value.month), str(value.year))
        return tuple(value) if value else ("", "", "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        id_ = (attrs or {}).get("id", f"id_{name}")
        return super().get_context(name, value, attrs) | {"boxes": self.boxes(name, value, id_)}

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, ...]:
        return tuple((data.get(f"{name}_{part}") or "").strip() for part in PARTS)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(f"{name}_{part}" not in data for part in PARTS)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_day"


class HiddenDateInput(DateInput):
    """The same three boxes, carried along by a page that only asks to confirm."""

    template_name = "govuk/fields/date_hidden.html"


class DateField(forms.Field):
    """A day. `name` is what the messages call it: "Date of birth" gives "Date of birth must include a year"."""

    widget = DateInput
    hidden_widget = HiddenDateInput
    default_error_messages: ClassVar = {"required": "Enter a date with its day, month and year"}

    def __init__(self, *, name: str = "The date", **kwargs: Any) -> None:
        self.name = name
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        if not any(value):
            return None
        missing = tuple(part for part, text in zip(PARTS, value, strict=True) if not text)
        if missing:
            raise self.wrong(f"must include {' and '.join(f'a {part}' for part in missing)}", missing)
        return self.real(*value)

    def real(self, day: str, month: str, year: str) -> date:
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            raise self.wrong("must have a year of 4 numbers, such as 2016", ("year",))
        try:
            return date(int(year), MONTHS.get(month.lower()) or int(month), int(day))
        except (ValueError, OverflowError):
            raise self.wrong("must be a real date, such as 27 3 2016", PARTS) from None

    def wrong(self, message: str, parts: tuple[str, ...]) -> ValidationError:
        return ValidationError(f"{self.name} {message}", code="invalid", params={"parts": parts})
