"""An invoice on paper: everything on it, in both languages, however long."""

import statistics
import time
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from documents import invoice
from documents.facts import BusinessFacts, ClientFacts, Kind, Status, TaxFacts, WayToPay
from models.money import Money
from models.text import _
from tests.documents import papers
from tests.documents.papers import kes


def words(**changes: Any) -> str:
    return papers.text(invoice.pdf(papers.invoice(**changes), "en"))


def test_everything_on_the_invoice_can_be_read_back() -> None:
    """Number, parties, lines, sums, dates, ways to pay and notes stand in the file as text."""
    found = words()
    for expected in (
        "Invoice INV-0042", "Wanjiku Traders", "Biashara Street 12", "+254 722 000 111",
        "Tax no. P05", "Ọlá Ṣadẹ & Sons", "Tom Mboya Street", "Issued Sat 21 Nov 2026",
        "Due Fri 27 Nov 2026", "Amount due KSh 4,176", "Unga wa mahindi 2 KSh 1,050 KSh 2,100",
        "Subtotal KSh 3,600", "VAT 16% KSh 576", "Total KSh 4,176", "M-Pesa Paybill",
        "Business no. 522533", "Account no. K7QM42", "Scan to check this invoice or pay",
        "Asante sana.", "Please pay within 7 days.", "Sent with Bili", "1/1",
    ):  # fmt: skip
        assert expected in found


@pytest.mark.parametrize(
    ("currency", "drawn"),
    [("NGN", "₦4,176"), ("GHS", "₵4,176"), ("TZS", "TSh 4,176"), ("KES", "KSh 4,176")],
)
def test_the_currency_sign_is_text(currency: str, drawn: str) -> None:
    """₦ and ₵ are drawn by our font and read back, not boxes."""
    total = Money(417600, currency)
    found = words(lines=(), taxes=(), subtotal=total, total=total, balance=total)
    assert f"Amount due {drawn}" in found


def test_swahili_paper_has_no_english_label() -> None:
    """In Swahili every word of ours is Swahili; the person's own words stay."""
    found = papers.text(invoice.pdf(papers.invoice(), "sw"))
    for expected in ("Ankara INV-0042", "Kiasi cha kulipa", "Lipa kufikia Ijumaa 27 Nov 2026"):
        assert expected in found
    for english in ("Amount", "Due", "Total", "Invoice", "Scan", "Sent", "Account", "Notes"):
        assert english not in found


def test_overdue_says_when_it_was_due() -> None:
    """An overdue invoice names the missed day and what is still owed."""
    found = words(status=Status.OVERDUE, paid=kes(100000), balance=kes(317600))
    assert "Amount due KSh 3,176 Was due Fri 27 Nov 2026" in found
    assert "Paid so far -KSh 1,000" in found


def test_paid_is_stamped_and_asks_for_nothing() -> None:
    """A paid invoice bears the stamp and no longer tells how to pay."""
    found = words(status=Status.PAID, paid=kes(417600), balance=kes(0))
    assert "PAID" in found
    assert "Paid in full" in found
    assert "522533" not in found
    assert "or pay" not in found


def test_void_is_marked_and_asks_for_nothing() -> None:
    """A void invoice says so across the sheet and does not tell how to pay."""
    found = words(status=Status.VOID)
    assert "VOID" in found
    assert "Please do not pay" in found
    assert "522533" not in found


def test_draft_has_a_mark_and_no_number() -> None:
    """A draft is recognisable and carries no number that could be taken for one."""
    found = words(status=Status.DRAFT, number=None, page_url=None)
    assert "DRAFT" in found
    assert "INV-" not in found
    assert "Scan" not in found


def test_sent_has_no_mark() -> None:
    """An invoice that counts has no word across it."""
    found = words()
    assert not {"DRAFT", "VOID", "PAID"} & set(found.split())


def test_quote_and_credit_note_have_their_own_words() -> None:
    """A quote is valid until a day; a credit note asks for no money."""
    quote = words(kind=Kind.QUOTE, number="Q-1")
    credit = words(kind=Kind.CREDIT_NOTE, number="CN-1", due_on=None)
    assert "Quote Q-1" in quote
    assert "Valid until Fri 27 Nov 2026" in quote
    assert "Credit note CN-1" in credit
    assert "Amount due" not in quote + credit
    assert "522533" not in quote + credit


def test_inclusive_tax_stands_below_the_total() -> None:
    """Tax inside the prices is told after the total, not added before it."""
    found = words(tax_inclusive=True, subtotal=kes(417600))
    assert "Total KSh 4,176 Includes VAT 16% KSh 576" in found


