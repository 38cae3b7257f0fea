"""A receipt on paper (PDF) and as a picture to share (PNG): one payment that arrived."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from documents import pictures, press, words
from documents.facts import ReceiptFacts
from models import clock
from models.text import Text, _, day, raw


def pdf(facts: ReceiptFacts, locale: str) -> bytes:
    """The receipt as PDF/A, A5, in a language; the same bytes for the same facts."""
    return press.pdf("receipt.typ", _data(facts, locale), _pictures(facts))


def png(facts: ReceiptFacts, locale: str, width_px: int = 1080) -> bytes:
    """The receipt as a portrait picture to share."""
    data = _data(facts, locale) | {"picture": True}
    return press.png("receipt.typ", data, _pictures(facts), width_px=width_px)


def _pictures(facts: ReceiptFacts) -> dict[str, str]:
    return pictures.of(facts.page_url, facts.business.logo)


def _paid_at(facts: ReceiptFacts) -> datetime:
    return clock.local_time(facts.paid_at, facts.zone)


def _data(facts: ReceiptFacts, locale: str) -> dict[str, Any]:
    say = words.speaker(locale)
    number = facts.receipt_no or facts.reference
    title = f"{say(_('Receipt'))} {number}"
    settled = facts.balance is not None and not facts.balance
    return {
        "lang": locale,
        "picture": False,
        "title": title,
        "kind": say(_("Receipt")),
        "number": number,
        "date": words.parts(_paid_at(facts).date()),
        "tone": "calm",
        "running": {"left": facts.business.name, "right": title},
        "business": words.business(facts.business, say),
        "headline": {
            "label": say(_("Received with thanks")),
            "amount": str(facts.amount),
            "note": say(_("Paid in full. Thank you!")) if settled else "",
        },
        "rows": [
            {"label": say(label), "value": say(value), "strong": strong}
            for label, value, strong in _rows(facts, locale)
        ],
        "qr": words.qr(facts.page_url, say(_("Scan to check that this is genuine"))),
        "footer": facts.footer,
        "marks": {"across": "", "stamp": say(_("PAID")) if settled else ""},
        "words": {"sent_with": say(_("Sent with Bili"))},
    }


def _rows(facts: ReceiptFacts, locale: str) -> Iterator[tuple[Text, Text | str, bool]]:
    """What the payment was, in the order in which people ask."""
    at = _paid_at(facts)
    payer = words.lines(facts.client.name, facts.payer_phone)
    told: tuple[tuple[Text, Text | str | None], ...] = (
        (_("Paid on"), f"{day(at.date(), locale, year=True)}, {at:%H:%M}"),
        (_("Paid by"), facts.method),
        (_("Receipt no."), facts.receipt_no),
        (_("From"), payer),
        *((_("For invoice"), number) for number in _numbers(facts)),
        (_("Kept for your next invoice"), str(facts.credit) if facts.credit else None),
        (_("Reference"), facts.reference),
    )
    yield from (
        (label, raw(value) if isinstance(value, str) else value, False)
        for label, value in told
        if value
    )
    if facts.balance is not None:
        yield _("Still to pay"), raw(str(facts.balance)), True


def _numbers(facts: ReceiptFacts) -> list[str | None]:
    """The invoice it paid; of several, how much went to which."""
    if len(facts.parts) < 2:
        return [facts.invoice_number]
    return [f"{number}: {part}" for number, part in facts.parts]
