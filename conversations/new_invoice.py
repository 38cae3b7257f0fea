"""Makes an invoice: who it is for, what was sold at what price, when it is due; then look and send.

Keys, for whoever knows some answers beforehand (stored forms in the questions' own words):
`client`, `client.which`, `client.phone`; per item N from 1 `line.N.what`, `line.N.quantity`,
`line.N.price` (`line.N.whole` for all of them together), and `line.N.more` (true when item N+1
follows), `line.N.discount`, `line.N.tax`; `due`, `discount`, `tax`, `note`, `terms`, `pay_note`,
`deposit`, `files`,
`currency`; `draft` (the id of the draft that this one replaces); `revises` and `quote` (the invoice
that this one corrects and the quote that it bills: `{"id", "number"}`).
"""

from dataclasses import replace
from decimal import Decimal

from conversations import likely
from conversations.amounts import ABSURD
from conversations.days import DueDate
from conversations.deposit import Deposit
from conversations.engine import ASK, Dialogue, Move, ask
from conversations.figures import Amount, Quantity
from conversations.files import Going
from conversations.given import Facts
from conversations.goods import Goods, PutOn, TakenOff
from conversations.invoice_card import (
    NEVER_MIND,
    card,
    edits,
    extras_menu,
    line_menu,
    lines_menu,
    origin,
)
from conversations.items import Price
from conversations.line_terms import discounted, pay_note_on, taxed, terms_on
from conversations.new_client import who
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Pick, Words, YesNo, maybe
from conversations.review import Given, Review
from invoicing.commands import DeleteDraft, Discount, InvoiceLine, IssueInvoice, Tax, add_up
from models.countries import vat_of
from models.money import EXPONENTS, Money
from models.text import Text, _, raw

MOST_LINES = 40
CURRENCIES = tuple(Choice(code, raw(code)) for code in EXPONENTS)
SEND_OR_KEEP = (
    Choice("send", _("Send"), synonyms=tuple(map(raw, ("yes", "ok", "ndiyo", "ndio", "sawa")))),
    Choice("draft", _("Save as draft")),
)
DELETE = Choice("delete", _("Delete draft"))
NO_NOTE = Choice("skip", _("No note"), synonyms=tuple(map(raw, ("none", "no", "hapana", "hakuna"))))


def new_invoice(opening: Opening) -> Dialogue[IssueInvoice | DeleteDraft]:
    """Ask what an invoice needs, and no more."""
    draft_id = yield from ask(Given("draft"))
    revises = yield from ask(Facts("revises"))
    quote = yield from ask(Facts("quote"))
    currency = yield from currency_of(opening)
    client = yield from who(opening, _("New invoice. Who is it for?"))
    lines, add = yield from lines_of(opening, currency)
    due_on = yield from ask(_due(opening, add))
    lines = yield from discounted(lines)
    discount = yield from discount_on(opening, lines)
    tax = yield from tax_on(opening)
    lines = yield from taxed(lines, tax)
    note = yield from note_on()
    files = yield from ask(
        Going("files", _("Please send me the photo or PDF."), also=(NEVER_MIND,))
    )
    draft = IssueInvoice(
        client, tuple(lines.values()), due_on, discount, tax, note, draft_id=draft_id,
        terms=(yield from terms_on()), pay_note=(yield from pay_note_on()),
        deposit=(yield from _deposit(lines, discount, tax)),
        revises=revises["id"] if revises else None, quote_id=quote["id"] if quote else None,
        files=files,
    )  # fmt: skip
    yield from lines_menu(lines)
    for number in lines:
        yield from line_menu(number, lines, tax=tax, apart=True)
    yield from extras_menu(opening, draft)
    changes = edits(opening, draft, lines, add)
    words = _("Shall I send it?")
    ways = SEND_OR_KEEP if draft_id is None else (*SEND_OR_KEEP, DELETE)
    chose = yield from ask(
        Review(
            "ok",
            words,
            card=(*origin(revises, quote), *card(opening, draft)),
            options=ways,
            also=changes,
        )
    )
    if chose == "delete" and draft_id is not None:
        return DeleteDraft(draft_id)
    return replace(draft, draft=chose == "draft")


def currency_of(opening: Opening) -> Dialogue[str]:
    """The merchant's own, unless she says another."""
    words = _("Which currency is it in?")
    return (yield from ask(Pick("currency", words, options=CURRENCIES, assumed=opening.currency)))


