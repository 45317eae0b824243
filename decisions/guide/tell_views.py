"""Whom to tell: a page with a block for each of them, and the words to say to one."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from decisions.models import Draft
from infoshare.accounts.requests import SignedInRequest

from . import drafts, pages, refusal, telling, unfinished
from .after_forms import TellForm, WordsForm
from .pages import of_a_draft
from .papers import letter_content, paper
from .saving import ELSEWHERE, save_part, saved_part, show
from .sitting import Sitting
from .telling import KEY, Somebody

MORE = (("person", "Add another person it is about"), ("parent", "Add another parent or carer"))
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@of_a_draft
def telling_page(request: SignedInRequest, the_draft: Draft, sitting: Sitting) -> HttpResponse:
    """Everybody to be told, each in a block of their own."""
    if not telling.applies(the_draft):
        return redirect("guide:recommendation", the_draft.pk)
    return _page(request, the_draft, sitting, telling.people(the_draft))


@get_or_post
@of_a_draft
def tell(request: SignedInRequest, the_draft: Draft, sitting: Sitting, who: str) -> HttpResponse:
    """One of them alone, such as somebody who is added."""
    return _page(request, the_draft, sitting, [_person(the_draft, who)])


def _page(request: SignedInRequest, the_draft: Draft, sitting: Sitting, people: list[Somebody]) -> HttpResponse:
    keys = [person.key for person in people]
    begun = unfinished.begun(request, the_draft, drafts.parts_of(the_draft, KEY, keys))
    blocks = [_form(the_draft, sitting, person, begun.data) for person in people]
    conflict = False
    if request.method == "POST" and all(form.is_valid() for form in blocks):
        parts = {form.person.key: _kept(the_draft, form) for form in blocks}
        try:
            drafts.save_parts(the_draft, KEY, parts, seen=request.POST.get("seen", ""))
        except drafts.Conflict:
            the_draft.refresh_from_db()
            blocks[0].add_error(None, ELSEWHERE)
            conflict = True
        else:
            return redirect(_then(request, the_draft))
    context = {
        "draft": the_draft,
        "begun": begun,
        "blocks": [form.still_being_typed() if begun.typing else form for form in blocks],
        "seen": drafts.fingerprint(drafts.parts_of(the_draft, KEY, keys)),
        "unsafe": " or ".join(form.person.in_sentence for form in blocks if form.unsafe),
        "more": [kind_and_words for kind_and_words in MORE if telling.next_key(the_draft, kind_and_words[0])],
    }
    return render(request, "guide/telling.html", context, status=409 if conflict else 200)


def _form(draft: Draft, sitting: Sitting, person: Somebody, typed: Any) -> TellForm:
    saved, before = saved_part(draft, KEY, person.key), telling.said_before(draft, person)
    initial = TellForm.initial_of(saved, before, refusal.look_again(draft, sitting.day, 14))
    return TellForm(person, before, typed, initial=initial, known_young=telling.cannot_decide(draft))


def _kept(draft: Draft, form: TellForm) -> dict[str, Any]:
    """With the words that somebody wrote for them, unless there is nothing to say any more."""
    kept, saved = form.kept(), saved_part(draft, KEY, form.person.key)
    words = saved["notice"] if saved and kept["status"] != telling.NOT_TOLD else ""
    return {**kept, "notice": words, telling.SAID: telling.said_before(draft, form.person)}


def _then(request: SignedInRequest, draft: Draft) -> str:
    """On, or first to somebody who is added."""
    key = telling.next_key(draft, kind) if (kind := request.POST.get("add")) in dict(MORE) else None
    return reverse("guide:tell", args=[draft.pk, key]) if key else pages.after_decision(draft)


def _person(draft: Draft, who: str) -> Somebody:
    person = telling.somebody(draft, who)
    if person is None or not telling.applies(draft):
        raise Http404("There is nobody to tell at this address.")
    return person


@get_or_post
@of_a_draft
def notice(request: SignedInRequest, the_draft: Draft, _: Sitting, who: str) -> HttpResponse:
    person, saved = _person(the_draft, who), saved_part(the_draft, KEY, who)
    if saved is None or saved["status"] == telling.NOT_TOLD:
        return redirect("guide:tell", the_draft.pk, who)
    begun = unfinished.begun(request, the_draft, saved)
    form = WordsForm(begun.data, initial={"text": telling.words(the_draft, person, saved)})
    if save_part(request, the_draft, KEY, who, form, lambda: {**saved, "notice": form.cleaned_data["text"]}):
        return redirect(_after_notice(request, the_draft, who))
    context = {"draft": the_draft, "person": person, "begun": begun}
    return show(request, "guide/notice.html", form, context, saved_part(the_draft, KEY, who))


def _after_notice(request: SignedInRequest, draft: Draft, who: str) -> str:
    if "paper" in request.POST:
        return reverse("guide:notice_paper", args=[draft.pk, who])
    return pages.after_decision(draft)


@require_safe
@of_a_draft
def notice_paper(request: SignedInRequest, the_draft: Draft, _: Sitting, who: str) -> HttpResponse:
    person, saved = _person(the_draft, who), saved_part(the_draft, KEY, who)
    if saved is None or saved["status"] == telling.NOT_TOLD:
        return redirect("guide:tell", the_draft.pk, who)
    return paper("letter", "letter", letter_content(telling.TITLE, telling.words(the_draft, person, saved)))
