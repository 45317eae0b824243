"""Rows about certificates of disposal, in words."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from infoshare.days import clock_words
from infoshare.govuk.components import Cell, Cells, Row
from infoshare.ledger.models import Certificate
from retention.models import Answer
from retention.schedule import Trigger, in_words, in_years

CERTIFICATES = ("Record", "Disposed of", "Rule", "What was done")
DONE = {Answer.Kind.DESTROY.value: "Destroyed", Answer.Kind.TRANSFER.value: "Passed on, then removed here"}


def listed(found: Iterable[Certificate]) -> list[Cells]:
    return [
        (
            Cell(each.content["records"][0], url=reverse("retention:certificate", args=[each.pk])),
            clock_words(each.made_at),
            each.content.get("rule", ""),
            DONE.get(each.content.get("answer", ""), ""),
        )
        for each in found
    ]


def rows(certificate: Certificate, names: Mapping[int, str]) -> list[Row]:
    content = certificate.content
    passed_on = [
        Row("Passed on to", content["transferred_to"]),
        Row("Receipt", content["receipt"]),
        Row("Their bundle", f"SHA-256 {content['bundle_sha256']}" if content.get("bundle_sha256") else "–"),
    ]
    return [
        Row("Record", content["records"][0]),
        Row("Recorded on", in_words(date.fromisoformat(content["recorded_on"]))),
        Row("What was done", DONE.get(content["answer"], content["answer"])),
        *(passed_on if content.get("transferred_to") else []),
        Row("Rule", f"{content['rule']}, version {content['rule_version']}"),
        Row("Mandate", content["mandate"]),
        Row("Period", f"{in_years(content['period_years'])}, counted from {_event(content['counted_from'])}"),
        Row("Due on", content["due_in_words"]),
        Row("Answered by", _who(content, "proposed", names)),
        Row("Agreed by", _who(content, "approved", names)),
        Row("Disposed of", clock_words(certificate.made_at)),
        Row("How", content["method"]),
        Row("Key-encryption keys", ", ".join(content["key_encryption_keys"])),
        Row("Document", str(certificate.pk)),
    ]


def _event(short: str) -> str:
    """A certificate keeps the short words of the event that its period counts from."""
    return next((trigger.words for trigger in Trigger if trigger.event == short), short)


def _who(content: Mapping[str, Any], deed: str, names: Mapping[int, str]) -> str:
    number = content[f"{deed}_by"]
    return f"{names.get(number, f'person {number}')}, {clock_words(datetime.fromisoformat(content[f'{deed}_at']))}"
