"""Sends an invoice: by ourselves to a customer who has written to us, else through the merchant."""

from dataclasses import replace

from sqlalchemy.orm import Session

from bot import cards, deposits, passed_on, reach, undo, window
from bot.house import House
from conversations.prompts import Prompt, Template
from invoicing import attaching, audit, clients, links, merchants, trust
from models import db
from models.invoices import Invoice
from models.merchants import Client
from models.people import Contact, Person
from models.text import Text, _, ngettext

CHANNEL_NAMES = {
    "telegram": "Telegram",
    "whatsapp": "WhatsApp",
    "sms": "SMS",
    "email": "e-mail",
    "terminal": "terminal",
}


def send(session: Session, house: House, invoice: Invoice, by: int | None = None) -> list[Prompt]:
    """Send an issued invoice and say which way it goes; for some seconds it can be taken back.

    Where the customer cannot be written to, the answer is a message ready to pass on, with
    buttons that open the merchant's own chat apps. Raises Refusal while the merchant is paused.
    """
    trust.check_pause(merchants.get(session))
    client = clients.get(session, invoice.client_id)
    token = links.token_of(session, invoice)
    if token is None:
        token = links.renew(session, invoice)
    page = cards.page_of(house, token)
    contact = reach.contact_of(session, invoice)
    undo_s = house.bot.undo_s if undo.hold(session, invoice, house.bot.undo_s) else 0
    if contact is None:
        _noted(session, invoice, by, why="unknown")
        return _pass_on(session, invoice, client, page, undo_s)
    if not _may_write(session, house, contact):
        _noted(session, invoice, by, why="window")
        return _pass_on(session, invoice, client, page, undo_s, silent=True)
    merchant = merchants.get(session)
    today = db.today(session, merchant.zone)
    asked = deposits.in_all(invoice) if invoice.deposit_due(today) else invoice.balance
    facts = (merchant.name, invoice.number_text, asked, invoice.due_on, token)
    card = replace(
        cards.customer_card(
            invoice,
            merchant.name,
            invoice.shown(today),
            page,
            len(attaching.of(session, invoice)),
        ),
        template=Template("invoice", cards.values(*facts)),
    )
    _noted(session, invoice, by, channel=contact.channel)
    reach.put_out(
        session,
        contact.id,
        card,
        merchant_id=invoice.merchant_id,
        invoice_id=invoice.id,
        not_before=undo.hold(session, invoice, undo_s),
    )
    return [_on_its_way(invoice, client, contact.channel, undo_s)]


def _on_its_way(invoice: Invoice, client: Client, channel: str, undo_s: int) -> Prompt:
    about = {
        "number": invoice.number_text,
        "amount": invoice.balance,
        "client": client.name,
        "channel": CHANNEL_NAMES[channel],
    }
    words = _(
        "*{number}* for {amount} went to *{client}* on {channel}. I will tell you when it is paid.",
        **about,
    )
    if undo_s:
        words = ngettext(
            "*{number}* for {amount} goes to *{client}* on {channel} in {n} second. Until then "
            "you can undo it. I will tell you when it is paid.",
            "*{number}* for {amount} goes to *{client}* on {channel} in {n} seconds. Until then "
            "you can undo it. I will tell you when it is paid.",
            undo_s,
            **about,
        )
    return Prompt((words,), cards.sent_choices(invoice, undo=bool(undo_s)), kind="card")


def _undoable(undo_s: int) -> Text:
    return ngettext(
        "Something wrong? You have {n} second to undo it.",
        "Something wrong? You have {n} seconds to undo it.",
        undo_s,
    )


def _noted(session: Session, invoice: Invoice, by: int | None, **how: str) -> None:
    audit.note(session, "invoice.sent", person_id=by, invoice_id=invoice.id, facts=dict(how))


def _may_write(session: Session, house: House, contact: Contact) -> bool:
    """Whether WhatsApp lets the invoice through now: freely, or as an approved template."""
    if window.is_open(contact.channel, contact.last_inbound_at, db.now(session)):
        return True
    language = session.get_one(Person, contact.person_id).language
    return house.bot.twilio.template("invoice", language) is not None


def _pass_on(
    session: Session,
    invoice: Invoice,
    client: Client,
    page: str,
    undo_s: int,
    *,
    silent: bool = False,
) -> list[Prompt]:
    merchant = merchants.get(session)
    shown = invoice.shown(db.today(session, merchant.zone))
    message = passed_on.forward_words(invoice, merchant.name, client.name, page, shown)
    shares = passed_on.share_choices(invoice, message, page, client.phone)
    words = _(
        "*{number}* for {amount} is ready. *{client}* has not written to me yet, so please pass it "
        "on: tap below, or forward my next message.",
        number=invoice.number_text,
        amount=invoice.balance,
        client=client.name,
    )
    if silent:
        words = _(
            "*{number}* for {amount} is ready. *{client}* has not written to me for a day, so "
            "WhatsApp does not let me write first. Please pass it on: tap below, or forward my "
            "next message.",
            number=invoice.number_text,
            amount=invoice.balance,
            client=client.name,
        )
    paragraphs = [words]
    if undo_s:
        paragraphs.append(_undoable(undo_s))
    choices = (*shares, *cards.sent_choices(invoice, undo=bool(undo_s)))
    card = Prompt(tuple(paragraphs), choices, kind="card")
    return [card, Prompt((passed_on.in_language(message, invoice.language),))]
