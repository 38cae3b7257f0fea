"""What is asked about reminders."""

from dataclasses import dataclass
from enum import StrEnum


class ReminderScope(StrEnum):
    """How far a switch of the reminders reaches, from one invoice to everything."""

    INVOICE = "invoice"
    CLIENT = "client"
    ALL = "all"


@dataclass(frozen=True)
class SnoozeReminders:
    """Leave me in peace about this invoice for three days, then remind me."""

    invoice_id: int


@dataclass(frozen=True)
class SwitchReminders:
    """Reminders on or off: for this invoice, for its client, or for all clients of its merchant."""

    invoice_id: int
    on: bool
    scope: ReminderScope = ReminderScope.INVOICE


@dataclass(frozen=True)
class LookWhoIsLate:
    """Who is overdue and may be reminded today? Shown before anything is sent."""


@dataclass(frozen=True)
class RemindLate:
    """Remind the customers of these overdue invoices, each at most once a day."""

    invoice_ids: tuple[int, ...]
