"""How a source is named to a reader, with the place in it. The titles are the rule set's. NOT how well it is known."""

import re
from functools import cache

from decisions import cases
from decisions.engine.ruleset import RuleSet, Source

CASES = "cases"  # the source whose places are published cases, or what several of them turn on
PRACTISED = "told under Practise on a case"


def cited(ruleset: RuleSet, cite: str) -> list[str]:
    """The sources that an explanation cites, by title, each with its place."""
    pairs = [part.strip().partition(" ") for part in cite.split(";") if part.strip()]
    return [source_words(ruleset.sources[source], place) for source, _, place in pairs]


def source_words(source: Source, place: str) -> str:
    """The title and the place in it, each number once: `UK GDPR, Article 6(1)(e)`, not `Article 6, 6(1)(e)`."""
    if source.id == CASES:
        return _case_words(place)
    title = source.title
    if not place or _ends(title, place):
        return title
    last = title.rsplit(" ", 1)[-1]
    if re.match(rf"{re.escape(last)}\W", place):
        return f"{title}{place[len(last) :]}"
    if place.startswith("("):
        return f"{title}{place}" if last.isalnum() and last[0].isdigit() else f"{title}, {_below(title)} {place}"
    article = "Article " if "Article" in title and place[0].isdigit() else ""
    return f"{title}, {article}{place}"


def _ends(title: str, place: str) -> bool:
    return title.endswith(f" {place}")


def _below(title: str) -> str:
    """What a bracketed number stands for under this title."""
    return "sub-paragraph" if "paragraph" in title else "subsection"


def _case_words(place: str) -> str:
    title = _title(place)
    if title:
        return f"A published case, {PRACTISED}: {title}"
    return f"Published cases on this: {place}" if place else "Published cases"


@cache
def _title(case_id: str) -> str:
    path = cases.FOLDER / f"{case_id}.yaml"
    return cases.read(path).title if path.is_file() else ""
