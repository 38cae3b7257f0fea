"""Turns facts into words: each notice becomes a prompt for whoever must be told, once each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import (
    attached_files,
    cards,
    correction_words,
    hearers,
    listening,
    news_words,
    passed_on,
    payment_words,
    quote_words,
    reach,
    reminder_words,
    rights,
    sharing,
    team_words,
    undo,
)
from bot.house import House
from bot.openings import TENANT
from conversations.prompts import Attachment, Choice, Prompt, Start, Template
from invoicing import clients, links, merchants
from models import clock, db
from models.credit_notes import CreditNote
from models.invoices import Invoice
from models.merchants import Client, Merchant
from models.money import Money
from models.payments import Attempt, Payment
from models.quotes import Quote
from models.text import Text, _, raw
from models.told import Notice
from payments import attempts


@dataclass(frozen=True)
class Fact:
    """A notice with the rows it speaks of."""

    session: Session
    notice: Notice
    merchant: Merchant
    invoice: Invoice | None
    client: Client | None
    payment: Payment | None
    attempt: Attempt | None
    house: House
    page: str
    now: datetime
    paper: CreditNote | Quote | None = None

    @property
    def number(self) -> str:
        """The invoice's number."""
        return (self.invoice.number_text if self.invoice else None) or ""

    @property
    def about(self) -> dict[str, Any]:
        """What a button about the invoice begins with."""
        invoice = {"id": self.invoice.id if self.invoice else 0, "number": self.number}
        return {TENANT: self.notice.merchant_id, "invoice": invoice}

    @property
    def see(self) -> tuple[Choice, ...]:
        """A button that opens the invoice, where there is one."""
        return (Choice("show", _("See it"), Start("show", self.about)),) if self.invoice else ()


def tell(session: Session, merchant_id: int, notice_ids: list[int], house: House) -> None:
    """Word the notices that were not told yet and queue them for their contacts."""
    db.enter(session, merchant_id)
    wanted = sa.select(Notice).where(
        Notice.merchant_id == merchant_id, Notice.id.in_(notice_ids), Notice.told_at.is_(None)
    )
    for notice in session.scalars(wanted.order_by(Notice.id).with_for_update()).all():
        _tell_one(session, notice, house)
        notice.told_at = db.now(session)
    session.flush()


def _tell_one(session: Session, notice: Notice, house: House) -> None:
    fact = _fact(session, notice, house)
    write = WORDS.get((notice.kind, notice.audience))
    if write is None or hearers.hushed(notice, fact.merchant):
        notice.skipped = "paused" if write else "no words for it"
        return
    not_before = attached_files.not_before(fact)
    if notice.kind in reminder_words.KINDS:
        if (why := reminder_words.unfit(session, fact)) is not None:
            notice.skipped = why.value
            return
        not_before = reminder_words.not_before(session, fact)
    elif notice.kind in reminder_words.ENDS and fact.invoice:
        reminder_words.drop_waiting(session, fact.invoice)
    if notice.audience == "client" and fact.invoice is not None:
        sure = _after_undo(session, notice, fact.invoice, house.bot.undo_s)
        not_before = max(filter(None, (sure, not_before)), default=None)
    contacts = _contacts(session, notice, fact)
    heard = listening.heard(session, notice, contacts, fact.merchant.zone, not_before)
    news_words.reminded(session, notice, heard)
    staff = notice.audience == "member"
    roles = hearers.roles(session, notice.merchant_id, heard) if staff else {}
    for contact_id, moment in heard.items():
        prompt = rights.pressable(write(fact), roles.get(contact_id))
        if staff:
            prompt = team_words.named(session, contact_id, prompt, fact.merchant.name)
        reach.put_out(
            session,
            contact_id,
            prompt,
            merchant_id=notice.merchant_id,
            notice_id=notice.id,
            invoice_id=notice.invoice_id,
            not_before=moment,
        )
        if notice.kind == "unreached":  # with a message of its own, ready to be forwarded
            reach.put_out(session, contact_id, _pass_on(fact), merchant_id=notice.merchant_id)


