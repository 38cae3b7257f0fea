"""An invoice, quote or credit note on paper (PDF) and as a picture to share (PNG)."""

from collections.abc import Iterator
from typing import Any

from documents import pictures, press, words
from documents.facts import InvoiceFacts, Kind, LineFacts, Status, TaxFacts, WayToPay
from documents.words import Say
from models.money import Money
from models.text import Text, _, day, ngettext, raw, render

TITLES = {
    Kind.INVOICE: _("Invoice"),
    Kind.CREDIT_NOTE: _("Credit note"),
    Kind.QUOTE: _("Quote"),
}
TONES = {Status.OVERDUE: "late", Status.VOID: "dead"}
SHOWN_LINES = 6  # on a picture, so that the amount and the way to pay stay on one screen
DESIGNS = {
    "classic": "invoice.typ",
    "bold": "invoice-bold.typ",
    "simple": "invoice-simple.typ",
}
SHEET_WIDTH_PT = 595  # A4
CLOSED = {Status.PAID, Status.VOID}


def pdf(facts: InvoiceFacts, locale: str) -> bytes:
    """The paper as PDF/A, A4, in a language; the same bytes for the same facts."""
    return press.pdf(_template(facts), _data(facts, locale), _pictures(facts))


def sheet_png(facts: InvoiceFacts, locale: str, width_px: int = 900) -> bytes:
    """The first sheet of the paper as a picture, to choose a design by."""
    return press.png(
        _template(facts), _data(facts, locale), _pictures(facts),
        width_px=width_px, width_pt=SHEET_WIDTH_PT,
    )  # fmt: skip


def _template(facts: InvoiceFacts) -> str:
    """Papers that went out before there were designs are classic, as is one we know no more."""
    return DESIGNS.get(facts.design, DESIGNS["classic"])


def png(facts: InvoiceFacts, locale: str, width_px: int = 1080) -> bytes:
    """A portrait picture to share, with the amount large; long invoices show their first lines."""
    data = _data(facts, locale)
    shown, hidden = facts.lines[:SHOWN_LINES], len(facts.lines) - SHOWN_LINES
    data["lines"] = [_line(line) for line in shown]
    if hidden > 0:
        data["more"] = render(ngettext("and {n} more item", "and {n} more items", hidden), locale)
    return press.png("invoice-picture.typ", data, _pictures(facts), width_px=width_px)


def _pictures(facts: InvoiceFacts) -> dict[str, str]:
    return pictures.of(facts.page_url, facts.business.logo)


def _data(facts: InvoiceFacts, locale: str) -> dict[str, Any]:
    say = words.speaker(locale)
    kind = say(TITLES[facts.kind])
    title = f"{kind} {facts.number}" if facts.number else kind
    return {
        "lang": locale,
        "title": title,
        "kind": kind,
        "number": facts.number or "",
        "date": words.parts(facts.issued_on),
        "tone": TONES.get(facts.status, "calm"),
        "running": {"left": facts.business.name, "right": title},
        "business": words.business(facts.business, say),
        "client": words.client(facts.client),
        "headline": _headline(facts, locale, say),
        "dates": _dates(facts, locale, say),
        "columns": [say(_("Item")), say(_("Qty")), say(_("Price")), say(_("Amount"))],
        "lines": [_line(line) for line in facts.lines],
        "sums": [_sum(say, *row) for row in _sums(facts)],
        "ways": [_way(way, say) for way in _ways(facts)],
        "pay_note": facts.pay_note,
        "qr": words.qr(facts.page_url, say(_caption(facts))),
        "more": "",
        "notes": _notes(facts, say),
        "footer": facts.footer,
        "marks": _marks(facts, say),
        "words": {
            "sent_with": say(_("Sent with Bili")),
            "bill_to": say(_("Bill to")),
            "how_to_pay": say(_("How to pay")),
        },
    }


def _headline(facts: InvoiceFacts, locale: str, say: Say) -> dict[str, str]:
    due = day(facts.due_on, locale, year=True) if facts.due_on else ""
    label, amount, note = _headline_texts(facts, due)
    return {"label": say(label), "amount": str(amount), "note": say(note) if note else ""}


def _headline_texts(facts: InvoiceFacts, due: str) -> tuple[Text, Money, Text | None]:
    if facts.voided:
        return _("Total"), facts.total, _("Cancelled. Please do not pay.")
    if facts.kind is Kind.CREDIT_NOTE:
        return _("Credit"), facts.total, None
    if facts.kind is Kind.QUOTE:
        return _("Total"), facts.total, _("Valid until {day}", day=due) if due else None
    if facts.status is Status.PAID:
        return _("Total"), facts.total, _paid_note(facts)
    if facts.deposit_left:
        rest = _("The rest by {day}", day=due) if due else None
        return _("Deposit, due now"), facts.deposit_left, rest
    if facts.status is Status.OVERDUE:
        return _("Amount due"), facts.balance, _("Was due {day}", day=due) if due else None
    return _("Amount due"), facts.balance, _("Due {day}", day=due) if due else None


