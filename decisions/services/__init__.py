"""Every write of records and of the directory: permission, re-check, write (and seal) in one transaction."""

from .adding import amend, confirm, note_read, note_reads
from .advice import ask_advice, reply
from .clocks import set_clocks
from .completing import start_completing
from .directory import (
    Stale,
    add_partner,
    change_partner,
    entry_of,
    import_partners,
    restore_partner,
    retire_partner,
    same_as,
    verify_partner,
)
from .emergencies import NOT_THE_DANGER, record_emergency
from .exporting import note_export, note_paper
from .follow_ups import close_task, open_task
from .opening import NobodyWouldRead, end_recusal, lift, recuse, restrict, set_log
from .recording import NotReady, check_ready, record_decision
from .reviewing import ChangedMeanwhile, answer_review, review
from .saved_views import delete_view, save_view

__all__ = [
    "NOT_THE_DANGER",
    "ChangedMeanwhile",
    "NobodyWouldRead",
    "NotReady",
    "Stale",
    "add_partner",
    "amend",
    "answer_review",
    "ask_advice",
    "change_partner",
    "check_ready",
    "close_task",
    "confirm",
    "delete_view",
    "end_recusal",
    "entry_of",
    "import_partners",
    "lift",
    "note_export",
    "note_paper",
    "note_read",
    "note_reads",
    "open_task",
    "record_decision",
    "record_emergency",
    "recuse",
    "reply",
    "restore_partner",
    "restrict",
    "retire_partner",
    "review",
    "same_as",
    "save_view",
    "set_clocks",
    "set_log",
    "start_completing",
    "verify_partner",
]
