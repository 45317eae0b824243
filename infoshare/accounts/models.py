"""People, organisations with their legal profile, teams, and who works where in which role."""

from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from .roles import Permission, Role, permissions_of


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        """A person who may sign in. Without a password they first need an invitation."""
        user = self.model(email=email.strip().lower(), name=name.strip())
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A person, known by their e-mail address. What they may do hangs on their memberships, not on them."""

    email = models.EmailField("email address", max_length=254, unique=True)
    name = models.CharField("full name", max_length=150)
    is_active = models.BooleanField("may sign in", default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_person_per_email")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class OrganisationKind(models.TextChoices):
    """What kind of body it is. The rule set works out powers and duties from this and the flags beside it."""

    COUNCIL = "council", "Council (local authority)"
    NHS_BODY = "nhs_body", "NHS trust, board or other NHS body"
    GP_PRACTICE = "gp_practice", "GP or dental practice"
    POLICE = "police", "Police force"
    JUSTICE = "justice", "Probation, prison or youth offending service"
    STATE_SCHOOL = "state_school", "Maintained school, academy or college"
    INDEPENDENT_SCHOOL = "independent_school", "Independent school"
    EARLY_YEARS = "early_years", "Nursery or childminder"
    HOUSING = "housing", "Housing association or provider"
    CARE_PROVIDER = "care_provider", "Care provider"
    CHARITY = "charity", "Charity or voluntary group"
    CLUB = "club", "Sports or youth club"
    FAITH = "faith", "Faith group"
    OTHER = "other", "Something else"


class Organisation(models.Model):
    """A body that keeps its own log. Nothing of it is visible to another."""

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=30, choices=OrganisationKind.choices)
    public_authority = models.BooleanField(
        "a public authority (answers freedom-of-information requests)", default=False
    )
    children_duty_body = models.BooleanField(
        "under the children's information-sharing duty (Children Act 2004, section 16LA)", default=False
    )
    competent_authority = models.BooleanField(
        "a competent authority for law enforcement (Data Protection Act 2018, Part 3)", default=False
    )
    health_or_social_care = models.BooleanField("a health or social-care body", default=False)
    policy_document = models.CharField("reference of the appropriate policy document", max_length=200, blank=True)
    policy_document_review_on = models.DateField("day the policy document is next reviewed", null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class OwnedQuerySet(models.QuerySet[Any]):
    """Rows that belong to an organisation. Every read starts with `within`: that is the boundary."""

    def within(self, organisation: Organisation, **which: Any) -> Self:
        return self.filter(organisation=organisation, **which)


class Team(models.Model):
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint("organisation", Lower("name"), name="one_team_per_name_in_an_organisation")
        ]

    def __str__(self) -> str:
        return self.name


def check_roles(roles: list[str]) -> None:
    if unknown := sorted(set(roles) - set(Role.values)):
        raise ValidationError(f"There is no role called {', '.join(unknown)}.")


class Membership(models.Model):
    """That a person works for an organisation, in a team, in one or more roles."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=30, choices=Role.choices), validators=[check_roles])

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["user__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "organisation"], name="one_membership_per_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.organisation}"

    def clean(self) -> None:
        if self.team is not None and self.team.organisation_id != self.organisation_id:
            raise ValidationError({"team": "Choose a team of this organisation."})

    def may(self, permission: Permission) -> bool:
        return self.user.is_active and permission in permissions_of(self.roles)

    @property
    def role_names(self) -> list[str]:
        return [Role(role).label for role in self.roles]


class AccessEvent(models.Model):
    """Who changed what anyone may do, and who signed in. Says nothing of any case."""

    append_only = True

    class Kind(models.TextChoices):
        ORGANISATION_ADDED = "organisation_added", "added the organisation"
        ORGANISATION_CHANGED = "organisation_changed", "changed the legal profile"
        TEAM_ADDED = "team_added", "added a team"
        TEAM_RENAMED = "team_renamed", "renamed a team"
        PERSON_ADDED = "person_added", "added a person"
        PERSON_INVITED = "person_invited", "invited a person"
        MEMBERSHIP_CHANGED = "membership_changed", "changed a person's team or roles"
        ACCESS_STOPPED = "access_stopped", "stopped a person's access"
        ACCESS_RESTORED = "access_restored", "restored a person's access"
        PASSWORD_SET = "password_set", "accepted an invitation"
        SIGNED_IN = "signed_in", "signed in"
        SIGNED_OUT = "signed_out", "signed out"

    kind = models.CharField(max_length=30, choices=Kind.choices)
    happened_at = models.DateTimeField(default=timezone.now)
    # None: somebody at the machine itself, by manage.py.
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="access_events")
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="access_events")
    # What changed, as {"field": ["before", "after"]} or {"field": "value"}.
    details = models.JSONField(default=dict)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-happened_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["organisation", "-happened_at"], name="access_events_in_order")]

    def __str__(self) -> str:
        return f"{self.by or 'manage.py'} {self.get_kind_display()}"
