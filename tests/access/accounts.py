"""Rows of the administration pages and of the way in."""

from tests.access import Arguments, Row, row
from tests.people import People


def school(people: People) -> list[int]:
    return [people.school.pk]


def team(people: People) -> list[int | None]:
    return [people.school.pk, people.alice.team_id]


def alice(people: People) -> list[int]:
    return [people.school.pk, people.alice.pk]


ADMINISTRATION = [
    row("administration:organisations", sam=200),
    row("administration:add_organisation", sam=200),
    row("administration:organisation", sam=200, arguments=school),
    row("administration:change_organisation", sam=200, arguments=school),
    row("administration:add_team", sam=200, arguments=school),
    row("administration:rename_team", sam=200, arguments=team),
    row("administration:invite_person", sam=200, arguments=school),
    row("administration:person", sam=200, arguments=alice),
    row("administration:resend_invitation", sam=302, arguments=alice, method="post"),
    row("administration:stop_access", sam=200, arguments=alice),
    row("administration:restore_access", sam=200, arguments=alice),
]


def own(name: str, arguments: Arguments = lambda people: (), **expected: int) -> Row:
    """What belongs to the person alone is open to everybody signed in, whatever their role."""
    return row(name, arguments=arguments, **{"otherwise": 200, "nina": 200} | expected)  # type: ignore[arg-type]


WAY_IN = [
    row("account_login", otherwise=302, nina=302, anonymous=200),
    own("account_logout", anonymous=302),
    own("account_inactive", anonymous=200),
    own("account_reauthenticate"),
    own("account_change_password"),
    own("account_reset_password", anonymous=200),
    own("account_reset_password_done", anonymous=200),
    own("account_reset_password_from_key", anonymous=200, arguments=lambda people: ["1", "none-such"]),
    own("account_reset_password_from_key_done", anonymous=200),
    row("accept_invitation", otherwise=410, nina=410, anonymous=410, arguments=lambda people: ["none-such"]),
    own("choose_organisation"),
    own("health", anonymous=200),
]
ROWS: list[Row] = [*ADMINISTRATION, *WAY_IN, row("accessibility", otherwise=200, anonymous=200, nina=200, posts=False)]
