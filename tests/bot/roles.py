"""Who may have what done: one line for each command that has an act, and a specimen of each.

A command without a line here fails `test_roles`, so nothing new goes without a decision.
"""

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from invoicing import commands as asked
from models.merchants import Role
from models.money import Money
from models.text import Text

OWNERS = frozenset({Role.OWNER})
MANAGERS = OWNERS | {Role.MANAGER}
CASHIERS = MANAGERS | {Role.CASHIER}
MEMBERS = CASHIERS | {Role.VIEWER}
# Also customers and strangers (None): the act itself looks at whose chat, link or code it is.
EVERYBODY = MEMBERS | {None}
NOBODY: frozenset[Role | None] = frozenset()

MAY: Mapping[type, frozenset[Role | None]] = {
    # invoices
    asked.IssueInvoice: CASHIERS,
    asked.DeleteDraft: CASHIERS,
    asked.ResendInvoice: CASHIERS,
    asked.VoidInvoice: MANAGERS,
    asked.ShowInvoice: MEMBERS,
    asked.SendDocument: MEMBERS,
    asked.ReportInvoice: EVERYBODY,
    asked.ExplainInvoice: MANAGERS,
    asked.AttachFiles: CASHIERS,
    asked.DetachFile: CASHIERS,
    asked.ShowFiles: MEMBERS,
    # money
    asked.RecordPayment: CASHIERS,
    asked.PayInvoice: EVERYBODY,
    asked.ShowMoney: MEMBERS,
    asked.ShowPayment: MEMBERS,
    asked.SendReceipt: MEMBERS,
    asked.ReversePayment: MANAGERS,
    asked.RefundPayment: MANAGERS,
    asked.UseCredit: CASHIERS,
    asked.FreeCredit: MANAGERS,
    asked.MatchPayment: CASHIERS,
    asked.CreditPayment: CASHIERS,
    asked.DisownPayment: CASHIERS,
    asked.UnmatchPayment: CASHIERS,
    asked.AnswerCash: NOBODY,  # but the customer who paid
    asked.SettleCash: MANAGERS,
    # clients
    asked.AddClient: CASHIERS,
    asked.ShowClient: MEMBERS,
    asked.EditClient: CASHIERS,
    asked.SetClientStatus: MANAGERS,
    asked.ArchiveClients: MANAGERS,
    asked.MergeClients: MANAGERS,
    asked.DeleteClient: MANAGERS,
    asked.EraseClient: MANAGERS,
    asked.ShowStatement: MEMBERS,  # and the client whose account it is
    asked.ConfirmContact: CASHIERS,
    # reminders: of one invoice its customer too, see the tests
    asked.SnoozeReminders: MEMBERS,
    asked.SwitchReminders: CASHIERS,
    # oneself
    asked.SignUp: EVERYBODY,
    asked.SetLanguage: EVERYBODY,
    asked.StopMessages: EVERYBODY,
    asked.ResumeMessages: EVERYBODY,
    asked.Nothing: EVERYBODY,
    asked.ShowAccount: EVERYBODY,
    asked.MakeLinkCode: EVERYBODY,
    asked.SendLinkCode: EVERYBODY,
    asked.LinkChat: EVERYBODY,
    asked.UnlinkChat: EVERYBODY,
    asked.JoinTeam: EVERYBODY,
    asked.SwitchBusiness: MEMBERS,
    # things she sells
    asked.KeepItem: CASHIERS,
    asked.ForgetItem: CASHIERS,
    asked.RestoreItem: CASHIERS,
    # corrections
    asked.CreditInvoice: MANAGERS,
    asked.ReviseInvoice: MANAGERS,
    asked.WriteOff: MANAGERS,
    asked.UndoWriteOff: MANAGERS,
    asked.ShowMore: CASHIERS,
    asked.SendCreditNote: MEMBERS,
    # quotes
    asked.MakeQuote: CASHIERS,
    asked.ListQuotes: CASHIERS,
    asked.ShowQuote: EVERYBODY,  # whoever was given its card
    asked.SendQuote: EVERYBODY,
    asked.ResendQuote: CASHIERS,
    asked.AnswerQuote: EVERYBODY,
    asked.WithdrawQuote: MANAGERS,
    # those who are late
    asked.LookWhoIsLate: CASHIERS,
    asked.RemindLate: CASHIERS,
    # settings: one's own are anybody's, what customers see is a manager's, where money goes the owner's
    asked.ChangeSetting: MANAGERS,
    asked.SetLogo: MANAGERS,
    asked.ChangeWays: OWNERS,
    # the team
    asked.ShowTeam: MEMBERS,
    asked.ShowMember: OWNERS,
    asked.ShowInvites: OWNERS,
    asked.InviteMember: OWNERS,
    asked.RevokeInvite: OWNERS,
    asked.ChangeRole: OWNERS,
    asked.SetLimits: OWNERS,
    asked.RemoveMember: OWNERS,
    asked.RecoverMember: OWNERS,
    asked.ShowApprovals: OWNERS,
    asked.ApproveInvoice: OWNERS,
    asked.RefuseInvoice: OWNERS,
}

PLAIN: Mapping[type, Any] = {
    str: "x",
    int: 1,
    bool: False,
    date: date(2026, 11, 27),
    Decimal: Decimal(1),
    Money: Money(100, "KES"),
    Text: Text("x", {}),
}


BY_NAME: Mapping[str, Any] = {"role": "cashier", "code": "00" * 32}


def specimen(command: type, ids: Mapping[str, int]) -> Any:
    """One command of a kind, filled by the types of its fields; `ids` fills fields by name."""
    hints, known = get_type_hints(command), {**BY_NAME, **ids}
    made = {
        field.name: known[field.name] if field.name in known else _made(hints[field.name], ids)
        for field in fields(command)
    }
    return command(**made)


def _made(wanted: Any, ids: Mapping[str, int]) -> Any:
    origin, parts = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        return None if type(None) in parts else _made(parts[0], ids)
    if origin is tuple:
        return (_made(parts[0], ids),)
    if origin is not None and issubclass(origin, Mapping):
        return {}
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return next(iter(wanted))
    if wanted in PLAIN:
        return PLAIN[wanted]
    assert is_dataclass(wanted), f"a specimen of {wanted} is needed: say how in PLAIN"
    return specimen(typing.cast("type", wanted), ids)


def own_ids(command: type) -> list[str]:
    """The fields of a command that name a row: `invoice_id`, `client_ids`."""
    return [field.name for field in fields(command) if field.name.endswith(("_id", "_ids"))]
