"""Which dialogues there are, by the name a journal keeps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from conversations.engine import Dialogue
from conversations.invoices import invoices
from conversations.language import language
from conversations.new_client import new_client
from conversations.new_invoice import new_invoice
from conversations.onboarding import onboarding
from conversations.opening import Opening
from conversations.pay import pay
from conversations.record_payment import record_payment
from conversations.report import report
from conversations.resend import resend
from conversations.void import void


@dataclass(frozen=True)
class Flow:
    """A dialogue, and a version that is counted up when the meaning of its answers changes."""

    dialogue: Callable[[Opening], Dialogue[Any]]
    version: int = 1


FLOWS: Mapping[str, Flow] = {
    "invoices": Flow(invoices),
    "language": Flow(language),
    "new_client": Flow(new_client),
    "new_invoice": Flow(new_invoice),
    "onboarding": Flow(onboarding),
    "pay": Flow(pay),
    "record_payment": Flow(record_payment),
    "report": Flow(report),
    "resend": Flow(resend),
    "void": Flow(void),
}
