"""The guide's pages: one generic step for every question, then recommendation, decision, sharing and recording."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from decisions import services
from decisions.desk.lines import draft_name
from decisions.engine.ruleset import Question
from decisions.models import Draft
from infoshare.accounts.requests import SignedInRequest, membership_for
from infoshare.accounts.roles import Permission
from infoshare.days import london_today
from infoshare.govuk.components import Row

from . import drafts, held, pages, unfinished
from . import last_look as last_look_at
from .advice import Advice
from .forms import DecisionForm, QuestionForm, StartForm
from .held import NOT_HELD
from .pages import of_a_draft
from .saving import save_page, show
from .sheet import sheet
from .sitting import Answered, Sitting
from .wording import answer_words

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def start(request: SignedInRequest) -> HttpResponse:
    membership = membership_for(request, Permission.DECIDE)
    form = StartForm(request.POST if request.method == "POST" else held.take(request))
    if request.method == "POST" and form.is_valid():
        reference = form.cleaned_data["case_reference"]
        draft = drafts.start(by=membership, case_reference=reference, day=london_today())
        return redirect("guide:draft", draft.pk)
    return render(request, "guide/start.html", {"form": form})


@require_safe
@of_a_draft
def draft(request: SignedInRequest, the_draft: Draft, sitting: Sitting) -> HttpResponse:
    """Wherever the person had got to."""
    return redirect(pages.next_page(the_draft, sitting))


@get_or_post
@of_a_draft
def step(request: SignedInRequest, the_draft: Draft, sitting: Sitting, question_id: str) -> HttpResponse:
    if question_id not in {q.id for q in sitting.ruleset.questions}:
        raise Http404("The guide has no such question.")
    question = sitting.question(question_id)
    if question is None:
        messages.info(request, "That question does not apply to your answers, so you are taken to the next one.")
        return redirect(pages.next_page(the_draft, sitting))
    saved = sitting.given.get(question.id)
    begun = unfinished.begun(request, the_draft, saved)
    form = None if begun.data is None else QuestionForm(question, saved, begun.data)
    if form and begun.typing:
        form.still_being_typed()
    status = 200
    if form and request.method == "POST" and form.is_valid():
        try:
            return _save_answer(request, the_draft, sitting, question, form)
        except drafts.Conflict as conflict:
            the_draft.refresh_from_db()
            saved, status = conflict.saved, 409
            form.initial = QuestionForm(question, saved).initial  # so that it is in sight, not folded away
            form.add_error(next(iter(form.fields)), conflict_words(question, saved))
    context = _around(the_draft, sitting, question, saved)
    context |= {"form": form, "begun": begun, "sheet": sheet(sitting.ruleset, question, saved, form, leave="home")}
    return render(request, "guide/step.html", context, status=status)


def conflict_words(question: Question, saved: Any) -> str:
    words = answer_words(question, saved)
    return f"In another tab or on another device this was answered ‘{words}’. Choose the answer to keep"


def _save_answer(
    request: SignedInRequest, the_draft: Draft, sitting: Sitting, question: Question, form: QuestionForm
) -> HttpResponse:
    seen, value = request.POST.get("seen", ""), form.cleaned_data["value"]
    going = drafts.would_set_aside(the_draft, question, value, london_today())
    if going and "confirmed" not in request.POST:
        return _ask_first(request, the_draft, sitting, question, going)
    drafts.save_answer(the_draft, question, value, seen=seen, day=london_today())
    if going:
        messages.info(request, "Your answer is changed. Those that no longer apply are in the draft’s history.")
    after_it = Sitting.of(the_draft, london_today())
    for myth in after_it.myths(question):
        messages.info(request, myth.myth)
    if after_it.next_question and Advice(after_it).whom_now not in ("", Advice(sitting).whom_now):
        return redirect("guide:recommendation", the_draft.pk)
    return redirect(pages.next_page(the_draft, after_it))


def _ask_first(
    request: SignedInRequest, the_draft: Draft, sitting: Sitting, question: Question, going: list[str]
) -> HttpResponse:
    """Show which answers would no longer apply, before they are set aside."""
    context = {
        "draft": the_draft,
        "question": question,
        "going": [answered for answered in sitting.answered if answered.question.id in going],
        "posted": [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_HELD],
    }
    return render(request, "guide/set_aside.html", context)


def _around(the_draft: Draft, sitting: Sitting, question: Question, saved: Any) -> dict[str, Any]:
    """What stands around the question: where we are, what is settled, why it is asked, where Back leads."""
    sections = sitting.ruleset.sections
    place = [section.id for section in sections].index(question.section)
    advice = Advice(sitting)
    return {
        "draft": the_draft,
        "seen": drafts.fingerprint(saved),
        "number": f"Question {sitting.number(question.id)}",
        "place": f"{sections[place].title} (principle {place + 1} of {len(sections)})",
        "back": sitting.before(question.id),
        "advice": advice,
        "act_now": "" if question.id in sitting.given else advice.act_now,  # a change of it may unsettle what to do
        "why": advice.why(question),
    }


@require_safe
@of_a_draft
def check(request: SignedInRequest, the_draft: Draft, sitting: Sitting) -> HttpResponse:
    groups = [
        (section, [_row(the_draft, a) for a in sitting.answered if a.question.section == section.id])
        for section in sitting.ruleset.sections
    ]
    context = {
        "draft": the_draft,
        "groups": [group for group in groups if group[1]],
        "next_question": sitting.next_question,
    }
    return render(request, "guide/check.html", context)


def _row(the_draft: Draft, answered: Answered) -> Row:
    url = reverse("guide:step", args=[the_draft.pk, answered.question.id])
    return Row(key=answered.question.text, value=answered.words, url=url)


@get_or_post
@of_a_draft
def recommendation(request: SignedInRequest, the_draft: Draft, sitting: Sitting) -> HttpResponse:
    """What the guide suggests, and under it what the person decides."""
    if sitting.outcome is None or (request.method == "POST" and sitting.next_question):
        return redirect(pages.next_page(the_draft, sitting))
    saved = the_draft.details.get("decision")
    begun = unfinished.begun(request, the_draft, saved, formerly="decision")
    form = DecisionForm(sitting.outcome, begun.data, initial=DecisionForm.initial_of(saved, sitting.outcome))
    context = {
        "draft": the_draft,
        "advice": Advice(sitting),
        "open_questions": sitting.next_question is not None,
        "begun": begun,
    }
    if save_page(request, the_draft, "decision", form, form.details):
        return redirect(pages.after_decision(the_draft))
    return show(request, "guide/recommendation.html", form, context, the_draft.details.get("decision"))


@get_or_post
@of_a_draft
def moved(request: SignedInRequest, the_draft: Draft, _: Sitting, to: str) -> HttpResponse:
    """An address of before, when what stands on one page now was asked on two."""
    return redirect(to, the_draft.pk)


@get_or_post
def record(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """The last look, and the deed. Pressing twice records once."""
    if request.method != "POST":
        return last_look(request, draft_id)
    membership = membership_for(request, Permission.DECIDE)
    try:
        made = services.record_decision(draft_id=draft_id, by=membership)
    except services.NotReady as not_ready:
        messages.warning(request, "Something is still open, so nothing has been recorded yet. Go on from here.")
        return redirect(not_ready.page, draft_id)
    return redirect("log:recorded", made.reference)


@of_a_draft
def last_look(request: SignedInRequest, the_draft: Draft, sitting: Sitting) -> HttpResponse:
    try:
        details = services.check_ready(the_draft, sitting)
    except services.NotReady as not_ready:
        return redirect(not_ready.page, the_draft.pk)
    context = {
        "draft": the_draft,
        "answer_rows": [_row(the_draft, answered) for answered in sitting.answered],
        **last_look_at.rows(the_draft, sitting, details, Advice(sitting).sentence),
    }
    return render(request, "guide/record.html", context)


@get_or_post
@of_a_draft
def delete(request: SignedInRequest, the_draft: Draft, _: Sitting) -> HttpResponse:
    if request.method == "POST":
        drafts.delete(the_draft)
        messages.success(request, "The draft is deleted.")
        return redirect("home")
    return render(request, "guide/delete.html", {"draft": the_draft})


@get_or_post
@of_a_draft
def keep_draft(request: SignedInRequest, the_draft: Draft, _: Sitting) -> HttpResponse:
    """Where the warning leads that a draft goes because nobody has changed it for so long."""
    if request.method == "POST":
        drafts.keep(the_draft)
        messages.success(request, "The draft is kept. Its time begins anew today.")
        return redirect("home")
    return render(request, "guide/keep_draft.html", {"draft": the_draft, "name": draft_name(the_draft)})
