"""What waits for a second person, what cools off, objections, and receipts of what was passed on."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from decisions.models import DecisionRecord
from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest, get_or_post
from infoshare.ledger import proofs
from retention import periods, permissions, selectors, services, worklists
from retention.forms.deciding import DecideForm
from retention.forms.reviews import ApproveManyForm, ObjectForm, ReceiptForm
from retention.models import Answer
from retention.tables import records as record_tables
from retention.tables import reviews as tables

from .who import reviewer

SHOWN = 50


@get_or_post
def waiting(request: SignedInRequest) -> HttpResponse:
    """Everything that needs a second person; answers of others can be agreed with together."""
    by = reviewer(request)
    answers = list(worklists.open_to(by, worklists.waiting(by.organisation), "task__record")[:SHOWN])
    cooling = worklists.open_to(by, worklists.cooling(by.organisation), "task__record")
    others = [each for each in answers if not services.why_not(each, by)]
    form = ApproveManyForm(request.POST or None, offered=tables.to_approve(others))
    if form.is_valid():
        chosen = set(form.cleaned_data["answers"])
        number = services.approve_many(answers=[each for each in others if str(each.pk) in chosen], by=by)
        messages.success(request, f"You agreed with {number} answer{'' if number == 1 else 's'}.")
        return redirect("retention:waiting")
    context = {
        "form": form,
        "others": others,
        "answers": tables.waiting(answers, worklists.same_words(by.organisation, answers)),
        "answer_columns": tables.WAITING,
        "proposals": selectors.waiting_proposals(by.organisation),
        "changes": periods.waiting_changes(by.organisation),
        "liftings": selectors.waiting_liftings(by.organisation),
        "cooling": tables.cooling(cooling[:SHOWN], timezone.now()),
        "cooling_columns": tables.COOLING,
        "shown": SHOWN,
    }
    return render(request, "retention/waiting.html", context)


def _answer(by: Membership, pk: int) -> Answer:
    answer = worklists.answer(by.organisation, pk)
    if answer is None or permissions.is_kept_from(by, answer.task.record_id):
        raise Http404
    return answer


@get_or_post
def decide_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    by = reviewer(request)
    answer = _answer(by, pk)
    form = DecideForm(request.POST or None)
    if form.is_valid():
        told = {"approve": form.agrees, "because": form.cleaned_data["because"]}
        try:
            services.decide_answer(answer=answer, by=by, **told)
        except services.AlreadyDecided:
            form.add_error(None, "This has been decided already.")
        else:
            messages.success(request, "You agreed." if form.agrees else "The review is open again.")
            return redirect("retention:waiting")
    item = selectors.item(by.organisation, answer.task.record_id)
    context = {
        "form": form,
        "heading": f"Review of record {answer.task.record_id}",
        "rows": tables.answer(answer, item, worklists.same_words(by.organisation, [answer])),
        "longer": record_tables.sum_lines(selectors.would_keep_longer(item, selectors.today())) if item else [],
        "why_not": services.why_not(answer, by),
        "waiting": answer.is_waiting,
        "days": selectors.settings(by.organisation).cooling_days if answer.kind != Answer.Kind.KEEP else None,
    }
    return render(request, "retention/decide_answer.html", context)


@get_or_post
def object_to(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whoever may know when the record is due may stop what was answered, also its author."""
    by = request.membership
    answer = worklists.answer(by.organisation, pk) if by else None
    if by is None or answer is None or not permissions.may_object(by, answer.task):
        raise Http404
    form = ObjectForm(request.POST or None)
    if form.is_valid():
        services.object_to(answer=answer, by=by, because=form.cleaned_data["because"])
        messages.success(request, "Your objection is noted. The record stays, and its review is open again.")
        return redirect("retention:record", answer.task.record_id)
    return render(request, "retention/object.html", {"form": form, "answer": answer})


@get_or_post
def receipt(request: SignedInRequest, pk: int) -> HttpResponse:
    by = reviewer(request)
    answer = _answer(by, pk)
    if answer.kind != Answer.Kind.TRANSFER:
        raise Http404
    form = ReceiptForm(request.POST or None)
    if form.is_valid():
        try:
            services.note_receipt(answer=answer, by=by, **form.cleaned_data)
        except services.AlreadyDecided:
            form.add_error(None, "A second person has to agree first.")
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "The receipt is noted.")
            return redirect("retention:review", answer.task_id)
    return render(request, "retention/receipt.html", {"form": form, "answer": answer})


@require_POST
def bundle(request: SignedInRequest, pk: int) -> HttpResponse:
    """The bundle of a record that two people agreed to pass on. A post, because it is written down who took it."""
    by = reviewer(request)
    answer = _answer(by, pk)
    try:
        packed = services.take_bundle(answer=answer, by=by)
    except (services.AlreadyDecided, DecisionRecord.DoesNotExist):
        raise Http404 from None
    except proofs.NotYet:
        messages.warning(request, "This record is getting its place in the log. Try again in a minute.")
        return redirect("retention:review", answer.task_id)
    headers = {"Content-Disposition": f'attachment; filename="record-{answer.task.record_id}.zip"'}
    return HttpResponse(packed, content_type="application/zip", headers=headers)
