"""Which gateways there are, what they can do, and whom their credentials serve."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.db import Database
from models.platform import Route
from models.secrets import key_hash
from payments import daraja, daraja_codes
from payments.gateway import Code, Gateway, Rules
from payments.options import Options

DEFAULT = daraja.RULES.name
_RULES = {daraja.RULES.name: daraja.RULES}
# What people call a gateway, for whoever asks by that name.
_ALSO = {"mpesa": daraja.RULES.name}


def find_rules(name: str) -> Rules | None:
    """What a gateway can do, by its name or the one people use; None for one we do not have."""
    return _RULES.get(_ALSO.get(name, name))


def rules(name: str) -> Rules:
    """As `find_rules`, for a name of our own."""
    return _RULES[name]


def explain(gateway: str, code: str | None) -> Code:
    """A gateway's code in plain words."""
    if gateway != daraja.RULES.name:
        raise LookupError(gateway)
    return daraja_codes.explain(code)


def clients(database: Database, options: Options) -> Mapping[str, Gateway]:
    """Every gateway that is on, ready to be called; make them once a process."""
    return {daraja.RULES.name: daraja.Daraja(database, options)} if options.daraja.on else {}


def serves(session: Session, options: Options, merchant_id: int) -> bool:
    """Whether the credentials in our environment collect for this merchant (DESIGN 7).

    In development for everyone; in production for DARAJA_MERCHANT or the first merchant only,
    since the money goes straight to the owner of the shortcode.
    """
    if not options.daraja.on:
        return False
    return not options.production or owner(session, options) == merchant_id


def owner(session: Session, options: Options) -> int | None:
    """Whose the shortcode is: who receives what no account code assigns."""
    if options.daraja.merchant is not None:
        return options.daraja.merchant
    found = session.scalar(
        sa.select(Route.merchant_id).where(
            Route.kind == "shortcode", Route.key_hash == key_hash(options.daraja.shortcode)
        )
    )
    return found or session.scalar(sa.select(sa.func.min(Route.merchant_id)))


def is_ours(options: Options, destination: str | None) -> bool:
    """Whether money sent to this paybill, store or till number came to us."""
    ours = {options.daraja.shortcode, options.daraja.till} - {""}
    return destination in ours
