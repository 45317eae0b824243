"""A refusal: the answer to whoever asked, what would change it, when to look again. NOT the pages: refusal_views.py."""

from datetime import date, timedelta
from typing import Any

from decisions.models import Draft
from decisions.outcomes import Outcome
from infoshare.days import SATURDAY

KEY = "refusal"
TITLE = "Your request for information"  # on the letter's paper
ANSWER, LETTER = "answer", "letter"
ASKED = ("requested", "notice", "order", "serve", "unsure")
BADLY = ("significant", "adult_significant", "child_significant", "unsure")


def applies(draft: Draft) -> bool:
    return bool(draft.details.get("decision", {}).get("decided") == Outcome.DO_NOT_SHARE)


def requested(draft: Draft) -> bool:
    """Did anyone ask? Only then is there somebody to answer."""
    return draft.answers.get("request") in ASKED


def complete(draft: Draft) -> bool:
    said = draft.details[KEY]
    return ANSWER in said and (LETTER in said or not requested(draft))


def look_again(draft: Draft, today: date, otherwise: int = 28) -> date:
    """The day to look again unless the person sets another: soon where someone could be badly harmed."""
    soon = any(draft.answers.get(question) in BADLY for question in ("harm_subject", "harm_others"))
    day = today + timedelta(days=1 if soon else otherwise)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


def letter(draft: Draft) -> str:
    """The answer in words that show neither whether we know anyone, nor where they are, nor why we refuse."""
    return "\n\n".join(
        [
            "Thank you for asking us for information.",
            "We are not giving you the information that you asked for. This answer does not tell you whether we hold "
            "it. We use these words whenever we do not share, whoever it is about. So please do not read anything else "
            "into them.",
            "We will look at your request again if you write to us. Tell us what you need, what you would use it for, "
            "and any law or court order that you rely on. We may ask you to show who you are.",
            "If you think that someone is in danger now, call 999. If you are worried about a child or an adult, tell "
            "the police on 101 or the social care team of your council.",
            "If you are not content with this answer, you can ask us to review it. You can also complain to the "
            "Information Commissioner, at ico.org.uk.",
            f"{draft.organisation.name}",
        ]
    )


def follow_ups(said: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(ANSWER, "Look again at a refusal.", said[ANSWER]["look_again_on"])]
