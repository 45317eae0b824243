"""What the administration pages show. Reading only, across all organisations: callers have asked for ADMINISTER."""

from django.db.models import Count, Q, QuerySet

from .models import Membership, Organisation, Team, User
from .roles import Permission, Role, roles_with


def organisations() -> QuerySet[Organisation]:
    """All of the deployment; `people` counts those who may sign in."""
    may_sign_in = Count("memberships", filter=Q(memberships__user__is_active=True))
    return Organisation.objects.annotate(people=may_sign_in).order_by("name")


def teams_of(organisation: Organisation) -> QuerySet[Team]:
    """`people` counts everybody in the team."""
    teams: QuerySet[Team] = Team.objects.within(organisation)
    return teams.annotate(people=Count("memberships")).order_by("name")


def people_of(organisation: Organisation) -> QuerySet[Membership]:
    people: QuerySet[Membership] = Membership.objects.within(organisation)
    return people.select_related("user", "team").order_by("user__name", "pk")


def memberships_of(person: User) -> QuerySet[Membership]:
    return Membership.objects.filter(user=person).select_related("organisation", "team", "user").order_by("pk")


def people_who_may(permission: Permission, organisation: Organisation) -> QuerySet[User]:
    """Whom to tell: those of the organisation who may sign in and whose role allows it."""
    theirs = Membership.objects.within(organisation).filter(roles__overlap=roles_with(permission))
    return User.objects.filter(is_active=True, pk__in=theirs.values("user")).order_by("name")


def administrators() -> QuerySet[User]:
    """The system administrators of the deployment: whom to ask about access."""
    role = [Role.SYSTEM_ADMINISTRATOR]
    return User.objects.filter(is_active=True, memberships__roles__contains=role).distinct().order_by("name")
