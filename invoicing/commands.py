"""All that can be asked of us, as plain facts: what a dialogue returns and the bot carries out.

A command is checked again in full when it is carried out; nothing in it is proof of anything.
"""

from invoicing.asked.catalogue import ForgetItem, KeepItem, RestoreItem
from invoicing.asked.chats import (
    LinkChat,
    MakeLinkCode,
    SendLinkCode,
    ShowAccount,
    UnlinkChat,
)
from invoicing.asked.clients import (
    AddClient,
    ArchiveClients,
    ClientField,
    ClientStatus,
    ConfirmContact,
    DeleteClient,
    EditClient,
    EraseClient,
    MergeClients,
    Period,
    SetClientStatus,
    ShowClient,
    ShowStatement,
)
from invoicing.asked.corrections import (
    CreditedLine,
    CreditInvoice,
    ReviseInvoice,
    SendCreditNote,
    ShowMore,
    UndoWriteOff,
    WriteOff,
)
from invoicing.asked.credited import (
    Billed,
    CreditSums,
    Sold,
    credit_of_amount,
    credit_of_lines,
    part,
)
from invoicing.asked.everyday import ExplainInvoice
from invoicing.asked.files import MOST_FILES, AttachFiles, DetachFile, SentFile, ShowFiles
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
from invoicing.asked.payments import (
    AnswerCash,
    CreditPayment,
    DisownPayment,
    FreeCredit,
    MatchPayment,
    Method,
    Part,
    PayInvoice,
    PaymentList,
    RecordPayment,
    RefundPayment,
    ReversePayment,
    ReverseReason,
    SendReceipt,
    SettleCash,
    ShowMoney,
    ShowPayment,
    UnmatchPayment,
    UseCredit,
)
from invoicing.asked.people import (
    Nothing,
    PayWay,
    ResumeMessages,
    SetLanguage,
    SignUp,
    StopMessages,
)
from invoicing.asked.quotes import (
    AnswerQuote,
    ListQuotes,
    MakeQuote,
    ResendQuote,
    SendQuote,
    ShowQuote,
    WithdrawQuote,
)
from invoicing.asked.reminders import (
    LookWhoIsLate,
    ReminderScope,
    RemindLate,
    SnoozeReminders,
    SwitchReminders,
)
from invoicing.asked.settings import (
    DESIGNS,
    OWN,
    REPORTS,
    TERMS,
    ChangeSetting,
    ChangeWays,
    SetLogo,
    Setting,
    WayChange,
)
from invoicing.asked.sums import Discount, InvoiceLine, Sums, Tax, add_up
from invoicing.asked.team import (
    ApproveInvoice,
    ChangeRole,
    InviteMember,
    JoinTeam,
    RecoverMember,
    RefuseInvoice,
    RemoveMember,
    RevokeInvite,
    SetLimits,
    ShowApprovals,
    ShowInvites,
    ShowMember,
    ShowTeam,
    SwitchBusiness,
)
from invoicing.pretenders import pretends

