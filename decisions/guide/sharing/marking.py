"""Whether it can matter which items show where someone is, who told us, or others. From answers and recipients alone.

A test holds it to the rule set: where this says no, no mark would change what anyone gets by default.
"""

from decisions.models import Draft
from decisions.outcomes import Outcome
from decisions.recipients import PEOPLE, RecipientKind

from . import items
from .table import Mark

CLOSE = frozenset({"danger", "reach", "protector", "unchecked", "unsure"})
# Services that act on danger. Which names they need, the person in front of the table cannot know for them.
PROTECT = frozenset({RecipientKind.SOCIAL_CARE, RecipientKind.POLICE, RecipientKind.EMERGENCY})
# Whoever it is that stands behind these, nobody can say beforehand.
OPEN = PEOPLE | {
    RecipientKind.ORGANISATION,
    RecipientKind.COURT,
    RecipientKind.LEGAL,
    RecipientKind.OTHER,
    RecipientKind.UNSURE,
}
HOLDS = frozenset({"location", "help_sought", "informant", "unsure"})
OTHERS = "third_parties"
TELLING = frozenset({Mark.LOCATION.value, Mark.INFORMANT.value})


def matter(draft: Draft) -> bool:
    contents, recipients = draft.answers.get("contents"), draft.details.get("recipients", [])
    if contents is None or HOLDS & set(contents):
        return True
    if any(each["link"] in CLOSE or each["kind"] in OPEN for each in recipients):
        return True
    if OTHERS in contents and not _all_may_need_names(draft):
        return True
    protect = all(each["kind"] in PROTECT for each in recipients)
    return not protect and any(TELLING & set(items.suggested(item["text"])) for item in draft.details.get("items", []))


def _all_may_need_names(draft: Draft) -> bool:
    """Are all of them the protecting service that the guide was asked about, and does it get more than a part?"""
    decision, asked = draft.details.get("decision", {}), draft.answers.get("recipient")
    limited = Outcome.SHARE_LIMITED in (decision.get("decided"), decision.get("recommended"))
    kinds = {each["kind"] for each in draft.details.get("recipients", [])}
    return not limited and asked in PROTECT and kinds <= {asked}
