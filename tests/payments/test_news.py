"""What Daraja posts, read by name whatever its order, types and holes."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from models.money import Money
from payments import daraja_news
from payments.evidence import Source
from tests.payments import bed

PAYLOADS = Path(__file__).resolve().parent.parent / "payloads" / "daraja"
PAID_AT = datetime(2026, 11, 20, 7, 0, 12, tzinfo=UTC)


def payload(name: str) -> bytes:
    """A body as it came."""
    return (PAYLOADS / f"{name}.json").read_bytes()


@pytest.mark.parametrize(
    "name", ["stk_success", "stk_success_balance_without_value", "stk_success_java_map"]
)
def test_a_success_by_name(name: str) -> None:
    """Numbers and text, any order, a Balance without a value or as a map of Java."""
    found = daraja_news.read_stk(payload(name), 7)
    assert found is not None
    assert (found.source, found.attempt_id, found.success) == (Source.CALLBACK, 7, True)
    assert found.amount == Money(255_000, "KES")
    assert (found.receipt, found.payer_phone) == ("UKK81ABCDE", "254712345678")
    assert (found.handle, found.second_handle) == (bed.HANDLE, bed.SECOND)
    assert found.paid_at == PAID_AT


@pytest.mark.parametrize(
    ("name", "code"), [("stk_cancelled", "1032"), ("stk_text_code", "SFC_IC0003")]
)
def test_a_failure_has_no_metadata(name: str, code: str) -> None:
    """Codes are numbers, or text."""
    found = daraja_news.read_stk(payload(name), 7)
    assert found is not None
    assert (found.success, found.code, found.amount, found.receipt) == (False, code, None, None)


def test_a_success_without_items_is_understood() -> None:
    """Every item is optional: it is a hint without an amount."""
    found = daraja_news.read_stk(payload("stk_success_without_items"), 7)
    assert found is not None
    assert (found.success, found.amount) == (True, None)


BROKEN = [
    b"",
    b"null",
    b"[]",
    b"{",
    b"\xff\xfe",
    b"[" * 200_000,
    b'{"Body": []}',
    b'{"Body": {"stkCallback": "paid"}}',
    b'{"Body": {"stkCallback": {"ResultCode": true}}}',
    b'{"Body": {"stkCallback": {"ResultCode": null}}}',
    b'{"Body": {"stkCallback": {"ResultCode": {}}}}',
    b"1" * 10_000,
]


@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
def test_what_cannot_be_understood_is_none(body: bytes) -> None:
    """And never an exception."""
    assert daraja_news.read_stk(body, 7) is None
    assert daraja_news.read_confirmation(body) is None


@pytest.mark.parametrize(
    "value",
    [0, -1, "-5", "NaN", "Infinity", "1e400", "1e-3", 0.001, "", None, True, [], "２５５０x"],
)
def test_amounts_that_are_none(value: Any) -> None:
    """No money of nothing, of too much, of a part of a cent."""
    body = json.dumps(
        {
            "Body": {
                "stkCallback": {
                    "ResultCode": 0,
                    "CallbackMetadata": {"Item": [{"Name": "Amount", "Value": value}]},
                }
            }
        }
    ).encode()
    assert daraja_news.read_stk(body, 7) is None


@pytest.mark.parametrize(
    ("value", "minor"),
    [("5.00", 500), (1, 100), ("2550.5", 255_050), ("1E+3", 100_000), ("0.01", 1)],
)
def test_amounts_are_exact(value: object, minor: int) -> None:
    """Major units to minor units without a float in between."""
    assert daraja_news.money(value) == Money(minor, "KES")


def test_an_amount_keeps_its_cents_through_json() -> None:
    """0.1 + 0.2 of a float would not."""
    body = b'{"TransID": "X", "TransAmount": 1234567890123.45}'
    found = daraja_news.read_confirmation(body)
    assert found is not None
    assert found.amount == Money(123_456_789_012_345, "KES")


def test_a_confirmation() -> None:
    """All text; empty names are left out; an empty account is none."""
    found = daraja_news.read_confirmation(payload("c2b_v2"))
    assert found is not None
    assert (found.source, found.attempt_id, found.destination) == (Source.C2B, None, "600966")
    assert (found.account, found.payer_name) == ("ACCOUNT", "JANE MWANGI")
    assert (found.payer_phone, found.paid_at) == ("2547 ***** 678", PAID_AT)
    till = daraja_news.read_confirmation(payload("c2b_till"))
    assert till is not None
    assert (till.account, till.payer_name) == (None, "JANE")


@pytest.mark.parametrize(
    "value", ["2026", "20261399999999", "٢٠٢٦١١٢٠١٠٠٠١٢", 1.5, None, "2026-11-20 10:0"]
)
def test_times_that_are_none(value: object) -> None:
    """Then the moment of arrival must do."""
    assert daraja_news.moment(value) is None


def test_what_postgres_cannot_hold_is_left_out() -> None:
    """A payer types anything into the account: NUL, surrogates, controls, novels."""
    assert daraja_news.text("A\x00B\ud800C\n") == "ABC"
    assert len(daraja_news.text("x" * 5000) or "") == daraja_news.LONGEST
