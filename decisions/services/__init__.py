"""Every write of records: permission, re-check, write and seal in one transaction."""

from .adding import amend, note_read
from .emergencies import record_emergency
from .opening import NobodyWouldRead, end_recusal, lift, recuse, restrict, set_log
from .recording import NotReady, check_ready, record_decision
from .saved_views import delete_view, save_view

__all__ = [
    "NobodyWouldRead",
    "NotReady",
    "amend",
    "check_ready",
    "delete_view",
    "end_recusal",
    "lift",
    "note_read",
    "record_decision",
    "record_emergency",
    "recuse",
    "restrict",
    "save_view",
    "set_log",
]
