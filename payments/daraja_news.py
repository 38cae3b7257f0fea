"""What Daraja tells us, read into evidence: by name, tolerant of type, never trusting a shape.

None means "genuine perhaps, but not understood": the raw event is kept and a person looks.
Sources: facts/daraja 3 (STK callback), 5.2 (C2B confirmation).
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from models.money import BIGGEST_MINOR, EXPONENTS, Money
from payments.daraja import NAIROBI, RULES
from payments.daraja_codes import PAID
from payments.evidence import Evidence, Source

STK, VALIDATION, CONFIRMATION = "stk", "c2b_validation", "c2b_confirmation"
RESULT, TIMEOUT = "result", "timeout"
CURRENCY = "KES"
LONGEST = 200


def read_body(body: bytes) -> dict[str, Any]:
    """The JSON object of a body; empty when it is none. Amounts stay exact."""
    try:
        found = json.loads(body, parse_float=Decimal)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def read_stk(body: bytes, attempt_id: int | None) -> Evidence | None:
    """An STK callback. Items come in any order and number; failures have none at all (3)."""
    told = _inside(read_body(body), "Body", "stkCallback")
    code = text(told.get("ResultCode"))
    if code is None or attempt_id is None:
        return None
    items = _items(told)
    amount = money(items.get("Amount"))
    if code == PAID and "Amount" in items and amount is None:
        return None
    return Evidence(
        provider=RULES.name,
        source=Source.CALLBACK,
        attempt_id=attempt_id,
        success=code == PAID,
        code=code,
        amount=amount,
        receipt=text(items.get("MpesaReceiptNumber")),
        handle=text(told.get("CheckoutRequestID")),
        second_handle=text(told.get("MerchantRequestID")),
        payer_phone=text(items.get("PhoneNumber")),
        paid_at=moment(items.get("TransactionDate")),
    )


def read_confirmation(body: bytes) -> Evidence | None:
    """A C2B confirmation: money has moved. All values are text, typed by anybody (5.2)."""
    told = read_body(body)
    receipt, amount = text(told.get("TransID")), money(told.get("TransAmount"))
    if receipt is None or amount is None:
        return None
    names = [text(told.get(part)) for part in ("FirstName", "MiddleName", "LastName")]
    return Evidence(
        provider=RULES.name,
        source=Source.C2B,
        amount=amount,
        receipt=receipt,
        destination=text(told.get("BusinessShortCode")),
        account=text(told.get("BillRefNumber")),
        payer_name=" ".join(filter(None, names)) or None,
        payer_phone=text(told.get("MSISDN")),
        paid_at=moment(told.get("TransTime")),
    )


def text(value: Any) -> str | None:
    """A field as text, numbers too, without what Postgres or a person could stumble over."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    clean = "".join(sign for sign in str(value) if sign.isprintable()).strip()
    return clean[:LONGEST] or None


def money(value: Any) -> Money | None:
    """Major units, number or text, as exact money above zero; None for anything else."""
    words = text(value)
    try:
        minor = Decimal(words or "").scaleb(EXPONENTS[CURRENCY])
        if not minor.is_finite() or not 0 < minor < BIGGEST_MINOR or minor != int(minor):
            return None
    except InvalidOperation:
        return None
    return Money(int(minor), CURRENCY)


def moment(value: Any) -> datetime | None:
    """`YYYYMMDDHHmmss` on Nairobi's clock, number or text, as UTC; None for anything else."""
    words = text(value) or ""
    if len(words) != len("20261120100000") or not (words.isascii() and words.isdigit()):
        return None
    try:
        local = datetime.strptime(words, "%Y%m%d%H%M%S")  # noqa: DTZ007 - the zone follows
        return local.replace(tzinfo=NAIROBI).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _inside(told: dict[str, Any], *names: str) -> dict[str, Any]:
    for name in names:
        inner = told.get(name)
        told = inner if isinstance(inner, dict) else {}
    return told


def _items(told: dict[str, Any]) -> dict[str, Any]:
    """The metadata by name; an item may lack its value (`Balance` often does)."""
    items = _inside(told, "CallbackMetadata").get("Item")
    pairs = items if isinstance(items, list) else [items]
    return {
        item["Name"]: item["Value"]
        for item in pairs
        if isinstance(item, dict) and isinstance(item.get("Name"), str) and "Value" in item
    }


READERS: dict[str, Callable[[bytes, int | None], Evidence | None]] = {
    STK: read_stk,
    CONFIRMATION: lambda body, _attempt_id: read_confirmation(body),
}
