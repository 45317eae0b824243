"""What the ledger stores: sealed documents with their keys, and the log that proves them."""

from .documents import DataKey, SealedDocument, WrappedKey
from .log import Certificate, Checkpoint, Leaf, LogEntry, PendingEntry, QuarantinedEntry, TreeNode, Verification

__all__ = [
    "Certificate",
    "Checkpoint",
    "DataKey",
    "Leaf",
    "LogEntry",
    "PendingEntry",
    "QuarantinedEntry",
    "SealedDocument",
    "TreeNode",
    "Verification",
    "WrappedKey",
]
