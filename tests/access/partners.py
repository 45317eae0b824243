"""Rows of the directory: who decides may look, IG leads keep it, and no organisation sees another's."""

from decisions import services
from tests.access import Row, row
from tests.decisions.directory import ENTRY
from tests.people import People


def partner(people: People) -> list[int]:
    found = services.same_as(people.irene, ENTRY).first() or services.add_partner(by=people.irene, entry=ENTRY)
    return [found.pk]


ROWS: list[Row] = [
    row("partners:list", alice=200, bob=200, irene=200, olga=200, oscar=200),
    row("partners:add", irene=200, oscar=200),
    row("partners:import", irene=200, oscar=200),
    row("partners:sample", irene=200, oscar=200),
    row("partners:partner", alice=200, bob=200, irene=200, olga=404, oscar=404, arguments=partner),
    row("partners:change", irene=200, oscar=404, arguments=partner),
    row("partners:verify", irene=200, oscar=404, arguments=partner),
    row("partners:retire", irene=302, oscar=404, arguments=partner, method="post", data={"version": "1"}),
    row("partners:restore", irene=302, oscar=404, arguments=partner, method="post"),
]
