"""A date in three boxes: what is typed, what it means, and what is said when a part is missing."""

import re
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from infoshare.govuk.dates import PARTS, DateField, DateInput

YEARS_OF_FOUR_NUMBERS = st.dates(min_value=date(1000, 1, 1))


def read(*parts: str) -> date | None:
    data = dict(zip((f"born_{part}" for part in PARTS), parts, strict=True))
    day: date | None = DateField(name="Date of birth").clean(DateInput().value_from_datadict(data, {}, "born"))
    return day


@given(YEARS_OF_FOUR_NUMBERS)
def test_what_is_shown_reads_back_as_the_same_day(day: date) -> None:
    shown = DateInput().boxes("born", day, "id_born")
    assert read(*(box["value"] for box in shown)) == day


@given(YEARS_OF_FOUR_NUMBERS)
def test_a_page_that_asks_to_confirm_carries_it_along(day: date) -> None:
    class Form(forms.Form):
        born = DateField(name="Date of birth")

    first = Form({f"born_{part}": text for part, text in zip(PARTS, DateInput().texts(day), strict=True)})
    carried = dict(re.findall(r'name="(born_[a-z]+)" value="([0-9]+)"', first["born"].as_hidden()))
    again = Form(carried)
    assert again.is_valid()
    assert again.cleaned_data["born"] == day


@given(st.sets(st.sampled_from(PARTS), min_size=1, max_size=2))
def test_the_message_names_what_is_missing_and_nothing_else(missing: set[str]) -> None:
    with pytest.raises(ValidationError) as caught:
        read(*("" if part in missing else "12" for part in PARTS))
    assert {part for part in PARTS if part in caught.value.messages[0].removeprefix("Date of birth")} == missing
    assert set((caught.value.error_list[0].params or {})["parts"]) == missing


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", "MAR"])
def test_a_month_may_be_a_word(month: str) -> None:
    assert read("27", month, "2016") == date(2016, 3, 27)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (("31", "2", "2016"), "Date of birth must be a real date, such as 27 3 2016"),
        (("1", "Smarch", "2016"), "Date of birth must be a real date, such as 27 3 2016"),
        (("9" * 5000, "1", "2016"), "Date of birth must be a real date, such as 27 3 2016"),
        (("27", "3", "16"), "Date of birth must have a year of 4 numbers, such as 2016"),
        (("27", "3", "٢٠١٦"), "Date of birth must have a year of 4 numbers, such as 2016"),
        (("", "", ""), "Enter a date with its day, month and year"),
    ],
)
def test_what_is_not_a_date_is_said_so(parts: tuple[str, str, str], message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read(*parts)
    assert caught.value.messages == [message]


@given(st.tuples(st.text(), st.text(), st.text()))
def test_whatever_is_typed_is_a_date_or_a_message(parts: tuple[str, str, str]) -> None:
    try:
        day = read(*parts)
    except ValidationError:
        return
    assert isinstance(day, date)


def test_a_date_that_is_not_needed_may_stay_empty() -> None:
    assert DateField(required=False).clean(("", "", "")) is None
