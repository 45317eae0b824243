"""`manage.py sweep_retention`: the sweep from the shell, for one organisation or all. It counts as the nightly job."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from infoshare.accounts.models import Organisation
from retention import selectors, services, simulation
from retention.models import SweepRun
from retention.schedule import in_words


class Command(BaseCommand):
    help = "Flags the records that are due for retention review, or with --simulate counts them and writes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--simulate", action="store_true", help="only count; nothing is written")
        parser.add_argument("--as-of", type=date.fromisoformat, metavar="2026-05-04", help="the London day; else today")
        parser.add_argument("--organisation", metavar="NAME", help="only this one, by its exact name")
        parser.add_argument("--json", action="store_true", help="one JSON list instead of sentences")

    def handle(self, *, simulate: bool, as_of: date | None, organisation: str | None, **options: Any) -> None:
        day = as_of or selectors.today()
        organisations = Organisation.objects.filter(**({"name": organisation} if organisation else {}))
        if organisation and not organisations:
            raise CommandError(f"There is no organisation called {organisation!r}.")
        one = self.simulated if simulate else self.swept
        results, refused = [], []
        for each in organisations:
            try:
                results.append({"organisation": each.name, "as_of": day.isoformat(), **one(each, day)})
            except services.SweepRefused as error:
                refused.append(f"{each.name}: {error}")
        self.stdout.write(json.dumps(results) if options["json"] else "\n".join(map(sentence, results)))
        if refused:
            raise CommandError("\n".join(refused))

    def simulated(self, organisation: Organisation, day: date) -> dict[str, Any]:
        return {"simulated": True, "by_rule": [asdict(each) for each in simulation.simulate(organisation, day)]}

    def swept(self, organisation: Organisation, day: date) -> dict[str, Any]:
        return counts(services.sweep(organisation=organisation, as_of=day))


def counts(run: SweepRun) -> dict[str, Any]:
    names = ("scheduled", "recomputed", "withdrawn", "flagged")
    return {"simulated": False, **{name: getattr(run, name) for name in names}}


def sentence(result: dict[str, Any]) -> str:
    day = in_words(date.fromisoformat(result["as_of"]))
    if not result["simulated"]:
        return f"{result['organisation']}, {day}: {result['flagged']} flagged, {result['scheduled']} newly scheduled."
    flagged = sum(each["flagged"] for each in result["by_rule"])
    return f"{result['organisation']}, {day}: {flagged} would be flagged. Nothing was written."
