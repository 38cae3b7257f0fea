"""What Safaricom posts to us: checked by the secret in its path, stored raw, acknowledged at once.

Daraja signs nothing and delivers once (facts: daraja 3). So whatever knows the secret is stored
before anybody tries to understand it, and settled by a job; a wrong secret is the ordinary 404.
"""

import hmac
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from flask import Blueprint, Response, abort, jsonify, request

from models.db import Database
from payments import daraja_news, events, serving
from payments.daraja import RULES
from payments.options import DarajaOptions, Options

log = structlog.get_logger(__name__)

# Where Safaricom calls from, as it publishes when one goes live (facts: daraja 3.1).
PUBLISHED = (
    "196.201.214.200", "196.201.214.206", "196.201.214.207", "196.201.214.208",
    "196.201.213.114", "196.201.213.44", "196.201.212.127", "196.201.212.128",
    "196.201.212.129", "196.201.212.132", "196.201.212.136", "196.201.212.138",
    "196.201.212.74", "196.201.212.69",
)  # fmt: skip
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

SAFARICOM = ".safaricom.co.ke"
SECRET_PATH = "/webhooks/daraja/<secret>"  # noqa: S105 - a place for one, not a secret


@dataclass(frozen=True)
class Door:
    """Who may come in, and what is noted of them."""

    options: Options
    networks: list[Network]

    def told(self, kind: str, secret: str, reference: str | None = None) -> events.Told:
        """The call as it came; ends the request of a stranger."""
        flagged = self.admit(secret)
        return events.Told(
            provider=RULES.name,
            kind=kind,
            path=request.path,
            body=request.get_data(cache=False),
            headers=dict(request.headers),
            source_ip=request.remote_addr,
            flagged=flagged,
            reference=reference,
        )

    def admit(self, secret: str) -> str | None:
        """Why to be wary of this caller, or None; ends the request of a stranger."""
        check_secret(self.options.daraja, secret)
        if known_address(self.networks, request.remote_addr):
            return None
        if self.options.daraja.enforce_ips:
            log.warning("daraja call from a stranger refused", ip=request.remote_addr)
            abort(Response(status=403))
        return "address"


def blueprint(database: Database, options: Options) -> Blueprint:
    """The addresses of CONTRACT. A database that is away (`models.db.AWAY`) is the app's matter."""
    routes = Blueprint("daraja", __name__)
    door = Door(options, allowed(options.daraja))
    _prompt_routes(routes, database, door)
    _c2b_routes(routes, database, door)
    return routes


def _prompt_routes(routes: Blueprint, database: Database, door: Door) -> None:
    """What follows a request of ours; the reference in the path is the one we gave."""

    @routes.post(f"{SECRET_PATH}/stk/<reference>")
    def stk(secret: str, reference: str) -> Response:
        news = door.told(daraja_news.STK, secret, reference)
        with database.transaction() as session:
            events.store(session, news, events.attempt_merchant(session, reference))
        return accepted()

    @routes.post(f"{SECRET_PATH}/result/<reference>", defaults={"kind": daraja_news.RESULT})
    @routes.post(f"{SECRET_PATH}/timeout/<reference>", defaults={"kind": daraja_news.TIMEOUT})
    def kept(secret: str, reference: str, kind: str) -> Response:
        news = door.told(kind, secret, reference)
        with database.transaction() as session:
            events.store(session, news, None)
        return accepted()


def _c2b_routes(routes: Blueprint, database: Database, door: Door) -> None:
    """Money sent without a prompt; these calls carry no reference of ours."""

    @routes.post(f"{SECRET_PATH}/c2b/confirmation")
    def confirmation(secret: str) -> Response:
        news = door.told(daraja_news.CONFIRMATION, secret)
        evidence = daraja_news.read_confirmation(news.body)
        with database.transaction() as session:
            found = evidence and events.account_merchant(session, door.options, evidence)
            events.store(session, news, found or None)
        return accepted()

    @routes.post(f"{SECRET_PATH}/c2b/validation")
    def validation(secret: str) -> Response:
        door.admit(secret)
        return validated(door.options, request.get_data(cache=False))


def validated(options: Options, body: bytes) -> Response:
    """Whether a payer may send this money: yes, unless it cannot be money for us.

    Asked within 8 seconds of somebody's patience (5.1), so no database is touched: an account we
    do not know is taken as well and found an owner later, because money refused is a customer
    sent away.
    """
    told = daraja_news.read_body(body)
    amount = daraja_news.money(told.get("TransAmount"))
    if amount is None or amount.amount_minor < RULES.unit_minor:
        return jsonify(ResultCode="C2B00013", ResultDesc="Rejected")
    if not serving.is_ours(options, daraja_news.text(told.get("BusinessShortCode"))):
        return jsonify(ResultCode="C2B00015", ResultDesc="Rejected")
    return jsonify(ResultCode="0", ResultDesc="Accepted")


def accepted() -> Response:
    """We have it; nothing more is promised."""
    return jsonify(ResultCode=0, ResultDesc="Accepted")


def check_secret(options: DarajaOptions, secret: str) -> None:
    """End the request like any unknown address unless the path holds our secret."""
    ours = options.callback_secret.encode()
    if not ours or not hmac.compare_digest(ours, secret.encode()):
        abort(404)


def allowed(options: DarajaOptions) -> list[Network]:
    """Addresses that are not flagged; none where anybody may call (a sandbox of our own)."""
    chosen: Iterable[str] = options.allowed_ips
    host = urlsplit(options.url).hostname or ""
    if not options.allowed_ips and host.endswith(SAFARICOM):
        chosen = PUBLISHED
    return [ipaddress.ip_network(address, strict=False) for address in chosen]


def known_address(networks: list[Network], address: str | None) -> bool:
    """Whether a caller's address is among them."""
    if not networks:
        return True
    try:
        caller = ipaddress.ip_address(address or "")
    except ValueError:
        return False
    return any(caller in network for network in networks)
