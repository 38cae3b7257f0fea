"""What a quote's page says, as texts: the template only arranges them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from models.money import Money
from models.quotes import Quote, QuoteLine, QuoteStatus
from models.text import Text, _
from pages.words import Say

NOT_FOUND = _("This link does not open a quote")
LABELS = {
    "accept": _("Accept"),
    "decline": _("No, thank you"),
    "details": _("What it is for"),
    "note": _("Note"),
    "pdf": _("Download PDF"),
    "picture": _("Picture"),
    "telegram": _("Open in Telegram"),
    "invoice": _("Open the invoice"),
    "sent_with": _("Sent with Bili"),
}


@dataclass(frozen=True)
class Seen:
    """A quote with what stands around it; detached from the database."""

    token: str
    quote: Quote
    lines: tuple[QuoteLine, ...]
    status: QuoteStatus
    billed: str | None
    invoice_token: str | None
    today: date
    language: str

    @property
    def old(self) -> bool:
        """Whether its last day has gone by."""
        return self.today > self.quote.valid_until

    @property
    def answers(self) -> tuple[str, ...]:
        """What can still be said to it; who declined may still accept."""
        if self.billed or self.old:
            return ()
        ways = {QuoteStatus.OPEN: ("accept", "decline"), QuoteStatus.DECLINED: ("accept",)}
        return ways.get(self.status, ())

    @property
    def mood(self) -> str:
        """The colour of the top, in the words that the pay page has for its own."""
        if self.billed or self.status is QuoteStatus.ACCEPTED:
            return "paid"
        closed = self.status in (QuoteStatus.WITHDRAWN, QuoteStatus.DECLINED)
        return "void" if closed else "overdue" if self.old else "sent"


def page(seen: Seen, say: Say) -> dict[str, Any]:
    """Everything the template writes, in the reader's language."""
    quote, parties = seen.quote, seen.quote.parties
    return {
        "title": say(_("Quote {number}", number=quote.number_text)),
        "business": parties.get("business", {}).get("name", ""),
        "status": say(_status(seen)),
        "label": say(_("Total")),
        "amount": str(quote.total),
        "until": say(_("Good until {day}", day=quote.valid_until)) if seen.answers else "",
        "for_whom": say(_("For {client}", client=parties.get("client", {}).get("name", ""))),
        "banner": say(_banner(seen)),
        "lines": [_line(line, quote.currency) for line in seen.lines],
        "sums": [
            {"label": say(label), "amount": str(amount), "strong": strong}
            for label, amount, strong in _sums(quote)
        ],
        "labels": {name: say(text) for name, text in LABELS.items()},
    }


def _status(seen: Seen) -> Text:
    if seen.billed:
        return _("Billed")
    if seen.status is QuoteStatus.OPEN and seen.old:
        return _("Ran out")
    return {
        QuoteStatus.OPEN: _("Waiting for your answer"),
        QuoteStatus.ACCEPTED: _("Accepted"),
        QuoteStatus.DECLINED: _("Declined"),
        QuoteStatus.WITHDRAWN: _("Taken back"),
    }[seen.status]


def _banner(seen: Seen) -> Text:
    if seen.billed:
        return _("The business has sent you invoice {number} for it.", number=seen.billed)
    if seen.status is QuoteStatus.ACCEPTED:
        return _("Thank you! The business knows, and will send you the invoice.")
    if seen.status is QuoteStatus.DECLINED:
        return _("You said no. The business knows.")
    if seen.status is QuoteStatus.WITHDRAWN:
        return _("The business has taken this quote back. Please ask for a new one.")
    if seen.old:
        return _("This price was good until {day}. Please ask for a new quote.",
                 day=seen.quote.valid_until)  # fmt: skip
    return _("This is a quote: nothing is to be paid yet.")


def _line(line: QuoteLine, currency: str) -> dict[str, str]:
    price = Money(line.unit_price_minor, currency)
    return {
        "description": line.description,
        "how": f"{line.quantity.normalize():f} × {price}" if line.quantity != 1 else "",
        "amount": str(Money(line.amount_minor, currency)),
    }


def _sums(quote: Quote) -> list[tuple[Text, Money, bool]]:
    """From the subtotal to the total; rows that say nothing new are left out."""
    subtotal, discount, tax = (
        Money(minor, quote.currency)
        for minor in (quote.subtotal_minor, quote.discount_minor, quote.tax_minor)
    )
    rows: list[tuple[Text, Money, bool]] = []
    if subtotal != quote.total or discount:
        rows.append((_("Subtotal"), subtotal, False))
    if discount:
        rows.append((_("Discount"), -discount, False))
    label = _("{label} {rate}%", label=quote.tax_label or "VAT", rate=quote.tax_rate)
    if quote.tax_rate is not None and not quote.tax_inclusive:
        rows.append((label, tax, False))
    rows.append((_("Total"), quote.total, True))
    if quote.tax_rate is not None and quote.tax_inclusive:
        rows.append((_("Includes {tax}", tax=label), tax, False))
    return rows
