"""What kind of record it is, worked out from its answers and the kind of organisation. Nobody is asked."""

from collections.abc import Mapping
from typing import Any

from django.db import models


class Category(models.TextChoices):
    PUPIL = "pupil", "About a pupil"
    CHILD_PATIENT = "child_patient", "About a patient under 18"
    ADULT_PATIENT = "adult_patient", "About an adult patient"
    CHILD_PROTECTION = "child_protection", "About a child who could be badly harmed"
    CHILD = "child", "About a child, in any other case"
    ADULT_AT_RISK = "adult_at_risk", "About an adult at risk"
    ADULT = "adult", "About an adult, in any other case"
    ALLEGATION = "allegation", "About whether someone is safe to work with children or adults"
    SEVERAL = "several", "About several people"
    NOT_KNOWN = "not_known", "Kind not known, such as an emergency"


SCHOOLS = {"state_school", "independent_school", "early_years"}
HEALTH = {"nhs_body", "gp_practice"}


def category_of(kind: str, answers: Mapping[str, Any]) -> Category:
    """`kind` is the organisation's; `answers` are those of the record, none for an emergency."""
    subject = answers.get("subject")
    if answers.get("purpose") == "vetting":
        return Category.ALLEGATION
    if subject in ("child", "young", "family"):
        return _about_a_child(kind, answers)
    if subject == "adult":
        return _about_an_adult(kind, answers)
    return Category.SEVERAL if subject in ("group", "list") else Category.NOT_KNOWN


def _about_a_child(kind: str, answers: Mapping[str, Any]) -> Category:
    if kind in SCHOOLS:
        return Category.PUPIL
    if kind in HEALTH:
        return Category.CHILD_PATIENT
    # Not sure how bad it is: the kind with the longer periods.
    harmed = answers.get("harm_subject") in ("significant", "unsure")
    return Category.CHILD_PROTECTION if harmed else Category.CHILD


def _about_an_adult(kind: str, answers: Mapping[str, Any]) -> Category:
    if answers.get("harm_others") == "child_significant" and kind not in HEALTH:
        return Category.CHILD_PROTECTION
    if kind in HEALTH:
        return Category.ADULT_PATIENT
    at_risk = answers.get("protected") == "at_risk" or answers.get("harm_subject") in ("significant", "unsure")
    return Category.ADULT_AT_RISK if at_risk else Category.ADULT
