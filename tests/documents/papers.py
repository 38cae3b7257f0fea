"""Facts for papers, with figures that agree, and ways to read a paper back."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from pypdf import PdfReader

from documents.facts import (
    BusinessFacts,
    ClientFacts,
    InvoiceFacts,
    LineFacts,
    ReceiptFacts,
    Status,
    TaxFacts,
    WayToPay,
)
from models.money import Money

PAGE = "https://bili.example/i/Zk3v9QmT2xw8LrYp5NcA1e"


def kes(minor: int) -> Money:
    return Money(minor, "KES")


def line(description: str = "Sukari, kilo 1", price: int = 17500) -> LineFacts:
    return LineFacts(description, "2", kes(price), kes(2 * price))


def invoice(**changes: Any) -> InvoiceFacts:
    """An invoice over KSh 4,176, sent and not yet due."""
    facts = InvoiceFacts(
        business=BusinessFacts(
            "Wanjiku Traders", ("Biashara Street 12",), "+254 722 000 111", "P05"
        ),
        client=ClientFacts("Ọlá Ṣadẹ & Sons", "+254 733 123 456", ("Tom Mboya Street",)),
        issued_on=date(2026, 11, 21),
        due_on=date(2026, 11, 27),
        lines=(line("Unga wa mahindi", 105000), line("Sukari", 52500), line("Delivery", 22500)),
        subtotal=kes(360000),
        taxes=(TaxFacts("VAT", Decimal("16.00"), kes(57600)),),
        total=kes(417600),
        balance=kes(417600),
        status=Status.SENT,
        number="INV-0042",
        ways_to_pay=(WayToPay("M-Pesa Paybill", "K7QM42", business_no="522533"),),
        notes="Asante sana.",
        terms="Please pay within 7 days.",
        page_url=PAGE,
    )
    return replace(facts, **changes)


def receipt(**changes: Any) -> ReceiptFacts:
    """A receipt for the whole of that invoice, paid at 14:05 in Nairobi."""
    facts = ReceiptFacts(
        business=BusinessFacts("Wanjiku Traders"),
        client=ClientFacts("Mama Njeri"),
        amount=kes(417600),
        method="M-Pesa",
        paid_at=datetime(2026, 11, 24, 11, 5, tzinfo=UTC),
        zone="Africa/Nairobi",
        reference="P7QK2M9",
        receipt_no="SKL4XT8Z2Q",
        payer_phone="+254 7•• ••• 456",
        invoice_number="INV-0042",
        balance=kes(0),
        page_url=PAGE,
    )
    return replace(facts, **changes)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def look(pdf: bytes) -> Any:
    """The root of the file's structure, untyped as it is."""
    return read(pdf).trailer["/Root"]


def text(pdf: bytes) -> str:
    """All words of all pages, with every run of white space as one blank."""
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


def size_px(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
