"""What a merchant sells, learned from what she bills: the last price of each, for her to keep in order."""

import json
import re
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import audit, merchants
from invoicing.commands import KeepItem
from models import db, hot_rows
from models.catalogue import CatalogueItem
from models.errors import Refusal
from models.invoices import Invoice
from models.money import Money
from models.text import _

SIZE = 8
MOST_WORDS = 6
LONGEST = 200
LINKS = frozenset(["of", "ya", "za", "wa", "la", "cha", "vya", "kwa", "the", "a", "an"])
LEARN = (
    "INSERT INTO catalogue (merchant_id, key, name, currency, price_minor, used_at, made_at)"
    " SELECT %(merchant_id)s, i.key, i.name, %(currency)s, i.price, %(now)s, %(now)s"
    " FROM jsonb_to_recordset(CAST(%(items)s AS jsonb)) AS i(key text, name text, price bigint)"
    " ORDER BY i.key"  # two bills at once lock the same items in the same order
    " ON CONFLICT (merchant_id, key) DO UPDATE SET name = excluded.name, used_at = excluded.used_at,"
    "  currency = excluded.currency, price_minor = excluded.price_minor"
    " WHERE catalogue.hidden_at IS NULL"
)
FIND = (
    f"SELECT {hot_rows.columns(CatalogueItem)} FROM catalogue WHERE merchant_id = %(merchant_id)s"
    " AND key = %(key)s AND currency = %(currency)s AND hidden_at IS NULL"
)


def key_of(name: str) -> str:
    """How goods are told apart: “Bags of cement” and “bags cement” are the same, “cement bags” is not."""
    words = re.findall(r"[^\W_]+", name.casefold())
    return "".join([word for word in words if word not in LINKS] or words)[:LONGEST]


def learn(session: Session, invoice: Invoice) -> None:
    """Remember what an issued invoice's lines cost; of one that stands twice, the later price."""
    items = {
        key: {"key": key, "name": line.description, "price": line.unit_price_minor}
        for line in invoice.lines
        if (key := key_of(line.description)) and line.unit_price_minor
    }
    values = {
        "merchant_id": invoice.merchant_id,
        "currency": invoice.currency,
        "now": db.now(session),
        "items": json.dumps(list(items.values())),
    }
    if items:
        db.hot(session, LEARN, values)


def find(session: Session, name: str, currency: str) -> CatalogueItem | None:
    """The item of that name with a price in that currency, unless it is to be forgotten."""
    session.flush()
    wanted = {"merchant_id": db.merchant_id(session), "key": key_of(name), "currency": currency}
    row = db.look(session, FIND, wanted).fetchone()
    return hot_rows.loaded(session, CatalogueItem, row) if row else None


@dataclass(frozen=True)
class Page:
    """Some items, those sold last first; `more` if others follow."""

    items: tuple[CatalogueItem, ...]
    more: bool


def page(session: Session, words: str = "", after: int | None = None, size: int = SIZE) -> Page:
    """A page of what she sells; all of `words` stand in the name, `after` is the last one seen."""
    wanted = (
        sa.select(CatalogueItem)
        .where(
            CatalogueItem.merchant_id == db.merchant_id(session),
            CatalogueItem.hidden_at.is_(None),
            *(
                sa.func.lower(CatalogueItem.name).contains(word, autoescape=True)
                for word in words.lower().split()[:MOST_WORDS]
            ),
        )
        .order_by(CatalogueItem.used_at.desc(), CatalogueItem.id.desc())
        .limit(size + 1)
    )
    if after is not None:
        last = sa.inspect(CatalogueItem).local_table.alias("last")
        mine = (last.c.merchant_id == CatalogueItem.merchant_id, last.c.id == after)
        used = sa.select(last.c.used_at).where(*mine).scalar_subquery()
        place = sa.tuple_(CatalogueItem.used_at, CatalogueItem.id)
        wanted = wanted.where(place < sa.tuple_(used, after))
    found = session.scalars(wanted).all()
    return Page(tuple(found[:size]), len(found) > size)


def get(session: Session, item_id: int, *, lock: bool = False) -> CatalogueItem:
    """One item of hers. Raises Refusal when there is none."""
    wanted = sa.select(CatalogueItem).where(
        CatalogueItem.merchant_id == db.merchant_id(session), CatalogueItem.id == item_id
    )
    found = session.scalars(wanted.with_for_update() if lock else wanted).one_or_none()
    if found is None:
        raise Refusal(_("I cannot find that item."), "not_found")
    return found


def keep(session: Session, command: KeepItem, by: int | None) -> CatalogueItem:
    """Set an item's name and price, or make one. Raises Refusal for what cannot be billed."""
    name, price = " ".join(command.name.split()), command.price
    _check(session, name, price)
    item = (
        _same(session, name)
        if command.item_id is None
        else get(session, command.item_id, lock=True)
    )
    if item is None:
        item = CatalogueItem(
            merchant_id=db.merchant_id(session), made_at=db.now(session), used_at=db.now(session)
        )
    elif (other := _same(session, name)) is not None and other.id != item.id:
        raise Refusal(_("You have *{name}* already.", name=other.name), "twice")
    item.key, item.name, item.hidden_at = key_of(name), name, None
    item.currency, item.price_minor = price.currency, price.amount_minor
    session.add(item)
    session.flush()
    facts = {"item_id": item.id, "price_minor": item.price_minor, "currency": item.currency}
    audit.note(session, "item.changed", person_id=by, facts=facts)
    session.flush()
    return item


def _check(session: Session, name: str, price: Money) -> None:
    if not key_of(name) or len(name) > LONGEST:
        raise Refusal(_("Please give the item a short name."), "name")
    currency = merchants.get(session).currency
    if price.currency != currency:
        raise Refusal(_("You bill in {currency}.", currency=currency), "currency")
    if not price.amount_minor > 0:
        raise Refusal(_("A price is above 0."), "price")


def _same(session: Session, name: str) -> CatalogueItem | None:
    mine = CatalogueItem.merchant_id == db.merchant_id(session)
    wanted = sa.select(CatalogueItem).where(mine, CatalogueItem.key == key_of(name))
    return session.scalars(wanted.with_for_update()).one_or_none()


def forget(session: Session, item_id: int, by: int | None) -> CatalogueItem:
    """Offer it no more, and do not learn it again. Raises Refusal when there is none."""
    item = get(session, item_id, lock=True)
    if item.hidden_at is None:
        item.hidden_at = db.now(session)
        audit.note(session, "item.forgotten", person_id=by, facts={"item_id": item.id})
        session.flush()
    return item


def restore(session: Session, item_id: int, by: int | None) -> CatalogueItem:
    """Offer it once more. Raises Refusal when there is none."""
    item = get(session, item_id, lock=True)
    if item.hidden_at is not None:
        item.hidden_at = None
        audit.note(session, "item.restored", person_id=by, facts={"item_id": item.id})
        session.flush()
    return item
