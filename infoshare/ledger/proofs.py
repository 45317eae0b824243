"""Proofs from the stored log: that an entry is in it. Reads leaves and landmarks, never the whole log."""

from dataclasses import dataclass

from . import merkle
from .models import Checkpoint, Leaf, LogEntry, TreeNode


class NotYet(Exception):
    """The entry has no place yet; it gets one within seconds."""


@dataclass(frozen=True)
class Inclusion:
    """`path` leads from the entry's leaf to the root of `checkpoint`."""

    entry: LogEntry
    index: int
    path: list[bytes]
    checkpoint: Checkpoint


def inclusion(entry: LogEntry, checkpoint: Checkpoint) -> Inclusion:
    leaf = Leaf.objects.filter(entry=entry).first()
    if leaf is None or checkpoint.size <= leaf.index:
        raise NotYet
    return Inclusion(entry, leaf.index, merkle.inclusion(leaf.index, checkpoint.size, subtree), checkpoint)


def subtree(start: int, end: int) -> bytes:
    """The root of some leaves: by landmarks where whole ones fit, else by the leaves themselves."""
    size = end - start
    level = size.bit_length() - 1
    if size == 1 << level and level and level % merkle.LANDMARK == 0 and start % size == 0:
        node = TreeNode.objects.filter(level=level, index=start >> level).first()
        if node is not None:
            return bytes(node.hash)
    if size <= 1 << merkle.LANDMARK:
        leaves = Leaf.objects.filter(index__gte=start, index__lt=end).order_by("index")
        return merkle.root_of([bytes(leaf) for leaf in leaves.values_list("leaf", flat=True)])
    middle = start + merkle.split(size)
    return merkle.node_hash(subtree(start, middle), subtree(middle, end))
