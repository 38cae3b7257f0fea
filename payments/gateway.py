"""The port: what every gateway must say and do, in words that belong to none of them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from models.money import Money
from models.text import Text


@dataclass(frozen=True)
class Rules:
    """What a gateway can collect at all; `unit_minor` is the smallest step that can be sent."""

    name: str
    method: str
    currencies: frozenset[str]
    phone_pattern: str
    unit_minor: int
    largest_minor: int


@dataclass(frozen=True)
class Ask:
    """One attempt as its gateway needs to know it, detached from the database."""

    merchant_id: int
    attempt_id: int
    reference: str
    amount: Money
    phone: str | None
    account: str
    about: str
    handle: str | None = None
    second_handle: str | None = None


@dataclass(frozen=True)
class Submitted:
    """The gateway took the request and named it."""

    handle: str
    second_handle: str | None = None
    redirect_url: str | None = None


@dataclass(frozen=True)
class Rejected:
    """The gateway, or the way to it, said no: the payer was certainly not asked."""

    code: str


@dataclass(frozen=True)
class Unknown:
    """Nobody can tell whether the payer was asked; asking again might ask him twice (I-17)."""

    code: str


Outcome = Submitted | Rejected | Unknown


@dataclass(frozen=True)
class Succeeded:
    """The payer paid. A gateway that knows no receipt says so with None."""

    receipt: str | None = None


@dataclass(frozen=True)
class Failed:
    """The payer did not pay, definitely, as far as the gateway knows."""

    code: str


@dataclass(frozen=True)
class Pending:
    """The payer has not decided yet."""


@dataclass(frozen=True)
class NoAnswer:
    """Neither yes nor no: ask again later. Never a verdict."""

    code: str


Verdict = Succeeded | Failed | Pending | NoAnswer


class Step(StrEnum):
    """What a payer does next, the rungs of the pay ladder (F-4)."""

    AGAIN = "again"
    WAIT = "wait"
    OTHER_NUMBER = "other_number"
    LESS = "less"
    PAYBILL = "paybill"
    TOP_UP = "top_up"
    CALL = "call"
    OURS = "ours"


@dataclass(frozen=True)
class Code:
    """A provider's code in plain words.

    `known` is False for one we have never met: it is kept, and judged by a person. `doubtful`
    codes are told as failures but asked about once more, for success was seen after them.
    """

    code: str
    step: Step
    text: Text
    known: bool = True
    doubtful: bool = False


class Gateway(Protocol):
    """One provider, called by workers only and never inside a database transaction."""

    rules: Rules

    def charge(self, ask: Ask) -> Outcome:
        """Ask the payer for the money, at most once; never raises for what the provider does."""

    def query(self, ask: Ask) -> Verdict:
        """What became of an attempt with a handle; never raises for what the provider does."""
