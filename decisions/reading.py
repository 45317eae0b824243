"""A record's document as rows for a page. Reads only what the document says, so it reads the same in thirty years."""

from datetime import datetime
from typing import Any

from django.utils.text import capfirst

from infoshare.days import clock_words
from infoshare.govuk.components import Row

from .guide.advice import HURRY
from .outcomes import Outcome
from .reading_after import refusal_rows, telling_rows
from .recipients import SPOKEN, Channel

Content = dict[str, Any]


def parts(content: Content, *, sent: bool) -> list[tuple[str, list[Row]]]:
    """The headings of a record page, each with its rows. `sent`: has anybody confirmed that anything was sent?"""
    found = [("Who and when", head_rows(content))]
    if content["kind"] == "emergency":
        return [*found, ("What happened", emergency_rows(content["emergency"]))]
    found.append(("Decision", decision_rows(content["decision"], content["recommendation"]["text"])))
    if content.get("advice"):
        found.append(("Advice", advice_rows(content["advice"])))
    if content["sharing"]:
        found += sharing_parts(content["sharing"], sent=sent)
    return [*found, *((title, rows) for _, title, rows in after_parts(content))]


def after_parts(content: Content) -> list[tuple[str, str, list[Row]]]:
    """What follows the decision: its key, heading and rows. Records of before these pages have neither."""
    found = [("telling", "Who is told", telling_rows), ("refusal", "The answer to them", refusal_rows)]
    return [(key, title, rows(content[key])) for key, title, rows in found if content.get(key)]


def head_rows(content: Content) -> list[Row]:
    by = content["by"]
    rows = [Row("Decided by", f"{by['name']}, {by['organisation']}" + (f", {by['team']}" if by["team"] else ""))]
    if content["case_reference"]:
        rows.append(Row("Case reference", content["case_reference"]))
    return rows


def decision_rows(decision: Content, recommended: str) -> list[Row]:
    rows = [Row("The guide suggested", recommended), Row("Decided", Outcome(decision["decided"]).label)]
    if decision["departure_reason"]:
        rows.append(Row("Why otherwise", decision["departure_reason"]))
    return [*rows, Row("Reasons", decision["reasons"])]


def reason_rows(content: Content) -> list[Row]:
    """What was decided and why, for somebody who is about to judge it."""
    if content["kind"] == "emergency":
        return emergency_rows(content["emergency"])
    return decision_rows(content["decision"], content["recommendation"]["text"])


def sharing_parts(sharing: Content, *, sent: bool) -> list[tuple[str, list[Row]]]:
    """What goes, recipient by recipient, and what that could do. Records of format 1 had one recipient."""
    if "recipients" not in sharing:
        return [("What was shared" if sent else "What is to be shared", _one_recipient(sharing))]
    recipients = sharing["recipients"]
    words = _sharing_words(sent=sent, alone=len(recipients) == 1)
    found = [(f"{words} {each['who']}", recipient_rows(each, sharing["purpose"])) for each in recipients]
    return [*found, ("Why, and what it could do", impact_rows(sharing))]


def _sharing_words(*, sent: bool, alone: bool) -> str:
    """Nothing is called shared before somebody confirms it. A confirmation does not say which of several got it."""
    if not sent:
        return "What is to be shared with"
    return "What was shared with" if alone else "What goes to"


def to_tell(content: Content) -> list[Content]:
    """The recipients who get anything. Those of an emergency were told already; format 1 kept one, by other names."""
    recipients = (content.get("sharing") or {}).get("recipients", [])
    return [each for each in recipients if any(cell["choice"] != "withhold" for cell in each["cells"])]


def rings_first(content: Content, recipient: Content) -> bool:
    """Did the guide say that it cannot wait, while it goes a way on which nobody may look today?"""
    explanation = (content.get("recommendation") or {}).get("explanation", {})
    soon = explanation.get("decisions", {}).get("urgency", {}).get("value")  # an edition may not say how soon
    return soon in HURRY and recipient["channel"] not in SPOKEN


def _one_recipient(sharing: Content) -> list[Row]:
    return [
        Row("Items", "\n".join(sharing["items"])),
        Row("Recipient", f"{sharing['recipient']}, {sharing['recipient_organisation']}"),
        Row("Purpose", sharing["purpose"]),
        Row("How", dict(Channel.choices)[sharing["channel"]]),
    ]


FATES = {"share": "Goes", "redact": "Goes in part", "withhold": "Stays here"}


def recipient_rows(recipient: Content, purpose: str) -> list[Row]:
    """Exactly what leaves to one recipient, and where it goes. What all of it is for, `impact_rows` says once."""
    rows = [
        Row("In short", recipient["gets"]),
        Row("Goes to", f"{recipient['address']}\n{recipient['channel_words']}"),
        Row("Checked", recipient["verified"]),
    ]
    if recipient["could_reach_danger"]:
        rows.append(Row("Could someone dangerous see or hear it?", recipient["could_reach_danger"]))
    if recipient["guide"]["differs"]:
        rows.append(Row("The guide says of them", recipient["guide"]["text"]))
    return rows + [Row(FATES[cell["choice"]], _cell(cell, purpose)) for cell in recipient["cells"]]


def _cell(cell: Content, purpose: str) -> str:
    without = f"Taken out: {cell['without']}" if cell["without"] else ""
    reason = f"Why: {cell['reason']}" if cell["reason"] not in ("", purpose) else ""
    return "\n".join(filter(None, [cell["item"], without, reason]))


def impact_rows(sharing: Content) -> list[Row]:
    about = {"person": "To the person it is about", "family": "To their family", "others": "To anyone else"}
    impact = [Row(f"Harm it could do: {words.lower()}", sharing["impact"].get(key)) for key, words in about.items()]
    return [Row("What they need it for", sharing["purpose"]), *(row for row in impact if row.value)]


def emergency_rows(told: Content) -> list[Row]:
    rows = [Row("Told", capfirst(told["recipient"]))]
    if told["may_be_the_danger"]:
        rows.append(Row("Could they be the danger?", told["may_be_the_danger"]))
    return [*rows, Row("What was happening", told["happening"]), Row("What was shared", told["shared"])]


def advice_rows(advice: list[Content]) -> list[Row]:
    """Who advised what, and when."""
    return [
        Row(f"{each['adviser']}, {clock_words(datetime.fromisoformat(each['replied_at']))}", each["text"])
        for each in advice
    ]


def answer_rows(content: Content) -> list[Row]:
    return [Row(answer["text"], _answer(answer)) for answer in content.get("answers", [])]


def _answer(answer: Content) -> str:
    words: str = answer["words"]
    return f"{words} (from the organisation’s profile)" if answer["from_profile"] else words


def law(content: Content) -> list[dict[str, Any]]:
    """Every point of law: what it comes to in words, the reasons with the sources they cite, and what it turned on."""
    recommendation = content.get("recommendation") or {"law": []}
    return [{**part, "comes_to": part["words"] or _status(part)} for part in recommendation["law"]]


def law_heading(*, departs: bool) -> str:
    """The points were weighed for what was suggested: where another thing was decided, that has to be said."""
    return "The law of what the guide suggested" if departs else "The law"


def _status(part: dict[str, Any]) -> str:
    status: str = part["status"] or "no bearing on this case"
    return status.capitalize()
