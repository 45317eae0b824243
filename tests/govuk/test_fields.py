"""The crispy pack: what a form's fields look like to a browser and to a screen reader."""

from typing import ClassVar

import pytest
from django import forms
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from infoshare.govuk.forms import Choice, GovukForm, TextField

from .gallery import Everything, OneQuestion
from .page import Page

ANY_TEXT = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)
ATTACK = "<script>alert(1)</script>\"'&amp;"


def drawn(form: forms.Form, template: str = "{% crispy form %}") -> Page:
    loads = "{% load crispy_forms_tags govuk_fields %}"
    return Page(Template(loads + template).render(Context({"form": form})))


@pytest.mark.parametrize("template", ["{% crispy form %}", "{{ form|crispy }}"])
def test_every_field_of_the_form_is_drawn_once_with_a_label(template: str) -> None:
    page = drawn(Everything(), template)
    names = {e.attributes["name"] for e in page.elements if "name" in e.attributes}
    dates = {"born_day", "born_month", "born_year"}
    assert names == set(Everything().fields) - {"born"} | dates
    labelled = {label.attributes["for"] for label in page.find("label")}
    for control in ("input", "select", "textarea"):
        for element in page.find(control):
            assert element.attributes.get("type") == "hidden" or element.attributes["id"] in labelled


@pytest.mark.parametrize("form", [Everything(), Everything({}), OneQuestion({})])
def test_ids_are_unique_and_what_describes_a_field_is_there(form: forms.Form) -> None:
    page = drawn(form, "{% error_summary form %}{% crispy form %}")
    assert len(page.ids) == len(set(page.ids))
    for element in page.elements:
        for described in element.attributes.get("aria-describedby", "").split():
            assert described in page.ids
        if element.name == "a":
            assert element.attributes["href"].removeprefix("#") in page.ids


def test_two_forms_with_prefixes_stand_on_one_page() -> None:
    page = Page(
        Template("{% load crispy_forms_tags %}{% crispy a %}{% crispy b %}").render(
            Context({"a": Everything(prefix="a"), "b": Everything(prefix="b")})
        )
    )
    assert len(page.ids) == len(set(page.ids))


def test_an_error_is_said_in_the_summary_and_at_the_field_in_the_same_words() -> None:
    page = drawn(Everything({}), "{% error_summary form %}{% crispy form %}")
    link = page.one("a", href="#id_who_0")
    assert link.text == "Choose who will receive this, or ‘Not sure’"
    assert page.one("p", id="id_who-error").text == f"Error: {link.text}"
    assert "id_who-error" in page.find("fieldset")[0].attributes["aria-describedby"]
    assert page.one("textarea").attributes["aria-invalid"] == "true"


def test_a_field_without_a_message_of_its_own_says_what_to_do() -> None:
    form = Everything({})
    assert form.errors["password"] == ["Enter password"]
    assert form.errors["channel"] == ["Answer the question ‘How will you send it?’"]


def test_an_error_of_a_hidden_field_links_nowhere() -> None:
    page = drawn(Everything({}), "{% error_summary form %}")
    assert "Enter version" in [item.text for item in page.find("li")]
    assert not page.find("a", href="#id_version")


def test_the_label_of_the_heading_field_is_the_h1() -> None:
    assert drawn(OneQuestion()).one("h1").text == OneQuestion().fields["danger"].label
    assert not drawn(Everything()).find("h1")


def test_a_counter_is_told_the_limit_and_the_browser_does_not_cut() -> None:
    page = drawn(Everything())
    assert page.one("div", data_module="govuk-character-count").attributes["data-maxlength"] == "200"
    assert "maxlength" not in page.one("textarea").attributes
    assert "200 characters" in page.one("div", id="id_reason-info").text


def test_line_ends_count_once() -> None:
    assert TextField(max_length=3).clean("a\r\nb") == "a\nb"


def test_options_have_hints_dividers_and_what_they_reveal() -> None:
    page = drawn(Everything({"items": ["none"]}))
    assert page.one("input", value="care").attributes["aria-describedby"] == "id_who_1-hint"
    assert page.one("input", value="none").attributes["data-behaviour"] == "exclusive"
    assert "checked" in page.one("input", value="none").attributes
    assert [d.text for d in page.find("div") if "divider" in d.attributes.get("class", "")] == ["or", "or"]
    revealed = page.one("input", value="other").attributes["data-aria-controls"]
    assert "Who?" in page.one("div", id=revealed).text


