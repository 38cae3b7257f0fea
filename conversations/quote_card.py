"""The quote as its maker sees it before it goes out, and the buttons that change each field."""

from conversations.engine import Move
from conversations.invoice_card import (
    Button,
    Lines,
    discounts,
    line_fields,
    line_words,
    stack,
    sums_words,
)
from conversations.opening import Opening
from conversations.prompts import ROWS, Choice
from conversations.review import opens
from invoicing.commands import MakeQuote, add_up
from models.text import Text, _


def card(opening: Opening, quote: MakeQuote) -> tuple[Text, ...]:
    """Whom, what, how much and until when: everything the customer will see."""
    sums = add_up(quote.lines, quote.discount, quote.tax)
    items = stack(*(line_words(line) for line in quote.lines))
    note = [_("Note: {note}", note=quote.note)] if quote.note else []
    end = stack(_until_words(opening, quote), *note)
    return (_heading(quote), items, stack(*sums_words(opening, quote, sums)), end)


def _heading(quote: MakeQuote) -> Text:
    client = quote.client
    if client.phone:
        return _("*Quote for {name}* ({phone})", name=client.name, phone=client.phone)
    return _("*Quote for {name}* (no phone: I will give you a link to share)", name=client.name)


def _until_words(opening: Opening, quote: MakeQuote) -> Text:
    if quote.valid_until.year == opening.today.year:
        return _("Good until {day}", day=quote.valid_until)
    return _("Good until {day} {year}", day=quote.valid_until, year=quote.valid_until.year)


def edits(opening: Opening, quote: MakeQuote, lines: Lines, add: Move | None) -> tuple[Button, ...]:
    """A button for each field; with many fields, those of the items behind one button."""
    who = [opens("client", _("Client"), "client")]
    if quote.client.client_id is None:
        who.append(opens("phone", _("Phone"), "client.phone"))
    rest = [opens("until", _("Good until"), "valid_until")]
    rest += [(Choice("more", _("Add item")), add)] if add else []
    rest += [opens("discount", _("Discount"), "discount")] if discounts(opening, quote) else []
    rest += [opens("tax", _("Tax"), "tax")] if opening.tax_rate or quote.tax else []
    rest += [opens("note", _("Note"), "note")]
    one = line_fields(next(iter(lines))) if len(lines) == 1 else []
    room = ROWS - 1 - len(who) - len(rest)
    items = one if one and len(one) <= room else [opens("items", _("Items"), "items")]
    return (*who, *items, *rest)
