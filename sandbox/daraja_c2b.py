"""C2B: money that a customer sends without a push; validation first, then confirmation."""

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .daraja import Daraja, Merchant, Moved
from .daraja_checks import Push
from .post import Answer
from .state import Refused


@dataclass(frozen=True)
class Paid:
    """What a customer typed into the M-Pesa menu."""

    msisdn: str
    shortcode: str
    account: str
    amount: Decimal
    by_till: bool = False
    version: str = "v2"


def masked(msisdn: str, version: str) -> str:
    """The payer's number as C2B shows it: masked in v2, SHA-256 in v1."""
    if version == "v1":
        return hashlib.sha256(msisdn.encode()).hexdigest()
    return f"{msisdn[:4]} ***** {msisdn[-3:]}"


def find_merchant(daraja: Daraja, shortcode: str) -> tuple[Merchant, bool]:
    """Who is paid, and whether by till; raises Refused for a number nobody has."""
    for merchant in daraja.merchants.values():
        if shortcode in {merchant.shortcode, merchant.till}:
            return merchant, shortcode == merchant.till
    raise Refused(f"no business has the number {shortcode}")


def pay(daraja: Daraja, paid: Paid) -> dict[str, Any]:
    """Ask for validation, move the money, confirm; raises Refused when nothing was paid."""
    if paid.amount < 1 or paid.amount != int(paid.amount) or paid.amount > 250_000:
        raise Refused("whole shillings, from 1 to 250,000")
    with daraja.world.lock:
        merchant, by_till = find_merchant(daraja, paid.shortcode)
        refused = daraja.refusal_of(daraja.wallet(paid.msisdn), paid.amount)
    if refused:
        raise Refused("not enough money in M-Pesa" if refused == 1 else "daily limit reached")
    body = _notice(daraja, merchant, paid, by_till)
    accepted, third_party = _validated(daraja, merchant, body)
    if not accepted:
        words = f"Failed. {merchant.name} did not accept your payment. Check the account number."
        daraja.world.text(paid.msisdn, "MPESA", words)
        raise Refused("the business did not accept this payment")
    with daraja.world.lock:
        account = "" if by_till else paid.account
        wallet = daraja.wallet(paid.msisdn)
        moved = daraja.move(wallet, merchant, paid.amount, account, "c2b")
    body |= {"TransID": moved.receipt, "ThirdPartyTransID": third_party}
    _confirm(daraja, merchant, body)
    return {"receipt": moved.receipt}


def _notice(daraja: Daraja, merchant: Merchant, paid: Paid, by_till: bool) -> dict[str, Any]:
    with daraja.world.lock:
        receipt = daraja.receipt()
        first, _, last = daraja.wallet(paid.msisdn).name.upper().partition(" ")
        version = (merchant.urls or {}).get("version", paid.version)
    return {
        "TransactionType": "Buy Goods" if by_till else "Pay Bill",
        "TransID": receipt,
        "TransTime": daraja.now().strftime("%Y%m%d%H%M%S"),
        "TransAmount": f"{paid.amount:.2f}",
        "BusinessShortCode": merchant.shortcode,
        "BillRefNumber": "" if by_till else paid.account[:20],
        "InvoiceNumber": "",
        "OrgAccountBalance": "",
        "ThirdPartyTransID": "",
        "MSISDN": masked(paid.msisdn, version),
        "FirstName": first,
        "MiddleName": "",
        "LastName": last,
    }


def _validated(daraja: Daraja, merchant: Merchant, body: dict[str, Any]) -> tuple[bool, str]:
    """Whether the merchant's side takes it; silence counts as ResponseType says."""
    urls = merchant.urls
    if not urls or daraja.world.switches["C2B validation"] == "off":
        return True, ""
    answer = _post(daraja, urls["ValidationURL"], body, "validation")
    try:
        said = json.loads(answer.body) if answer.accepted else None
    except ValueError:
        said = None
    if not isinstance(said, dict) or "ResultCode" not in said:
        return urls["ResponseType"] == "Completed", ""
    return str(said["ResultCode"]) == "0", str(said.get("ThirdPartyTransID") or "")


def _post(daraja: Daraja, url: str, body: dict[str, Any], what: str) -> Answer:
    headers = {"Content-Type": "application/json;charset=UTF-8"}
    tell = daraja.world.timed("daraja")
    limit_s = daraja.world.options.validation_s
    answer = daraja.post.send(url, json.dumps(body).encode(), headers, limit_s)
    tell(f"C2B {what} {body['TransID']}: {answer.fault or answer.status}")
    return answer


def _confirm(daraja: Daraja, merchant: Merchant, body: dict[str, Any]) -> None:
    if not merchant.urls:
        return
    url, later = merchant.urls["ConfirmationURL"], daraja.world.later
    final = body | {"OrgAccountBalance": f"{merchant.balance:.2f}"}
    fault = daraja.world.fault("C2B confirmation")

    def tell() -> None:
        _post(daraja, url, final, "confirmation")

    if fault == "lost":
        daraja.world.note("daraja", f"C2B confirmation {body['TransID']} lost on purpose")
        return
    later.after(daraja.world.options.late_s if fault == "late" else 0.0, tell)
    if fault == "duplicate":
        later.after(0.5, tell)


def confirm_twin(daraja: Daraja, push: Push, moved: Moved | None) -> None:
    """The confirmation of an STK payment, with the same receipt; sent before this returns."""
    if moved is None or not push.merchant.urls:
        return
    paid = Paid(moved.msisdn, push.merchant.shortcode, moved.account, moved.amount)
    body = _notice(daraja, push.merchant, paid, push.by_till)
    body |= {
        "TransID": moved.receipt,
        "TransTime": moved.at.astimezone(daraja.now().tzinfo).strftime("%Y%m%d%H%M%S"),
        "OrgAccountBalance": f"{push.merchant.balance:.2f}",
    }
    _post(daraja, push.merchant.urls["ConfirmationURL"], body, "twin")
