"""The cases to practise on: the published ones, and ten of our own. Nobody in them has a name."""

from functools import cache

from decisions import cases
from decisions.cases import Case

# From cases/own: one or more for each outcome, and the pairs that are easily confused.
FICTIONAL = (
    "asking-unsafe",
    "attendance-worry",
    "bulk-serious",
    "confident-15",
    "court-order",
    "fgm-told-volunteer",
    "new-address-to-husband",
    "newspaper-wants-names",
    "parents-refuse-stops-help",
    "research-without-names",
)


@cache
def published() -> tuple[Case, ...]:
    return tuple(cases.published())


@cache
def fictional() -> tuple[Case, ...]:
    own = {case.id: case for case in cases.own()}
    return tuple(own[case_id] for case_id in FICTIONAL)


def find(case_id: str) -> Case | None:
    return next((case for case in (*published(), *fictional()) if case.id == case_id), None)
