"""Which invoices money without an owner may be for: ranked, never booked by itself (F-5)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA
from sqlalchemy.orm import Session, aliased

from models import db
from models.invoices import Invoice, Status
from models.merchants import Client
from models.money import Money
from models.payments import Payment
from payments import booking, payers
from payments.phones import agrees

MOST_OPEN = 3_000  # invoices looked at, those due first
# What people take for one another when they type or read a code.
LOOKS = str.maketrans({"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "S": "5", "B": "8",
                       "Z": "2", "G": "6", "V": "U"})  # fmt: skip
NEAR = {0: 100, 1: 70, 2: 40}  # points by slips in an account code, which is drawn at random
NEXT = {0: 100, 1: 35}  # in a number, whose neighbours are other invoices
FEWEST = 4  # signs of a code below which slips mean nothing
SAME_NAME = 88  # of 100


class Why(StrEnum):
    """What speaks for an invoice."""

    ACCOUNT = "account"
    PAYER = "payer"
    PHONE = "phone"
    AMOUNT = "amount"
    NAME = "name"


POINTS = {Why.PAYER: 60, Why.PHONE: 50, Why.AMOUNT: 40, Why.NAME: 25}


@dataclass(frozen=True)
class Suggestion:
    """An open invoice that money may be for, with what speaks for it, strongest first."""

    invoice_id: int
    number: str
    client: str
    balance: Money
    why: tuple[Why, ...]
    points: int


def rank(session: Session, payment: Payment, most: int = 3) -> tuple[Suggestion, ...]:
    """The likeliest open invoices, best first; among equals the one due first."""
    known = payers.known(session, payment)
    found = [_weigh(payment, row, known) for row in _open(session, payment)]
    likely = [one for one in found if one.points]
    return tuple(sorted(likely, key=lambda one: -one.points)[:most])


def _open(session: Session, payment: Payment) -> list[Any]:
    owed = Invoice.total_minor - Invoice.paid_minor - Invoice.adjusted_minor
    named = aliased(Client)
    rows = (
        sa.select(
            Invoice.id,
            Invoice.number,
            Invoice.number_text,
            Invoice.account_code,
            owed.label("owed_minor"),
            Invoice.currency,
            Client.id.label("client_id"),
            Client.name,
            Client.phone,
        )
        .join(named, sa.and_(named.merchant_id == Invoice.merchant_id,
                             named.id == Invoice.client_id))
        .join(Client, sa.and_(Client.merchant_id == named.merchant_id,
                              Client.id == sa.func.coalesce(named.merged_into_id, named.id)))
    )  # fmt: skip
    return list(
        session.execute(
            rows.where(
                Invoice.merchant_id == db.merchant_id(session),
                Invoice.status == Status.ISSUED,
                Invoice.settled_at.is_(None),
                Invoice.currency == payment.currency,
            )
            .order_by(Invoice.due_on, Invoice.id)
            .limit(MOST_OPEN)
        )
    )


def _weigh(payment: Payment, row: Any, known: int | None) -> Suggestion:
    near = closeness(payment.account, row.account_code, row.number_text)
    tests: dict[Why, Callable[[], bool]] = {
        Why.PAYER: lambda: known is not None and known == row.client_id,
        Why.PHONE: lambda: agrees(payment.payer_phone, row.phone) is True,
        Why.AMOUNT: lambda: payment.amount_minor == row.owed_minor,
        Why.NAME: lambda: same_name(payment.payer_name, row.name),
    }
    spoke = [why for why, holds in tests.items() if holds()]
    points = near + sum(POINTS[why] for why in spoke)
    return Suggestion(
        row.id,
        row.number_text or "…",
        row.name,
        Money(int(row.owed_minor), row.currency),
        ((Why.ACCOUNT,) if near else ()) + tuple(spoke),
        points,
    )


def closeness(typed: str | None, account: str | None, number: str | None) -> int:
    """How near what was typed comes to an invoice's codes: 100 for look-alikes alone, 0 for far."""
    said = _folded(typed)
    if len(said) < FEWEST:
        return 0
    return max(_points(said, account, NEAR), _points(said, number, NEXT))


def _points(said: str, code: str | None, points: Mapping[int, int]) -> int:
    wanted = _folded(code)
    if not wanted:
        return 0
    return points.get(OSA.distance(said, wanted, score_cutoff=max(points)), 0)


def _folded(code: str | None) -> str:
    return booking.typed_code(code).translate(LOOKS)


def same_name(told: str | None, name: str) -> bool:
    """Whether a payer's name, as a gateway tells it, is a client's: order and case do not matter."""
    if not told:
        return False
    return fuzz.token_sort_ratio(told.casefold(), name.casefold()) >= SAME_NAME
