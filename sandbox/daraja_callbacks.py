"""The callback of an STK push, in its real shape and with every fault it is known for."""

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .daraja import Daraja, Moved

if TYPE_CHECKING:
    from .daraja_stk import Prompt

DUPLICATE_AFTER_S = 0.5
TEXTS: dict[int | str, str] = {
    0: "The service request is processed successfully.",
    1: "The balance is insufficient for the transaction.",
    4: "Declined due to limit rule: would exceed daily transfer limit",
    17: "Rule limited.",
    1025: "An error occurred while sending a push request.",
    1032: "Request cancelled by user",
    1037: "DS timeout user cannot be reached.",
    2001: "The initiator information is invalid.",
    2028: "The request is not permitted according to product assignment.",
    8006: "The security credential is locked.",
    "SFC_IC0003": "The operator does not exist.",
}


@dataclass(frozen=True)
class Number:
    """A JSON number whose decimals must survive as written."""

    written: str


def written(body: dict[str, Any]) -> bytes:
    """JSON in which a Number stands bare, such as 2550.00."""
    text = json.dumps(body, default=lambda value: f"\x00{value.written}\x00")
    return text.replace('"\\u0000', "").replace('\\u0000"', "").encode()


def _item(name: str, value: Any) -> dict[str, Any]:
    return {"Name": name, "Value": value}


def _balance(choice: str, balance: Decimal) -> list[dict[str, Any]]:
    if choice == "no value":
        return [{"Name": "Balance"}]
    if choice == "decimal":
        return [_item("Balance", Number(f"{balance:.2f}"))]
    if choice == "java map":
        shape = "{{Amount={{CurrencyCode=KES, MinimumAmount={0}, BasicAmount={1:.2f}}}}}"
        return [_item("Balance", shape.format(int(balance * 100), balance))]
    return []


def body_of(daraja: Daraja, prompt: "Prompt") -> dict[str, Any]:
    """The callback; metadata is there only when money moved."""
    inner: dict[str, Any] = {
        "MerchantRequestID": prompt.merchant_request_id,
        "CheckoutRequestID": prompt.id,
        "ResultCode": prompt.result,
        "ResultDesc": prompt.reason or TEXTS[prompt.result or 0],
    }
    if prompt.moved is not None:
        amount = prompt.moved.amount
        if prompt.fault == "wrong amount":
            amount = max(Decimal(1), amount - 1) if amount > 1 else amount + 1
        balance = daraja.world.switches["balance item"]
        inner["CallbackMetadata"] = {"Item": _metadata(daraja, prompt.moved, amount, balance)}
    return {"Body": {"stkCallback": inner}}


def _metadata(daraja: Daraja, moved: Moved, amount: Decimal, balance: str) -> list[dict[str, Any]]:
    merchant_balance = next(iter(daraja.merchants.values())).balance
    return [
        _item("Amount", Number(f"{amount:.2f}")),
        _item("MpesaReceiptNumber", moved.receipt),
        *_balance(balance, merchant_balance),
        _item("TransactionDate", int(moved.at.astimezone(daraja.now().tzinfo).strftime(STAMP))),
        _item("PhoneNumber", int(moved.msisdn)),
    ]


STAMP = "%Y%m%d%H%M%S"


def forged_body(daraja: Daraja, prompt: "Prompt") -> dict[str, Any]:
    """A success that never was: someone guessed the address but not the ids."""
    fake = daraja.receipt()
    items = [
        _item("Amount", Number(f"{prompt.push.amount}.00")),
        _item("MpesaReceiptNumber", fake),
        _item("TransactionDate", int(daraja.now().strftime(STAMP))),
        _item("PhoneNumber", int(prompt.push.phone)),
    ]
    inner = {
        "MerchantRequestID": "29115-34620561-1",
        "CheckoutRequestID": "ws_CO_191220191020363925",
        "ResultCode": 0,
        "ResultDesc": TEXTS[0],
        "CallbackMetadata": {"Item": items},
    }
    return {"Body": {"stkCallback": inner}}


def send(daraja: Daraja, prompt: "Prompt", body: dict[str, Any], what: str = "callback") -> None:
    """Deliver once; the answer is looked at by nobody but the log."""
    headers = {
        "Content-Type": "application/json;charset=UTF-8",
        "Businessshortcode": prompt.push.merchant.shortcode,
    }
    tell = daraja.world.timed("daraja")
    answer = daraja.post.send(prompt.push.callback_url, written(body), headers)
    tell(f"{what} {prompt.result} {prompt.id}: {answer.fault or answer.status}")
    prompt.callbacks.append(f"{what}: {answer.fault or answer.status}")


def deliver(daraja: Daraja, prompt: "Prompt") -> None:
    """The callback of a finished prompt as its fault wants it; blocks while it is sent."""
    later, late_s = daraja.world.later, daraja.world.options.late_s
    with daraja.world.lock:
        body = body_of(daraja, prompt)
    if prompt.fault == "lost":
        daraja.world.note("daraja", f"callback {prompt.result} {prompt.id} lost on purpose")
    elif prompt.fault == "late":
        later.after(late_s, lambda: send(daraja, prompt, body, "late callback"))
    else:
        send(daraja, prompt, body)
    if prompt.fault == "duplicate":
        later.after(DUPLICATE_AFTER_S, lambda: send(daraja, prompt, body, "second callback"))
