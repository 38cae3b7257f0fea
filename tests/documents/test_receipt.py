"""A receipt on paper says what was paid, by whom and how."""

from typing import Any

from documents import receipt
from tests.documents import papers
from tests.documents.papers import kes


def words(locale: str = "en", **changes: Any) -> str:
    return papers.text(receipt.pdf(papers.receipt(**changes), locale))


def test_everything_on_the_receipt_can_be_read_back() -> None:
    """Amount, local time, method, the provider's number, payer, invoice and reference."""
    found = words()
    for expected in (
        "Receipt SKL4XT8Z2Q", "KSh 4,176", "Paid on Tue 24 Nov 2026, 14:05", "Paid by M-Pesa",
        "From Mama Njeri +254 7•• ••• 456", "For invoice INV-0042", "Reference P7QK2M9",
        "Still to pay KSh 0", "PAID", "1/1",
    ):  # fmt: skip
        assert expected in found


def test_without_the_providers_number_ours_stands_in() -> None:
    """Until the provider's receipt is known, our reference names the paper."""
    found = words(receipt_no=None)
    assert "Receipt P7QK2M9" in found
    assert "Receipt no." not in found


def test_a_part_payment_is_no_paid_invoice() -> None:
    """With something left the rest is named and nothing says paid in full."""
    found = words(balance=kes(100000))
    assert "Still to pay KSh 1,000" in found
    assert "PAID" not in found
    assert "Paid in full" not in found


def test_a_payment_without_an_invoice_has_no_balance() -> None:
    """Money that belongs to no invoice yet gets a receipt all the same."""
    found = words(balance=None, invoice_number=None)
    assert "Still to pay" not in found
    assert "For invoice" not in found
    assert "PAID" not in found


def test_the_day_is_the_merchants() -> None:
    """Late in the evening in Nairobi is still that day, whatever UTC says."""
    late = papers.receipt().paid_at.replace(hour=20, minute=59)
    assert "Tue 24 Nov 2026, 23:59" in words(paid_at=late)
    assert "Wed 25 Nov 2026, 00:59" in words(paid_at=late.replace(hour=21))


def test_swahili_receipt() -> None:
    """In Swahili every label is Swahili."""
    found = words("sw", balance=kes(100000))
    for expected in ("Risiti SKL4XT8Z2Q", "Njia ya malipo M-Pesa", "Salio la kulipa KSh 1,000"):
        assert expected in found
    for english in ("Receipt", "Paid", "From", "Reference", "Still", "Scan"):
        assert english not in found


def test_same_facts_same_small_file() -> None:
    """Printing twice gives the same bytes, at most 60 KB, on one page."""
    first = receipt.pdf(papers.receipt(), "en")
    assert receipt.pdf(papers.receipt(), "en") == first
    assert len(first) <= 60_000
    assert len(papers.read(first).pages) == 1


def test_the_picture_is_portrait() -> None:
    """A receipt can be shared as a picture too."""
    width, height = papers.size_px(receipt.png(papers.receipt(), "en"))
    assert width == 1080
    assert height > width
