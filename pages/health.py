"""Whether we are alive and ready, and the numbers of the business for Prometheus."""

import hmac
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Response, jsonify, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    generate_latest,
    multiprocess,
)
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.orm import Session

from models import clock, db, revisions
from models.db import AWAY, Database
from models.invoices import Invoice
from models.payments import Attempt, Payment
from models.people import Contact
from models.platform import Heartbeat, ProviderEvent
from models.traffic import Outbound
from pages import yields
from pages.options import Options

LOOPBACK = ("127.0.0.1", "::1")
# What a proxy in front adds: then the nearest address is the proxy's and says nothing.
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")
PROCESSES = ("worker", "clock")


def blueprint(database: Database, options: Options) -> Blueprint:
    """`/healthz`, `/readyz`, `/metrics`."""
    found = Blueprint("health", __name__)
    found.add_url_rule("/healthz", "alive", lambda: jsonify({"status": "alive"}))
    found.add_url_rule("/readyz", "ready", lambda: _ready(database))
    found.add_url_rule("/metrics", "metrics", lambda: _metrics(database, options))
    return found


def _ready(database: Database) -> Response:
    """200 while Postgres answers and holds the newest schema; how long ago the others were seen."""
    try:
        said = readiness(database)
    except AWAY:
        said = {"ready": False, "database": False}
    response = jsonify(said)
    response.status_code = 200 if said["ready"] else 503
    response.headers["Cache-Control"] = "no-store"
    return response


def readiness(database: Database) -> dict[str, Any]:
    """What `/readyz` says. A process that was never seen is None seconds ago."""
    with database.transaction() as session:
        version = session.scalar(sa.text("SELECT version_num FROM alembic_version"))
        rows = session.execute(sa.select(Heartbeat.process, Heartbeat.seen_at)).all()
    now = clock.real_now()
    seen = {row.process: max(int((now - row.seen_at).total_seconds()), 0) for row in rows}
    current = version == revisions.newest()
    ago = {f"{process}_seen_s": seen.get(process) for process in PROCESSES}
    return {"ready": current, "database": True, "migrations": current, **ago}


def _metrics(database: Database, options: Options) -> Response:
    if not _may_look(options):
        return Response(status=403)
    registry = CollectorRegistry()
    registry.register(Business(database))
    numbers = generate_latest(_processes()) + generate_latest(registry)
    return Response(numbers, content_type=CONTENT_TYPE_LATEST)


def _processes() -> CollectorRegistry:
    """The counters of all our processes where they share a folder, else of this one."""
    shared = CollectorRegistry()
    try:
        multiprocess.MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
    except ValueError:
        return REGISTRY
    return shared


def _may_look(options: Options) -> bool:
    """With the token, or from this very machine with no proxy in between."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    if options.metrics_token and hmac.compare_digest(given, options.metrics_token.encode()):
        return True
    forwarded = any(name in request.headers for name in FORWARDED)
    return request.remote_addr in LOOPBACK and not forwarded


class Business(Collector):
    """Counts of what the business is made of, asked of Postgres when somebody looks."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def collect(self) -> Iterator[Metric]:
        """Every family of numbers, read in one transaction that sees all merchants."""
        with self.database.as_owner() as session:
            found = [*_families(session)]
        yield from found


def _families(session: Session) -> Iterator[Metric]:
    yield _by(session, "bili_invoices", "Invoices by stored status", Invoice.status)
    yield _by(session, "bili_attempts", "Attempts to collect by state", Attempt.state)
    yield _by(session, "bili_payments", "Payments by source", Payment.source)
    yield _by(session, "bili_outbound", "Messages by status", Outbound.status)
    yield _one(session, "bili_outbound_dead", "Messages that will never be sent", DEAD)
    age = _age(session)
    yield GaugeMetricFamily("bili_outbound_oldest_s", "Age of the oldest message due", value=age)
    yield _one(session, "bili_events_unhandled", "Provider events not acted on", UNHANDLED)
    yield _jobs(session)
    yield from yields.families(session)


DEAD = sa.select(sa.func.count()).where(Outbound.status == "failed")
# What is said in a terminal waits until somebody looks there.
OLDEST = (
    sa.select(sa.func.min(Outbound.made_at))
    .join(Contact, Contact.id == Outbound.contact_id)
    .where(Outbound.status == "waiting", Contact.channel != "terminal")
)
UNHANDLED = sa.select(sa.func.count()).where(ProviderEvent.handled_at.is_(None))
JOBS = sa.text(
    "SELECT queue_name, status::text, count(*) FROM jobs.procrastinate_jobs GROUP BY 1, 2"
)


def _age(session: Session) -> int:
    oldest = session.scalar(OLDEST)
    return int((db.now(session) - oldest).total_seconds()) if oldest else 0


def _by(session: Session, name: str, about: str, column: Any) -> Metric:
    family = GaugeMetricFamily(name, about, labels=[column.key])
    for value, count in session.execute(sa.select(column, sa.func.count()).group_by(column)):
        family.add_metric([value], count)
    return family


def _one(session: Session, name: str, about: str, query: Any) -> Metric:
    return GaugeMetricFamily(name, about, value=session.scalar(query) or 0)


def _jobs(session: Session) -> Metric:
    family = GaugeMetricFamily("bili_jobs", "Jobs by queue and status", labels=["queue", "status"])
    for queue, status, count in session.execute(JOBS):
        family.add_metric([queue, status], count)
    return family
