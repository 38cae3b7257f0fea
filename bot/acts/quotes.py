"""Carries out what is asked about a quote: make, list, show, send, answer, take back."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import cards, passed_on, quote_cards, quote_words, reach, sharing, window
from bot.acts.errand import MAY_BILL, MAY_VOID, Errand, must
from conversations.prompts import Attachment, Choice, Prompt, Start
from invoicing import clients, merchants, quotes
from invoicing import commands as asked
from invoicing.links import InvoiceRef
from models import db
from models.errors import Refusal
from models.quotes import Quote, QuoteStatus
from models.text import _


def _make(errand: Errand, command: asked.MakeQuote) -> list[Prompt]:
    must(errand, MAY_BILL)
    return _send(errand, quotes.make(errand.session, command, errand.who.person_id))


def _resend(errand: Errand, command: asked.ResendQuote) -> list[Prompt]:
    must(errand, MAY_BILL)
    quote = quotes.get(errand.session, command.quote_id)
    today = db.today(errand.session, merchants.get(errand.session).zone)
    if quote.status == QuoteStatus.WITHDRAWN:
        raise Refusal(_("You have taken this quote back."), "withdrawn")
    if quote.has_run_out(today):
        raise Refusal(_("This quote has run out. Please make a new one."), "run_out")
    return _send(errand, quote)


def _send(errand: Errand, quote: Quote) -> list[Prompt]:
    """By ourselves to a customer who has written to us, else through the merchant."""
    session = errand.session
    merchant, client = merchants.get(session), clients.get(session, quote.client_id)
    page = _page(errand, quote)
    after = (quote_cards.see(quote), quote_cards.NEW_BUTTON)
    contact = reach.contact_of(session, quote)
    known = {"number": quote.number_text, "amount": quote.total, "client": client.name}
    if contact and window.is_open(contact.channel, contact.last_inbound_at, db.now(session)):
        today = db.today(session, merchant.zone)
        card = quote_cards.customer_card(quote, merchant.name, today, None, page)
        reach.put_out(session, contact.id, card, merchant_id=quote.merchant_id)
        words = _(
            "Quote *{number}* for {amount} went to *{client}* on {channel}. "
            "I will tell you what they say.",
            channel=sharing.CHANNEL_NAMES[contact.channel],
            **known,
        )
        return [Prompt((words,), after, "card")]
    message = quote_cards.forward_words(quote, merchant.name, client.name, page)
    shares = passed_on.share_choices(quote, message, page, client.phone)
    words = _(
        "Quote *{number}* for {amount} is ready. Please pass it on to *{client}*: "
        "tap below, or forward my next message.",
        **known,
    )
    passed = passed_on.in_language(message, quote.language)
    return [Prompt((words,), (*shares, *after), "card"), Prompt((passed,))]


def _page(errand: Errand, quote: Quote) -> str:
    token = quotes.token_of(errand.session, quote)
    return quotes.url(errand.house.app_url, token) if token else errand.house.app_url


def _list(errand: Errand, command: asked.ListQuotes) -> list[Prompt]:
    must(errand, MAY_BILL)
    rows = quotes.page(errand.session, command.after, command.words, quote_cards.PAGE_ROWS)
    if len(rows) == 1 and command.words:
        return [_shown(errand, rows[0][0])]
    return [quote_cards.listed(rows, command.words)]


def _show(errand: Errand, command: asked.ShowQuote) -> list[Prompt]:
    return [_shown(errand, quotes.get(errand.session, command.quote_id))]


def _shown(errand: Errand, quote: Quote) -> Prompt:
    session, merchant = errand.session, merchants.get(errand.session)
    today, billed = db.today(session, merchant.zone), quotes.billed_as(session, quote)
    page = _page(errand, quote)
    if merchants.role_of(session, errand.who.person_id) is None:
        return quote_cards.customer_card(quote, merchant.name, today, billed, page)
    client = clients.get(session, quote.client_id)
    return quote_cards.merchant_card(quote, client, today, billed, page)


def _document(errand: Errand, command: asked.SendQuote) -> list[Prompt]:
    quote = quotes.get(errand.session, command.quote_id)
    paper = Attachment("pdf", "quote", quote.id, quote.merchant_id)
    return [Prompt((_("Quote {number}", number=quote.number_text),), attachment=paper)]


def _answer(errand: Errand, command: asked.AnswerQuote) -> list[Prompt]:
    session, business = errand.session, merchants.get(errand.session).name
    fresh = quotes.answer(session, command.quote_id, accepted=command.accepted, by=None)
    quote = quotes.get(session, command.quote_id)
    if fresh:
        quote_words.note_answer(session, quote)
    if command.accepted:
        words = (
            _("Thank you! I have told *{business}*, who will send you the invoice.",
              business=business)
            if fresh
            else _("You have accepted it already. *{business}* knows.", business=business)
        )  # fmt: skip
        return [Prompt((words,))]
    words = _("Thank you for saying so. I have told *{business}*.", business=business)
    return [Prompt((words,))]


def _withdraw(errand: Errand, command: asked.WithdrawQuote) -> list[Prompt]:
    must(errand, MAY_VOID)
    quote = quotes.get(errand.session, command.quote_id)
    if not command.sure:
        words = _(
            "Shall I take back quote *{number}*? Your client cannot accept it any more then.",
            number=quote.number_text,
        )
        sure = Start("withdraw_quote", {**quote_cards.about(quote), "sure": True})
        return [Prompt((words,), (Choice("sure", _("Take it back"), sure),
                                  Choice("keep", _("Keep it"), Start("quote", quote_cards.about(quote)))),
                       "card")]  # fmt: skip
    quotes.withdraw(errand.session, quote.id, errand.who.person_id)
    words = _("Quote *{number}* is taken back.", number=quote.number_text)
    return [Prompt((words,), (quote_cards.NEW_BUTTON, cards.MENU_BUTTON), "card")]


def open_quote(errand: Errand, ref: InvoiceRef) -> list[Prompt]:
    """Someone came by a quote's link: whoever it is for, or one of its makers."""
    session = errand.session
    db.enter(session, ref.merchant_id)
    quote = quotes.get(session, ref.invoice_id)
    if merchants.role_of(session, errand.who.person_id) is None:
        quotes.note_opened(session, quote)
        client = clients.get(session, quote.client_id)
        if client.contact_id is None:
            clients.link_contact(
                session, client, errand.who.contact_id, verified_phone=errand.who.phone
            )
    return [_shown(errand, quote)]


def quote_of(said: Mapping[str, Any]) -> int:
    """The quote a button is about. Raises Refusal for a button without one."""
    found = said.get("quote")
    if not isinstance(found, Mapping) or "id" not in found:
        raise Refusal(_("I cannot find that quote."), "not_found")
    return int(found["id"])


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.MakeQuote: _make,
    asked.ListQuotes: _list,
    asked.ShowQuote: _show,
    asked.SendQuote: _document,
    asked.ResendQuote: _resend,
    asked.AnswerQuote: _answer,
    asked.WithdrawQuote: _withdraw,
}
ERRANDS: dict[str, Callable[[Mapping[str, Any]], asked.Command]] = {
    "quotes": lambda said: asked.ListQuotes(said.get("after"), str(said.get("words", ""))),
    "quote": lambda said: asked.ShowQuote(quote_of(said)),
    "quote_pdf": lambda said: asked.SendQuote(quote_of(said)),
    "resend_quote": lambda said: asked.ResendQuote(quote_of(said)),
    "answer_quote": lambda said: asked.AnswerQuote(quote_of(said), said["accepted"] is True),
    "withdraw_quote": lambda said: asked.WithdrawQuote(quote_of(said), said.get("sure") is True),
}
