"""Retention rules: the shipped ones adopted, changes proposed by one person and decided by another."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from infoshare.accounts.models import Membership, Organisation
from retention import permissions, selectors, telling
from retention.defaults import Default, offered_to
from retention.models import RetentionRule, RetentionSettings, RuleProposal, RuleVersion, Verification
from retention.models.asked import AskedState
from retention.schedule import Trigger

from .two_people import decide


class RuleChangedMeanwhile(Exception):
    """Somebody else changed the rule after the person had opened it."""


@transaction.atomic
def adopt_defaults(organisation: Organisation) -> None:
    """Give an organisation its settings, and its own copy of each shipped rule that it lacks. Harmless to repeat."""
    RetentionSettings.objects.get_or_create(organisation=organisation)
    owned = set(RetentionRule.objects.within(organisation).values_list("code", flat=True))
    for default in offered_to(organisation.kind):
        if default.code in owned:
            continue
        rule, is_new = RetentionRule.objects.get_or_create(organisation=organisation, code=default.code)
        if is_new:
            _first_version(rule, default)


def _first_version(rule: RetentionRule, default: Default) -> None:
    RuleVersion.objects.create(
        rule=rule,
        organisation=rule.organisation,
        version=rule.version,
        name=default.name,
        mandate=default.mandate,
        verification=default.verification,
        categories=default.categories,
        trigger=default.trigger,
        years=default.years,
        action=default.action,
        adopted=default.adopted,
    )


@transaction.atomic
def propose_rule(
    *, rule: RetentionRule, by: Membership, based_on: int, years: int, adopted: bool, mandate: str, reason: str
) -> RuleProposal:
    """Ask for the rule's next version. `based_on` is the version the person saw. A proposal that waited is replaced."""
    permissions.check_may_set_retention(by, rule.organisation)
    locked = RetentionRule.objects.select_for_update().get(pk=rule.pk)
    if locked.version != based_on:
        raise RuleChangedMeanwhile(locked)
    if not adopted:
        check_something_keeps_every_record(locked)
    waiting = RuleProposal.objects.within(rule.organisation).filter(rule=locked, state=AskedState.WAITING)
    waiting.update(state=AskedState.CANCELLED, ended_because="A newer proposal replaced it.")
    telling.second_person_needed(by)
    return RuleProposal.objects.create(
        rule=locked,
        organisation=locked.organisation,
        based_on=based_on,
        years=years,
        adopted=adopted,
        mandate=mandate,
        reason=reason,
        asked_by=by.user,
    )


def check_something_keeps_every_record(leaving: RetentionRule) -> None:
    """Without such a rule a record could have no due date at all, and nobody would ever look at it."""
    others = selectors.rules(leaving.organisation).exclude(rule=leaving).filter(adopted=True)
    if not others.filter(categories=[], trigger=Trigger.DECISION_DATE).exists():
        raise ValidationError("This rule must stay in use: it is the only one that gives every record a due date.")


@transaction.atomic
def decide_proposal(*, proposal: RuleProposal, by: Membership, approve: bool, because: str = "") -> RuleProposal:
    """Approved, it becomes the rule's next version; due dates follow in the next sweep."""
    rule = RetentionRule.objects.select_for_update().get(pk=proposal.rule_id)
    decided = decide(proposal, by=by, approve=approve, because=because)
    if not approve:
        return decided
    if rule.version != decided.based_on:
        raise RuleChangedMeanwhile(rule)
    if not decided.adopted:
        check_something_keeps_every_record(rule)
    _next_version(rule, decided)
    RetentionSettings.objects.within(rule.organisation).update(revision=F("revision") + 1)
    return decided


def _next_version(rule: RetentionRule, proposal: RuleProposal) -> None:
    before = rule.versions.get(version=rule.version)
    rule.version += 1
    rule.save(update_fields=["version"])
    RuleVersion.objects.create(
        rule=rule,
        organisation=rule.organisation,
        version=rule.version,
        name=before.name,
        mandate=proposal.mandate,
        verification=before.verification if proposal.mandate == before.mandate else Verification.OWN,
        categories=before.categories,
        trigger=before.trigger,
        years=proposal.years,
        action=before.action,
        adopted=proposal.adopted,
        made_by=proposal.asked_by,
        approved_by=proposal.decided_by,
        reason=proposal.reason,
    )
