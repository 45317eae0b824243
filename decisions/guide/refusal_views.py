"""A refusal: what follows from it, and the letter to whoever asked."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from decisions.models import Draft
from infoshare.accounts.requests import SignedInRequest

from . import pages, refusal, unfinished
from .advice import Advice
from .after_forms import RefusalForm, WordsForm
from .pages import of_a_draft
from .papers import letter_content, paper
from .refusal import ANSWER, KEY, LETTER
from .saving import save_part, saved_part, show
from .sitting import Sitting

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@of_a_draft
def refusal_page(request: SignedInRequest, the_draft: Draft, sitting: Sitting) -> HttpResponse:
    if not refusal.applies(the_draft):
        return redirect("guide:recommendation", the_draft.pk)
    saved = saved_part(the_draft, KEY, ANSWER)
    begun = unfinished.begun(request, the_draft, saved)
    initial = RefusalForm.initial_of(saved, refusal.look_again(the_draft, sitting.day))
    form = RefusalForm(begun.data, initial=initial, requested=refusal.requested(the_draft))
    if save_part(request, the_draft, KEY, ANSWER, form, form.kept):
        asked = refusal.requested(the_draft)
        return redirect(_url(the_draft, "letter") if asked else pages.after_decision(the_draft))
    context = {"draft": the_draft, "advice": Advice(sitting), "begun": begun}
    return show(request, "guide/refusal.html", form, context, saved_part(the_draft, KEY, ANSWER))


def _url(draft: Draft, page: str) -> str:
    return reverse(f"guide:{page}", args=[draft.pk])


@get_or_post
@of_a_draft
def letter(request: SignedInRequest, the_draft: Draft, _: Sitting) -> HttpResponse:
    if not refusal.applies(the_draft) or not refusal.requested(the_draft):
        return redirect("guide:refusal", the_draft.pk)
    begun = unfinished.begun(request, the_draft, saved_part(the_draft, KEY, LETTER))
    form = WordsForm(begun.data, initial={"text": _words(the_draft)})
    if save_part(request, the_draft, KEY, LETTER, form, lambda: form.cleaned_data["text"]):
        on_paper = "paper" in request.POST
        return redirect(_url(the_draft, "letter_paper") if on_paper else pages.after_decision(the_draft))
    context = {"draft": the_draft, "begun": begun}
    return show(request, "guide/letter.html", form, context, saved_part(the_draft, KEY, LETTER))


def _words(draft: Draft) -> str:
    return str(saved_part(draft, KEY, LETTER) or refusal.letter(draft))


@require_safe
@of_a_draft
def letter_paper(request: SignedInRequest, the_draft: Draft, _: Sitting) -> HttpResponse:
    if not refusal.applies(the_draft) or not refusal.requested(the_draft):
        return redirect("guide:refusal", the_draft.pk)
    return paper("letter", "letter", letter_content(refusal.TITLE, _words(the_draft)))
