"""The hash tree of RFC 9162 (6962): leaves, roots, proofs that an entry is in, and that a tree only grew. Pure.

A frontier is the list of roots of the complete subtrees that a tree of some size consists of, the largest first: all
that is needed to go on.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()
# Roots of complete subtrees of 256, 65,536, … leaves are kept, so that a proof need not read the whole log.
LANDMARK = 8
Node = tuple[int, int, bytes]  # level, index, hash
# The root of the leaves from `start` up to, not including, `end`.
Subtree = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def append(frontier: list[bytes], size: int, leaf: bytes) -> list[Node]:
    """Take `leaf` as the one after the first `size`; changes `frontier`. Returns the landmarks that became complete."""
    level, landmarks = 0, []
    while size & 1:
        leaf = sha256(b"\x01" + frontier.pop() + leaf).digest()  # node_hash(), without a call for each leaf
        size >>= 1
        level += 1
        if level % LANDMARK == 0:
            landmarks.append((level, size, leaf))
    frontier.append(leaf)
    return landmarks


def root(frontier: Sequence[bytes]) -> bytes:
    if not frontier:
        return EMPTY
    total = frontier[-1]
    for subtree in reversed(frontier[:-1]):
        total = node_hash(subtree, total)
    return total


def root_of(leaves: Sequence[bytes]) -> bytes:
    frontier: list[bytes] = []
    for size, leaf in enumerate(leaves):
        append(frontier, size, leaf)
    return root(frontier)


def split(size: int) -> int:
    """The largest power of two below `size`: where a tree of more than one leaf divides."""
    return 1 << (size - 1).bit_length() - 1


def inclusion(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """What, with leaf `index`, gives the root of the first `size` leaves; from the leaf upwards."""
    return _path(index, 0, size, subtree)


def _path(index: int, start: int, end: int, subtree: Subtree) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + split(end - start)
    if index < middle:
        return [*_path(index, start, middle, subtree), subtree(middle, end)]
    return [*_path(index, middle, end, subtree), subtree(start, middle)]


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """RFC 9162, 2.1.3.2; None for a proof of the wrong length."""
    if not 0 <= index < size:
        return None
    found, place, last = leaf, index, size - 1
    for sibling in proof:
        if last == 0:
            return None
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


def consistency(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """Shows that the first `old` of `new` leaves are still what they were."""
    return [] if old in (0, new) else _grown(old, 0, new, subtree, whole=True)


def _grown(old: int, start: int, end: int, subtree: Subtree, *, whole: bool) -> list[bytes]:
    if old == end - start:
        return [] if whole else [subtree(start, end)]
    middle = start + split(end - start)
    if old <= middle - start:
        return [*_grown(old, start, middle, subtree, whole=whole), subtree(middle, end)]
    return [*_grown(old - (middle - start), middle, end, subtree, whole=False), subtree(start, middle)]


def only_grew(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """RFC 9162, 2.1.4.2."""
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path or old > new:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root
