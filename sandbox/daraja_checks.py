"""What Daraja checks before it accepts: fields by name, password, shortcode, addresses."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from .daraja import EAT, Daraja, Merchant
from .daraja_errors import DarajaError, invalid, wrong

FORBIDDEN = ("m-pesa", "mpesa", "safaricom", "exe", "exec", "cmd", "sql", "query")
TYPES = ("CustomerPayBillOnline", "CustomerBuyGoodsOnline")
MSISDN = re.compile(r"254[17]\d{8}")
FRESH = timedelta(hours=1)
Body = dict[str, Any]


@dataclass(frozen=True)
class Push:
    """A push that passed; amounts are whole shillings."""

    merchant: Merchant
    by_till: bool
    amount: int
    party_b: str
    phone: str
    callback_url: str
    account: str
    description: str


def said(body: Body, name: str) -> str:
    """A field as text: numbers and strings are both taken, nothing else."""
    value = body.get(name, "")
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)


def _must(body: Body, name: str, fits: Callable[[str], object]) -> str:
    value = said(body, name)
    if not fits(value):
        raise invalid(name)
    return value


def _matches(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern).fullmatch


def address_fits(url: str) -> bool:
    """Whether Daraja would take this address: no forbidden words, no spaces, a lower-case host."""
    if not url.startswith(("https://", "http://")) or any(sign.isspace() for sign in url):
        return False
    try:
        host = urlsplit(url).netloc
    except ValueError:
        return False
    return bool(host) and host == host.lower() and not any(w in url.lower() for w in FORBIDDEN)


def _timestamp(value: str) -> datetime | None:
    if not re.fullmatch(r"\d{14}", value):
        return None
    try:
        return datetime.strptime(value, "%Y%m%d%H%M%S").replace(tzinfo=EAT)
    except ValueError:
        return None


def check_merchant(daraja: Daraja, body: Body) -> Merchant:
    """The merchant of BusinessShortCode, Password and Timestamp."""
    shortcode = _must(body, "BusinessShortCode", _matches(r"\d{5,7}"))
    password = _must(body, "Password", _matches(r"[A-Za-z0-9+/=]+"))
    stamp = _must(body, "Timestamp", _timestamp)
    if daraja.world.switches["timestamp"] == "fresh":
        moment = _timestamp(stamp)
        if moment is None or abs(daraja.now() - moment) > FRESH:
            raise invalid("Timestamp")
    merchant = daraja.merchants.get(shortcode)
    if merchant is None:
        raise wrong("Merchant does not exist")
    expected = base64.b64encode(f"{shortcode}{merchant.passkey}{stamp}".encode()).decode()
    if password != expected:
        raise wrong("Wrong credentials")
    return merchant


def check_push(daraja: Daraja, body: Body) -> Push:
    """Every field of a push, in the order of the portal's table; raises DarajaError."""
    fields = _push_fields(body)
    merchant = check_merchant(daraja, body)
    return Push(
        merchant=merchant,
        by_till=fields["TransactionType"] == TYPES[1],
        amount=int(fields["Amount"]),
        party_b=fields["PartyB"],
        phone=fields["PhoneNumber"],
        callback_url=fields["CallBackURL"],
        account=fields["AccountReference"],
        description=said(body, "TransactionDesc"),
    )


def _push_fields(body: Body) -> dict[str, str]:
    rules: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("BusinessShortCode", _matches(r"\d{5,7}")),
        ("Password", _matches(r"[A-Za-z0-9+/=]+")),
        ("Timestamp", _timestamp),
        ("TransactionType", lambda value: value in TYPES),
        ("Amount", lambda value: re.fullmatch(r"\d{1,6}", value) and 1 <= int(value) <= 250_000),
        ("PartyA", MSISDN.fullmatch),
        ("PartyB", _matches(r"\d{5,7}")),
        ("PhoneNumber", MSISDN.fullmatch),
        ("CallBackURL", address_fits),
        ("AccountReference", _matches(r"[A-Za-z0-9]{1,12}")),
        ("TransactionDesc", lambda value: len(value) <= 13),
    )
    return {name: _must(body, name, fits) for name, fits in rules}


def check_registration(daraja: Daraja, body: Body) -> tuple[Merchant, dict[str, str]]:
    """The merchant and addresses of registerurl; raises 400.003.02 and its kin."""
    merchant = daraja.merchants.get(said(body, "ShortCode"))
    if merchant is None:
        raise DarajaError(400, "400.003.02", "Bad Request - Invalid ShortCode")
    if said(body, "ResponseType") not in {"Completed", "Cancelled"}:
        raise DarajaError(400, "400.003.02", "Bad Request - Invalid ResponseType")
    for name in ("ConfirmationURL", "ValidationURL"):
        if not address_fits(said(body, name)):
            raise DarajaError(400, "400.003.02", f"Bad Request - Invalid {name}")
    names = ("ResponseType", "ConfirmationURL", "ValidationURL")
    return merchant, {name: said(body, name) for name in names}
