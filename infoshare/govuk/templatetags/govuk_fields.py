"""Template tags for forms: {% error_summary form %} for pages, {% govuk_field field %} for the crispy pack.

Both refuse a variable that does not exist: a form must never vanish from a page without a word.
"""

from itertools import chain
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from infoshare.govuk.fields import draw, first_id

register = template.Library()


@register.simple_tag
def govuk_field(field: Any) -> SafeString:
    """Draws one field: {% govuk_field form.reason %}."""
    if not isinstance(field, BoundField):
        raise TypeError(f"govuk_field needs a field of a form, not {field!r}.")
    return draw(field)


@register.simple_tag
def error_summary(*forms: Any) -> SafeString:
    """Every error of the forms, or of a list of them, each a link to its field; nothing if there is none."""
    forms = tuple(chain.from_iterable(each if isinstance(each, list) else [each] for each in forms))
    for form in forms:
        if not isinstance(form, BaseForm):
            raise TypeError(f"error_summary needs a form, not {form!r}.")
    errors = [error for form in forms for error in errors_of(form)]
    return render_to_string("govuk/error_summary.html", {"errors": errors}) if errors else SafeString("")


def errors_of(form: BaseForm) -> list[dict[str, str]]:
    """In the order of the fields; what is wrong with the form as a whole comes first and links nowhere."""
    whole = [{"id": "", "message": str(message)} for message in form.non_field_errors()]
    return whole + [{"id": first_id(field), "message": str(field.errors[0])} for field in form if field.errors]
