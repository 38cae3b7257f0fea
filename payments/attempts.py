"""Trying to collect: may a prompt be sent, the attempt that remembers it, what to tell the payer."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import allocation, clients, merchants
from invoicing.allocation import Standing
from invoicing.phones import masked
from models import db, jobs
from models.errors import Refusal
from models.invoices import Invoice, Status
from models.money import Money
from models.payments import OPEN_STATES, Attempt, AttemptState
from models.platform import Route
from models.secrets import key_hash, new_reference
from models.text import Text, _
from payments import phones, serving, telling, throttle, upcoming
from payments.gateway import Rules, Step
from payments.options import Options

# For so long a prompt may still be open on a phone; then a person may decide to try again.
IN_DOUBT = timedelta(minutes=2)


class Public(StrEnum):
    """What the pay page says of an attempt."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class _Wanted:
    rules: Rules
    phone: str
    amount: Money


def open(  # noqa: A001 - `attempts.open` is how the house calls it
    session: Session,
    invoice: Invoice,
    *,
    gateway: str,
    phone: str | None,
    amount: Money | None,
    contact_id: int | None,
    nonce: str | None,
    options: Options,
    confirmed: bool = False,
) -> Attempt:
    """Write an attempt and its push; the same nonce finds the same attempt again.

    `phone` None is the client's own; `amount` None is the balance, down to whole units of the
    gateway. `confirmed` says that the payer was warned of an attempt whose end nobody knows.
    Raises Refusal: `gateway_off`, `draft`, `void`, `already_paid`, `phone`, `amount`,
    `in_progress`, `confirm_in_doubt`, `throttled`.
    """
    standing = allocation.lock(session, [invoice.id])[invoice.id]
    if found := _same_click(session, invoice, nonce):
        return found
    rules = _usable(session, invoice, gateway, options)
    _check_open(standing)
    wanted = _Wanted(
        rules,
        _phone(session, invoice, phone, rules),
        _amount(standing, amount, rules),
    )
    _check_doubt(session, invoice, confirmed=confirmed)
    throttle.prompt(session, rules.name, wanted.phone, wanted.amount.amount_minor, invoice.id)
    destination = options.daraja.till or options.daraja.shortcode
    return _write(session, invoice, wanted, destination, contact_id=contact_id, nonce=nonce)


def latest(session: Session, invoice_id: int) -> Attempt | None:
    """The newest attempt of an invoice."""
    return session.scalar(
        sa.select(Attempt)
        .where(Attempt.merchant_id == db.merchant_id(session), Attempt.invoice_id == invoice_id)
        .order_by(Attempt.id.desc())
        .limit(1)
    )


def status(attempt: Attempt) -> Public:
    """The public word for where it stands."""
    if attempt.state in {AttemptState.REJECTED, AttemptState.FAILED}:
        return Public.FAILED
    if attempt.state in {AttemptState.CREATED, AttemptState.SUBMITTING, AttemptState.PENDING}:
        return Public.PENDING
    return Public(attempt.state)


def message(attempt: Attempt) -> Text:
    """What to tell the payer now, with what he can do next."""
    known = status(attempt)
    if known is Public.FAILED:
        return serving.explain(attempt.gateway, attempt.result_code).text
    phone = masked(attempt.phone or "")
    if attempt.state == AttemptState.PENDING:
        return _(
            "Look at {phone}: enter the M-Pesa PIN there to pay *{amount}*.",
            phone=phone,
            amount=attempt.amount,
        )
    if known is Public.PENDING:
        return _("We are sending an M-Pesa prompt to {phone}.", phone=phone)
    if known is Public.SUCCEEDED:
        return _("*{amount}* has arrived. Thank you!", amount=attempt.amount)
    if known is Public.UNKNOWN:
        return _(
            "M-Pesa has not told us yet how it went. If you entered your PIN, you need do nothing:"
            " we keep asking, and a payment is never lost."
        )
    return _(
        "The prompt has run out. If money has left your phone, it will be booked as soon as M-Pesa"
        " tells us. Otherwise you can try again."
    )


def next_step(attempt: Attempt) -> Step | None:
    """The rung of the pay ladder after a failure; None while there is nothing to do (F-4)."""
    if status(attempt) is Public.FAILED:
        return serving.explain(attempt.gateway, attempt.result_code).step
    return Step.AGAIN if attempt.state == AttemptState.EXPIRED else None


def _same_click(session: Session, invoice: Invoice, nonce: str | None) -> Attempt | None:
    if not nonce:
        return None
    return session.scalar(
        sa.select(Attempt).where(
            Attempt.merchant_id == invoice.merchant_id,
            Attempt.invoice_id == invoice.id,
            Attempt.nonce == nonce,
        )
    )


