"""Words of reminders and overdue notices: what is left to pay, never the total alone (A-9)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import cards, deposits, passed_on
from conversations.prompts import Choice, Prompt, Start, Template
from invoicing import lifecycle, reminders, reminding
from invoicing.reminders import Reason
from models import clock, db
from models.invoices import Invoice
from models.money import Money
from models.text import Text, _, raw
from models.told import Notice

if TYPE_CHECKING:
    from bot.notices import Fact

KINDS = ("reminder", "overdue", "remind_yourself")
ENDS = ("paid", "voided")  # notices after which no reminder that still waits is said
DROP = sa.text(
    "UPDATE outbound SET status = 'dropped', error_code = 'settled'"
    " WHERE status IN ('waiting', 'held') AND notice_id = ANY(:ids)"
)


def unfit(session: Session, fact: "Fact") -> Reason | None:
    """Why a reminder is not said after all, its invoice read again under lock at the last moment."""
    assert fact.invoice  # noqa: S101 - the kind says so
    assert fact.client  # noqa: S101 - the kind says so
    invoice = lifecycle.get(session, fact.invoice.id, lock=True)
    why = reminding.ended(invoice)
    if why is None and invoice.disputed_at is not None:
        why = Reason.DISPUTED
    hushed = reminding.switched_off(invoice, fact.merchant, fact.client)
    if why is None and hushed and fact.notice.kind != "overdue":
        why = Reason.OFF
    if why is not None:
        reminding.not_said(session, invoice, fact.notice.facts["step"], why)
    return why


def not_before(session: Session, fact: "Fact") -> datetime:
    """When its reader may be written to: now, or when her day begins."""
    zone = fact.merchant.zone
    if fact.notice.audience == "client" and fact.client:
        zone = reminders.phone_zone(fact.client.phone) or zone
    return reminders.polite(db.now(session), zone)


def drop_waiting(session: Session, invoice: Invoice) -> None:
    """There is nothing to pay any more: reminders that were not delivered yet never are."""
    mine = sa.select(Notice.id).where(
        Notice.merchant_id == invoice.merchant_id,
        Notice.invoice_id == invoice.id,
        Notice.kind.in_((*KINDS, "reminded")),
    )
    ids = list(session.scalars(mine))
    if ids:
        session.execute(DROP, {"ids": ids})


def _today(fact: "Fact", now: datetime) -> int:
    """Days since the due day: negative before it."""
    assert fact.invoice  # noqa: S101 - the kind says so
    assert fact.invoice.due_on  # noqa: S101 - an issued invoice has one
    return (clock.local_day(now, fact.merchant.zone) - fact.invoice.due_on).days


def reminder(fact: "Fact") -> Prompt:
    """To the customer: how it stands, what is left, and how to pay or be left in peace."""
    assert fact.invoice  # noqa: S101 - the kind says so
    invoice, about = fact.invoice, fact.about
    first = _deposit_first(fact)
    words = [_how_it_stands(fact), _("*Left to pay: {amount}*", amount=invoice.balance)]
    if first:
        beginning = deposits.reminder(invoice, fact.merchant.name)
        words = [beginning, deposits.due_now(invoice), deposits.rest(invoice)]
    if invoice.paid:
        words.append(_("You have paid {amount} so far. Thank you!", amount=invoice.paid))
    label = _("Pay {amount}", amount=first or invoice.balance)
    choices = (
        Choice("pay", label, Start("pay", about), synonyms=(raw("pay"), raw("lipa"))),
        Choice("snooze", _("Remind me in 3 days"), Start("snooze", about)),
        Choice("quiet", _("Stop reminders"), Start("reminders_off", about)),
        Choice("page", _("Open the page"), url=fact.page),
    )
    token = fact.page.rsplit("/", 1)[-1]
    asked = deposits.in_all(invoice) if first else invoice.balance
    facts = (fact.merchant.name, fact.number, asked, invoice.due_on, token)
    template = Template("reminder", cards.values(*facts))
    return Prompt((cards.stack(*words),), choices, kind="card", template=template)


def _deposit_first(fact: "Fact") -> Money:
    """What is due now while the rest has time yet; 0 where all of it is asked for."""
    assert fact.invoice  # noqa: S101 - the kind says so
    return fact.invoice.deposit_due(clock.local_day(fact.now, fact.merchant.zone))


def _how_it_stands(fact: "Fact") -> Text:
    assert fact.invoice  # noqa: S101 - the kind says so
    known = {"business": fact.merchant.name, "number": fact.number, "day": fact.invoice.due_on}
    days = _today(fact, fact.now)
    if days < 0:
        return _("A reminder from *{business}*: invoice *{number}* is due on {day}.", **known)
    if days == 0:
        return _("A reminder from *{business}*: invoice *{number}* is due today, {day}.", **known)
    return _("A reminder from *{business}*: invoice *{number}* was due on {day}.", **known)


def overdue(fact: "Fact") -> Prompt:
    """To the merchant, on the first day after the due day."""
    assert fact.invoice  # noqa: S101 - the kind says so
    assert fact.client  # noqa: S101 - the kind says so
    invoice, about = fact.invoice, fact.about
    head = _(
        "⚠️ *{number}* for *{client}* is overdue: it was due on {day}.",
        number=fact.number,
        client=fact.client.name,
        day=invoice.due_on,
    )
    words = [head, _("*Left to pay: {amount}*", amount=invoice.balance)]
    off = reminding.switched_off(invoice, fact.merchant, fact.client)
    if not off:
        words.append(_("I go on reminding them, politely, after 3, 7 and 14 days."))
    choices = (
        Choice("show", _("See it"), Start("show", about)),
        Choice("payment", _("Record a payment"), Start("record_payment", about)),
        switch_choice(about, off=off),
    )
    return Prompt((cards.stack(*words),), choices, kind="card")


def switch_choice(about: dict[str, Any], *, off: bool) -> Choice:
    """The button that turns the reminders of an invoice round."""
    if off:
        return Choice("remind", _("Reminders on"), Start("reminders_on", about))
    return Choice("quiet", _("Reminders off"), Start("reminders_off", about))


def remind_yourself(fact: "Fact") -> Prompt:
    """To the merchant whose customer has no chat with us: the message, ready to be passed on."""
    assert fact.invoice  # noqa: S101 - the kind says so
    assert fact.client  # noqa: S101 - the kind says so
    message = _to_pass_on(fact)
    words = _(
        "It is time to remind *{client}* of *{number}*: {amount} is left. They have no chat with "
        "me, so please pass this on: tap below, or copy it.",
        client=fact.client.name,
        number=fact.number,
        amount=fact.invoice.balance,
    )
    if _deposit_first(fact):
        words = deposits.remind_yourself(fact.invoice, fact.client.name)
    shares = passed_on.share_choices(fact.invoice, message, fact.page, fact.client.phone)
    choices = (
        *shares,
        Choice("show", _("See it"), Start("show", fact.about)),
        switch_choice(fact.about, off=False),
    )
    said = passed_on.in_language(message, fact.invoice.language)
    return Prompt((words, said), choices, kind="card")


def _to_pass_on(fact: "Fact") -> Text:
    assert fact.invoice  # noqa: S101 - the kind says so
    client = fact.client.name if fact.client else ""
    known = passed_on.known(fact.invoice, fact.merchant.name, client, fact.page)
    if _deposit_first(fact):
        return deposits.remind_forward(known)
    if _today(fact, fact.now) > 0:
        return _(
            "Hello {client}, a friendly reminder of invoice {number} from {business}: {amount} was "
            "due on {day}. See it and pay here: {link}",
            **known,
        )
    return _(
        "Hello {client}, a friendly reminder of invoice {number} from {business}: {amount} is due "
        "on {day}. See it and pay here: {link}",
        **known,
    )


WORDS = {
    ("reminder", "client"): reminder,
    ("overdue", "member"): overdue,
    ("remind_yourself", "member"): remind_yourself,
}
