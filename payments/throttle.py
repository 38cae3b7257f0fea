"""How often a phone may be prompted: whoever has a link must not be able to pester a stranger.

Also the pace at which a gateway is asked. Keys are hashes; a window begins with its first event.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models import clock, db
from models.errors import Refusal
from models.platform import Throttle
from models.secrets import key_hash
from models.text import Text, _, ngettext

PER_PHONE = timedelta(seconds=60)
PER_PHONE_AND_AMOUNT = timedelta(seconds=120)  # M-Pesa itself refuses it sooner (daraja 3.2: 17)
PER_INVOICE = timedelta(hours=1)
PROMPTS_PER_INVOICE = 5
QUERY_PACE = timedelta(seconds=1)


@dataclass(frozen=True)
class Window:
    """At most `limit` events of a key within `length`."""

    kind: str
    key: bytes
    length: timedelta
    limit: int


def prompt(session: Session, gateway: str, phone: str, amount_minor: int, invoice_id: int) -> None:
    """Count one prompt, or none at all. Raises Refusal (code `throttled`) saying how long to wait."""
    windows = [
        Window(
            "prompt_invoice",
            key_hash(str(db.merchant_id(session)), str(invoice_id)),
            PER_INVOICE,
            PROMPTS_PER_INVOICE,
        ),
        Window("prompt_phone", key_hash(gateway, phone), PER_PHONE, 1),
        Window(
            "prompt_phone_amount",
            key_hash(gateway, phone, str(amount_minor)),
            PER_PHONE_AND_AMOUNT,
            1,
        ),
    ]
    now = db.now(session)
    with session.begin_nested():  # a refusal counts nothing
        spent = _count(session, windows, now)
        if spent:
            raise Refusal(_wait(max(spent) - now), "throttled")


def _count(session: Session, windows: list[Window], now: datetime) -> list[datetime]:
    """Count an event in every window; the ends of those that had no room."""
    rows = [
        {"kind": w.kind, "key_hash": w.key, "window_ends": now + w.length, "count": 1}
        for w in windows
    ]
    over = Throttle.window_ends <= now
    statement = insert(Throttle).values(rows)
    counted = session.execute(
        statement.on_conflict_do_update(
            index_elements=["kind", "key_hash"],
            set_={
                "count": sa.case((over, 1), else_=Throttle.count + 1),
                "window_ends": sa.case(
                    (over, statement.excluded.window_ends), else_=Throttle.window_ends
                ),
            },
        ).returning(Throttle.kind, Throttle.count.label("events"), Throttle.window_ends)
    ).all()
    limits = {w.kind: w.limit for w in windows}
    return [row.window_ends for row in counted if row.events > limits[row.kind]]


def _wait(left: timedelta) -> Text:
    minutes = max(int(left.total_seconds() + 59) // 60, 1)
    return _(
        "We have just sent a prompt. Please wait {wait} before the next one.",
        wait=ngettext("a minute", "{n} minutes", minutes),
    )


def may_query(session: Session, gateway: str) -> bool:
    """Whether the gateway may be asked now: one question a second for all of us (daraja 4)."""
    now = clock.real_now()
    row = {"kind": "query_pace", "key_hash": key_hash(gateway), "count": 1}
    statement = insert(Throttle).values(window_ends=now + QUERY_PACE, **row)
    free = session.scalar(
        statement.on_conflict_do_update(
            index_elements=["kind", "key_hash"],
            set_={"window_ends": now + QUERY_PACE},
            where=Throttle.window_ends <= now,
        ).returning(Throttle.count)
    )
    return free is not None
