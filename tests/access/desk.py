"""Rows of desks, tasks and advice: a task is its owner's and the IG lead's; the IG lead sees what is asked, not who."""

from decisions import services
from decisions.guide.sitting import Sitting
from decisions.models import FollowUpTask
from infoshare.days import london_today
from tests.access import Row, row
from tests.decisions.following import emergency
from tests.decisions.walking import answered
from tests.people import People


def task(people: People) -> list[str]:
    return [str(FollowUpTask.objects.get(record=emergency(people.alice)).pk)]


def draft(people: People) -> list[str]:
    return [str(answered(people.alice)[1].pk)]


def advice(people: People) -> list[str]:
    asked = answered(people.alice)[1]
    sitting = Sitting.of(asked, london_today())
    return [str(services.ask_advice(draft=asked, sitting=sitting, by=people.alice).pk)]


ROWS: list[Row] = [
    row("desk:desk", irene=200, oscar=200),
    row("desk:waiting", irene=200, oscar=200),
    row("desk:advice", irene=200, oscar=404, arguments=advice),
    row("desk:clocks", irene=200, oscar=200, sam=200),
    row("tasks:list", otherwise=200),
    row("tasks:task", alice=200, irene=200, otherwise=404, arguments=task),
    row("tasks:complete", alice=302, bob=404, olga=404, arguments=task, method="post"),
    row("guide:ask", alice=200, arguments=draft, bob=404, olga=404),
]
