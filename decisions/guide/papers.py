"""What can be taken away on paper, as a PDF. Its name says nothing of the case, for it may stay in a folder."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from decisions.models import Draft
from infoshare.accounts.requests import SignedInRequest
from infoshare.typeset import pdf

from . import pages
from .advice import Advice, Answer
from .pages import of_a_draft
from .sitting import Sitting


def paper(name: str, template: str, content: dict[str, Any]) -> HttpResponse:
    """A PDF to keep: `name` is the file's, neutral on purpose."""
    response = HttpResponse(pdf(template, content), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def letter_content(title: str, body: str) -> dict[str, Any]:
    """For the template `letter`; no sender or day of our own, which the person's text or letter paper has."""
    return {"title": title, "body": body}


@require_safe
@of_a_draft
def recommendation(request: SignedInRequest, the_draft: Draft, sitting: Sitting) -> HttpResponse:
    if sitting.outcome is None:
        return redirect(pages.next_page(the_draft, sitting))
    return paper("guide", "report", recommendation_content(Advice(sitting)))


OPEN = "Questions are left. What to leave out, what to take care of and whom to tell are not settled yet."


def recommendation_content(advice: Advice) -> dict[str, Any]:
    """The page in the page's order, with nothing folded away."""
    todo, sets, care = advice.to_do, advice.sets, advice.take_care
    soon, reasons = advice.must_or_may or advice.act_now, [] if advice.one_of_them else advice.reasons
    parts: list[dict[str, Any]] = [
        {"text": OPEN if advice.sitting.next_question else ""},
        {"text": "\n\n".join(filter(None, [soon, advice.detail, *reasons]))},
        {"heading": "At least one of these is why", "points": advice.reasons if advice.one_of_them else []},
        {"heading": "It rests on these answers", "facts": [_answer(answer) for answer in advice.rests_on]},
        {"heading": "Do this", "points": [item.words for item in todo.now]},
        {"heading": "Always, whatever you decide to share", "points": [item.text for item in todo.always]},
        {"heading": "Leave out", "points": [item.text for item in sets.get("minimise", [])]},
        {"heading": "Take care", "points": [item.text for item in (*care.first, *care.more, *care.always)]},
        {"heading": "Afterwards", "points": [item.words for item in todo.later]},
        {"heading": "The law", "facts": [(part.text, _point(part.words, part.status)) for part in advice.law_shown]},
        {"heading": "Not yet checked against the published law", "points": advice.unconfirmed},
    ]
    return {
        "name": "Recommendation",
        "title": advice.sentence,
        "caption": f"What the guide suggests, {advice.sitting.day:%-d %B %Y}. You decide.",
        "parts": [part for part in parts if any(part.get(kind) for kind in ("text", "facts", "points"))],
    }


def _answer(answer: Answer) -> tuple[str, str]:
    return answer.text, answer.words


def _point(words: str, status: str) -> str:
    return words if status == "settled" else f"{words} ({status})" if words else status.capitalize()
