"""Reads "invoice Jane 3 bags cement @850 due Friday": one typed line into a draft invoice.

A written grammar for English, Swahili, Sheng and Pidgin, without model, network or clock. Every
reading that fits is kept; where two survive, the slot is left open and asked. What is filled in
must be right: a slot in doubt belongs into `unsure`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from conversations.lines.account import account
from conversations.lines.choose import find
from conversations.lines.dates import extract
from conversations.lines.discount import take_discount
from conversations.lines.doubt import leftover_signs
from conversations.lines.draft import Draft, plain
from conversations.lines.intent import is_invoice
from conversations.lines.items import read_items
from conversations.lines.known import KnownClient
from conversations.lines.numbers import read
from conversations.lines.phones import take_phone
from conversations.lines.remarks import drop_remarks
from conversations.lines.tax import take_tax
from conversations.lines.terms import Terms, drop_heads, take_note
from conversations.lines.tokens import MAX_LENGTH, MAX_TOKENS, Token, clean, tokenise
from conversations.lines.types import (
    NOT_AN_INVOICE,
    Client,
    Discount,
    Line,
    Reading,
    Tax,
    Understood,
)

__all__ = [
    "Client",
    "Discount",
    "KnownClient",
    "Line",
    "Reading",
    "Tax",
    "Understood",
    "parse",
    "plain",
    "to_json",
]

_ALL = ("client", "discount", "due", "items", "note", "tax")  # asked where a text is cut short
_DATA = re.compile(r"\s*(?:[{\[]\s*[\[{\"'].*[}\]]|<[a-z!?].*>)\s*", re.IGNORECASE | re.DOTALL)
"""A record of some program, pasted whole: JSON, XML."""
_CODE = re.compile(
    r"['\"]\s*;|;\s*--|(?<!\s)--(?!\s)|<[a-z/!?]|\{\{|\$\{|drop table|\|\||&&|\\x", re.IGNORECASE
)
"""Signs of programs, not of names and goods: the words around them are asked, whatever they say."""


def parse(
    text: str, *, today: date, region: str, currency: str, clients: Sequence[KnownClient] = ()
) -> Understood:
    """What `text` says, counted from `today`, for a merchant of `region` (KE, TZ, UG, NG).

    `currency` is the merchant's own (ISO code); `clients` are the stored clients that may be meant.
    Never raises for any text; the text is data only.
    """
    whole = clean(text)
    shown = whole[:MAX_LENGTH]
    pieces = tokenise(shown)
    if not pieces or _DATA.fullmatch(shown):
        return NOT_AN_INVOICE
    too_long = len(whole) > MAX_LENGTH or len(pieces) > MAX_TOKENS
    if region == "NG":
        pieces = [_cloth(pieces, at) for at in range(len(pieces))]
    terms = Terms()
    raw = take_note(shown, pieces[:MAX_TOKENS], terms)
    tokens, phones = take_phone(drop_heads(raw), region, terms)
    tokens = _without_dots(read(tokens))
    if not is_invoice(shown, tokens):
        return NOT_AN_INVOICE
    if too_long:
        return Understood(invoice=True, currency=currency, unsure=_ALL)
    tokens, due = extract(drop_remarks(tokens, today), today)
    tokens = take_tax(take_discount(tokens, terms), region, terms)
    who = find(shown, tokens, clients, phones)
    found = read_items(shown, who.rest)
    found.odd = found.odd or leftover_signs(who.rest)
    account(tokens, who, found)
    if _CODE.search(shown):
        found.odd = True
        terms.asked |= {"note", "discount", "tax"} if terms.note else set()
    return Draft(who, found, terms, due, phones=phones, currency=currency).understood()


def _cloth(tokens: list[Token], at: int) -> Token:
    """In Nigeria ankara is the printed cloth; only "ankara kwa …" and its like is an invoice."""
    token = tokens[at]
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if token.low != "ankara" or after in {"kwa", "ya", ":"}:
        return token
    return replace(token, low="kitenge")


def _without_dots(tokens: list[Token]) -> list[Token]:
    """Drops the dot of an abbreviation or initial (dr. j. ltd.), keeps the one that ends a clause."""
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at else None
        if (
            token.text == "."
            and before
            and before.kind == "word"
            and token.tight
            and len(before.text) <= 4
        ):
            if before.low == "a" and len(kept) > 1:
                kept[-1] = replace(before, low="a.")  # grace a.: an initial, no article
            continue
        kept.append(token)
    return kept


def to_json(understood: Understood) -> dict[str, Any]:
    """The draft as JSON data: {"intent": "none"}, or client, items, currency and the rest."""
    if not understood.invoice:
        return {"intent": "none"}
    client, discount, tax = understood.client, understood.discount, understood.tax
    return {
        "client": {"name": client.name, "phone": client.phone} if client else None,
        "items": [_line_json(line) for line in understood.items],
        "currency": understood.currency,
        "due": understood.due.isoformat() if understood.due else None,
        "discount": _discount_json(discount) if discount else None,
        "tax": {"rate": plain(tax.rate), "inclusive": tax.inclusive} if tax else None,
        "note": understood.note,
        "unsure": list(understood.unsure),
    }


def _line_json(line: Line) -> dict[str, str | None]:
    return {
        "description": line.description,
        "quantity": None if line.quantity is None else plain(line.quantity),
        "unit_price": None if line.unit_price is None else plain(line.unit_price),
    }


def _discount_json(discount: Discount) -> dict[str, str]:
    if discount.percent is not None:
        return {"percent": plain(discount.percent)}
    return {"amount": plain(discount.amount or Decimal(0))}
