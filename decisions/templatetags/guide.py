"""{% holder %} keeps what is typed into a form: for its person when their sign-in has expired, and while they type.

{% typed_waits as waits %} says whether some of it waits for whoever signs in. {{ moment|clock }} says a time.
"""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from decisions.guide import held
from infoshare.days import clock_words

register = template.Library()
register.filter("clock", clock_words)


@register.simple_tag(takes_context=True)
def typed_waits(context: dict[str, Any]) -> bool:
    return held.waits(context["request"])


@register.simple_tag(takes_context=True)
def holder(context: dict[str, Any]) -> SafeString:
    request, draft = context["request"], context.get("draft")
    token = held.token(request.user, request.path)
    name, url = ("typed", reverse("guide:typed", args=[draft.pk])) if draft else ("keep", reverse("guide:keep"))
    mark = '<input type="hidden" name="{}" value="{}" data-{}-url="{}">'
    return format_html(mark, held.FIELD, token, name, url)