Command = (
    SignUp | AddClient | IssueInvoice | DeleteDraft | VoidInvoice | RecordPayment
    | ResendInvoice | ShowInvoice | ListInvoices | SendDocument | SetLanguage | PayInvoice
    | ReportInvoice | ConfirmContact | StopMessages | ResumeMessages | Nothing
    | SnoozeReminders | SwitchReminders | LookWhoIsLate | RemindLate | ChangeSetting | SetLogo | ChangeWays
    | ShowClient | EditClient | SetClientStatus | ArchiveClients | MergeClients | DeleteClient
    | EraseClient
    | ShowStatement
    | ApproveInvoice | ChangeRole | InviteMember | JoinTeam | RecoverMember
    | RefuseInvoice | RemoveMember | RevokeInvite | SetLimits | ShowMember | ShowInvites
    | ShowApprovals | ShowTeam | SwitchBusiness | LinkChat | MakeLinkCode | SendLinkCode
    | ShowAccount | UnlinkChat
    | ShowMoney | ShowPayment | SendReceipt | ReversePayment | RefundPayment | UseCredit | FreeCredit | MatchPayment
    | ShowAccount | UnlinkChat | KeepItem | ForgetItem | RestoreItem
    | ShowPayment | SendReceipt | ReversePayment | RefundPayment | UseCredit | FreeCredit | MatchPayment
    | CreditPayment | DisownPayment | UnmatchPayment | AnswerCash | SettleCash
    | CreditInvoice | ReviseInvoice | WriteOff | UndoWriteOff | ShowMore | SendCreditNote
    | MakeQuote | ListQuotes | ShowQuote | SendQuote | ResendQuote | AnswerQuote | WithdrawQuote
    | MakeQuote | ShowQuote | SendQuote | ResendQuote | AnswerQuote | WithdrawQuote
    | ExplainInvoice | AttachFiles | DetachFile | ShowFiles
)  # fmt: skip

__all__ = [
    "DESIGNS",
    "MOST_FILES",
    "OWN",
    "REPORTS",
    "TERMS",
    "AddClient",
    "AnswerCash",
    "AnswerQuote",
    "ApproveInvoice",
    "ArchiveClients",
    "AttachFiles",
    "Billed",
    "BilledTo",
    "ChangeRole",
    "ChangeSetting",
    "ChangeWays",
    "ClientField",
    "ClientStatus",
    "Command",
    "ConfirmContact",
    "CreditInvoice",
    "CreditPayment",
    "CreditSums",
    "CreditedLine",
    "DeleteClient",
    "DeleteDraft",
    "DetachFile",
    "Discount",
    "DisownPayment",
    "EditClient",
    "EraseClient",
    "ExplainInvoice",
    "ForgetItem",
    "FreeCredit",
    "InviteMember",
    "InvoiceLine",
    "IssueInvoice",
    "JoinTeam",
    "KeepItem",
    "LinkChat",
    "ListInvoices",
    "ListKind",
    "ListQuotes",
    "LookWhoIsLate",
    "MakeLinkCode",
    "MakeQuote",
    "MatchPayment",
    "MergeClients",
    "Method",
    "Nothing",
    "Part",
    "PayInvoice",
    "PayWay",
    "PaymentList",
    "Period",
    "RecordPayment",
    "RecoverMember",
    "RefundPayment",
    "RefuseInvoice",
    "RemindLate",
    "ReminderScope",
    "RemoveMember",
    "ReportInvoice",
    "ReportReason",
    "ResendInvoice",
    "ResendQuote",
    "RestoreItem",
    "ResumeMessages",
    "ReversePayment",
    "ReverseReason",
    "ReviseInvoice",
    "RevokeInvite",
    "SendCreditNote",
    "SendDocument",
    "SendLinkCode",
    "SendQuote",
    "SendReceipt",
    "SentFile",
    "SetClientStatus",
    "SetLanguage",
    "SetLimits",
    "SetLogo",
    "Setting",
    "SettleCash",
    "ShowAccount",
    "ShowApprovals",
    "ShowClient",
    "ShowFiles",
    "ShowInvites",
    "ShowInvoice",
    "ShowMember",
    "ShowMoney",
    "ShowMore",
    "ShowPayment",
    "ShowQuote",
    "ShowStatement",
    "ShowTeam",
    "SignUp",
    "SnoozeReminders",
    "Sold",
    "StopMessages",
    "Sums",
    "SwitchBusiness",
    "SwitchReminders",
    "Tax",
    "UndoWriteOff",
    "UnlinkChat",
    "UnmatchPayment",
    "UseCredit",
    "VoidInvoice",
    "WayChange",
    "WithdrawQuote",
    "WriteOff",
    "add_up",
    "credit_of_amount",
    "credit_of_lines",
    "part",
    "pretends",
]
