"""Pictures and papers that go with an invoice: which may, how many, and what they really are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, count
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from invoicing import audit
from invoicing.commands import MOST_FILES, SentFile
from models import db
from models.attached import BIGGEST, Attached
from models.errors import Refusal
from models.invoices import Invoice, Status
from models.text import _
from models.told import SentDocument

LONGEST_NAME = 40
DOCUMENT = "file"  # as papers name it
LOST = timedelta(hours=1)  # what was not fetched by then never comes
# What a file begins with says what it is; its name and what the channel calls it do not.
SIGNS = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png", b"%PDF-": "pdf"}
TOO_BIG = _("That file is too big for me. Please send one of at most 5 MB.")
WRONG_KIND = _("I can pass on photos and PDFs only, and this is neither. I did not keep it.")


@dataclass(frozen=True)
class Kept:
    """A file of an invoice, without what is in it."""

    id: int
    kind: str
    name: str
    size: int

    @property
    def weight(self) -> str:
        """How big it is, for people: `230 KB`, `1.2 MB`."""
        return weight(self.size)


def weight(size: int) -> str:
    """Bytes as people read them: `1 KB`, `230 KB`, `1.2 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    tenths = round(size / 100_000)
    return f"{tenths // 10}.{tenths % 10} MB"


def add(session: Session, invoice: Invoice, file: SentFile, by: int | None) -> Attached:
    """A place for a file that is still to be fetched. Raises Refusal where none may be added."""
    if invoice.status == Status.VOID:
        raise Refusal(
            _("*{number}* is void: nothing can be added to it.", number=invoice.number_text), "void"
        )
    if _taken(session, invoice) >= MOST_FILES:
        raise Refusal(_("At most {n} files go with an invoice.", n=MOST_FILES), "too_many")
    kind = file.kind if file.kind in SIGNS.values() else "png"
    row = Attached(
        merchant_id=invoice.merchant_id,
        invoice_id=invoice.id,
        kind=kind,
        name=_named(file.name, kind),
        content=b"",
        made_by=by,
        made_at=db.now(session),
    )
    session.add(row)
    session.flush()
    return row


def _taken(session: Session, invoice: Invoice) -> int:
    """How many places are taken; those whose file never came are given back."""
    empty = sa.func.octet_length(Attached.content) == 0
    session.execute(
        sa.delete(Attached).where(*_of(invoice), empty, Attached.made_at < db.now(session) - LOST)
    )
    return session.scalar(sa.select(sa.func.count()).where(*_of(invoice))) or 0


def _of(invoice: Invoice) -> tuple[sa.ColumnElement[bool], ...]:
    return Attached.merchant_id == invoice.merchant_id, Attached.invoice_id == invoice.id


def _named(name: str, kind: str) -> str:
    """A name that is safe in an address and a header, with the ending of what it is."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", name.rpartition(".")[0] or name).strip("-")
    return f"{stem[:LONGEST_NAME] or ('document' if kind == 'pdf' else 'photo')}.{kind}"


def kind_of(content: bytes) -> str | None:
    """jpg, png or pdf by what it begins with; None for anything else."""
    return next((kind for sign, kind in SIGNS.items() if content.startswith(sign)), None)


def waits(session: Session, attached_id: int) -> Attached | None:
    """The place of a file that was not fetched yet, locked; None when there is none any more."""
    row = session.scalars(
        sa.select(Attached)
        .where(Attached.merchant_id == db.merchant_id(session), Attached.id == attached_id)
        .with_for_update()
    ).one_or_none()
    return None if row is None or row.content else row


def fill(session: Session, row: Attached, content: bytes) -> None:
    """Keep what was fetched.

    Raises Refusal for what is too big, or no picture and no PDF whatever it was called.
    """
    if len(content) > BIGGEST:
        raise Refusal(TOO_BIG, "too_big")
    kind = kind_of(content)
    if kind is None:
        raise Refusal(WRONG_KIND, "kind")
    row.kind, row.name, row.content = kind, _free_name(session, row, kind), content
    _note(session, "file.attached", row, row.made_by)
    session.flush()


def _free_name(session: Session, row: Attached, kind: str) -> str:
    """Its name, counted up where another file of the invoice is called the same."""
    stem = row.name.rpartition(".")[0]
    others = set(
        session.scalars(
            sa.select(Attached.name).where(
                Attached.merchant_id == row.merchant_id,
                Attached.invoice_id == row.invoice_id,
                Attached.id != row.id,
                sa.func.octet_length(Attached.content) > 0,
            )
        )
    )
    names = (f"{stem}-{n}.{kind}" for n in count(2))
    return next(name for name in chain([f"{stem}.{kind}"], names) if name not in others)


def _note(session: Session, action: str, row: Attached, by: int | None) -> None:
    facts = {"attached_id": row.id, "kind": row.kind}
    audit.note(session, action, person_id=by, invoice_id=row.invoice_id, facts=facts)


def give_up(session: Session, row: Attached) -> None:
    """What could not be kept leaves no trace."""
    session.delete(row)
    session.flush()


def drop(session: Session, row: Attached, by: int | None) -> None:
    """Take a file away for good."""
    _note(session, "file.removed", row, by)
    _forget_uploads(session, (row.id,))
    session.delete(row)
    session.flush()


def get(session: Session, attached_id: int) -> Attached:
    """A file of the merchant's. Raises Refusal when it is gone."""
    row = session.get(Attached, (db.merchant_id(session), attached_id))
    if row is None or not row.content:
        raise Refusal(_("That file is gone already."), "not_found")
    return row


def of(session: Session, invoice: Invoice) -> tuple[Kept, ...]:
    """The files of an invoice that can be shown, the oldest first; what is in them stays behind."""
    size = sa.func.octet_length(Attached.content)
    rows = session.execute(
        sa.select(Attached.id, Attached.kind, Attached.name, size)
        .where(*_of(invoice), size > 0)
        .order_by(Attached.id)
    )
    return tuple(Kept(*row) for row in rows)


def from_column(rows: list[list[Any]] | None) -> tuple[Kept, ...]:
    """What `as_column` brought."""
    return tuple(Kept(*row) for row in rows or ())


def as_column() -> sa.ColumnElement[list[list[Any]] | None]:
    """The files beside an invoice that is selected anyway: rows for `from_column`."""
    size = sa.func.octet_length(Attached.content)
    row = sa.func.jsonb_build_array(Attached.id, Attached.kind, Attached.name, size)
    return (
        sa.select(sa.func.jsonb_agg(aggregate_order_by(row, Attached.id)))
        .where(
            Attached.merchant_id == Invoice.merchant_id,
            Attached.invoice_id == Invoice.id,
            size > 0,
        )
        .correlate(Invoice)
        .scalar_subquery()
    )


def clear(session: Session, draft: Invoice) -> None:
    """A draft that is thrown away takes its files with it."""
    session.execute(sa.delete(Attached).where(*_of(draft)))


def move(session: Session, old: Invoice, new: Invoice) -> None:
    """What went with one draft goes with the one that takes its place."""
    session.execute(sa.update(Attached).where(*_of(old)).values(invoice_id=new.id))


def carry(session: Session, old: Invoice, new: Invoice) -> None:
    """What goes with an invoice goes with the one that takes its place, too.

    The old one's page goes on showing what it was sent with. A file that is still being fetched
    has nobody's page yet: it comes to the new one.
    """
    there = sa.func.octet_length(Attached.content) > 0
    copied = (Attached.kind, Attached.name, Attached.content, Attached.made_by)
    columns = (Attached.merchant_id, Attached.invoice_id, *copied, Attached.made_at)
    now = db.now(session)
    session.execute(
        sa.insert(Attached).from_select(
            [column.key for column in columns],
            sa.select(Attached.merchant_id, sa.literal(new.id), *copied, sa.literal(now))
            .where(*_of(old), there)
            .order_by(Attached.id),
        )
    )
    session.execute(sa.update(Attached).where(*_of(old), ~there).values(invoice_id=new.id))


def forget(session: Session, client_ids: Sequence[int]) -> int:
    """Every file that went with a client's invoices is gone for good; how many there were."""
    hers = sa.select(Invoice.id).where(
        Invoice.merchant_id == db.merchant_id(session), Invoice.client_id.in_(client_ids)
    )
    mine = Attached.merchant_id == db.merchant_id(session), Attached.invoice_id.in_(hers)
    gone = list(session.scalars(sa.delete(Attached).where(*mine).returning(Attached.id)))
    _forget_uploads(session, gone)
    return len(gone)


def _forget_uploads(session: Session, attached_ids: Sequence[int]) -> None:
    """By what channels call our uploads nobody gets them any more."""
    session.execute(
        sa.update(SentDocument)
        .where(
            SentDocument.merchant_id == db.merchant_id(session),
            SentDocument.document.like(f"{DOCUMENT}.%"),
            SentDocument.subject_id.in_(attached_ids),
        )
        .values(file_id="")
    )
