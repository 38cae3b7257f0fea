"""Builders: the rows a test needs, with defaults that make sense together."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from models import db
from models.invoices import Invoice, InvoiceLine
from models.merchants import MERCHANT_IDS, Client, Member, Merchant, NumberSeries
from models.people import Contact, Conversation, Person
from models.platform import Route
from models.secrets import key_hash, new_account_code, new_token

_numbers = count(1)


def person(session: Session, *, name: str = "Wanjiru", language: str = "en") -> Person:
    """Someone, with her conversation."""
    found = Person(name=name, language=language, language_chosen=True, made_at=db.now(session))
    session.add(found)
    session.flush()
    session.add(Conversation(person_id=found.id, parked=[]))
    session.flush()
    return found


def contact(
    session: Session, owner: Person, *, channel: str = "telegram", address: str = "", **more: Any
) -> Contact:
    """An address of a person."""
    found = Contact(
        person_id=owner.id,
        channel=channel,
        address=address or f"{900_000 + next(_numbers)}",
        made_at=db.now(session),
        **more,
    )
    session.add(found)
    session.flush()
    return found


def merchant(session: Session, owner: Person | None = None, **more: Any) -> Merchant:
    """A Kenyan merchant with her owner as member; the session goes on as this merchant."""
    merchant_id = session.scalar(MERCHANT_IDS.next_value())
    assert merchant_id is not None
    db.enter(session, merchant_id)
    values: dict[str, Any] = {
        "name": "Wanjiru Hardware",
        "country": "KE",
        "currency": "KES",
        "zone": "Africa/Nairobi",
        "ways_to_pay": [],
        "settings": {},
    }
    found = Merchant(id=merchant_id, made_at=db.now(session), **(values | more))
    session.add(found)
    session.flush()
    owner = owner or person(session)
    session.add_all(
        [
            Member(merchant_id=found.id, person_id=owner.id, role="owner", made_at=db.now(session)),
            NumberSeries(merchant_id=found.id, kind="invoice", prefix="INV-", last_number=0),
            Route(
                kind="person",
                key_hash=key_hash(str(owner.id)),
                merchant_id=found.id,
                target_id=owner.id,
            ),
        ]
    )
    session.flush()
    return found


def client(session: Session, **more: Any) -> Client:
    """A client of the merchant the session works for."""
    values: dict[str, Any] = {"name": "Jane Mwangi", "phone": f"+2547120{next(_numbers):05d}"}
    found = Client(merchant_id=db.merchant_id(session), made_at=db.now(session), **(values | more))
    session.add(found)
    session.flush()
    return found


def invoice(
    session: Session,
    of: Client | None = None,
    *,
    total_minor: int = 255_000,
    currency: str = "KES",
    due_on: date = date(2026, 11, 27),
    **more: Any,
) -> Invoice:
    """An issued invoice with one line, a number, a token and an account code, with their routes."""
    of = of or client(session)
    number = next(_numbers)
    token, code = new_token(), new_account_code()
    values: dict[str, Any] = {
        "number": number,
        "number_text": f"INV-{number}",
        "issued_on": date(2026, 11, 20),
        "issued_at": db.now(session),
        "due_on": due_on,
        "account_code": code,
        "token": db.vault(session).seal(token),
        "parties": {"business": {"name": "Wanjiru Hardware"}, "client": {"name": of.name}},
    }
    found = Invoice(
        merchant_id=of.merchant_id,
        client_id=of.id,
        currency=currency,
        subtotal_minor=total_minor,
        total_minor=total_minor,
        made_at=db.now(session),
    )
    found.lines = [_line(of, total_minor)]
    session.add(found)
    session.flush()
    for name, value in (values | {"status": "issued"} | more).items():
        setattr(found, name, value)
    for kind, key in (("invoice", token), ("account", code)):
        route = {"merchant_id": of.merchant_id, "target_id": found.id}
        session.add(Route(kind=kind, key_hash=key_hash(key), **route))
    session.flush()
    session.refresh(found)
    return found


def _line(of: Client, total_minor: int) -> InvoiceLine:
    return InvoiceLine(
        merchant_id=of.merchant_id,
        position=1,
        description="bags cement",
        quantity=Decimal(1),
        unit_price_minor=total_minor,
        amount_minor=total_minor,
    )
