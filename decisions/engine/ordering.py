"""In which order diagrams branch on the variables: it decides their size and nothing else. NOT the order of asking."""

from __future__ import annotations

from collections.abc import Iterator

from decisions.engine.formulas import Variable


def interleaved(variables: tuple[Variable, ...], first: tuple[str, ...] = ()) -> tuple[int, ...]:
    """Decisions on top, then the author's order or that of `first`; lists and grids over the same things stand side
    by side, thing by thing."""
    places: dict[str, list[int]] = {}
    for place, variable in enumerate(variables):
        places.setdefault(variable.question, []).append(place)
    alike: dict[tuple[str, ...], list[list[int]]] = {}
    for question in moved(list(places), first):
        own = places[question]
        parts = sorted(str(variables[place].part) for place in own)
        key = (question,) if len(own) == 1 else tuple(parts)
        alike.setdefault(key, []).append(own)
    decisions = [place for place, variable in enumerate(variables) if variable.decision]
    return (*decisions, *(place for group in alike.values() for place in _thing_by_thing(group, variables, decisions)))


def moved(questions: list[str], first: tuple[str, ...]) -> list[str]:
    """Those of `first` in that order; any other stays behind the one that the author put it behind."""
    found = [question for question in first if question in questions]
    for place, question in enumerate(questions):
        if question not in first:
            found.insert(found.index(questions[place - 1]) + 1 if place else 0, question)
    return found


def _thing_by_thing(group: list[list[int]], variables: tuple[Variable, ...], out: list[int]) -> Iterator[int]:
    if len(group) > 1:
        group = [sorted(own, key=lambda place: str(variables[place].part)) for own in group]
    for row in zip(*group, strict=True):
        yield from (place for place in row if place not in out)
