"""An editable copy of a record's notice or letter: to copy, or as a PDF. The record itself stays as it is."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from decisions import selectors, services
from decisions.guide import held
from decisions.guide.after_forms import WordsForm
from decisions.guide.papers import letter_content, paper
from infoshare.accounts.requests import SignedInRequest, get_or_post

from .reader import reader
from .words import words_of


@get_or_post
def words(request: SignedInRequest, reference: str, who: str) -> HttpResponse:
    membership = reader(request)
    record = selectors.record_for(membership, reference)
    found = next((each for each in words_of(record) if each.key == who), None)
    if found is None:
        raise Http404("The record has no such words.")
    form = WordsForm(request.POST if request.method == "POST" else held.take(request), initial={"text": found.text})
    if request.method == "POST" and form.is_valid():
        return paper("letter", "letter", letter_content(found.heading, form.cleaned_data["text"]))
    services.note_read(record=record, by=membership)
    return render(request, "log/words.html", {"form": form, "record": record, "words": found})
