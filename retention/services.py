"""Every deed of retention: adopt the shipped rules, change a rule, sweep. Permissions are checked again here."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from infoshare.accounts.models import Membership, Organisation

from . import permissions, selectors, sweeping
from .defaults import shipped
from .models import RetentionRule, RuleVersion, SweepRun, Verification
from .schedule import in_words

# A clock that jumped ahead must not flag years of records while everyone sleeps.
DAYS_WITHOUT_A_PERSON = 31


class SweepRefused(Exception):
    """The clock looks wrong, or nobody looked for too long. The message says what to do."""


class RuleChangedMeanwhile(Exception):
    """Somebody else changed the rule after the person had opened it."""


@transaction.atomic
def adopt_defaults(organisation: Organisation) -> None:
    """Give an organisation its own copy of each shipped rule that it does not have. Harmless to repeat."""
    owned = set(RetentionRule.objects.within(organisation).values_list("code", flat=True))
    for default in shipped():
        if default.code in owned:
            continue
        rule, is_new = RetentionRule.objects.get_or_create(organisation=organisation, code=default.code)
        if is_new:
            RuleVersion.objects.create(
                rule=rule,
                organisation=organisation,
                version=rule.version,
                name=default.name,
                mandate=default.mandate,
                verification=default.verification,
                trigger=default.trigger,
                years=default.years,
                action=default.action,
            )


@transaction.atomic
def change_rule(
    *, rule: RetentionRule, by: Membership, based_on: int, years: int, mandate: str, reason: str
) -> RuleVersion:
    """The rule's next version. `based_on` is the version the person saw; due dates follow in the next sweep."""
    permissions.check_may_set_retention(by, rule.organisation)
    locked = RetentionRule.objects.select_for_update().get(pk=rule.pk)
    if locked.version != based_on:
        raise RuleChangedMeanwhile(locked)
    before = locked.versions.get(version=locked.version)
    locked.version += 1
    locked.save(update_fields=["version"])
    return RuleVersion.objects.create(
        rule=locked,
        organisation=locked.organisation,
        version=locked.version,
        name=before.name,
        mandate=mandate,
        verification=Verification.OWN,
        trigger=before.trigger,
        years=years,
        action=before.action,
        made_by=by.user,
        reason=reason,
    )


def sweep(
    *, organisation: Organisation, as_of: date, started_by: Membership | None = None, chunk: int = sweeping.CHUNK
) -> SweepRun:
    """Schedule what is new, recompute what a changed rule moved, flag what is due on `as_of` (a London day).

    Repeat it as you like, also at the same time: each record is flagged once for each time it falls due. Raises
    SweepRefused where the clock cannot be trusted. `started_by` None is the nightly job.
    """
    if started_by is not None:
        permissions.check_may_set_retention(started_by, organisation)
    check_clock(organisation, as_of, started_by)
    adopt_defaults(organisation)
    rule = selectors.rule_in_force(organisation)
    run = SweepRun.objects.create(
        organisation=organisation, as_of=as_of, started_by=started_by.user if started_by else None
    )
    sweeping.schedule_new(run, rule, chunk)
    sweeping.recompute_outdated(run, rule, chunk)
    sweeping.flag_due(run, chunk)
    SweepRun.objects.filter(pk=run.pk).update(finished_at=timezone.now())
    run.refresh_from_db()
    return run


def check_clock(organisation: Organisation, as_of: date, started_by: Membership | None) -> None:
    """Refuse a day that the database has not reached, and a long gap that no person has looked at."""
    today = selectors.today()
    if as_of > today:
        raise SweepRefused(
            f"A sweep can look at {in_words(today)} or earlier, not {in_words(as_of)}. To look ahead, simulate."
        )
    last = selectors.last_swept(organisation)
    if started_by is None and last is not None and as_of - last > timedelta(days=DAYS_WITHOUT_A_PERSON):
        raise SweepRefused(
            f"The last sweep looked at {in_words(last)}, more than {DAYS_WITHOUT_A_PERSON} days before"
            f" {in_words(as_of)}. If that date is right, a records administrator must run the sweep once."
        )
