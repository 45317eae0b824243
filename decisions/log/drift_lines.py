"""Differences as a page tells them: a sentence, a table whose numbers open the records, bars. Small numbers are hidden.

Nor is a hidden number left alone in its row, where it would be what is missing from the total.
"""

from collections.abc import Sequence

from django.utils.text import Truncator

from decisions.guide.wording import lowered
from decisions.outcomes import Outcome
from infoshare.govuk.components import Cell

from . import addresses
from .charts import FEWEST, HIDDEN, Chart, shown
from .drift import Difference, Group, Pattern

OR_MORE = f"{FEWEST} or more"
BARS = "Of every hundred decisions, at least this many were not as suggested"


def label(outcome: str) -> str:
    return str(Outcome(outcome).label)


def sentence(difference: Difference, *, by_month: bool) -> str:
    """The two groups that are furthest apart, the one that followed more first."""
    followed = difference.pattern.recommended
    more, less = sorted(difference.furthest, key=lambda group: -group.share(followed))
    parts = [_part(_words(difference, group)[0], group.decided.get(followed, 0), group.total) for group in (more, less)]
    if by_month:
        said = f"In {more.name} the guide was followed in {parts[0]} decisions; in {less.name}, in {parts[1]}."
    else:
        said = f"{more.name} followed the guide in {parts[0]} decisions; {less.name} in {parts[1]}."
    return f"{said} {_most_often(more, less, 'in ' if by_month else '')}".strip()


def _part(words: str, number: int, total: int) -> str:
    """Such as "9 of 20". Says no more of the number than its `words` in the table."""
    if number in (0, total):
        return f"all {total:,}" if number else f"none of {total:,}"
    if number >= FEWEST and total - number < FEWEST:
        return f"all but {HIDDEN.lower()} of {total:,}"
    return f"{lowered(words)} of {total:,}"


def _most_often(one: Group, other: Group, begins: str) -> str:
    """What each decided most, where that differs and neither number is small."""
    (a, often_a), (b, often_b) = (max(g.decided.items(), key=lambda item: item[1]) for g in (one, other))
    if a == b or min(often_a, often_b) < FEWEST:
        return ""
    return f"Most often decided: {begins}{one.name} ‘{label(a)}’, {begins}{other.name} ‘{label(b)}’."


def together(numbers: Sequence[int]) -> list[str]:
    """Numbers of one row beside their total, as they are shown."""
    words = [shown(number) for number in numbers]
    if words.count(HIDDEN) == 1:
        _, place = min((number, place) for place, number in enumerate(numbers) if number >= FEWEST)
        words[place] = OR_MORE
    return words


def _words(difference: Difference, group: Group) -> list[str]:
    return together([group.decided.get(outcome, 0) for outcome in difference.outcomes])


def chart(difference: Difference, *, by_month: bool) -> Chart:
    pattern, outcomes = difference.pattern, difference.outcomes
    heads = ["As suggested", *(label(each) for each in outcomes[1:])]
    made = Chart(pattern.words, "", ("Month" if by_month else "Team", "Decisions", *heads))
    for group in difference.groups:
        words = _words(difference, group)
        made.bars.append((_short(group.name, by_month), _at_least(words[1:], group.total)))
        cells = [_cell(pattern, group, *each) for each in zip(outcomes, words, strict=True)]
        made.rows.append((group.name, Cell(f"{group.total:,}", _address(pattern, group), numeric=True), *cells))
    return made


def _short(name: str, by_month: bool) -> str:
    return name[:3] if by_month else Truncator(name).words(2, truncate="")[:14]


def _at_least(departed: Sequence[str], total: int) -> int:
    """In a hundred; a bar tells no more than the table does."""
    known = {HIDDEN: 0, OR_MORE: FEWEST}
    return 100 * sum(known[words] if words in known else int(words.replace(",", "")) for words in departed) // total


def _cell(pattern: Pattern, group: Group, outcome: str, words: str) -> Cell:
    return Cell(words, _address(pattern, group, outcome) if outcome in group.decided else "", numeric=True)


def _address(pattern: Pattern, group: Group, decided: str = "") -> str:
    """The list of the records that a number counts; none where the log has no filter for the group."""
    if group.query is None:
        return ""
    query = {**pattern._asdict(), **group.query, **({"decided": decided} if decided else {})}
    return addresses.found(query)