def test_several_taxes_discount_credit_and_rounding_each_have_a_row() -> None:
    """Whatever lies between subtotal and balance is shown with its sign."""
    taxes = (TaxFacts("VAT", Decimal("16.5"), kes(50)), TaxFacts("Levy", None, kes(70)))
    found = words(taxes=taxes, discount=kes(1000), credited=kes(300), rounded=kes(40))
    for row in (
        "Discount -KSh 10", "VAT 16.5% KSh 0.50", "Levy KSh 0.70",
        "Credited -KSh 3", "Rounding -KSh 0.40",
    ):  # fmt: skip
        assert row in found


def test_every_way_to_pay_is_told() -> None:
    """Several ways stand one below the other, each with its own label and instructions."""
    ways = (
        WayToPay("Till", "987654", _("Tap Buy Goods"), account_label=_("Till no.")),
        WayToPay("Bank", "0123456789", "KCB, Moi Avenue"),
    )
    found = words(ways_to_pay=ways)
    assert "Till Till no. 987654 Tap Buy Goods" in found
    assert "Bank Account no. 0123456789 KCB, Moi Avenue" in found


HOSTILE = [
    '#import "@preview/x:1.0.0": *',
    "#sys.inputs #panic()",
    "$a^2$ *bold* _it_ `raw` \\ \\n @ref <label> = head - item + one / two: x",
    "// comment /* block */ ~ -- --- \"q\" 'q' https://a.example/b?c#d [x] {y}",
]


@pytest.mark.parametrize("evil", HOSTILE)
def test_typed_markup_is_printed_as_typed(evil: str) -> None:
    """A stranger's words are never read as typst markup, wherever they stand."""
    found = words(
        business=BusinessFacts(evil, (evil,), evil, evil),
        client=ClientFacts(evil, evil, (evil,)),
        lines=(papers.line(evil),),
        taxes=(TaxFacts(evil, None, kes(1)),),
        ways_to_pay=(WayToPay(evil, evil, evil, evil),),
        notes=evil,
        terms=evil,
        footer=evil,
    )
    assert found.replace(" ", "").count(evil.replace(" ", "")) >= 12


def test_emoji_direction_marks_and_foreign_scripts_do_not_stop_the_press() -> None:
    """Signs without a glyph are left out, letters without one leave a question mark."""
    found = words(client=ClientFacts("\u202eAsha 😀❤️\u200f ሰላም Ẹ\u200bko\x00\x07"))
    assert "Asha ??? Ẹko" in found


def test_all_we_claim_to_draw_is_drawn() -> None:
    """The archival standard refuses missing glyphs: 400 characters and more pass it."""
    sample = "ẸẹỌọṢṣÀàÉéÍíÓóÚúŃńḾḿĩũƁɓƊɗƘƙƐɛƆɔŊŋ₦₵€£•→✓×–—…’“”" * 10
    found = words(notes=" ".join(sample[i : i + 20] for i in range(0, len(sample), 20)))
    assert set(sample) <= set(found)


@pytest.mark.parametrize("name", ["Ẹ́kọ́ Ọ̀ṣun ẹ̀kọ́", "Adébáyọ̀ Ṣọlá", "ị́ ụ̀ ḿ m̀ Ńnọ̀"])
def test_tones_over_dotted_letters_are_copied_out_as_they_are(name: str) -> None:
    """Yoruba and Igbo names with a dot below and a tone above read back letter for letter."""
    assert f"Bill to {unicodedata.normalize('NFC', name)} Issued" in words(client=ClientFacts(name))


def test_a_long_word_is_broken_not_cut() -> None:
    """A word longer than its column runs on in the next line and keeps every letter."""
    found = words(lines=(papers.line("x" * 300), papers.line("Maneno " * 43)))
    assert found.replace(" ", "").count("x" * 300) == 1
    assert "x" * 80 not in found
    assert found.count("Maneno") == 43


def test_long_words_do_not_change_other_words() -> None:
    """Breaking one long word leaves an account number as it is for whoever copies it."""
    found = words(notes="K7QM42" * 20)
    assert "Account no. K7QM42 " in found


def test_sixty_lines_run_over_pages() -> None:
    """Each page repeats the table's head and says which of how many it is."""
    facts = papers.invoice(lines=tuple(papers.line(f"Item number {n}") for n in range(60)))
    pages = [page.extract_text() for page in papers.read(invoice.pdf(facts, "en")).pages]
    assert len(pages) == 3
    for place, page in enumerate(pages, 1):
        assert f"{place}/3" in page
        assert "Qty" in page
    assert "Wanjiku Traders" in pages[1]
    assert "Invoice INV-0042" in pages[1]
    found = " ".join(pages)
    assert all(f"Item number {n}\n" in found or f"Item number {n} " in found for n in range(60))