@pytest.mark.parametrize("chosen", ["", "police", "press"])
def test_neighbours_of_one_heading_are_folded_away_together_unless_one_is_chosen(chosen: str) -> None:
    page = drawn(Everything({"who": chosen}))
    folded = page.one("details", class_="govuk-details app-more")
    assert folded.text == "Someone else A court The press"
    assert ("open" in folded.attributes) == (chosen == "press")


def test_what_is_saved_is_in_sight_beside_another_choice() -> None:
    page = drawn(Everything({"who": "police"}, initial={"who": "court"}))
    assert "open" in page.one("details", class_="govuk-details app-more").attributes
    assert "checked" not in page.one("input", name="who", value="court").attributes


@given(label=ANY_TEXT, hint=ANY_TEXT, option=ANY_TEXT, option_hint=ANY_TEXT)
def test_texts_are_shown_as_they_are(label: str, hint: str, option: str, option_hint: str) -> None:
    choices = [("a", Choice(option, hint=option_hint, divider=option))]
    fields = {
        "one": forms.ChoiceField(label=label, help_text=hint, widget=forms.RadioSelect, choices=choices),
        "many": forms.MultipleChoiceField(label=label, widget=forms.CheckboxSelectMultiple, choices=choices),
        "text": forms.CharField(label=label, help_text=hint),
        "sure": forms.BooleanField(label=label, help_text=hint),
    }
    page = drawn(type("Made", (GovukForm,), fields)())
    assert [e.text for e in page.find("legend")] == [label, label]
    assert page.one("label", for_="id_one_0").text == option
    assert page.one("div", id="id_one_0-hint").text == option_hint
    assert page.one("label", for_="id_text").text == label
    assert page.one("div", id="id_text-hint").text == hint
    assert page.one("label", for_="id_sure").text == label


def test_markup_in_any_text_stays_text() -> None:
    choices = [(ATTACK, Choice(ATTACK, hint=ATTACK, divider=ATTACK, under=ATTACK))]
    form = type(
        "Made",
        (GovukForm,),
        {
            "heading_field": "one",
            "one": forms.ChoiceField(label=ATTACK, help_text=ATTACK, widget=forms.RadioSelect, choices=choices),
            "pick": forms.ChoiceField(label=ATTACK, choices=choices),
            "text": forms.CharField(label=ATTACK, initial=ATTACK),
        },
    )({"text": ATTACK, "one": ATTACK + "x"})
    page = drawn(form, "{% error_summary form %}{% crispy form %}")
    assert not page.find("script")
    assert page.one("input", name="text").attributes["value"] == ATTACK


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("template", ["{% error_summary missing %}", "{% govuk_field form.missing %}"])
def test_a_form_or_field_that_is_not_there_is_an_error_not_an_empty_place(template: str) -> None:
    with pytest.raises(TypeError, match="needs a"):
        drawn(Everything(), template)


def test_fields_of_another_form_can_be_given_other_words() -> None:
    class Other(Everything):
        labels: ClassVar = {"who": "Whom do you tell"}
        hints: ClassVar = {"who": ""}

    page = drawn(Other())
    assert page.find("legend")[0].text == "Whom do you tell"
    assert "id_who-hint" not in page.ids


class Folding(GovukForm):
    """One choice that must be made, with a number under one of its options."""

    way = forms.ChoiceField(choices=[("by_day", Choice("By day", reveals="days")), ("never", Choice("Never"))])
    days = forms.IntegerField(required=False)


@pytest.mark.parametrize(("way", "wrong"), [("never", set()), ("by_day", {"days"}), ("", {"way"}), ("other", {"way"})])
def test_what_stands_under_an_option_that_is_not_chosen_is_never_wrong(way: str, wrong: set[str]) -> None:
    form = Folding({"way": way, "days": "many"})
    assert form.errors.keys() == wrong
    assert "days" in form.cleaned_data or "days" in wrong
