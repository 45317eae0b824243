"""Decisions that start elsewhere: from a link in a case system, or from the answers of an earlier record.

A case reference arrives in the body of a post or behind the # of the address, never in what servers log.
"""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from decisions import editions, selectors, services
from infoshare.accounts.requests import SignedInRequest, membership_for
from infoshare.accounts.roles import Permission
from infoshare.days import london_today

from . import drafts, pages
from .forms import StartForm

SAME_SHIFT = timedelta(hours=12)  # whether anyone is in danger now, and all else, is to be checked again after that
KNOWS = "knows"  # of the first sharing; of this one nobody has told them


@csrf_exempt  # saves nothing: it shows the start page with the reference filled in
@login_not_required
@require_POST
def arrive(request: SignedInRequest) -> HttpResponse:
    """Browsers send no cookies with a post from another site, so the first answer is a page that posts from ours."""
    form = StartForm(request.POST)
    reference = form.cleaned_data["case_reference"] if form.is_valid() else ""
    if not request.user.is_authenticated:
        return render(request, "guide/arrive.html", {"case_reference": reference})
    membership_for(request, Permission.DECIDE)
    return render(request, "guide/start.html", {"form": StartForm(initial={"case_reference": reference})})


@require_POST
def copy(request: SignedInRequest, reference: str) -> HttpResponse:
    """Begin a draft with the answers of a record: never its reasons, its decision or what was shared.

    For another recipient, those that hold for the first one only are asked again.
    """
    membership = membership_for(request, Permission.DECIDE)
    record = selectors.record_for(membership, reference)
    content = record.document.content
    given = {line["id"]: line["answer"] for line in content.get("answers", []) if not line["from_profile"]}
    if not given:
        raise Http404("That record has no answers to begin with.")
    another = "another" in request.POST
    if another:
        again = _of_one_recipient()
        given = {name: answer for name, answer in given.items() if name not in again and answer != KNOWS}
    services.note_read(record=record, by=membership)
    draft, missing = drafts.copy(
        by=membership, case_reference=content["case_reference"], answers=given, day=london_today()
    )
    if another and record.recorded_at > timezone.now() - SAME_SHIFT:
        messages.info(
            request, "Kept: your answers about the person, the danger and the information. Say who else should know."
        )
        return redirect("guide:draft", draft.pk)
    words = "These are the answers of the earlier record. Check each of them: things may have changed."
    if missing:
        words += f" {pages.answers(missing)} could not be taken over."
    messages.info(request, words)
    return redirect("guide:check", draft.pk)


def _of_one_recipient() -> set[str]:
    questions = editions.current(on=london_today()).questions
    return {question.id for question in questions if question.tags.get("of") == "recipient"}
