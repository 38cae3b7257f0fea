"""All that can be asked of us, as plain facts: what a dialogue returns and the bot carries out.

A command is checked again in full when it is carried out; nothing in it is proof of anything.
"""

from invoicing.asked.clients import AddClient, ConfirmContact
from invoicing.asked.invoices import (
    BilledTo,
    DeleteDraft,
    IssueInvoice,
    ListInvoices,
    ListKind,
    ReportInvoice,
    ReportReason,
    ResendInvoice,
    SendDocument,
    ShowInvoice,
    VoidInvoice,
)
from invoicing.asked.payments import Method, PayInvoice, RecordPayment
from invoicing.asked.people import (
    Nothing,
    PayWay,
    ResumeMessages,
    SetLanguage,
    SignUp,
    StopMessages,
)
from invoicing.asked.reminders import ReminderScope, SnoozeReminders, SwitchReminders
from invoicing.asked.sums import Discount, InvoiceLine, Sums, Tax, add_up

Command = (
    SignUp | AddClient | IssueInvoice | DeleteDraft | VoidInvoice | RecordPayment
    | ResendInvoice | ShowInvoice | ListInvoices | SendDocument | SetLanguage | PayInvoice
    | ReportInvoice | ConfirmContact | StopMessages | ResumeMessages | Nothing
    | SnoozeReminders | SwitchReminders
)  # fmt: skip

__all__ = [
    "AddClient",
    "BilledTo",
    "Command",
    "ConfirmContact",
    "DeleteDraft",
    "Discount",
    "InvoiceLine",
    "IssueInvoice",
    "ListInvoices",
    "ListKind",
    "Method",
    "Nothing",
    "PayInvoice",
    "PayWay",
    "RecordPayment",
    "ReminderScope",
    "ReportInvoice",
    "ReportReason",
    "ResendInvoice",
    "ResumeMessages",
    "SendDocument",
    "SetLanguage",
    "ShowInvoice",
    "SignUp",
    "SnoozeReminders",
    "StopMessages",
    "Sums",
    "SwitchReminders",
    "Tax",
    "VoidInvoice",
    "add_up",
]