def _usable(session: Session, invoice: Invoice, gateway: str, options: Options) -> Rules:
    rules = serving.find_rules(gateway)
    if rules is None or not serving.serves(session, options, invoice.merchant_id):
        raise Refusal(
            _("This business does not take payments that way. Please use another one."),
            "gateway_off",
        )
    if invoice.currency not in rules.currencies:
        raise Refusal(
            _("M-Pesa prompts are for Kenyan shillings only. Please pay another way."),
            "gateway_off",
        )
    return rules


def _check_open(standing: Standing) -> None:
    if standing.status == Status.DRAFT:
        raise Refusal(_("This invoice is not ready to be paid yet."), "draft")
    if standing.status == Status.VOID:
        raise Refusal(_("This invoice was cancelled. There is nothing to pay."), "void")
    if standing.balance_minor <= 0:
        raise Refusal(_("This invoice is paid already. Thank you!"), "already_paid")


def known_phone(session: Session, invoice: Invoice, rules: Rules) -> str | None:
    """The client's own number as it is now; None where there is none that a prompt can reach."""
    words = clients.get(session, invoice.client_id).phone
    try:
        return phones.read(words, merchants.get(session).country, rules) if words else None
    except Refusal:
        return None


def _phone(session: Session, invoice: Invoice, phone: str | None, rules: Rules) -> str:
    found = (
        phones.read(phone, merchants.get(session).country, rules)
        if phone
        else known_phone(session, invoice, rules)
    )
    if found is None:
        raise Refusal(_("Which phone shall get the M-Pesa prompt?"), "phone")
    return found


def _amount(standing: Standing, amount: Money | None, rules: Rules) -> Money:
    """The whole units to ask for: at most the balance, of which a part below one unit stays."""
    unit, balance = rules.unit_minor, standing.balance_minor
    wanted = balance if amount is None else amount.amount_minor
    if amount is not None and (amount.currency != standing.currency or wanted <= 0):
        raise Refusal(_("That is not an amount we can ask for."), "amount")
    owed = Money(balance, standing.currency)
    if wanted > balance:
        raise Refusal(_("Only {balance} is still to be paid.", balance=owed), "amount")
    if wanted % unit and wanted != balance:
        raise Refusal(_("M-Pesa takes whole shillings only."), "amount")
    if wanted < unit:
        raise Refusal(_("{balance} is too little for M-Pesa.", balance=owed), "amount")
    whole = Money(wanted - wanted % unit, standing.currency)
    if whole.amount_minor > rules.largest_minor:
        most = Money(rules.largest_minor, standing.currency)
        raise Refusal(
            _("M-Pesa takes at most {most} at once. Pay a part first.", most=most), "amount"
        )
    return whole


def _check_doubt(session: Session, invoice: Invoice, *, confirmed: bool) -> None:
    """No second prompt while the first may be open; afterwards only with open eyes."""
    made_at = session.scalar(
        sa.select(sa.func.max(Attempt.made_at)).where(
            Attempt.merchant_id == invoice.merchant_id,
            Attempt.invoice_id == invoice.id,
            Attempt.state.in_(OPEN_STATES),
        )
    )
    if made_at is None:
        return
    if db.now(session) - made_at < IN_DOUBT:
        raise Refusal(
            _("A prompt is on its way already. Look at the phone, or wait two minutes."),
            "in_progress",
        )
    if not confirmed:
        raise Refusal(
            _(
                "M-Pesa has not told us yet whether the last prompt was paid. Look at your M-Pesa"
                " messages first. If nothing was taken, you can try again."
            ),
            "confirm_in_doubt",
        )


def _write(
    session: Session,
    invoice: Invoice,
    wanted: _Wanted,
    destination: str,
    *,
    contact_id: int | None,
    nonce: str | None,
) -> Attempt:
    attempt = Attempt(
        merchant_id=invoice.merchant_id,
        invoice_id=invoice.id,
        gateway=wanted.rules.name,
        reference=new_reference(),
        amount_minor=wanted.amount.amount_minor,
        currency=wanted.amount.currency,
        phone=wanted.phone,
        destination=destination,
        contact_id=contact_id,
        nonce=nonce or None,
        state=AttemptState.CREATED,
        made_at=db.now(session),
    )
    session.add(attempt)
    session.flush()
    session.execute(
        sa.insert(Route).values(
            kind="attempt",
            key_hash=key_hash(attempt.reference),
            merchant_id=attempt.merchant_id,
            target_id=attempt.id,
        )
    )
    telling.audit(session, "attempt.opened", invoice.id, attempt_id=attempt.id)
    jobs.defer(session, "payments.push", merchant_id=attempt.merchant_id, attempt_id=attempt.id)
    upcoming.look_after(session, attempt.id, upcoming.GAPS_S[0], afresh=True)
    return attempt