def _after_undo(session: Session, notice: Notice, invoice: Invoice, undo_s: int) -> datetime | None:
    """Nobody hears of an invoice that may yet be taken back; who pays it hears of it first."""
    sent = invoice.issued_at
    if sent is None or db.now(session) >= sent + timedelta(seconds=undo_s):
        return None
    until = undo.hold(session, invoice, undo_s)
    if until is None or notice.kind == "attempt_failed":  # it cannot be taken back any more
        undo.release(session, invoice)
        return None
    return until


def _fact(session: Session, notice: Notice, house: House) -> Fact:
    def one(model: Any, row_id: int | None) -> Any:
        return session.get(model, (notice.merchant_id, row_id)) if row_id else None

    invoice, paper = one(Invoice, notice.invoice_id), _paper(session, notice)
    about = invoice or paper
    token = links.token_of(session, invoice) if invoice else None
    payment = one(Payment, notice.payment_id)
    paying = payment.client_id if payment else notice.facts.get("client_id")
    client_id = about.client_id if about else paying
    return Fact(
        session=session,
        notice=notice,
        merchant=merchants.get(session),
        invoice=invoice,
        client=clients.get(session, client_id) if client_id else None,
        payment=payment,
        attempt=one(Attempt, notice.attempt_id),
        house=house,
        page=cards.page_of(house, token) if token else house.app_url,
        now=db.now(session),
        paper=paper,
    )


def _paper(session: Session, notice: Notice) -> CreditNote | Quote | None:
    """The credit note or quote that a notice speaks of."""
    if note_id := notice.facts.get("credit_note_id"):
        return session.get(CreditNote, (notice.merchant_id, note_id))
    if quote_id := notice.facts.get("quote_id"):
        return session.get(Quote, (notice.merchant_id, quote_id))
    return None


def _contacts(session: Session, notice: Notice, fact: Fact) -> list[int]:
    """Her people; or the one customer, who may not have stopped us."""
    if notice.audience == "member":
        return hearers.members(session, notice)
    if fact.invoice is None:
        contact = reach.contact_of_client(session, fact.client) if fact.client else None
        return [contact.id] if contact else []
    return reach.customers(session, fact.invoice, notice.contact_id)


def _paid_member(fact: Fact) -> Prompt:
    assert fact.payment and fact.invoice and fact.client  # noqa: S101, PT018 - the kind says so
    words = [
        _("🎉 *{client}* paid *{amount}*.", client=fact.client.name, amount=fact.payment.amount),
        _left(fact),
    ]
    client, amount = fact.client.name, fact.payment.amount
    return Prompt(
        (cards.stack(*words, *_receipt_line(fact)),),
        fact.see,
        kind="card",
        template=Template("paid_merchant", cards.values(client, amount, fact.number)),
    )


def _left(fact: Fact) -> Text:
    assert fact.invoice  # noqa: S101 - the kind says so
    if fact.invoice.balance and correction_words.deposit_is_paid(fact.invoice):
        return _("The deposit is paid. {left} is left on *{number}*, due {day}.",
                 left=fact.invoice.balance, number=fact.number, day=fact.invoice.due_on)  # fmt: skip
    if fact.invoice.balance:
        return _("{left} is left on *{number}*.", left=fact.invoice.balance, number=fact.number)
    return _("*{number}* is paid in full.", number=fact.number)


def _receipt_line(fact: Fact) -> tuple[Text, ...]:
    receipt = fact.payment.receipt if fact.payment else None
    return (_("M-Pesa receipt {receipt}", receipt=receipt),) if receipt else ()


def _paid_client(fact: Fact) -> Prompt:
    assert fact.payment and fact.invoice  # noqa: S101, PT018 - the kind says so
    words = [
        _("✅ *{business}* has received your *{amount}*. Thank you!",
          business=fact.merchant.name, amount=fact.payment.amount),
        _left(fact),
    ]  # fmt: skip
    paper = Attachment("pdf", "receipt", fact.payment.id, fact.notice.merchant_id)
    business, amount = fact.merchant.name, fact.payment.amount
    return Prompt(
        (cards.stack(*words, *_receipt_line(fact)),),
        attachment=paper,
        template=Template("paid", cards.values(business, amount, fact.number)),
    )


def _attempt_failed(fact: Fact) -> Prompt:
    assert fact.attempt and fact.invoice  # noqa: S101, PT018 - the kind says so
    choices = (
        Choice("again", _("Try again"), Start("pay", fact.about)),
        Choice("page", _("Open the page"), url=fact.page),
    )
    return Prompt((attempts.message(fact.attempt),), choices, kind="card")


