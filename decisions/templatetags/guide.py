"""{% holder %} lets a form be held for its person when their sign-in has expired; {{ moment|clock }} says a time."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from decisions.guide import held
from infoshare.days import clock_words

register = template.Library()
register.filter("clock", clock_words)


@register.simple_tag(takes_context=True)
def holder(context: dict[str, Any]) -> SafeString:
    request = context["request"]
    return format_html('<input type="hidden" name="{}" value="{}">', held.FIELD, held.token(request.user, request.path))
