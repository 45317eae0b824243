"""A question as its page shows it: the field, help, law and buttons. Not what stands around it: that is the page's.

All of it follows from the question and its answer. Where that was chosen from single answers, or is not given yet,
nothing in it is anybody's: it is drawn once and kept.
"""

from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from decisions import editions
from decisions.engine.ruleset import Question, RuleSet

from .citing import source_words
from .forms import QuestionForm


def sheet(ruleset: RuleSet, question: Question, saved: Any, form: QuestionForm | None, *, leave: str) -> SafeString:
    """`form`: what was sent or typed, if anything was. `leave`: the name of where *Save and leave* leads."""
    if form is None and (saved is None or question.kind == "radios"):
        return kept(ruleset.edition, question.id, saved, leave)
    return drawn(ruleset, form or QuestionForm(question, saved), leave)


@lru_cache(maxsize=1_000)
def kept(edition: str, question_id: str, answer: str | None, leave: str) -> SafeString:
    ruleset = editions.get(edition)
    return drawn(ruleset, QuestionForm(ruleset.question(question_id), answer), leave)


def drawn(ruleset: RuleSet, form: QuestionForm, leave: str) -> SafeString:
    question = form.question
    context = {
        "form": form,
        "question": question,
        "help": [f"guide/steps/{question.id}.html", "guide/steps/_none.html"],
        "sources": [source_words(ruleset.sources[cite.source], cite.place) for cite in question.cite],
        "leave": reverse(leave),
    }
    return render_to_string("guide/_question.html", context)
