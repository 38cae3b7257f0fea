"""Makes a quote: who it is for, what it would cost, until when; then look and send.

Keys: those of `conversations.new_invoice` for the client and the items, `discount`, `tax`, `note`;
and `valid_until`.
"""

from datetime import timedelta

from conversations.days import DueDate
from conversations.engine import Dialogue, ask
from conversations.invoice_card import line_menu, lines_menu
from conversations.new_client import who
from conversations.new_invoice import discount_on, lines_of, note_on, tax_on
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.quote_card import card, edits
from conversations.review import Review
from invoicing.commands import MakeQuote
from models.text import _, raw

VALID_DAYS = 30
SEND = Choice(
    "send",
    _("Send quote"),
    synonyms=tuple(map(raw, ("yes", "ok", "send", "tuma", "ndiyo", "sawa"))),
)


def new_quote(opening: Opening) -> Dialogue[MakeQuote]:
    """Ask what a quote needs, and no more; it is good for a month unless she says otherwise."""
    client = yield from who(opening, _("New quote. Who is it for?"))
    lines, add = yield from lines_of(opening, opening.currency)
    until = (opening.today + timedelta(days=VALID_DAYS)).isoformat()
    words = _("Until which day is this price good?")
    valid_until = yield from ask(DueDate("valid_until", words, today=opening.today, assumed=until))
    discount = yield from discount_on(opening, lines)
    tax = yield from tax_on(opening)
    note = yield from note_on()
    quote = MakeQuote(client, tuple(lines.values()), valid_until, discount, tax, note)
    yield from lines_menu(lines)
    for number in lines:
        yield from line_menu(number, lines)
    changes = edits(opening, quote, lines, add)
    shown = card(opening, quote)
    yield from ask(Review("ok", _("Shall I send it?"), card=shown, options=(SEND,), also=changes))
    return quote
