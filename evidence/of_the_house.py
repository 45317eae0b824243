"""The tables about the organisation: its legal profile, its retention rules, and what was disposed of."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from decisions.log import exports
from infoshare.accounts import tables as accounts
from infoshare.accounts.models import AccessEvent, User
from infoshare.days import LONDON
from infoshare.ledger.models import Certificate
from retention.models import RuleVersion
from retention.tables import rules
from retention.tables.certificates import DONE

from .packs import Pack
from .tables import Table

NO_REGISTER = "infoshare keeps no register of them: add those you rely on"


def _moment(at: datetime | str) -> str:
    return (datetime.fromisoformat(at) if isinstance(at, str) else at).astimezone(LONDON).isoformat()


def _within(pack: Pack, column: str) -> dict[str, datetime]:
    ends = pack.until + timedelta(days=1)
    return {f"{column}__gte": _midnight(pack.since), f"{column}__lt": _midnight(ends)}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON)


def _profile(pack: Pack) -> Iterator[tuple[str, ...]]:
    for row in accounts.profile(pack.organisation):
        yield row.key, str(row.value)
    yield "Information-sharing agreements", NO_REGISTER


def _profile_changes(pack: Pack) -> Iterator[tuple[str, ...]]:
    events = AccessEvent.objects.within(pack.organisation).filter(
        kind=AccessEvent.Kind.ORGANISATION_CHANGED, **_within(pack, "happened_at")
    )
    for event in events.select_related("by").order_by("happened_at", "pk").iterator(exports.CHUNK):
        for fact, (before, after) in event.details.items():
            yield _moment(event.happened_at), event.by.name if event.by else "manage.py", fact, str(before), str(after)


def _rules(pack: Pack) -> Iterator[tuple[str, ...]]:
    """The versions in force on any day of the period: each until its rule's next one."""
    versions = RuleVersion.objects.within(pack.organisation).select_related("made_by", "approved_by")
    later: dict[int, datetime] = {}  # rule → when its next version was made
    ends = _midnight(pack.until + timedelta(days=1))
    for each in versions.order_by("rule", "-version"):
        until = later.get(each.rule_id)
        later[each.rule_id] = each.made_at
        if each.made_at < ends and (until is None or until >= _midnight(pack.since)):
            yield _rule(each, until)


def _rule(each: RuleVersion, until: datetime | None) -> tuple[str, ...]:
    return (
        each.name,
        str(each.version),
        "yes" if each.adopted else "no",
        _moment(each.made_at),
        _moment(until) if until else "",
        rules.keeps(each),
        rules.period(each),
        str(each.get_action_display()),
        each.mandate,
        str(each.get_verification_display()),
        rules.maker(each),
        each.reason,
    )


def _disposals(pack: Pack) -> Iterator[tuple[str, ...]]:
    people = dict(User.objects.filter(memberships__organisation=pack.organisation).values_list("pk", "name"))
    made = Certificate.objects.within(pack.organisation).filter(**_within(pack, "made_at"))
    for certificate in made.order_by("made_at", "document").iterator(exports.CHUNK):
        yield _disposal(certificate, certificate.content, people)


def _disposal(certificate: Certificate, words: dict[str, Any], people: dict[int, str]) -> tuple[str, ...]:
    return (
        words["records"][0],
        words["recorded_on"],
        _moment(certificate.made_at),
        DONE.get(words["answer"], words["answer"]),
        words.get("transferred_to", ""),
        f"{words['rule']}, version {words['rule_version']}",
        words["mandate"],
        people.get(words["proposed_by"], f"person {words['proposed_by']}"),
        _moment(words["proposed_at"]),
        people.get(words["approved_by"], f"person {words['approved_by']}"),
        _moment(words["approved_at"]),
    )


TABLES = (
    Table(
        "profile.csv",
        "The organisation’s legal profile now: what lawful bases are worked out from",
        {"fact": "Which fact", "value": "What it is"},
        _profile,
    ),
    Table(
        "profile_changes.csv",
        "How that profile was changed in the period",
        {
            "when": "When, London time",
            "by": "Who changed it; manage.py is a system administrator at the machine",
            "fact": "Which fact",
            "before": "What it was",
            "after": "What it became",
        },
        _profile_changes,
    ),
    Table(
        "retention_rules.csv",
        "The retention rules of the period, with the law or policy behind each and how sure that is",
        {
            "rule": "Name of the rule",
            "version": "Its version",
            "adopted": "yes, or no: then it keeps nothing",
            "from": "When it was set, London time",
            "until": "When the next version came; empty while it stands",
            "keeps": "Which records",
            "period": "How long, counted from when",
            "at_the_end": "What follows",
            "mandate": "The law or policy it rests on",
            "checked": "How well that was checked",
            "set_by": "Who set it, and who approved",
            "reason": "Why",
        },
        _rules,
    ),
    Table(
        "disposals.csv",
        "The certificates of what was destroyed or passed on in the period; nothing of what a record was about",
        {
            "reference": "Reference of the record that is gone",
            "recorded_on": "The day it was made",
            "disposed_at": "When it went, London time",
            "done": "Destroyed, or passed on",
            "passed_on_to": "Who has it now, if anybody",
            "rule": "By which retention rule",
            "mandate": "The law or policy that rule rests on",
            "asked_by": "Who answered its review",
            "asked_at": "When, London time",
            "agreed_by": "The second person",
            "agreed_at": "When, London time",
        },
        _disposals,
    ),
)
