"""Kinds of recipient and the channels to them. The kinds are the options of the rule set's question "recipient".

Stored for ever: never renamed, only added to. Not who may receive what: that is the rule set's to say.
"""

import re
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models


class RecipientKind(models.TextChoices):
    SOCIAL_CARE = "social_care", "Children’s or adults’ social care"
    POLICE = "police", "Police"
    EMERGENCY = "emergency", "Ambulance, fire service or coastguard"
    HEALTH = "health", "Health service"
    EDUCATION = "education", "School, college or nursery"
    PUBLIC_BODY = "public_body", "Another council team or public body"
    MEETING = "meeting", "Meeting or board of several services"
    OWN_LEAD = "own_lead", "Safeguarding lead or adviser"
    LEAD_WORKER = "lead_worker", "Lead worker, named person or key worker"
    ORGANISATION = "organisation", "Charity, club, employer, landlord or care provider"
    SELF = "self", "The person it is about"
    PARENT = "parent", "Parent or carer of the child it is about"
    FAMILY = "family", "Partner, relative, friend or neighbour"
    COURT = "court", "Court or coroner"
    LEGAL = "legal", "Solicitor or someone in a court case"
    OTHER = "other", "Someone else"
    UNSURE = "unsure", "Not sure yet"


PEOPLE = {RecipientKind.SELF, RecipientKind.PARENT, RecipientKind.FAMILY}
# Services whose work is to protect or care. To check who it is takes a call, and the need does not wait for it to end.
SERVICES = {
    RecipientKind.SOCIAL_CARE,
    RecipientKind.POLICE,
    RecipientKind.EMERGENCY,
    RecipientKind.HEALTH,
    RecipientKind.EDUCATION,
    RecipientKind.PUBLIC_BODY,
    RecipientKind.MEETING,
    RecipientKind.OWN_LEAD,
    RecipientKind.LEAD_WORKER,
}
# People are not partners: only bodies, and whoever acts for one, stand in a directory.
NOT_PARTNERS = {*PEOPLE, RecipientKind.UNSURE}
PARTNER_KINDS = [(kind.value, kind.label) for kind in RecipientKind if kind not in NOT_PARTNERS]


class Channel(models.TextChoices):
    SECURE_EMAIL = "secure_email", "Secure e-mail"
    CASE_SYSTEM = "case_system", "A shared case system or portal"
    TELEPHONE = "telephone", "Telephone, on a number you checked"
    IN_PERSON = "in_person", "In person or in a meeting"
    LETTER = "letter", "Letter, addressed and sealed"
    OTHER = "other", "Another way"


SPOKEN = {Channel.TELEPHONE, Channel.IN_PERSON}


class Entry(TypedDict):
    """What an entry of the directory says; the fields of Partner that people type."""

    name: str
    kind: str
    role: str
    channel: str
    address: str


TELEPHONE_NUMBER = re.compile(r"^\+?[\d ()\-]{3,25}(?: ?(?:ext|x)\.? ?\d{1,6})?$", re.IGNORECASE)


def check_address(channel: str, address: str) -> None:
    """Raises ValidationError where an address cannot be one of its channel."""
    if channel == Channel.SECURE_EMAIL:
        try:
            validate_email(address)
        except ValidationError:
            raise ValidationError("Enter an e-mail address like team@example.org") from None
    if channel == Channel.TELEPHONE and not TELEPHONE_NUMBER.match(address):
        raise ValidationError("Enter a telephone number like 01632 960 001")
