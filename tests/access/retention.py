"""Rows of the records administrator's pages: rita's, and nobody else's."""

from retention import selectors, services
from tests.access import Row, row
from tests.people import People


def rule(people: People) -> list[int]:
    services.adopt_defaults(people.school)
    return [selectors.rule_in_force(people.school).rule_id]


ROWS: list[Row] = [
    row("retention:desk", rita=200),
    row("retention:run", rita=302, method="post"),
    row("retention:simulate", rita=200),
    row("retention:rule", rita=200, arguments=rule),
    row("retention:change_rule", rita=200, arguments=rule),
]