def _overpaid(fact: Fact) -> Prompt:
    assert fact.payment and fact.client  # noqa: S101, PT018 - the kind says so
    left = Money(int(fact.notice.facts["left_minor"]), fact.payment.currency)
    words = _(
        "💰 *{client}* paid *{amount}* on *{number}*, which is *{over}* more than was owed. "
        "I keep it as their credit.",
        client=fact.client.name,
        amount=fact.payment.amount,
        number=fact.number,
        over=left,
    )
    return Prompt((cards.stack(words, *_receipt_line(fact)),), fact.see, kind="card")


def _voided(fact: Fact) -> Prompt:
    business, number = fact.merchant.name, fact.number
    words = _(
        "*{business}* took back invoice *{number}*. You do not have to pay it.",
        business=business,
        number=number,
    )
    return Prompt((words,), template=Template("voided", cards.values(business, number)))


def _reported(fact: Fact) -> Prompt:
    assert fact.client  # noqa: S101 - the kind says so
    words = _(
        "*{client}* says that something is wrong with *{number}*. Please talk to them.",
        client=fact.client.name,
        number=fact.number,
    )
    return Prompt((words,), fact.see, kind="card")


def _unreached(fact: Fact) -> Prompt:
    assert fact.client  # noqa: S101 - the kind says so
    channel = sharing.CHANNEL_NAMES[fact.notice.facts["channel"]]
    about = {"client": fact.client.name, "number": fact.number, "channel": channel}
    words = (
        _("*{client}* has not written to me for a day, so {channel} does not let me write to them "
          "about *{number}*. Please forward my next message.", **about)
        if fact.notice.facts["why"] == "held"
        else _("I could not reach *{client}* on {channel} about *{number}*. "
               "Please forward my next message.", **about)
    )  # fmt: skip
    return Prompt((words,), fact.see, kind="card")


def _pass_on(fact: Fact) -> Prompt:
    """What the customer did not get from us, in her language, to be forwarded as it stands."""
    assert fact.client and fact.invoice  # noqa: S101, PT018 - the kind says so
    write = WORDS.get((fact.notice.facts.get("kind") or "", "client"))
    invoice = fact.invoice
    if write is None:
        names = (fact.merchant.name, fact.client.name)
        shown = invoice.shown(clock.local_day(fact.now, fact.merchant.zone))
        words = passed_on.forward_words(invoice, *names, fact.page, shown)
        return Prompt((passed_on.in_language(words, invoice.language),))
    prompt = write(fact)
    links = [raw(choice.url) for choice in prompt.choices if choice.url]
    said = [passed_on.in_language(one, invoice.language) for one in prompt.paragraphs]
    return Prompt((*said, *links))


def _arrived(fact: Fact) -> Prompt:
    assert fact.client  # noqa: S101 - the kind says so
    words = _(
        "*{name}* opened *{number}* in this chat app. Is this your client {client}? "
        "Then I can send them their next invoices myself.",
        name=fact.notice.facts.get("name") or _("Someone"),
        number=fact.number,
        client=fact.client.name,
    )
    known = {
        "client": fact.client.id,
        "contact": fact.notice.facts["contact_id"],
        "name": fact.client.name,
    }
    return Prompt(
        (words,),
        (
            Choice("yes", _("Yes, it is"), Start("confirm_contact", {"facts": known})),
            Choice("no", _("No"), Start("menu")),
        ),
        kind="card",
    )


WORDS: dict[tuple[str, str], Callable[[Fact], Prompt]] = {
    ("paid", "member"): _paid_member,
    ("part_paid", "member"): _paid_member,
    ("paid", "client"): _paid_client,
    ("part_paid", "client"): _paid_client,
    ("attempt_failed", "client"): _attempt_failed,
    ("overpaid", "member"): _overpaid,
    ("voided", "client"): _voided,
    ("reported", "member"): _reported,
    ("arrived", "member"): _arrived,
    ("unreached", "member"): _unreached,
    **attached_files.WORDS,
    **correction_words.WORDS,
    **quote_words.WORDS,
    **reminder_words.WORDS,
    **payment_words.WORDS,
    **team_words.WORDS,
    **news_words.WORDS,
}
