"""Where the page's script sends what is being typed. What becomes of it: unfinished.py."""

from django.http import Http404, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from decisions.models import Draft
from infoshare.accounts.requests import SignedInRequest, membership_for
from infoshare.accounts.roles import Permission
from infoshare.days import time_words

from . import drafts, held
from .pages import of_a_draft
from .sitting import Sitting
from .unfinished import page_of

MOST = 60_000  # characters on one page, several full text boxes
MOST_PAGES = 100  # of one draft, far more than a decision has
TOO_MUCH = "That is more than this page can take."


@require_POST
@of_a_draft
def typed(request: SignedInRequest, the_draft: Draft, _: Sitting) -> HttpResponse:
    fields = {name: values for name, values in request.POST.lists() if name not in {*held.NOT_HELD, "seen"}}
    page, seen = page_of(request.POST.get("page", "")), request.POST.get("seen", "")
    words = [page, seen, *fields, *(value for values in fields.values() for value in values)]
    kept = the_draft.details.get("typed", {})
    if sum(map(len, words)) > MOST or (page not in kept and len(kept) >= MOST_PAGES):
        return HttpResponseBadRequest(TOO_MUCH)
    drafts.save_typed(the_draft, page, fields, seen=seen)
    return JsonResponse({"saved": f"Saved at {time_words(timezone.now())}"})


@require_POST
def keep(request: SignedInRequest) -> HttpResponse:
    """What stands on a page that has no draft when someone leaves quickly: held as if their sign-in had expired."""
    membership_for(request, Permission.DECIDE)
    kept = held.hold(request, request.POST.get("page", ""))
    if kept is None:
        raise Http404("This page does not say whose it is.")
    response = HttpResponse(status=204)
    held.remember(response, kept)
    return response
