"""What is done to diagrams branch by branch, each pair of nodes once. NOT what the diagrams stand for.

Proofs and comparisons spend their time here, hence functions that close over plain lists: in Python the fastest form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

NO, YES = 0, 1
UNDECIDED = -1
BOTTOM = 1 << 30

Node = Callable[[int, tuple[int, ...]], int]
Kids = Sequence[tuple[int, ...]]
Ends = Callable[[int], frozenset[int]]


def joining(level: Sequence[int], kids: Kids, node: Node, neutral: int) -> Callable[[int, int], int]:
    """AND where TRUE is neutral, OR where FALSE is."""
    absorbing = 1 - neutral
    known: dict[int, int] = {}

    def join(a: int, b: int) -> int:
        if a == b or b == neutral:
            return a
        if a == neutral:
            return b
        if a == absorbing or b == absorbing:
            return absorbing
        key = a << 30 | b if a < b else b << 30 | a  # a number, which costs the garbage collector nothing
        found = known.get(key)
        if found is None:
            upper, lower = level[a], level[b]
            if upper == lower:
                below = tuple([join(x, y) for x, y in zip(kids[a], kids[b], strict=True)])
            elif upper < lower:
                below = tuple([join(x, b) if x > YES else b if x == neutral else absorbing for x in kids[a]])
            else:
                below = tuple([join(a, y) if y > YES else a if y == neutral else absorbing for y in kids[b]])
            found = known[key] = node(min(upper, lower), below)
        return found

    return join


def filling(level: Sequence[int], kids: Kids, node: Node) -> Callable[[int, int, int], int]:
    """A choice of values with one more value: where it is undecided and a condition holds."""
    known: dict[tuple[int, int, int], int] = {}

    def fill(choice: int, condition: int, value: int) -> int:
        if condition == NO or (choice <= NO and choice != UNDECIDED):
            return choice
        if choice == UNDECIDED and condition == YES:
            return value
        key = (choice, condition, value)
        found = known.get(key)
        if found is None:
            upper = level[choice] if choice > YES else BOTTOM
            lower = level[condition] if condition > YES else BOTTOM
            if upper == lower:
                pairs = zip(kids[choice], kids[condition], strict=True)
                below = tuple([fill(x, y, value) for x, y in pairs])
            elif upper < lower:
                below = tuple([fill(x, condition, value) for x in kids[choice]])
            else:
                below = tuple([fill(choice, y, value) if y else choice for y in kids[condition]])
            found = known[key] = node(min(upper, lower), below)
        return found

    return fill


def layering(level: Sequence[int], kids: Kids, node: Node) -> Callable[[int, int], int]:
    """A choice of values over another, which decides where the upper one does not."""
    known: dict[tuple[int, int], int] = {}

    def over(a: int, b: int) -> int:
        if a == UNDECIDED:
            return b
        if a < NO or b == UNDECIDED:
            return a
        key = (a, b)
        found = known.get(key)
        if found is None:
            upper, lower = level[a], level[b] if b > YES else BOTTOM
            if upper == lower:
                pairs = zip(kids[a], kids[b], strict=True)
                below = tuple([over(x, y) if x >= UNDECIDED else x for x, y in pairs])
            elif upper < lower:
                below = tuple([over(x, b) if x >= UNDECIDED else x for x in kids[a]])
            else:
                below = tuple([over(a, y) for y in kids[b]])
            found = known[key] = node(min(upper, lower), below)
        return found

    return over


def negating(level: Sequence[int], kids: Kids, node: Node) -> Callable[[int], int]:
    known: dict[int, int] = {}

    def negate(diagram: int) -> int:
        if diagram <= YES:
            return 1 - diagram
        found = known.get(diagram)
        if found is None:
            below = tuple([negate(kid) if kid > YES else 1 - kid for kid in kids[diagram]])
            found = known[diagram] = node(level[diagram], below)
            known[found] = diagram
        return found

    return negate


def renaming(
    level: Sequence[int], kids: Kids, node: Node, ends: Ends, names: Mapping[int, int], other: int
) -> Callable[[int], int]:
    """Other ends instead, `other` for those without a name; only branches that can come to several are walked."""
    known: dict[int, int] = {}
    named: dict[frozenset[int], frozenset[int]] = {}

    def rename(diagram: int) -> int:
        found = known.get(diagram)
        if found is None:
            possible = ends(diagram)
            names_of = named.get(possible)
            if names_of is None:
                names_of = named[possible] = frozenset([names.get(end, other) for end in possible])
            if len(names_of) == 1:
                (found,) = names_of
            else:
                below = [renamed if (renamed := known.get(kid)) is not None else rename(kid) for kid in kids[diagram]]
                found = node(level[diagram], tuple(below))
            known[diagram] = found
        return found

    return rename


def meeting(level: Sequence[int], kids: Kids) -> Callable[[int, int], bool]:
    """Whether both are TRUE somewhere; makes no nodes."""
    apart: set[tuple[int, int]] = set()

    def meet(a: int, b: int) -> bool:
        if a == NO or b == NO:
            return False
        if a in (YES, b) or b == YES:
            return True
        key = (a, b) if a < b else (b, a)
        if key in apart:
            return False
        upper, lower = level[a], level[b]
        if upper == lower:
            found = any(map(meet, kids[a], kids[b]))
        elif upper < lower:
            found = any(meet(kid, b) for kid in kids[a])
        else:
            found = any(meet(a, kid) for kid in kids[b])
        if not found:
            apart.add(key)
        return found

    return meet


def reaching(level: Sequence[int], kids: Kids, ends: Ends, wanted: frozenset[int]) -> Callable[[int, int], bool]:
    """Whether a choice comes to one of the wanted ends somewhere where a condition is TRUE; makes no nodes."""
    apart: set[tuple[int, int]] = set()

    def reach(condition: int, choice: int) -> bool:
        possible = ends(choice)
        if condition == NO or wanted.isdisjoint(possible):
            return False
        if condition == YES or possible <= wanted:
            return True
        if (condition, choice) in apart:
            return False
        upper, lower = level[condition], level[choice]
        if upper == lower:
            found = any(map(reach, kids[condition], kids[choice]))
        elif upper < lower:
            found = any(reach(kid, choice) for kid in kids[condition])
        else:
            found = any(reach(condition, kid) for kid in kids[choice])
        if not found:
            apart.add((condition, choice))
        return found

    return reach
