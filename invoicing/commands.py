"""All that can be asked of us, as plain facts: what a dialogue returns and the bot carries out.

A command is checked again in full when it is carried out; nothing in it is proof of anything.
"""

from invoicing.asked.clients import (
    AddClient,
    ArchiveClients,
    ClientField,
    ClientStatus,
    ConfirmContact,
    DeleteClient,
    EditClient,
    MergeClients,
    Period,
    SetClientStatus,
    ShowClient,
    ShowStatement,
)
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
from invoicing.asked.settings import (
    DESIGNS,
    OWN,
    TERMS,
    ChangeSetting,
    ChangeWays,
    SetLogo,
    Setting,
    WayChange,
)
from invoicing.asked.sums import Discount, InvoiceLine, Sums, Tax, add_up
from invoicing.pretenders import pretends

Command = (
    SignUp | AddClient | IssueInvoice | DeleteDraft | VoidInvoice | RecordPayment
    | ResendInvoice | ShowInvoice | ListInvoices | SendDocument | SetLanguage | PayInvoice
    | ReportInvoice | ConfirmContact | StopMessages | ResumeMessages | Nothing
    | SnoozeReminders | SwitchReminders | ChangeSetting | SetLogo | ChangeWays
    | ShowClient | EditClient | SetClientStatus | ArchiveClients | MergeClients | DeleteClient
    | ShowStatement
)  # fmt: skip

__all__ = [
    "DESIGNS",
    "OWN",
    "TERMS",
    "AddClient",
    "ArchiveClients",
    "BilledTo",
    "ChangeSetting",
    "ChangeWays",
    "ClientField",
    "ClientStatus",
    "Command",
    "ConfirmContact",
    "DeleteClient",
    "DeleteDraft",
    "Discount",
    "EditClient",
    "InvoiceLine",
    "IssueInvoice",
    "ListInvoices",
    "ListKind",
    "MergeClients",
    "Method",
    "Nothing",
    "PayInvoice",
    "PayWay",
    "Period",
    "RecordPayment",
    "ReminderScope",
    "ReportInvoice",
    "ReportReason",
    "ResendInvoice",
    "ResumeMessages",
    "SendDocument",
    "SetClientStatus",
    "SetLanguage",
    "SetLogo",
    "Setting",
    "ShowClient",
    "ShowInvoice",
    "ShowStatement",
    "SignUp",
    "SnoozeReminders",
    "StopMessages",
    "Sums",
    "SwitchReminders",
    "Tax",
    "VoidInvoice",
    "WayChange",
    "add_up",
    "pretends",
]
