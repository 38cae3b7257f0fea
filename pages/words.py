"""What the invoice's page says, as texts: the template only arranges them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from invoicing import apart
from invoicing.commands import ReportReason
from invoicing.ways import METHODS, Way
from models.invoices import InvoiceLine, Shown
from models.money import Money
from models.text import MONTHS, Text, _, day, render
from pages.view import Arrived, View
from payments.attempts import Public

Say = Callable[[Text], str]

REASONS = {
    ReportReason.NOT_RECEIVED: _("I did not get what was billed"),
    ReportReason.WRONG_AMOUNT: _("The amount is wrong"),
    ReportReason.ALREADY_PAID: _("I have paid it already"),
    ReportReason.NOT_MINE: _("This invoice is not for me"),
    ReportReason.ABUSE: _("This looks like a fraud"),
    ReportReason.OTHER: _("Something else"),
}
LANGUAGE_NAMES = {"en": "English", "sw": "Kiswahili"}
NOT_FOUND = _("This link does not open an invoice")
NOT_FOUND_WHY = _(
    "It may be mistyped, or the business has taken it back. Ask them to send you a new one."
)
REFUSED = _("This request came from another site and was not accepted.")


def speaker(language: str) -> Say:
    """Turns texts into plain words of a language; the template escapes them."""
    return lambda text: render(text, language)


def page(view: View, say: Say) -> dict[str, Any]:
    """Everything the template writes, in the reader's language."""
    return {
        "title": say(_("Invoice {number}", number=view.invoice.number_text)),
        "status": say(status(view)),
        "headline": headline(view, say),
        "banner": [say(words) for words in banner(view)],
        "for_whom": say(_("For {client}", client=view.client)),
        "dates": [[say(label), value] for label, value in _dates(view)],
        "lines": [
            _line(line, view.invoice.currency, view.invoice.tax_label) for line in view.lines
        ],
        "sums": [
            {"label": say(label), "amount": str(amount), "strong": strong}
            for label, amount, strong in _sums(view)
        ],
        "files": view.files,
        "arrived": [_arrived(one, view.language, say) for one in view.arrived],
        "ways": [_way(way, say) for way in by_hand(view)],
        "attempt": attempt(view, say),
        "pay": pay(view, say),
        "trust": [say(words) for words in trust(view)],
        "reasons": [(reason.value, say(words)) for reason, words in REASONS.items()],
        "labels": {name: say(words) for name, words in LABELS.items()},
    }


LABELS = {
    "pay_by_hand": _("Pay by yourself"),
    "or_pay_by_hand": _("Or pay by yourself"),
    "copying": _("Copy"),
    "copied": _("Copied"),
    "amount": _("Amount"),
    "pay_other": _("Another number or amount"),
    "phone": _("M-Pesa number"),
    "pay_part": _("Pay only a part"),
    "how_much": _("How much now?"),
    "how_much_hint": _("Leave it empty to pay everything."),
    "send_prompt": _("Send me the M-Pesa prompt"),
    "details": _("What it is for"),
    "item": _("Item"),
    "payments": _("Payments"),
    "attached": _("Attached"),
    "pdf": _("Download PDF"),
    "picture": _("Picture"),
    "telegram": _("Open in Telegram"),
    "whatsapp": _("Open in WhatsApp"),
    "report": _("Is something wrong with this invoice?"),
    "report_more": _("Tell us more, if you like"),
    "report_send": _("Send to the business"),
    "reported": _("Thank you. The business has been told."),
    "note": _("Note"),
    "terms": _("Terms"),
    "pay_note": _("How to pay"),
    "refresh": _("See how it stands"),
    "follows": _("This page follows along by itself."),
    "continue": _("Continue to pay"),
    "sent_with": _("Sent with Bili"),
}


def status(view: View) -> Text:
    """The shown status in a word or two."""
    if view.shown is Shown.PAID and not view.invoice.paid_minor:
        return _("Settled")
    return {
        Shown.DRAFT: _("Draft"),
        Shown.SENT: _("To be paid"),
        Shown.PARTLY_PAID: _("Partly paid"),
        Shown.OVERDUE: _("Overdue"),
        Shown.PAID: _("Paid"),
        Shown.VOID: _("Cancelled"),
    }[view.shown]


