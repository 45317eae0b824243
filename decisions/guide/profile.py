"""What the organisation's legal profile answers, so that no practitioner is asked it."""

from datetime import date

from decisions.engine.ruleset import RuleSet
from infoshare.accounts.models import Organisation


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"


def profile(organisation: Organisation, day: date) -> dict[str, str]:
    """Field of the legal profile → answer. A policy document past its review day counts as missing."""
    review_on = organisation.policy_document_review_on
    policy = bool(organisation.policy_document) and (review_on is None or review_on >= day)
    return {
        "kind": organisation.kind,
        "public_authority": _yes_no(organisation.public_authority),
        "children_duty_body": _yes_no(organisation.children_duty_body),
        "competent_authority": _yes_no(organisation.competent_authority),
        "health_or_social_care": _yes_no(organisation.health_or_social_care),
        "policy_document": _yes_no(policy),
    }


def profile_answers(ruleset: RuleSet, organisation: Organisation, day: date) -> dict[str, str]:
    """Answers to the questions that the profile answers, ready for the engine."""
    known = profile(organisation, day)
    return {q.id: known[q.profile] for q in ruleset.questions if q.profile}
