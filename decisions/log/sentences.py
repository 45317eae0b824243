"""A record in one sentence: who decided what, about how much, for whom. Read from the sealed document alone."""

from decisions.models import DecisionRecord
from decisions.outcomes import SHARES, Outcome

DECIDED = {
    Outcome.SHARE_URGENTLY: "shared urgently",
    Outcome.STATUTORY_DUTY: "shared, as the law requires,",
    Outcome.SHARE_WITHOUT_CONSENT: "decided to share without agreement",
    Outcome.SHARE_WITH_CONSENT: "decided to share with agreement",
    Outcome.SHARE_LIMITED: "decided to share only part:",
    Outcome.ANONYMISE: "decided to share without saying who it is about:",
    Outcome.SEEK_CONSENT_FIRST: "decided to ask the person first",
    Outcome.SEEK_ADVICE_FIRST: "decided to take advice first",
    Outcome.DO_NOT_SHARE: "decided not to share",
}


def sentence(record: DecisionRecord) -> str:
    content = record.document.content
    name = content["by"]["name"]
    if record.route == DecisionRecord.Route.EMERGENCY:
        return f"{name} told {content['emergency']['recipient']} in an emergency."
    words = f"{name} {DECIDED[Outcome(record.decided)]}"
    if record.decided not in SHARES:
        return f"{words}."
    sharing = content["sharing"]
    number = len(sharing["items"])
    items = "1 item" if number == 1 else f"{number} items"
    return f"{words} {items} with {sharing['recipient_organisation']}."