def headline(view: View, say: Say) -> dict[str, str]:
    """The large amount and what it is."""
    if view.shown in (Shown.PAID, Shown.VOID):
        return {"label": say(_("Total")), "amount": str(view.invoice.total), "note": ""}
    due = view.invoice.due_on or view.since
    if view.deposit:
        return {
            "label": say(_("Deposit, due now")),
            "amount": str(view.deposit),
            "note": say(_("The rest by {day}", day=due)),
        }
    note = _("Was due {day}", day=due) if view.shown is Shown.OVERDUE else _("Due {day}", day=due)
    return {
        "label": say(_("Amount due")),
        "amount": str(view.invoice.balance),
        "note": say(note),
    }


def banner(view: View) -> list[Text]:
    """What the reader must know first; nothing for an ordinary open invoice."""
    invoice = view.invoice
    if view.shown is Shown.VOID:
        why = [_("Reason: {why}", why=invoice.void_reason)] if invoice.void_reason else []
        return [_("This invoice was cancelled. Please do not pay it."), *why]
    if view.shown is Shown.PAID:
        return _paid(view)
    if invoice.disputed_at:
        return [_("The business is looking into a question about this invoice.")]
    if invoice.paid_minor:
        return [_("{paid} of {total} is paid.", paid=invoice.paid, total=invoice.total)]
    return []


def _paid(view: View) -> list[Text]:
    given_up = view.invoice.written_off_at or "write_off" in view.adjusted
    if given_up or not view.invoice.paid_minor:
        return [_("Nothing is owed on this invoice any more.")]
    last = view.arrived[-1] if view.arrived else None
    if last and last.receipt:
        told = [_("{method} receipt {receipt}, {day}", method=METHODS[last.method],
                  receipt=last.receipt, day=last.paid_on)]  # fmt: skip
    else:
        told = [_("Received on {day}", day=last.paid_on)] if last else []
    return [_("Paid in full. Thank you!"), *told]


def _dates(view: View) -> list[tuple[Text, str]]:
    found = []
    if view.invoice.issued_on:
        found.append((_("Issued"), day(view.invoice.issued_on, view.language, year=True)))
    if view.invoice.due_on:
        found.append((_("Due"), day(view.invoice.due_on, view.language, year=True)))
    return found


def _line(line: InvoiceLine, currency: str, label: str | None = None) -> dict[str, str]:
    price = Money(line.unit_price_minor, currency)
    how = f"{line.quantity.normalize():f} × {price}" if line.quantity != 1 else ""
    return {
        "description": line.description,
        "how": ", ".join(filter(None, [how, apart.words(line, currency, label)])),
        "amount": str(Money(line.amount_minor, currency)),
    }


def _sums(view: View) -> list[tuple[Text, Money, bool]]:
    """From the subtotal down to what is still due; rows that say nothing new are left out."""
    invoice = view.invoice
    subtotal = Money(invoice.subtotal_minor, invoice.currency)
    discount = Money(invoice.discount_minor, invoice.currency)
    taxes = [(_tax(view, rate), amount, False) for rate, amount in apart.taxes(invoice).items()]
    rows: list[tuple[Text, Money, bool]] = []
    if subtotal != invoice.total or discount:
        rows.append((_("Subtotal"), subtotal, False))
    if discount:
        rows.append((_("Discount"), -discount, False))
    rows += [] if invoice.tax_inclusive else taxes
    rows.append((_("Total"), invoice.total, True))
    if invoice.tax_inclusive:
        rows += [(_("Includes {tax}", tax=label), amount, end) for label, amount, end in taxes]
    return rows + _settled(view)


def _tax(view: View, rate: Decimal) -> Text:
    return _("{label} {rate}%", label=view.invoice.tax_label or "VAT", rate=rate)


