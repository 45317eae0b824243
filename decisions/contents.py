"""What a record says: one self-contained document, readable when rule set, person and software are long gone."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from decisions.models import Draft
from infoshare.accounts.models import Membership
from infoshare.days import london_date

from .guide import after
from .guide.advice import Advice
from .guide.sharing import guidance, leaving, recipients
from .guide.sitting import Sitting
from .guide.wording import answer_words

FORMAT = 2  # 2: what is shared, by item and recipient


def who(membership: Membership) -> dict[str, Any]:
    """The decider and their organisation by value: later changes of name or role do not change the record."""
    return {
        "name": membership.user.name,
        "email": membership.user.email,
        "roles": list(membership.roles),
        "team": membership.team.name if membership.team else "",
        "organisation": membership.organisation.name,
        "organisation_kind": membership.organisation.get_kind_display(),
    }


def questions_and_answers(sitting: Sitting) -> list[dict[str, Any]]:
    """Each question as it was worded, with the answer as given and in words."""
    sections = {section.id: section.title for section in sitting.ruleset.sections}
    return [
        {
            "id": question.id,
            "section": sections[question.section],
            "text": question.text,
            "answer": sitting.answers[question.id],
            "words": answer_words(question, sitting.answers[question.id]),
            "from_profile": question.id in sitting.known,
            "cite": [str(cite) for cite in question.cite],
        }
        for question in sitting.ruleset.questions
        if question.id in sitting.answers
    ]


def recommendation(sitting: Sitting) -> dict[str, Any]:
    """What the guide said in the words that the person saw, and the engine's full explanation beside it."""
    advice = Advice(sitting)
    return {
        "outcome": sitting.outcome,
        "text": advice.sentence,
        "law": [asdict(part) for part in advice.law],
        "rests_on": [asdict(answer) for answer in advice.rests_on],
        "sets": {name: [asdict(item) for item in items] for name, items in advice.sets.items()},
        "explanation": sitting.explanation.as_json(),
    }


def sharing(draft: Draft, sitting: Sitting) -> leaving.Leaves | None:
    """Exactly what leaves and where it goes; None where the decision is not to share."""
    if not after.shares(draft):
        return None
    table = guidance.table_of(draft, sitting)
    directory = recipients.current(draft.organisation, table.recipients)
    return leaving.leaves(table, draft.details["impact"], sitting.ruleset, directory, sitting.day)


def edition(sitting: Sitting) -> dict[str, str]:
    ruleset = sitting.ruleset
    return {"edition": ruleset.edition, "title": ruleset.title, "content_hash": ruleset.content_hash}


def head(*, reference: str, by: Membership, at: datetime) -> dict[str, Any]:
    """What every document begins with; `day` is the London day, by whose law it was judged."""
    return {
        "format": FORMAT,
        "reference": reference,
        "recorded_at": at.isoformat(),
        "day": london_date(at).isoformat(),
        "by": who(by),
    }
