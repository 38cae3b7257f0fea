"""Which dialogues there are, by the name a journal keeps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from conversations.ask_deposit import deposit
from conversations.attach import attach
from conversations.chats import link, switch, unlink
from conversations.client_choices import (
    archive_many,
    block_client,
    delete_client,
    erase_client,
    merge_clients,
)
from conversations.clients import clients
from conversations.credit_note import credit_note
from conversations.edit_client import edit_client
from conversations.engine import Dialogue
from conversations.invoices import invoices
from conversations.items import items
from conversations.language import language
from conversations.new_client import new_client
from conversations.new_invoice import new_invoice
from conversations.new_quote import new_quote
from conversations.onboarding import onboarding
from conversations.opening import Opening
from conversations.owners import credit_payment, match_payment, use_credit
from conversations.pay import pay
from conversations.payments import payments
from conversations.record_payment import record_payment
from conversations.report import report
from conversations.resend import resend
from conversations.revise import revise
from conversations.settings import settings
from conversations.statement import statement, statement_days
from conversations.team import invite, member_limits, member_role, remove_member
from conversations.undo_payment import refund, reverse_payment
from conversations.void import void
from conversations.write_off import write_off


@dataclass(frozen=True)
class Flow:
    """A dialogue, and a version that is counted up when the meaning of its answers changes."""

    dialogue: Callable[[Opening], Dialogue[Any]]
    version: int = 1


FLOWS: Mapping[str, Flow] = {
    "credit_payment": Flow(credit_payment),
    "credit_note": Flow(credit_note),
    "deposit": Flow(deposit),
    "archive_many": Flow(archive_many),
    "attach": Flow(attach),
    "block_client": Flow(block_client),
    "clients": Flow(clients),
    "delete_client": Flow(delete_client),
    "edit_client": Flow(edit_client),
    "invite": Flow(invite),
    "erase_client": Flow(erase_client),
    "invoices": Flow(invoices),
    "match_payment": Flow(match_payment),
    "payments": Flow(payments),
    "refund": Flow(refund),
    "reverse_payment": Flow(reverse_payment),
    "use_credit": Flow(use_credit),
    "items": Flow(items),
    "language": Flow(language),
    "merge_clients": Flow(merge_clients),
    "link": Flow(link),
    "member_limits": Flow(member_limits),
    "member_role": Flow(member_role),
    "new_client": Flow(new_client),
    "new_invoice": Flow(new_invoice),
    "new_quote": Flow(new_quote),
    "onboarding": Flow(onboarding),
    "pay": Flow(pay),
    "record_payment": Flow(record_payment),
    "remove_member": Flow(remove_member),
    "report": Flow(report),
    "resend": Flow(resend),
    "revise": Flow(revise),
    "statement": Flow(statement),
    "statement_days": Flow(statement_days),
    "switch": Flow(switch),
    "unlink": Flow(unlink),
    "settings": Flow(settings),
    "void": Flow(void),
    "write_off": Flow(write_off),
}
