"""The access policy on one screen: what each role may do. Whether it may be done to *this thing* is for permissions.py.

A permission is asked for by `membership.may(Permission.X)`; a role that is not listed here may do nothing.
"""

from django.db import models


class Role(models.TextChoices):
    PRACTITIONER = "practitioner", "Practitioner"
    IG_LEAD = "ig_lead", "Information-governance lead"
    RECORDS_ADMINISTRATOR = "records_administrator", "Records administrator"
    SYSTEM_ADMINISTRATOR = "system_administrator", "System administrator"


class Permission(models.TextChoices):
    DECIDE = "decide", "use the guide and record decisions"
    READ_OWN_RECORDS = "read_own_records", "read the records they made"
    READ_ALL_RECORDS = "read_all_records", "read every record of the organisation"
    REVIEW_RECORDS = "review_records", "review records, restrict them, and set how the log is kept"
    EXPORT_RECORDS = "export_records", "export records from the log as a file"
    READ_RULES = "read_rules", "read the rule sets and their proofs"
    ADD_TO_RECORDS = "add_to_records", "add a later entry to a record they may read"
    READ_DIRECTORY = "read_directory", "read the directory of partners"
    KEEP_DIRECTORY = "keep_directory", "keep the directory of partners"
    ADVISE = "advise", "give advice and watch over the organisation's clocks"
    SET_CLOCKS = "set_clocks", "set how long clocks run and who is told when one has run out"
    SET_RETENTION = "set_retention", "set retention rules, and run and read the sweep"
    REVIEW_RETENTION = "review_retention", "review what is due, and decide what another person asked for"
    ADMINISTER = "administer", "add organisations, teams, people and roles"


MAY: dict[Role, frozenset[Permission]] = {
    Role.PRACTITIONER: frozenset(
        {Permission.DECIDE, Permission.READ_OWN_RECORDS, Permission.ADD_TO_RECORDS, Permission.READ_DIRECTORY}
    ),
    Role.IG_LEAD: frozenset(
        {
            Permission.ADVISE,
            Permission.READ_ALL_RECORDS,
            Permission.ADD_TO_RECORDS,
            Permission.REVIEW_RECORDS,
            Permission.EXPORT_RECORDS,
            Permission.READ_RULES,
            Permission.READ_DIRECTORY,
            Permission.KEEP_DIRECTORY,
            Permission.REVIEW_RETENTION,
            Permission.SET_CLOCKS,
        }
    ),
    Role.RECORDS_ADMINISTRATOR: frozenset({Permission.SET_RETENTION, Permission.REVIEW_RETENTION}),
    Role.SYSTEM_ADMINISTRATOR: frozenset({Permission.ADMINISTER, Permission.SET_CLOCKS}),
}


def roles_with(permission: Permission) -> list[str]:
    """The roles that allow it."""
    return [role.value for role, allowed in MAY.items() if permission in allowed]


def permissions_of(roles: list[str]) -> frozenset[Permission]:
    """All that the given roles allow together; an unknown role allows nothing."""
    known = [Role(role) for role in roles if role in Role.values]
    return frozenset().union(*(MAY[role] for role in known))
