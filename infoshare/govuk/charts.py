"""A bar chart as plain SVG, always beside the table of its numbers. No script, no inline style; CSS has the colours."""

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT, WIDTH, GAP = 160, 640, 4


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    label: str
    value: int
    middle: float


def bars(values: Sequence[tuple[str, int]]) -> list[Bar]:
    """One per (label, number), scaled to the tallest; what is not nothing is at least one unit tall."""
    tallest = max((number for _, number in values), default=0) or 1
    step = WIDTH / (len(values) or 1)
    return [_bar(place * step, step - GAP, label, number, tallest) for place, (label, number) in enumerate(values)]


def _bar(x: float, width: float, label: str, number: int, tallest: int) -> Bar:
    height = max(HEIGHT * number / tallest, 1.0 if number else 0.0)
    return Bar(
        round(x, 1),
        round(HEIGHT - height, 1),
        round(width, 1),
        round(height, 1),
        label,
        number,
        round(x + width / 2, 1),
    )
