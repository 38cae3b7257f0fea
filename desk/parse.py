"""What the one-line parser understands, as JSON: of one text, or of a stream with one object a line.

Needs no database and imports little: it starts fast.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from conversations.one_line import KnownClient, parse, to_json


@dataclass(frozen=True)
class Merchant:
    """Whose line it is; None or empty where a line says it itself or the country does."""

    today: date | None = None
    region: str = "KE"
    currency: str | None = None
    clients: tuple[KnownClient, ...] = field(default=())


def understand(text: str, merchant: Merchant) -> dict[str, Any]:
    """One text in the shape of a label's `expect`."""
    today, currency = merchant.today, merchant.currency
    if today is None or currency is None:
        own_day, own_currency = _country(merchant.region)
        today, currency = today or own_day, currency or own_currency
    region, clients = merchant.region, merchant.clients
    return to_json(parse(text, today=today, region=region, currency=currency, clients=clients))


def stream(lines: Iterable[bytes], out: BinaryIO, merchant: Merchant) -> None:
    """Answer each line at once with one line: `{"id", "got"}`, or `{"id", "error"}` for a bad one."""
    for line in lines:
        if line.strip():
            out.write(json.dumps(_answer(line, merchant)).encode() + b"\n")
            out.flush()


def _answer(line: bytes, merchant: Merchant) -> dict[str, Any]:
    name = None
    try:
        asked = json.loads(line.decode())
        if not isinstance(asked, Mapping):
            raise TypeError("a line must be one JSON object")  # noqa: TRY301 - said below
        name = asked.get("id")
        return {"id": name, "got": understand(_text(asked), _merchant(asked, merchant))}
    except (ValueError, TypeError, RecursionError) as wrong:
        return {"id": name, "error": str(wrong)}
    except Exception as bug:  # noqa: BLE001 - one line's bug must not end the stream
        return {"id": name, "error": f"bug: {type(bug).__name__}"}


def _text(asked: Mapping[str, Any]) -> str:
    text = asked.get("text")
    if not isinstance(text, str):
        raise TypeError("text must be a string")
    return text


def _merchant(asked: Mapping[str, Any], instead: Merchant) -> Merchant:
    """What the line says, and the options for what it leaves out."""
    said = {name: asked.get(name) for name in ("today", "region", "currency")}
    for name, value in said.items():
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{name} must be a string")
    clients = asked.get("clients")
    return Merchant(
        today=date.fromisoformat(said["today"]) if said["today"] else instead.today,
        region=said["region"] or instead.region,
        currency=said["currency"] or instead.currency,
        clients=instead.clients if clients is None else known_clients(clients),
    )


def read_clients(path: Path) -> tuple[KnownClient, ...]:
    """The clients of a file: a JSON list. Raises OSError or ValueError."""
    try:
        return known_clients(json.loads(path.read_text("utf-8")))
    except TypeError as wrong:
        raise ValueError(str(wrong)) from None


def known_clients(given: Any) -> tuple[KnownClient, ...]:
    """Clients as `{"name", "phone"?, "id"?}` or bare names. Raises TypeError for anything else."""
    if not isinstance(given, list):
        raise TypeError("clients must be a list")
    return tuple(_known_client(entry) for entry in given)


def _known_client(entry: Any) -> KnownClient:
    if isinstance(entry, str):
        return KnownClient(entry)
    if not isinstance(entry, Mapping) or not isinstance(entry.get("name"), str):
        raise TypeError("a client must have a name")
    phone, number = entry.get("phone"), entry.get("id")
    if not isinstance(phone, str | None) or not isinstance(number, int | None):
        raise TypeError("a client's phone must be a string and its id a number")
    return KnownClient(entry["name"], phone, number)


def _country(region: str) -> tuple[date, str]:
    """The day it is there and the money used there. Raises ValueError for a country not known."""
    from models import clock
    from models.countries import COUNTRIES

    if region not in COUNTRIES:
        raise ValueError(f"region must be one of {', '.join(COUNTRIES)}, not “{region}”")
    country = COUNTRIES[region]
    return clock.local_day(clock.real_now(), country.zone), country.currency
