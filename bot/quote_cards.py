"""Quotes as prompts: the merchant's card and list, the customer's card, what is passed on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot import cards, drafts, lookups
from bot.openings import TENANT
from conversations.prompts import Choice, Prompt, Start
from models.invoices import Invoice
from models.merchants import Client
from models.money import Money
from models.quotes import Quote, QuoteStatus
from models.text import Text, _, raw

NEW_BUTTON = Choice("new", _("New quote"), Start("new_quote"))
PAGE_ROWS = 8  # with “More” and the way to a new one they fit one list


def about(quote: Quote) -> dict[str, Any]:
    """A quote as a button remembers it."""
    return {"quote": {"id": quote.id, "number": quote.number_text}}


def see(quote: Quote) -> Choice:
    """Opens its card."""
    return Choice("quote", _("See it"), Start("quote", about(quote)))


def status_line(quote: Quote, today: date, billed: Invoice | None) -> Text:
    """One line: how it stands."""
    if billed is not None:
        return _("Billed as *{number}*", number=billed.number_text)
    if quote.status == QuoteStatus.ACCEPTED:
        return _("✅ *Accepted*")
    if quote.status == QuoteStatus.DECLINED:
        return _("*Declined*")
    if quote.status == QuoteStatus.WITHDRAWN:
        return _("*Taken back*")
    if quote.has_run_out(today):
        return _("Ran out on {day}", day=quote.valid_until)
    return _("Good until {day}", day=quote.valid_until)


def _items(quote: Quote) -> Text:
    lines = [_line(one.description, one.quantity, Money(one.amount_minor, quote.currency))
             for one in quote.lines[: cards.MOST_LINES]]  # fmt: skip
    if (rest := len(quote.lines) - cards.MOST_LINES) > 0:
        lines.append(_("… and {n} more", n=rest))
    return cards.stack(*lines, _("*Total: {amount}*", amount=quote.total))


def _line(what: str, quantity: Any, amount: Money) -> Text:
    if quantity == 1:
        return _("{what}: {amount}", what=what, amount=amount)
    return _("{n} × {what}: {amount}", n=quantity, what=what, amount=amount)


def merchant_card(
    quote: Quote, client: Client, today: date, billed: Invoice | None, page: str | None
) -> Prompt:
    """A quote as its maker sees it, with what she may do now."""
    head = _("Quote *{number}* for *{client}*", number=quote.number_text, client=client.name)
    words = [cards.stack(head, status_line(quote, today, billed)), _items(quote)]
    if page and billed is None and quote.status != QuoteStatus.WITHDRAWN:
        words.append(_("Link: {link}", link=page))
    return Prompt(tuple(words), _merchant_choices(quote, client, billed), "card")


def _merchant_choices(quote: Quote, client: Client, billed: Invoice | None) -> tuple[Choice, ...]:
    pdf = Choice("pdf", _("PDF"), Start("quote_pdf", about(quote)))
    if billed is not None:
        seen = {"invoice": {"id": billed.id, "number": billed.number_text}}
        return (Choice("show", _("See the invoice"), Start("show", seen)), pdf)
    if quote.status == QuoteStatus.WITHDRAWN:
        return (pdf, NEW_BUTTON)
    return (
        bill_button(quote, client),
        Choice("again", _("Send again"), Start("resend_quote", about(quote))),
        pdf,
        Choice("withdraw", _("Take it back"), Start("withdraw_quote", about(quote))),
    )


def bill_button(quote: Quote, client: Client) -> Choice:
    """Opens the talk that makes an invoice of it, everything filled in but the day."""
    return Choice(
        "bill", _("Make the invoice"), Start("new_invoice", drafts.of_quote(quote, client))
    )


def customer_card(
    quote: Quote, business: str, today: date, billed: Invoice | None, page: str
) -> Prompt:
    """A quote as the one it is for sees it in chat."""
    head = _("*{business}* sent you quote *{number}*", business=business, number=quote.number_text)
    words = [cards.stack(head, status_line(quote, today, billed)), _items(quote)]
    if quote.note:
        words.append(_("Note: {note}", note=quote.note))
    mine = {TENANT: quote.merchant_id, **about(quote)}
    view = (
        Choice("pdf", _("PDF"), Start("quote_pdf", mine)),
        Choice("page", _("Open the page"), url=page),
        cards.LANGUAGE_BUTTON,
    )
    answers = () if billed is not None else _answers(quote, today, mine)
    return Prompt(tuple(words), (*answers, *view), "card")


def _answers(quote: Quote, today: date, mine: dict[str, Any]) -> tuple[Choice, ...]:
    yes = Choice(
        "accept", _("Accept"), Start("answer_quote", {**mine, "accepted": True}),
        synonyms=(raw("yes"), raw("ndiyo"), raw("nakubali")),
    )  # fmt: skip
    no = Choice("decline", _("No, thank you"), Start("answer_quote", {**mine, "accepted": False}))
    if today > quote.valid_until:
        return ()
    if quote.status == QuoteStatus.OPEN:
        return (yes, no)
    return (yes,) if quote.status == QuoteStatus.DECLINED else ()


def listed(rows: Sequence[tuple[Quote, str]], words: str) -> Prompt:
    """A page of quotes, one more than fits when there are more; each opens its card."""
    if not rows:
        none = (
            _("I find no quote for *{name}*.", name=words)
            if words
            else _("You have no quotes yet. A quote says what something would cost.")
        )
        return Prompt((none,), (NEW_BUTTON, cards.MENU_BUTTON), "card")
    shown = rows[:PAGE_ROWS]
    choices = [_row(quote, client) for quote, client in shown]
    if len(rows) > PAGE_ROWS:
        onward = {"after": shown[-1][0].id, "words": words}
        choices.append(Choice("more", _("More"), Start("quotes", onward)))
    heading = _("*Your quotes.* Which one do you want to see?")
    return Prompt((heading,), (*choices, NEW_BUTTON), "list")


def _row(quote: Quote, client: str) -> Choice:
    label = raw(lookups.cut(f"{quote.number_text} {client}"))
    start = Start("quote", about(quote))
    return Choice(f"q.{quote.id}", label, start, synonyms=(raw(quote.number_text),))


def forward_words(quote: Quote, business: str, client: str, link: str) -> Text:
    """The message a merchant passes on to her customer."""
    return _(
        "Hello {client}, this is quote {number} from {business}: {amount}, good until {day}. "
        "See it and answer here: {link}",
        client=client,
        number=quote.number_text,
        business=business,
        amount=quote.total,
        day=quote.valid_until,
        link=link,
    )
