"""Every change of organisations, teams, people and roles: permission, change and access event in one transaction.

Not the reading of them (selectors.py), and nothing of any case. A ValidationError names the field it is about.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction

from . import invitations
from .models import AccessEvent, Membership, Organisation, Team, User
from .permissions import Administrator, check_may_administer
from .roles import Role
from .sessions import end_sessions

Kind = AccessEvent.Kind
# Any number: the key of the lock that lets one change of access happen at a time.
ACCESS_LOCK = 4_207_001


class Profile(TypedDict, total=False):
    """What the law's tests need to know of an organisation; the fields of Organisation."""

    name: str
    kind: str
    public_authority: bool
    children_duty_body: bool
    competent_authority: bool
    health_or_social_care: bool
    policy_document: str
    policy_document_review_on: date | None


@contextmanager
def _administering(by: Administrator) -> Iterator[None]:
    """One transaction, and one at a time: two administrators cannot lock each other out in the same moment."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ACCESS_LOCK])
        check_may_administer(by)
        yield


def _note(kind: Kind, by: Administrator, organisation: Organisation | None = None, **more: Any) -> None:
    AccessEvent.objects.create(kind=kind, by=by.user, organisation=organisation, **more)


def create_organisation(*, by: Administrator, **profile: Unpack[Profile]) -> Organisation:
    with _administering(by):
        organisation = Organisation(**profile)
        _check_organisation(organisation)
        organisation.save()
        _note(Kind.ORGANISATION_ADDED, by, organisation, details=_plain(organisation))
    return organisation


def change_organisation(*, by: Administrator, organisation: Organisation, **profile: Unpack[Profile]) -> Organisation:
    with _administering(by):
        changed = Organisation.objects.get(pk=organisation.pk)
        before = _plain(changed)
        for field, value in profile.items():
            setattr(changed, field, value)
        _check_organisation(changed)
        changed.save()
        after = _plain(changed)
        if differences := {field: [before[field], after[field]] for field in after if before[field] != after[field]}:
            _note(Kind.ORGANISATION_CHANGED, by, changed, details=differences)
    return changed


def _check_organisation(organisation: Organisation) -> None:
    organisation.name = " ".join(organisation.name.split())
    others = Organisation.objects.exclude(pk=organisation.pk)
    _refuse_twice(others.filter(name__iexact=organisation.name), "There is already an organisation with this name")
    organisation.full_clean()


def _plain(organisation: Organisation) -> dict[str, Any]:
    """The profile in values that JSON knows."""
    values = {field: getattr(organisation, field) for field in Profile.__annotations__}
    return {field: value.isoformat() if isinstance(value, date) else value for field, value in values.items()}


def _refuse_twice(same: models.QuerySet[Any], message: str) -> None:
    if same.exists():
        raise ValidationError({"name": message})


def add_team(*, by: Administrator, organisation: Organisation, name: str) -> Team:
    with _administering(by):
        team = Team(organisation=organisation, name=name)
        _check_team(team)
        team.save()
        _note(Kind.TEAM_ADDED, by, organisation, details={"team": team.name})
    return team


def rename_team(*, by: Administrator, team: Team, name: str) -> Team:
    with _administering(by):
        renamed: Team = Team.objects.select_related("organisation").get(pk=team.pk)
        before, renamed.name = renamed.name, name
        _check_team(renamed)
        renamed.save()
        if renamed.name != before:
            _note(Kind.TEAM_RENAMED, by, renamed.organisation, details={"team": [before, renamed.name]})
    return renamed


def _check_team(team: Team) -> None:
    team.name = " ".join(team.name.split())
    others = Team.objects.within(team.organisation).exclude(pk=team.pk)
    _refuse_twice(others.filter(name__iexact=team.name), "There is already a team with this name")
    team.full_clean()


def add_person(
    *, by: Administrator, organisation: Organisation, email: str, name: str, roles: list[str], team: Team | None = None
) -> Membership:
    """The person, made if the address is new, works for the organisation. Nothing is sent: see invite_person."""
    with _administering(by):
        person = User.objects.filter(email__iexact=email.strip()).first() or User.objects.create_user(email, name)
        if not person.is_active:
            raise ValidationError({"email": f"The access of {person.name} was stopped. Restore it first"})
        if Membership.objects.within(organisation).filter(user=person).exists():
            raise ValidationError({"email": f"{person.name} already belongs to {organisation.name}"})
        membership = Membership(user=person, organisation=organisation, team=team, roles=_in_order(roles))
        membership.full_clean()
        membership.save()
        _note(Kind.PERSON_ADDED, by, organisation, person=person, details=_standing(membership))
    return membership


def invite_person(
    *, by: Administrator, organisation: Organisation, email: str, name: str, roles: list[str], team: Team | None = None
) -> Membership:
    """Add the person and, once that is certain, e-mail them how to begin."""
    with transaction.atomic():
        membership = add_person(by=by, organisation=organisation, email=email, name=name, roles=roles, team=team)
        _note(Kind.PERSON_INVITED, by, organisation, person=membership.user)
        invitations.send(membership)
    return membership


def resend_invitation(*, by: Administrator, membership: Membership) -> Membership:
    """A new link by e-mail; the earlier one stops working."""
    with _administering(by):
        person = User.objects.select_for_update().get(pk=membership.user_id)
        if person.has_usable_password():
            raise ValidationError(f"{person.name} has a password already, and can ask for a new one when signing in")
        if not person.is_active:
            raise ValidationError(f"The access of {person.name} was stopped. Restore it first")
        person.set_unusable_password()
        person.save(update_fields=["password"])
        _note(Kind.PERSON_INVITED, by, membership.organisation, person=person)
        invitations.send(membership)
    return membership


def change_membership(
    *, by: Administrator, membership: Membership, roles: list[str], team: Team | None = None
) -> Membership:
    with _administering(by):
        changed: Membership = Membership.objects.select_related("user", "organisation", "team").get(pk=membership.pk)
        before = _standing(changed)
        changed.roles, changed.team = _in_order(roles), team
        changed.full_clean()
        _refuse_to_lock_oneself_out(by, changed)
        changed.save()
        after = _standing(changed)
        if differences := {field: [before[field], after[field]] for field in after if before[field] != after[field]}:
            _note(Kind.MEMBERSHIP_CHANGED, by, changed.organisation, person=changed.user, details=differences)
    return changed


def _refuse_to_lock_oneself_out(by: Administrator, changed: Membership) -> None:
    if changed.user != by.user or Role.SYSTEM_ADMINISTRATOR in changed.roles:
        return
    elsewhere = Membership.objects.filter(user=changed.user, roles__contains=[Role.SYSTEM_ADMINISTRATOR])
    if not elsewhere.exclude(pk=changed.pk).exists():
        message = "You cannot take this role from yourself. Ask another system administrator"
        raise ValidationError({"roles": message})


def _in_order(roles: list[str]) -> list[str]:
    """Each once, in the order of roles.py; what is unknown stays, to be refused."""
    unknown = sorted(set(roles) - set(Role.values))
    return [role for role in Role.values if role in roles] + unknown


def _standing(membership: Membership) -> dict[str, Any]:
    return {"team": membership.team.name if membership.team else None, "roles": list(membership.roles)}


def stop_access(*, by: Administrator, person: User) -> User:
    """They can no longer sign in, anywhere in this deployment, and are signed out at once."""
    if person == by.user:
        raise ValidationError("You cannot stop your own access. Ask another system administrator")
    return _set_active(by, person, active=False)


def restore_access(*, by: Administrator, person: User) -> User:
    return _set_active(by, person, active=True)


def _set_active(by: Administrator, person: User, *, active: bool) -> User:
    with _administering(by):
        changed = User.objects.select_for_update().get(pk=person.pk)
        if changed.is_active != active:
            changed.is_active = active
            changed.save(update_fields=["is_active"])
            _note(Kind.ACCESS_RESTORED if active else Kind.ACCESS_STOPPED, by, person=changed)
        # Also when restoring: a session from before must not come back to life.
        end_sessions(changed)
    return changed
