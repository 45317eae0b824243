"""Rows of notices: everybody has their own, and nobody sees another's."""

from infoshare.notices.models import Notice
from infoshare.notices.services import notify
from tests.access import Row, row
from tests.people import People


def of_alice(people: People) -> list[int]:
    notify(person=people.alice.user, organisation=people.school, kind="task", words="One", url="/", key="one")
    return [Notice.objects.get(key="one").pk]


ROWS: list[Row] = [
    row("notices:list", otherwise=200),
    row("notices:read_all", otherwise=302, method="post"),
    row("notices:settings", otherwise=200),
    row("notices:open", alice=302, otherwise=404, arguments=of_alice),
]
