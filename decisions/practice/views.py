"""The practice pages: choose a case, answer the guide's questions on it, see how the model answers differ."""

import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from decisions.cases import Case
from decisions.guide.advice import Advice
from decisions.guide.forms import QuestionForm
from decisions.guide.sheet import sheet
from decisions.guide.sitting import Sitting
from decisions.models import PracticeSitting
from decisions.outcomes import Outcome
from infoshare.accounts.requests import SignedInRequest, membership_for
from infoshare.accounts.roles import Permission
from infoshare.govuk.components import Task

from . import library, sittings

COLUMNS = ["Question", "You", "Model answer", "Why"]
NOT_ASKED = "Not asked"


@require_safe
def cases(request: SignedInRequest) -> HttpResponse:
    begun = sittings.cases_of(membership_for(request, Permission.DECIDE))
    context = {
        "published": list(_tasks(library.published(), begun)),
        "fictional": list(_tasks(library.fictional(), begun)),
    }
    return render(request, "practice/cases.html", context)


def _tasks(offered: Iterable[Case], begun: dict[str, PracticeSitting]) -> Iterable[Task]:
    for case in offered:
        url, hint = reverse("practice:case", args=[case.id]), _source(case)
        if (practice := begun.get(case.id)) is None:
            yield Task(case.title, "Not started", url, hint=hint)
        elif sittings.sitting(practice, case).next_question is None:
            yield Task(case.title, "Done", url, hint=hint)
        else:
            yield Task(case.title, "In progress", url, hint=hint, colour="blue")


def _source(case: Case) -> str:
    """Who told it, without the addresses, which nobody would listen to in a list; the case's own page has them."""
    return "" if case in library.fictional() else ADDRESS.sub("", case.source).rstrip(" ;,")


@require_safe
def case(request: SignedInRequest, case_id: str) -> HttpResponse:
    begun = sittings.cases_of(membership_for(request, Permission.DECIDE))
    return render(request, "practice/case.html", {"case": _case(case_id), "practice": begun.get(case_id)})


@require_POST
def start(request: SignedInRequest, case_id: str) -> HttpResponse:
    practice = sittings.start(by=membership_for(request, Permission.DECIDE), case=_case(case_id))
    return redirect("practice:sitting", practice.pk)


def _case(case_id: str) -> Case:
    found = library.find(case_id)
    if found is None:
        raise Http404("There is no such practice case.")
    return found


ADDRESS = re.compile(r",? ?\(?https?://\S+\)?(?: (?=;))?")
View = Callable[..., HttpResponse]


def of_a_sitting(view: View) -> View:
    """For a view of one's own practice, `view(request, practice, case, sitting, …)`."""

    @wraps(view)
    def opened(request: SignedInRequest, sitting_id: UUID, **kwargs: Any) -> HttpResponse:
        practice = sittings.find(membership_for(request, Permission.DECIDE), sitting_id)
        if practice is None:
            raise Http404("There is no such practice of yours.")
        case = _case(practice.case)
        return view(request, practice, case, sittings.sitting(practice, case), **kwargs)

    return opened


@require_safe
@of_a_sitting
def sitting(request: SignedInRequest, practice: PracticeSitting, _: Case, sat: Sitting) -> HttpResponse:
    """Wherever the person had got to."""
    if sat.next_question is None:
        return redirect("practice:compare", practice.pk)
    return redirect("practice:step", practice.pk, sat.next_question.id)


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_sitting
def step(
    request: SignedInRequest, practice: PracticeSitting, case: Case, sat: Sitting, question_id: str
) -> HttpResponse:
    if question_id not in {question.id for question in sat.ruleset.questions}:
        raise Http404("The guide has no such question.")
    question = sat.question(question_id)
    if question is None:
        return redirect("practice:sitting", practice.pk)
    saved = sat.given.get(question.id)
    form = QuestionForm(question, saved, request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        sittings.answer(practice, case, question, form.cleaned_data["value"])
        return redirect("practice:sitting", practice.pk)
    context = {
        "form": form,
        "sheet": sheet(sat.ruleset, question, saved, form, leave="practice:list"),
        "case": case,
        "practice": practice,
        "back": sat.before(question.id),
        "section": next(s for s in sat.ruleset.sections if s.id == question.section),
    }
    return render(request, "practice/step.html", context)


@require_safe
@of_a_sitting
def compare(request: SignedInRequest, practice: PracticeSitting, case: Case, sat: Sitting) -> HttpResponse:
    if sat.next_question is not None:
        return redirect("practice:sitting", practice.pk)
    compared = list(sittings.compare(practice, case))
    context = {
        "case": case,
        "advice": Advice(sat),
        "expected": Outcome(case.expected).label,
        "as_authority": sat.outcome in case.acceptable,
        "columns": COLUMNS,
        "differ": [_cells(line) for line in compared if not line.same],
        "same": [_cells(line) for line in compared if line.same],
    }
    return render(request, "practice/compare.html", context)


def _cells(line: sittings.Compared) -> list[str]:
    why = f"The case says: “{line.why}”" if line.why else "The case does not say"
    return [line.question, line.yours or NOT_ASKED, line.model or NOT_ASKED, why if line.model else ""]