def test_the_file_knows_its_title_language_and_day() -> None:
    """Readers and archives find title, language, author and the date of issue."""
    pdf = invoice.pdf(papers.invoice(), "sw")
    reader = papers.read(pdf)
    assert reader.metadata is not None
    assert reader.metadata.title == "Ankara INV-0042"
    assert reader.metadata.author == "Wanjiku Traders"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == date(2026, 11, 21)
    assert papers.look(pdf)["/Lang"] == "sw"


def test_the_file_is_archival_and_tagged() -> None:
    """It declares PDF/A-2u and carries its structure for screen readers."""
    pdf = invoice.pdf(papers.invoice(), "en")
    root = papers.look(pdf)
    metadata = root["/Metadata"].get_data()
    assert b"<pdfaid:part>2<" in metadata
    assert b"<pdfaid:conformance>U<" in metadata
    assert root["/MarkInfo"]["/Marked"]


def test_only_our_font_is_in_the_file() -> None:
    """Nothing is borrowed from the machine, so that every machine prints the same."""
    resources = papers.look(invoice.pdf(papers.invoice(), "en"))["/Pages"]["/Kids"][0]["/Resources"]
    fonts = {str(font.get_object()["/BaseFont"]) for font in resources["/Font"].values()}
    assert fonts
    assert all("NotoSans" in name for name in fonts)


def test_same_facts_same_bytes() -> None:
    """Printing twice gives one file, byte for byte; another fact gives another."""
    first = invoice.pdf(papers.invoice(), "en")
    other = invoice.pdf(papers.invoice(number="INV-0043"), "en")
    assert invoice.pdf(papers.invoice(), "en") == first
    assert other != first


def test_an_invoice_fits_a_small_data_bundle() -> None:
    """An invoice of thirty lines is at most 60 KB; one of sixty, tagged for screen readers, 80."""
    for lines, most in ((3, 40_000), (30, 60_000), (60, 80_000)):
        listed = tuple(papers.line(f"Item {n}") for n in range(lines))
        assert len(invoice.pdf(papers.invoice(lines=listed), "sw")) <= most


def test_a_warm_press_is_quick() -> None:
    """Milliseconds of work a page; the bound is wide, for other work on the machine costs too."""
    took = []
    for n in range(8):
        facts = papers.invoice(number=f"INV-{n}")
        started = time.process_time()
        invoice.pdf(facts, "en")
        took.append(time.process_time() - started)
    assert statistics.median(took) < 0.1


def test_the_picture_is_portrait_and_as_wide_as_asked() -> None:
    """1080 pixels wide unless asked otherwise, taller than wide, small enough to send."""
    picture = invoice.png(papers.invoice(), "en")
    width, height = papers.size_px(picture)
    assert width == 1080
    assert height > width
    assert len(picture) < 400_000
    assert papers.size_px(invoice.png(papers.invoice(), "en", width_px=540))[0] == 540


def test_the_picture_of_a_long_invoice_stays_short() -> None:
    """Sixty lines make no scroll: the first are shown and the rest counted."""
    few = papers.invoice(lines=tuple(papers.line() for _n in range(7)))
    many = papers.invoice(lines=tuple(papers.line() for _n in range(60)))
    assert papers.size_px(invoice.png(many, "en")) == papers.size_px(invoice.png(few, "en"))
    assert invoice.png(many, "en") != invoice.png(few, "en")


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("kind", list(Kind))
def test_every_status_of_every_kind_can_be_drawn(kind: Kind, status: Status) -> None:
    """No combination breaks the press, with or without the facts that may be missing."""
    bare = papers.invoice(
        kind=kind, status=status, due_on=None, ways_to_pay=(), notes="", terms="", page_url=None
    )
    full = papers.invoice(kind=kind, status=status)
    assert invoice.pdf(bare, "en").startswith(b"%PDF")
    assert invoice.png(bare, "sw", width_px=90).startswith(b"\x89PNG")
    assert invoice.png(full, "sw", width_px=90).startswith(b"\x89PNG")


@pytest.mark.parametrize("design", list(invoice.DESIGNS))
def test_of_several_sheets_the_first_is_the_picture(design: str) -> None:
    """A design is chosen by one picture, however long the notes of the business are."""
    facts = papers.invoice(design=design, lines=(papers.line(),) * 60)
    assert papers.size_px(invoice.sheet_png(facts, "en", 300))[0] == 300


@pytest.mark.parametrize("design", list(invoice.DESIGNS))
def test_a_dozen_lines_fit_one_sheet(design: str) -> None:
    """With all that stands around them, and in at most 60 KB."""
    made = invoice.pdf(papers.invoice(design=design, lines=(papers.line(),) * 12), "en")
    assert len(papers.read(made).pages) == 1
    assert len(made) <= 60_000
