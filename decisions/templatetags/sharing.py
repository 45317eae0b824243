"""Looks into the sharing table for a recipient: what the guide says of them, and the sum in words."""

from django import template

from decisions.guide.sharing.table import Guidance, Recipient, Table

register = template.Library()


@register.filter
def guidance_in(recipient: Recipient, table: Table) -> Guidance:
    return table.guidance[recipient.id]


@register.filter
def sum_in(recipient: Recipient, table: Table) -> str:
    return table.sentence(recipient)
