"""Tables that belong to no merchant: ids, clocks and raw provider events; the closed list."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Sequence,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, made_at_column, real_time_column

WORKER_IDS = Sequence("worker_ids", data_type=Integer, cycle=True, metadata=Base.metadata)


class Route(Base):
    """The only way from a token, reference, account or person to a tenant; keys are hashed.

    A `person` key, or that of an `invited` phone, may lead to several merchants, every other key
    to exactly one.
    """

    __tablename__ = "routes"
    __table_args__ = (
        Index(
            "uq_routes_kind_key_hash",
            "kind",
            "key_hash",
            unique=True,
            postgresql_where=text("kind NOT IN ('person','invited')"),
        ),
        Index("ix_routes_merchant_id_kind_target_id", "merchant_id", "kind", "target_id"),
        CheckConstraint(
            "kind IN ('invoice','attempt','account','shortcode','person','invite','invited',"
            "'quote')",
            name="kind",
        ),
    )

    kind: Mapped[str] = mapped_column(primary_key=True)
    key_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    merchant_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    target_id: Mapped[int]


class ProviderEvent(Base):
    """What a gateway told us, raw and for good; `handled_at` is set only when it was acted on."""

    __tablename__ = "provider_events"
    __table_args__ = (
        UniqueConstraint("provider", "key"),
        Index("ix_provider_events_unhandled", "id", postgresql_where=text("handled_at IS NULL")),
        Index("ix_provider_events_reference", "reference"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    provider: Mapped[str]
    kind: Mapped[str]
    key: Mapped[bytes] = mapped_column(LargeBinary)
    reference: Mapped[str | None]
    merchant_id: Mapped[int | None]
    headers: Mapped[dict[str, Any]]
    source_ip: Mapped[str | None]
    flagged: Mapped[str | None]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    received_at: Mapped[datetime] = made_at_column()
    handled_at: Mapped[datetime | None]
    outcome: Mapped[str | None]


class DueWork(Base):
    """Something the clock must look at once its time has come; written last, never waited for."""

    __tablename__ = "due_work"
    __table_args__ = (Index("ix_due_work_act_after", "kind", "act_after"),)

    merchant_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    act_after: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(server_default="0")


class Throttle(Base):
    """How often something happened in the running window of a hashed key."""

    __tablename__ = "throttles"

    kind: Mapped[str] = mapped_column(primary_key=True)
    key_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    window_ends: Mapped[datetime]
    count: Mapped[int]


class Heartbeat(Base):
    """When a process of each kind was last seen alive (real time)."""

    __tablename__ = "heartbeats"

    process: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = real_time_column()


class ClockOffset(Base):
    """The one row by which business time is moved in development."""

    __tablename__ = "clock_offset"
    __table_args__ = (CheckConstraint("id", name="one_row"),)

    id: Mapped[bool] = mapped_column(primary_key=True, server_default=text("true"))
    offset_s: Mapped[int] = mapped_column(server_default="0")


class GatewayToken(Base):
    """An access token shared by all workers, and the lease of the one who may mint the next."""

    __tablename__ = "gateway_tokens"

    key: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[bytes | None] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    lease_holder: Mapped[str | None]


class AbuseReport(Base):
    """Someone who holds a link says that the invoice is not honest; the operator reads it."""

    __tablename__ = "abuse_reports"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    merchant_id: Mapped[int]
    invoice_id: Mapped[int]
    reason: Mapped[str]
    note: Mapped[str | None]
    contact_id: Mapped[int | None]
    made_at: Mapped[datetime] = made_at_column()
