"""A person's notices: the list, opening one, marking them read, and when to be e-mailed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest, get_or_post
from infoshare.days import clock_words
from infoshare.govuk.components import Task

from . import selectors, services
from .forms import MailForm
from .models import Notice

SHOWN = 100


def _member(request: SignedInRequest) -> Membership:
    """Everybody who works somewhere has notices."""
    if request.membership is None:
        raise PermissionDenied(
            "You do not work for an organisation here yet. Ask your system administrator to add you."
        )
    return request.membership


@require_safe
def notices(request: SignedInRequest) -> HttpResponse:
    shown = list(selectors.notices_of(_member(request))[:SHOWN])
    context = {
        "unread": [_task(notice) for notice in shown if notice.read_at is None],
        "earlier": [_task(notice) for notice in shown if notice.read_at],
        "newest": shown[0].pk if shown else 0,
        "most": SHOWN if len(shown) == SHOWN else 0,
    }
    return render(request, "notices/list.html", context)


def _task(notice: Notice) -> Task:
    url, hint = reverse("notices:open", args=[notice.pk]), f"At {clock_words(notice.made_at)}"
    if notice.read_at:
        return Task(notice.words, "Read", url, hint=hint)
    return Task(notice.words, "New", url, hint=hint, colour="blue")


@require_safe
def open_notice(request: SignedInRequest, notice_id: int) -> HttpResponse:
    """Reading it is what marks it as read."""
    membership = _member(request)
    notice: Notice = get_object_or_404(selectors.notices_of(membership), pk=notice_id)
    services.read(notice=notice, by=membership)
    return redirect(notice.url)


@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    newest = request.POST.get("newest", "")
    is_number = newest.isascii() and newest.isdigit() and len(newest) < 20
    services.read_all(by=_member(request), up_to=int(newest) if is_number else 0)
    messages.success(request, "All notices are marked as read.")
    return redirect("notices:list")


@get_or_post
def settings(request: SignedInRequest) -> HttpResponse:
    membership = _member(request)
    initial = {"when": selectors.mail_wish(membership.user)}
    form = MailForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        services.choose_mail(by=membership, when=form.cleaned_data["when"])
        messages.success(request, "Saved.")
        return redirect("notices:list")
    return render(request, "notices/settings.html", {"form": form})