def lines_of(
    opening: Opening, currency: str
) -> Dialogue[tuple[dict[int, InvoiceLine], Move | None]]:
    """The items by number (which stays when another is removed), and the way to add one.

    There is always one: when all are removed, the next is asked.
    """
    lines: dict[int, InvoiceLine] = {}
    for number in range(1, MOST_LINES + 1):
        last = number == MOST_LINES
        kept = YesNo(f"line.{number}.keep", _("Keep this item?"), assumed=True)
        if (yield from ask(kept)) or (last and not lines):
            lines[number] = yield from _line(opening, number, currency)
        if not lines or last:
            continue
        more = YesNo(f"line.{number}.more", _("Is there another item?"), assumed=False)
        if not (yield from ask(more)):
            return lines, Move(more.key, True)
    return lines, None


def _line(opening: Opening, number: int, currency: str) -> Dialogue[InvoiceLine]:
    words = _("What did you sell?") if number == 1 else _("What is the next item?")
    goods = likely.goods(opening, number)
    sold = yield from ask(Goods(f"line.{number}.what", words, likely=goods))
    how_many = _("How many *{what}*?", what=sold.what)
    assumed = f"{sold.quantity or Decimal(1):f}"
    counts = likely.counts(opening, number, currency)
    quantity = yield from ask(
        Quantity(f"line.{number}.quantity", how_many, assumed=assumed, likely=counts)
    )
    most = Money.of(min(ABSURD, ABSURD / quantity).quantize(Decimal(1)), currency)
    each = _price_words(sold.what, quantity)
    # What comes to a sum that does not divide evenly is billed as one thing.
    whole = yield from ask(maybe(Words(f"line.{number}.whole", each, assumed=None)))
    key, prices = f"line.{number}.price", likely.prices(opening, number, quantity, currency)
    if whole is not None:
        price = yield from ask(Amount(key, _in_all(sold.what), currency=currency, assumed=whole))
        return InvoiceLine(f"{quantity:f} {sold.what}", Decimal(1), price)
    price = yield from ask(
        Price(key, each, currency=currency, most=most, likely=prices, what=sold.what)
    )
    return InvoiceLine(sold.what, quantity, price)


def _in_all(what: str) -> Text:
    return _("How much is it for all the *{what}* together?", what=what)


def _price_words(what: str, quantity: Decimal) -> Text:
    if quantity == 1:
        return _("What is the price of *{what}*?", what=what)
    return _("{n} × *{what}*. What is the price for *one*?", n=quantity, what=what)


def _due(opening: Opening, add: Move | None) -> DueDate:
    also = ((Choice("more", _("Add another item")), add),) if add else ()
    words = _("When should it be paid?")
    return DueDate(
        "due",
        words,
        today=opening.today,
        also=also,
        likely=likely.days(opening),
        usual=opening.terms,
    )


def discount_on(opening: Opening, lines: dict[int, InvoiceLine]) -> Dialogue[Discount | None]:
    """Asked of whoever uses discounts."""
    sums = add_up(tuple(lines.values()))
    subtotal = sums.subtotal - sums.discount
    words = _("How much discount? Type it like *10%* or *200*.")
    assumed = ASK if opening.uses_discount else None
    meant = likely.discounts(opening, subtotal.currency)
    asked = TakenOff("discount", words, subtotal=subtotal, assumed=assumed, likely=meant)
    return (yield from ask(asked))


def tax_on(opening: Opening) -> Dialogue[Tax | None]:
    """As she set it, unless she changes it."""
    rate = opening.tax_rate or vat_of(opening.country)
    assumed = None
    if opening.tax_rate:
        assumed = {"rate": f"{opening.tax_rate:f}", "inclusive": opening.tax_inclusive}
    words, meant = _("Which tax is there on it?"), likely.taxes(opening, rate)
    return (yield from ask(PutOn("tax", words, rate=rate, assumed=assumed, likely=meant)))


def _deposit(
    lines: dict[int, InvoiceLine], discount: Discount | None, tax: Tax | None
) -> Dialogue[Money | None]:
    """A part that is asked for first; nobody is asked unless she wants one."""
    total = add_up(tuple(lines.values()), discount, tax).total
    words = _("How much is the deposit? Type it like *50%* or *1,000*.")
    return (yield from ask(Deposit("deposit", words, total=total, assumed=None)))


def note_on() -> Dialogue[str | None]:
    """Words for the client; nobody is asked unless she wants some."""
    words = Words(
        "note", _("What should the note say? Your client will see it."), most=500, assumed=None
    )
    return (yield from ask(maybe(words, skip=NO_NOTE)))
