"""Is the log what it was? Everything is read again and worked out again; what differs is a finding, in plain words.

Only reads. `verify` is the whole of it; the command, the page and the nightly task are thin.
"""

from .findings import Finding, Findings
from .run import Result, Wish, verify

__all__ = ["Finding", "Findings", "Result", "Wish", "verify"]
