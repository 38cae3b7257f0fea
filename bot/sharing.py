"""Sends an invoice: by ourselves to a customer who has written to us, else through the merchant."""

from dataclasses import replace

from sqlalchemy.orm import Session

from bot import cards, reach, window
from bot.house import House
from conversations.prompts import Prompt, Template
from invoicing import clients, links, merchants
from models import db
from models.invoices import Invoice
from models.merchants import Client
from models.people import Contact, Person
from models.text import _

CHANNEL_NAMES = {
    "telegram": "Telegram",
    "whatsapp": "WhatsApp",
    "sms": "SMS",
    "email": "e-mail",
    "terminal": "terminal",
}


def send(session: Session, house: House, invoice: Invoice) -> list[Prompt]:
    """Send an issued invoice and say which way it went.

    Where the customer cannot be written to, the answer is a message ready to pass on, with
    buttons that open the merchant's own chat apps.
    """
    client = clients.get(session, invoice.client_id)
    token = links.token_of(session, invoice)
    if token is None:
        token = links.renew(session, invoice)
    page = cards.page_of(house, token)
    contact = reach.contact_of(session, invoice)
    if contact is None:
        return _pass_on(session, invoice, client, page)
    if not _may_write(session, house, contact):
        return _pass_on(session, invoice, client, page, silent=True)
    merchant = merchants.get(session)
    shown = invoice.shown(db.today(session, merchant.zone))
    facts = (merchant.name, invoice.number_text, invoice.balance, invoice.due_on, token)
    card = replace(
        cards.customer_card(invoice, merchant.name, shown, page),
        template=Template("invoice", cards.values(*facts)),
    )
    reach.put_out(session, contact.id, card, merchant_id=invoice.merchant_id)
    words = _(
        "*{number}* for {amount} went to *{client}* on {channel}. I will tell you when it is paid.",
        number=invoice.number_text,
        amount=invoice.balance,
        client=client.name,
        channel=CHANNEL_NAMES[contact.channel],
    )
    return [Prompt((words,), cards.sent_choices(invoice), kind="card")]


def _may_write(session: Session, house: House, contact: Contact) -> bool:
    """Whether WhatsApp lets the invoice through now: freely, or as an approved template."""
    if window.is_open(contact.channel, contact.last_inbound_at, db.now(session)):
        return True
    language = session.get_one(Person, contact.person_id).language
    return house.bot.twilio.template("invoice", language) is not None


def _pass_on(
    session: Session, invoice: Invoice, client: Client, page: str, *, silent: bool = False
) -> list[Prompt]:
    merchant = merchants.get(session)
    message = cards.forward_words(invoice, merchant.name, client.name, page)
    shares = cards.share_choices(invoice, message, page, client.phone)
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
    card = Prompt((words,), (*shares, *cards.sent_choices(invoice)), kind="card")
    return [card, Prompt((cards.in_language(message, invoice.language),))]
