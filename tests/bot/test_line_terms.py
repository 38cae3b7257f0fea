"""Discount and tax of one item, terms and how to pay: from the chat to the page and the paper."""

from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from documents import from_invoice
from invoicing import apart, totals
from invoicing.commands import Discount, InvoiceLine, Tax, add_up
from invoicing.totals import Rounding
from models import db
from models.errors import Refusal
from models.invoices import Invoice
from models.money import Money
from tests import world
from tests.bot.test_merchant_talk import hers
from tests.world import Talk, merchant_talk


@pytest.fixture
def talk(session: Session, channel: str) -> Talk:
    """A merchant about to send two items: soap 2 x 100 and brooms 300."""
    talk = merchant_talk(session)
    talk.say("invoice Jane 0712345678 2 soap @ 100, brooms 300 due tomorrow")
    return talk


def sent(talk: Talk) -> Invoice:
    """The invoice as it is stored."""
    return hers(talk).scalars(sa.select(Invoice)).one()


def open_discount(talk: Talk) -> None:
    """The question how much less the soap costs."""
    for label in ("Items", "soap", "Discount"):
        talk.tap(label)


def kes(amount: str) -> Money:
    return Money.of(Decimal(amount), "KES")


def test_one_item_is_cheaper(talk: Talk) -> None:
    """Its own discount shows beside it and in the sums, and is stored with the line."""
    open_discount(talk)
    card = talk.say("10%")
    assert "2 × soap at KSh 100 = KSh 200, less 10%: KSh 180" in card
    assert "Discount: -KSh 20" in card
    assert "Total: KSh 480" in card
    talk.tap("Send")
    invoice = sent(talk)
    assert (invoice.subtotal_minor, invoice.discount_minor, invoice.total_minor) == (
        50_000, 2_000, 48_000,
    )  # fmt: skip
    assert [line.discount_minor for line in invoice.lines] == [2_000, 0]
    assert "2 × soap (−10%): KSh 200" in talk.tap("See it")


def test_a_discount_on_an_item_and_on_the_whole(talk: Talk) -> None:
    """The second is of what the first leaves; a draft keeps them apart."""
    open_discount(talk)
    talk.say("KSh 50")
    talk.tap("More…")
    talk.tap("Discount")
    assert "Total: KSh 405" in talk.say("10%")
    talk.tap("Save as draft")
    again = talk.tap("Finish and send")
    assert "less KSh 50: KSh 150" in again
    assert "Total: KSh 405" in again


def test_one_item_is_not_taxed(talk: Talk) -> None:
    """Tax on the whole, none on the brooms: the tax is of the soap alone."""
    talk.tap("More…")
    talk.tap("Tax")
    talk.tap("16% on top")
    for label in ("Items", "brooms", "Tax"):
        talk.tap(label)
    card = talk.tap("No tax")
    assert "brooms: KSh 300 (no tax)" in card
    assert "VAT 16%: KSh 32" in card
    assert "Total: KSh 532" in card
    talk.tap("Send")
    invoice = sent(talk)
    assert (invoice.tax_minor, invoice.total_minor) == (3_200, 53_200)
    assert apart.taxes(invoice) == {Decimal(16): kes("32")}


def test_terms_and_how_to_pay_are_printed(talk: Talk) -> None:
    """On the card before, on the paper after; and they are hers to leave out again."""
    talk.tap("More…")
    talk.tap("Terms")
    assert "Terms: No returns after 7 days" in talk.say("No returns after 7 days")
    talk.tap("More…")
    talk.tap("How to pay")
    assert "How to pay: Half now in cash" in talk.say("Half now in cash")
    talk.tap("Note")
    talk.say("Asante sana")
    talk.tap("Send")
    invoice = sent(talk)
    assert (invoice.terms, invoice.pay_note, invoice.note) == (
        "No returns after 7 days", "Half now in cash", "Asante sana",
    )  # fmt: skip
    session = hers(talk)
    today = db.today(session, "Africa/Nairobi")
    facts = from_invoice.invoice_facts(session, invoice, world.APP_URL, today)
    assert (facts.terms, facts.pay_note) == ("No returns after 7 days", "Half now in cash")


def test_terms_are_left_out_again(talk: Talk) -> None:
    """The way back is a button."""
    talk.tap("More…")
    talk.tap("Terms")
    talk.say("Cash only")
    talk.tap("More…")
    talk.tap("Terms")
    assert "Cash only" not in talk.tap("No terms")


def test_a_copy_keeps_what_holds_for_a_line(talk: Talk) -> None:
    """Discounts of lines are copied with them."""
    open_discount(talk)
    talk.say("10%")
    talk.tap("Send")
    talk.say("copy INV-1")
    assert "less 10%: KSh 180" in talk.say("2")


LINES = (
    InvoiceLine("a", Decimal(3), kes("33.33"), Discount(percent=Decimal("12.5"))),
    InvoiceLine("b", Decimal("1.5"), kes("10.01"), None, Decimal(0)),
    InvoiceLine("c", Decimal(2), kes("99.99"), Discount(amount=kes("5")), Decimal(8)),
    InvoiceLine("d", Decimal(1), kes("7")),
)


@pytest.mark.parametrize("inclusive", [True, False])
@pytest.mark.parametrize(
    "discount", [None, Discount(percent=Decimal(7)), Discount(amount=kes("11.11"))]
)
def test_the_card_and_the_rule_agree(inclusive: bool, discount: Discount | None) -> None:
    """What she sees is what is billed, and an inclusive price comes back to the cent (I-5)."""
    tax = Tax(Decimal(16), inclusive)
    sums, found = add_up(LINES, discount, tax), totals.compute(LINES, discount, tax)
    assert (sums.subtotal, sums.discount, sums.tax, sums.total) == (
        found.subtotal, found.discount, found.tax, found.total,
    )  # fmt: skip
    assert set(sums.taxes) == {Decimal(16), Decimal(8)}
    net = found.subtotal - found.discount
    assert found.total == (net if inclusive else net + found.tax)
    by_line = totals.compute(LINES, discount, tax, Rounding.LINE)
    assert abs(by_line.tax.amount_minor - found.tax.amount_minor) <= len(LINES)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (InvoiceLine("a", Decimal(1), kes("10"), Discount(amount=kes("10.01"))), "discount"),
        (InvoiceLine("a", Decimal(1), kes("10"), Discount(percent=Decimal(101))), "discount"),
        (InvoiceLine("a", Decimal(1), kes("10"), None, Decimal(100)), "tax"),
        (InvoiceLine("a", Decimal(1), kes("10"), None, Decimal(-1)), "tax"),
    ],
)
def test_what_no_line_may_have(line: InvoiceLine, code: str) -> None:
    """More off than it costs, a tax that is none."""
    with pytest.raises(Refusal) as refused:
        totals.compute((line,), None, Tax(Decimal(16), inclusive=False))
    assert refused.value.code == code


def test_in_swahili(session: Session) -> None:
    """The same in her language."""
    talk = merchant_talk(session, language="Kiswahili")
    talk.say("ankara ya Jane 0712345678 sabuni 2 @ 100, ufagio 300 alipe kesho")
    talk.tap("Zaidi…")
    talk.tap("Masharti")
    assert "Masharti: Hakuna kurudisha" in talk.say("Hakuna kurudisha")
