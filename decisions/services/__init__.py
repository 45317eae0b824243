"""Every write of records: permission, re-check, write and seal in one transaction."""

from .adding import amend, note_read
from .emergencies import record_emergency
from .recording import NotReady, check_ready, record_decision

__all__ = ["NotReady", "amend", "check_ready", "note_read", "record_decision", "record_emergency"]
