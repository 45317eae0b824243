"""A record in one sentence: who decided what, about how much, for whom. Read from the sealed document alone."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from decisions.guide.sharing.table import GOES
from decisions.models import DecisionRecord
from decisions.outcomes import Outcome

HOW = {
    Outcome.SHARE_URGENTLY: "urgently",
    Outcome.STATUTORY_DUTY: "as the law requires",
    Outcome.SHARE_WITHOUT_CONSENT: "without needing agreement",
    Outcome.SHARE_WITH_CONSENT: "with agreement",
    Outcome.SHARE_LIMITED: "limited to what is needed",
    Outcome.ANONYMISE: "without saying who it is about",
}
INSTEAD = {
    Outcome.SEEK_CONSENT_FIRST: "decided to talk to the person first",
    Outcome.SEEK_ADVICE_FIRST: "decided to take advice first",
    Outcome.DO_NOT_SHARE: "decided not to share",
}


def sentence(record: DecisionRecord) -> str:
    content = record.brief
    name = content["by"]["name"]
    if record.route == DecisionRecord.Route.EMERGENCY:
        return f"{name} told {content['emergency']['recipient']} in an emergency."
    decided = Outcome(record.decided)
    if decided in INSTEAD:
        return f"{name} {INSTEAD[decided]}."
    number, whom = _what_and_whom(content["sharing"])
    items = "1 item" if number == 1 else f"{number} items"
    return f"{name} decided to share {items} with {whom}, {HOW[decided]}."


def which(record: DecisionRecord) -> str:
    """What tells it from others of the same sentence: the case, and whom it is about in the words of its guide."""
    content = record.brief
    case = f"Case {content['case_reference']}" if content.get("case_reference") else ""
    about = next((each["words"] for each in content.get("answers", []) if each["id"] == "subject"), "")
    return " · ".join(filter(None, [case, about]))


def age(recorded_at: datetime) -> str:
    """How long a record has waited, such as "3 days"."""
    days = (timezone.now() - recorded_at).days
    return "Today" if days == 0 else "1 day" if days == 1 else f"{days:,} days"


def _what_and_whom(sharing: dict[str, Any]) -> tuple[int, str]:
    """How many items go to anyone, and to whom. Records of format 1 had one recipient."""
    if "recipients" not in sharing:
        return len(sharing["items"]), sharing["recipient_organisation"]
    gone = {
        each["organisation"] or each["kind_words"]: {cell["item"] for cell in each["cells"] if cell["choice"] in GOES}
        for each in sharing["recipients"]
    }
    names = [name for name, items in gone.items() if items]
    whom = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return len(set().union(*gone.values())), whom
