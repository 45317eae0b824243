"""What another edition would have said of a record. Nothing of it is kept, and the record stays as it is."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from decisions import editions, selectors, services
from decisions.engine.ruleset import RuleSet
from decisions.models import RecordRead
from decisions.rerun import Side
from decisions.rerun import rerun as run_again
from infoshare.accounts.requests import SignedInRequest

from .reader import reader
from .sentences import sentence


@require_safe
def rerun(request: SignedInRequest, reference: str, edition: str) -> HttpResponse:
    membership = reader(request)
    record = selectors.record_for(membership, reference)
    content = record.document.content
    try:
        recorded, other = editions.get(record.edition), editions.get(edition)
    except editions.UnknownEdition:
        raise Http404("There is no such edition.") from None
    if not content.get("answers"):
        raise Http404("There are no answers to judge: it was an emergency.")
    answers = {answer["id"]: answer["answer"] for answer in content["answers"]}
    services.note_read(record=record, by=membership, how=RecordRead.How.RERUN)
    run = run_again(answers, recorded, other, date.fromisoformat(content["day"]))
    changed = recorded.content_hash != content["edition"]["content_hash"]
    context = {
        "record": record,
        "sentence": sentence(record),
        "said": content["recommendation"]["text"],
        "other": other,
        "words": _words(run.other, other),
        "asks": run.other.open_questions,
        "reasons": run.other.rules,
        "same": run.same_outcome,
        "changed": changed,
    }
    return render(request, "log/rerun.html", context)


def _words(side: Side, ruleset: RuleSet) -> list[str]:
    return [ruleset.main.value(value).text for value in side.possible]