def _paid_note(facts: InvoiceFacts) -> Text:
    """Nothing is owed: paid, taken back, or given up."""
    if facts.paid:
        return _("Paid in full. Thank you!")
    return _("Nothing is owed on this invoice any more.")


def _dates(facts: InvoiceFacts, locale: str, say: Say) -> list[list[str]]:
    found = [[say(_("Issued")), day(facts.issued_on, locale, year=True)]]
    if facts.due_on and facts.kind is Kind.INVOICE:
        found.append([say(_("Due")), day(facts.due_on, locale, year=True)])
    return found


def _line(line: LineFacts) -> dict[str, str]:
    return {
        "description": line.description,
        "quantity": line.quantity,
        "price": str(line.unit_price),
        "amount": str(line.amount),
    }


def _sum(say: Say, label: Text, amount: Money, strong: bool = False) -> dict[str, Any]:
    return {"label": say(label), "amount": str(amount), "strong": strong}


Row = tuple[Text, Money] | tuple[Text, Money, bool]


def _sums(facts: InvoiceFacts) -> Iterator[Row]:
    """From the subtotal down to what is still due; rows that say nothing new are left out."""
    if facts.subtotal != facts.total or facts.discount or facts.taxes:
        yield _("Subtotal"), facts.subtotal
    if facts.discount:
        yield _("Discount"), -facts.discount
    if not facts.tax_inclusive:
        yield from ((_tax(tax), tax.amount) for tax in facts.taxes)
    yield _("Total"), facts.total, True
    if facts.tax_inclusive:
        yield from ((_("Includes {tax}", tax=_tax(tax)), tax.amount) for tax in facts.taxes)
    if not facts.voided:
        yield from _settled(facts)


def _settled(facts: InvoiceFacts) -> Iterator[Row]:
    gone = (
        (_("Paid so far"), facts.paid),
        (_("Credited"), facts.credited),
        (_("Rounding"), facts.rounded),
    )
    told = [(label, -amount) for label, amount in gone if amount]
    yield from told
    if told:
        yield _("Amount due"), facts.balance, True
    if facts.deposit_left:
        yield _("Deposit, due now"), facts.deposit_left
        yield _("The rest"), facts.balance - facts.deposit_left


def _tax(tax: TaxFacts) -> Text:
    if tax.rate is None:
        return raw(tax.label)
    return _("{label} {rate}%", label=tax.label, rate=tax.rate)


def _ways(facts: InvoiceFacts) -> tuple[WayToPay, ...]:
    """Nobody is told how to pay what needs no paying."""
    wanted = facts.kind is Kind.INVOICE and facts.status not in CLOSED
    return facts.ways_to_pay if wanted else ()


def _way(way: WayToPay, say: Say) -> dict[str, Any]:
    fields = []
    if way.business_no:
        fields.append([say(_("Business no.")), way.business_no])
    if way.account:
        fields.append([say(way.account_label), way.account])
    told = say(way.instructions) if way.instructions else ""
    return {"label": say(way.label), "fields": fields, "instructions": told}


def _caption(facts: InvoiceFacts) -> Text:
    if facts.kind is Kind.INVOICE and facts.status not in CLOSED:
        return _("Scan to check this invoice or pay")
    return _("Scan to check that this is genuine")


def _notes(facts: InvoiceFacts, say: Say) -> list[dict[str, str]]:
    about = say(facts.refers_to) if facts.refers_to else ""
    how = "" if facts.ways_to_pay or facts.status in CLOSED else facts.pay_note
    pairs = (
        (_("About"), about),
        (_("Notes"), facts.notes),
        (_("Terms"), facts.terms),
        (_("How to pay"), how),
    )
    return [{"label": say(label), "words": told} for label, told in pairs if told]


def _marks(facts: InvoiceFacts, say: Say) -> dict[str, str]:
    """The word across the sheet, and the stamp beside the amount."""
    across = {Status.VOID: _("VOID"), Status.DRAFT: _("DRAFT")}.get(facts.status)
    stamped = facts.status is Status.PAID and facts.kind is Kind.INVOICE and bool(facts.paid)
    return {
        "across": say(across) if across else "",
        "stamp": say(_("PAID")) if stamped else "",
    }
