"""A question as its page shows it: the field, the help and the law. Not what stands around it: that is the page's.

All of it follows from the question and its answer. Where that was chosen from single answers, or is not given yet,
nothing in it is anybody's: it is drawn once and kept.
"""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from decisions import editions

from .citing import source_words
from .forms import QuestionForm


def sheet(edition: str, form: QuestionForm) -> SafeString:
    """What somebody typed or ticked, and what is wrong with it, is drawn each time."""
    if form.is_bound or not (form.saved is None or form.question.kind == "radios"):
        return drawn(edition, form)
    return kept(edition, form.question.id, form.saved)


@lru_cache(maxsize=1_000)
def kept(edition: str, question_id: str, answer: str | None) -> SafeString:
    return drawn(edition, QuestionForm(editions.get(edition).question(question_id), answer))


def drawn(edition: str, form: QuestionForm) -> SafeString:
    question, sources = form.question, editions.get(edition).sources
    context = {
        "form": form,
        "question": question,
        "help": [f"guide/steps/{question.id}.html", "guide/steps/_none.html"],
        "sources": [source_words(sources[cite.source], cite.place) for cite in question.cite],
    }
    return render_to_string("guide/_question.html", context)
