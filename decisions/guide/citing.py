"""How a source is named to a reader, with the place in it. The titles are the rule set's. NOT how well it is known."""

from functools import cache

from decisions import cases
from decisions.engine.ruleset import RuleSet, Source
from decisions.engine.words import placed

CASES = "cases"  # the source whose places are published cases, or what several of them turn on
PRACTISED = "told under Practise on a case"


def cited(ruleset: RuleSet, cite: str) -> list[str]:
    """The sources that an explanation cites, by title, each with its place."""
    pairs = [part.strip().partition(" ") for part in cite.split(";") if part.strip()]
    return [source_words(ruleset.sources[source], place) for source, _, place in pairs]


def source_words(source: Source, place: str) -> str:
    """The title and the place in it; of a published case its own title, which says more than its number."""
    if source.id == CASES:
        return _case_words(place)
    return placed(source.title, place)


def _case_words(place: str) -> str:
    title = _title(place)
    if title:
        return f"A published case, {PRACTISED}: {title}"
    return f"Published cases on this: {place}" if place else "Published cases"


@cache
def _title(case_id: str) -> str:
    path = cases.FOLDER / f"{case_id}.yaml"
    return cases.read(path).title if path.is_file() else ""
