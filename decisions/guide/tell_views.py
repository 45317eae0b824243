"""Whom to tell: the list of people, and for each a page and the words to say."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from decisions.models import Draft
from infoshare.accounts.requests import SignedInRequest
from infoshare.govuk.components import Task

from . import pages, refusal, telling, unfinished
from .after_forms import TellForm, WordsForm
from .pages import of_a_draft
from .papers import letter_content, paper
from .saving import save_part, saved_part, show
from .sitting import Sitting
from .telling import KEY, Somebody

MORE = (("person", "Add another person it is about"), ("parent", "Add another parent or carer"))
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@of_a_draft
def telling_page(request: SignedInRequest, the_draft: Draft, _: Sitting) -> HttpResponse:
    if not telling.applies(the_draft):
        return redirect("guide:decision", the_draft.pk)
    if KEY not in the_draft.details:
        return redirect(_first_open(the_draft))
    context = {
        "draft": the_draft,
        "tasks": [_task(the_draft, person) for person in telling.people(the_draft)],
        "next_url": _first_open(the_draft) or pages.after_decision(the_draft),
        "more": [(words, key) for kind, words in MORE if (key := telling.next_key(the_draft, kind))],
    }
    return render(request, "guide/telling.html", context)


def _first_open(draft: Draft) -> str:
    """The page of the first person who is not settled yet; nothing where all are."""
    open_now = (person for person in telling.needed(draft) if person.key not in draft.details.get(KEY, {}))
    person = next(open_now, None)
    return reverse("guide:tell", args=[draft.pk, person.key]) if person else ""


def _then(draft: Draft) -> str:
    """Straight on to the next person; the list, where others can be added, once all are settled."""
    draft.refresh_from_db()
    return _first_open(draft) or reverse("guide:telling", args=[draft.pk])


def _task(draft: Draft, person: Somebody) -> Task:
    told = saved_part(draft, KEY, person.key)
    status = telling.STATUS_WORDS[told["status"]] if told else "To do"
    url = reverse("guide:tell", args=[draft.pk, person.key])
    return Task(person.title, status, url, colour="" if told else "yellow")


def _person(draft: Draft, who: str) -> Somebody:
    person = telling.somebody(draft, who)
    if person is None or not telling.applies(draft):
        raise Http404("There is nobody to tell at this address.")
    return person


@get_or_post
@of_a_draft
def tell(request: SignedInRequest, the_draft: Draft, sitting: Sitting, who: str) -> HttpResponse:
    person, saved = _person(the_draft, who), saved_part(the_draft, KEY, who)
    begun = unfinished.begun(request, the_draft, saved)
    form = TellForm(begun.data, initial=TellForm.initial_of(saved, refusal.look_again(the_draft, sitting.day, 14)))
    if save_part(request, the_draft, KEY, who, form, lambda: _kept(form, person, saved)):
        said = form.cleaned_data["status"] != telling.NOT_TOLD
        return redirect("guide:notice", the_draft.pk, who) if said else redirect(_then(the_draft))
    safe = the_draft.answers.get("tell_parent" if person.is_parent else "tell_person")
    context = {"draft": the_draft, "person": person, "begun": begun, "unsafe": safe in ("unsafe", "unsure")}
    return show(request, "guide/tell.html", form, context, saved_part(the_draft, KEY, who))


def _kept(form: TellForm, person: Somebody, saved: dict[str, Any] | None) -> dict[str, Any]:
    """With the notice written before, unless there is nothing to say any more."""
    kept = form.kept()
    old = saved["notice"] if saved and kept["status"] != telling.NOT_TOLD else ""
    return {"title": person.title, **kept, "notice": old}


@get_or_post
@of_a_draft
def notice(request: SignedInRequest, the_draft: Draft, _: Sitting, who: str) -> HttpResponse:
    person, saved = _person(the_draft, who), saved_part(the_draft, KEY, who)
    if saved is None or saved["status"] == telling.NOT_TOLD:
        return redirect("guide:tell", the_draft.pk, who)
    begun = unfinished.begun(request, the_draft, saved)
    form = WordsForm(begun.data, initial={"text": _words(the_draft, person, saved)})
    if save_part(request, the_draft, KEY, who, form, lambda: {**saved, "notice": form.cleaned_data["text"]}):
        return redirect(_after_notice(request, the_draft, who))
    context = {"draft": the_draft, "person": person, "begun": begun}
    return show(request, "guide/notice.html", form, context, saved_part(the_draft, KEY, who))


def _words(draft: Draft, person: Somebody, saved: dict[str, Any]) -> str:
    by = telling.Author(draft.author.name, draft.organisation.name)
    return saved["notice"] or telling.notice(by, draft.answers, person, saved["status"])


def _after_notice(request: SignedInRequest, draft: Draft, who: str) -> str:
    if "paper" in request.POST:
        return reverse("guide:notice_paper", args=[draft.pk, who])
    return _then(draft)


@require_safe
@of_a_draft
def notice_paper(request: SignedInRequest, the_draft: Draft, _: Sitting, who: str) -> HttpResponse:
    person, saved = _person(the_draft, who), saved_part(the_draft, KEY, who)
    if saved is None or saved["status"] == telling.NOT_TOLD:
        return redirect("guide:tell", the_draft.pk, who)
    return paper("letter", "letter", letter_content(telling.TITLE, _words(the_draft, person, saved)))
