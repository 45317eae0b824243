"""What every benchmark hands over: a table for people, and var/bench/<name>.json for checks."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "var" / "bench"


@dataclass(frozen=True)
class Figure:
    """`aim` is in words, such as "at most 60"; `met` says whether `value` keeps it."""

    what: str
    value: float
    unit: str
    aim: str
    met: bool


def at_most(what: str, value: float, unit: str, most: float) -> Figure:
    return Figure(what, round(value, 3), unit, f"at most {most:g}", value <= most)


def at_least(what: str, value: float, unit: str, least: float) -> Figure:
    return Figure(what, round(value, 3), unit, f"at least {least:g}", value >= least)


def publish(name: str, figures: list[Figure]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps([asdict(figure) for figure in figures], indent=1) + "\n")
    width = max(len(figure.what) for figure in figures)
    for figure in figures:
        met = "met" if figure.met else "NOT met"
        print(f"{figure.what:<{width}}  {figure.value:>10g} {figure.unit:<8} {figure.aim:<16} {met}")  # noqa: T201
