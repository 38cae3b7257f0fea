"""The invoices that a sentence means, by number or by whose they are: one to begin with, or several."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy.orm import Session

from bot import cards, lookups
from conversations.prompts import Choice, Prompt, Start
from conversations.said import Need
from models.text import Text, _

MOST = 8
Row = Mapping[str, Any]


class Said(Protocol):
    """What was said of an invoice, as typed; empty where nothing was."""

    @property
    def who(self) -> str:
        """Whose it is."""

    @property
    def number(self) -> str:
        """Which one."""


def find(session: Session, said: Said, kind: str) -> list[Row]:
    """Those that the number or the name means, newest first; `kind` as in `lookups`."""
    found = lookups.find(session, Need("invoices", said.number or said.who, {"kind": kind}))
    return [option.stored for option in found.options]


def one_of(near: Sequence[Row], typed: str) -> Row:
    """The answer to a look-up: the only one, or all that come near, for `conversations.nearest`."""
    return near[0] if len(near) == 1 else {"like": list(near), "typed": typed}


def begin(flow: str, said: Said, bills: Sequence[Row], more: Row | None = None) -> Start | Prompt:
    """One open invoice begins the dialogue, several are asked, none is said."""
    if not bills:
        return no_open(said)
    return Start(flow, {"invoice": one_of(bills, said.who or said.number), **(more or {})})


def choose(flow: str, bills: Sequence[Row]) -> Start | Prompt:
    """Straight to the only one, or a list of them, each a button."""
    starts = [Start(flow, {"invoice": {"id": bill["id"]}}) for bill in bills[:MOST]]
    if len(starts) == 1:
        return starts[0]
    choices = tuple(
        Choice(str(bill["id"]), lookups.bill_label(bill), start)
        for bill, start in zip(bills, starts, strict=False)
    )
    return Prompt((_("Which of these do you mean?"),), choices, "list")


def no_open(said: Said) -> Prompt:
    """Nothing of that number or name is open."""
    if said.number:
        return _nothing(_("I find no open invoice *{number}*.", number=said.number))
    return _nothing(_("I find no open invoice for *{name}*.", name=said.who))


def none(said: Said) -> Prompt:
    """Nothing of that number or name was ever sent."""
    if said.number:
        return _nothing(_("I find no invoice *{number}*.", number=said.number))
    return _nothing(_("I find no earlier invoice for *{name}*.", name=said.who))


def _nothing(words: Text) -> Prompt:
    return Prompt((words,), (cards.INVOICES_BUTTON, cards.INVOICE_BUTTON), "card")
