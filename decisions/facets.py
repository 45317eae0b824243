"""The few plain words a record is searched by, taken at recording from what the guide concluded. NOT its content.

The values are those of the rule set's decisions `article_6`, `agreement` and `tell`, and of its questions `subject` and
`recipient`. An edition may bring one that is not listed here: it is kept as it is, so that no list of ours can stop a
recording.
"""

from collections.abc import Mapping
from typing import Any

from django.db import models

from .outcomes import SHARES, Outcome
from .recipients import RecipientKind


class LawfulBasis(models.TextChoices):
    VITAL_INTERESTS = "vital_interests", "Saving life"
    LEGAL_OBLIGATION = "legal_obligation", "A legal duty"
    PUBLIC_TASK = "public_task", "Public task"
    RECOGNISED_INTEREST = "recognised_interest", "Recognised legitimate interest"
    CONSENT = "consent", "Consent"
    LEGITIMATE_INTERESTS = "legitimate_interests", "Legitimate interests"
    LAW_ENFORCEMENT = "law_enforcement", "Law enforcement (Data Protection Act 2018, Part 3)"
    NOT_NEEDED = "not_needed", "Not needed"


class Agreement(models.TextChoices):
    OBTAINED = "obtained", "They agreed"
    REFUSED = "refused", "They said no"
    ASK = "ask", "To be asked"
    DO_NOT_ASK = "do_not_ask", "Not safe or not possible to ask"
    NOT_NEEDED = "not_needed", "Not needed"
    OPEN = "open", "Not settled"


class Telling(models.TextChoices):
    NOW = "now", "To be told now"
    THEY_KNOW = "they_know", "They know"
    LATER = "later", "Later"
    NOT_YET = "not_yet", "Not until it is safe"
    NOT_NEEDED = "not_needed", "Nothing to tell"


class Subject(models.TextChoices):
    CHILD = "child", "A child under 13"
    YOUNG = "young", "A young person aged 13 to 17"
    ADULT = "adult", "An adult"
    FAMILY = "family", "A family"
    GROUP = "group", "Several people"
    LIST = "list", "A list of people"
    UNSURE = "unsure", "Not sure"
    NOT_ASKED = "not_asked", "Not asked"


class Harm(models.TextChoices):
    """The worst that could happen to anyone, as far as the answers say. In this order, the worst first."""

    IMMEDIATE = "immediate", "Someone is in danger now"
    SIGNIFICANT = "significant", "Someone could be badly harmed"
    UNSURE = "unsure", "Not known how bad"
    IN_NEED = "in_need", "Someone needs services to be well"
    WELLBEING = "wellbeing", "Someone may need extra help"
    NO_HARM = "no_harm", "No harm"
    NOT_ASKED = "not_asked", "Not asked"


GRADES = {
    "child_significant": Harm.SIGNIFICANT,
    "adult_significant": Harm.SIGNIFICANT,
    "vague": Harm.UNSURE,
    **{harm.value: harm for harm in Harm},
}
NOT_ASKED = "not_asked"
WHOM = [*RecipientKind.choices, (NOT_ASKED, "Not asked")]
UNTOLD = frozenset({Telling.LATER, Telling.NOT_YET})
Decisions = Mapping[str, Any]  # a decision of the rule set → its value, None while it is open


def of(decisions: Decisions) -> dict[str, str]:
    """The columns. Empty where the edition does not say, or the record has no guide behind it."""
    enforcement = decisions.get("route") == LawfulBasis.LAW_ENFORCEMENT
    return {
        "lawful_basis": LawfulBasis.LAW_ENFORCEMENT.value if enforcement else decisions.get("article_6") or "",
        "agreement": decisions.get("agreement") or "",
        "telling": decisions.get("tell") or "",
    }


def pattern(answers: Mapping[str, Any]) -> dict[str, str]:
    """What makes cases alike, for comparing how they were decided. Records of before it was kept have it empty."""
    return {
        "subject": answers.get("subject") or NOT_ASKED,
        "harm": _worst(answers),
        "would_receive": answers.get("recipient") or NOT_ASKED,
    }


def _worst(answers: Mapping[str, Any]) -> str:
    if answers.get("danger_now") == "yes":
        return Harm.IMMEDIATE.value
    grades = {GRADES.get(answers.get(question, NOT_ASKED), Harm.UNSURE) for question in ("harm_subject", "harm_others")}
    return next(harm.value for harm in Harm if harm in grades)


def shared_against_no_agreement_untold(decided: str, agreement: str, telling: str) -> bool:
    """Shared although nobody agreed, and the person does not know: what a lead looks at first."""
    return decided in SHARES - {Outcome.SHARE_WITH_CONSENT} and agreement != Agreement.OBTAINED and telling in UNTOLD