def _settled(view: View) -> list[tuple[Text, Money, bool]]:
    if view.shown is Shown.VOID:
        return []
    gone = [
        (_("Paid"), view.invoice.paid),
        (_("Credited"), view.adjusted.get("credit")),
        (_("Rounding"), view.adjusted.get("rounding")),
        (_("Written off"), view.adjusted.get("write_off")),
    ]
    told = [(label, -amount, False) for label, amount in gone if amount]
    owed = [(_("Amount due"), view.invoice.balance, True)] if told else []
    if first := view.deposit:
        rest = view.invoice.balance - first
        owed += [(_("Deposit, due now"), first, True), (_("The rest"), rest, False)]
    return [*told, *owed]


def _arrived(one: Arrived, language: str, say: Say) -> dict[str, str]:
    return {
        "amount": str(one.amount),
        "how": " ".join(filter(None, [say(METHODS[one.method]), one.receipt])),
        "day": day(one.paid_on, language),
    }


def by_hand(view: View) -> tuple[Way, ...]:
    """The ways without a prompt; none while one is on its way, so that nobody pays twice."""
    if not view.payable or (view.waiting and not _may_insist(view)):
        return ()
    return view.ways


def _way(way: Way, say: Say) -> dict[str, Any]:
    fields = [(way.number_label, way.number), (way.account_label, way.account)]
    return {
        "label": say(way.label),
        "instructions": say(way.instructions),
        "fields": [(say(label), value) for label, value in fields if value],
    }


def attempt(view: View, say: Say) -> dict[str, Any] | None:
    """The panel that follows the latest try; None where there is nothing to say of it."""
    found = view.attempt
    if found is None or not view.payable or found.status is Public.SUCCEEDED:
        return None
    titles = {
        Public.PENDING: _("Check your phone and enter your M-Pesa PIN"),
        Public.UNKNOWN: _("We are asking M-Pesa how it went"),
        Public.FAILED: _("The payment did not go through"),
        Public.EXPIRED: _("The prompt has run out"),
    }
    return {
        "status": found.status.value,
        "title": say(titles[found.status]),
        "message": say(found.message),
        "redirect_url": found.redirect_url,
        "id": found.id,
    }


def pay(view: View, say: Say) -> dict[str, Any] | None:
    """The forms that ask a phone for money; None where that cannot be done now."""
    offer = view.offer
    if offer is None or not view.payable or (view.waiting and not _may_insist(view)):
        return None
    amount = offer.amount
    retry = view.attempt is not None and view.attempt.status in (Public.FAILED, Public.EXPIRED)
    button = (
        _("Try again: {amount}", amount=amount)
        if retry
        else _("Pay {amount} with M-Pesa", amount=amount)
    )
    to = _("The prompt goes to {phone}.", phone=offer.phone) if offer.phone else None
    return {
        "gateway": offer.gateway,
        "button": say(button),
        "to": say(to) if to else "",
        "amount": "" if offer.is_all else f"{amount.major:f}",
        "placeholder": f"{amount.major:,.0f}",
        "doubt": say(DOUBT) if _may_insist(view) else "",
        "nonce": view.nonce,
    }


DOUBT = _(
    "Look at your M-Pesa messages first. If no money has left your phone, you can ask for another"
    " prompt."
)


def _may_insist(view: View) -> bool:
    """After two minutes without an end, whoever was warned may try again."""
    return view.waiting and view.attempt is not None and view.attempt.old


def trust(view: View) -> list[Text]:
    """Why to believe it, and what to compare before the PIN."""
    found = [
        _("Sent by {business}, with Bili since {month}.", business=view.business,
          month=month(view.since, view.language)),
    ]  # fmt: skip
    if view.offer is None or not view.payable:
        return found
    if view.offer.account:
        words = _("The prompt shows the amount and account {code}. Check both before your PIN.",
                  code=view.offer.account)  # fmt: skip
    else:
        words = _("The prompt shows the amount and the business. Check both before your PIN.")
    never = _("Nobody at Bili ever asks for your PIN: enter it on your phone only.")
    return [*found, words, never]


def month(moment: date, language: str) -> str:
    """`Nov 2026`."""
    return f"{MONTHS.get(language, MONTHS['en'])[moment.month - 1]} {moment.year}"
