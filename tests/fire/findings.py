"""What must hold once the fire is out, whatever happened: each breach is one line of the report."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from tests.fire.books import money, twice
from tests.fire.town import FireTown

PATIENCE_S = 300.0
WAITING = "news that wait for the gateway's word"  # asked about for a day, ever more rarely
# Work that is under way; when all of it is done the town has come to rest.
OPEN_WORK = {
    "attempts without an end":
        "SELECT count(*) FROM attempts WHERE state IN ('created','submitting','pending','unknown')",
    "events that nobody acted on":
        "SELECT count(*) FROM provider_events WHERE handled_at IS NULL AND outcome IS NULL"
        " AND merchant_id IS NOT NULL",
    WAITING:
        "SELECT count(*) FROM provider_events WHERE handled_at IS NULL AND outcome = 'early'",
    "notices that were not told": "SELECT count(*) FROM notices WHERE told_at IS NULL",
    "messages that wait":
        "SELECT count(*) FROM outbound WHERE status = 'waiting' AND not_before <="
        " now() + (SELECT offset_s FROM clock_offset) * interval '1 second'",
    "jobs that wait or hang":
        "SELECT count(*) FROM jobs.procrastinate_jobs WHERE status IN ('todo', 'doing')",
    "audit rows without a seal":
        "SELECT count(*) FROM audit a WHERE NOT EXISTS (SELECT 1 FROM audit_seals s"
        " WHERE s.merchant_id = a.merchant_id AND s.audit_id = a.id)",
}  # fmt: skip
UNHEARD = (
    "SELECT channel, kind, COALESCE(outcome, 'nothing'), count(*) FROM inbound"
    " WHERE (outcome IS NULL OR outcome = 'failed') AND kind <> 'strange' GROUP BY 1, 2, 3"
)
DEAD = (
    "SELECT o.id, c.channel, o.status, o.doubts, COALESCE(o.error_code, '-') FROM outbound o"
    " JOIN contacts c ON c.id = o.contact_id WHERE o.status IN ('failed', 'dropped', 'held')"
    # Who has not written for a day may not be written to on WhatsApp. Towards the end an hour of the
    # town passes in two seconds: what was said in the last two of her day may have come too late.
    " AND NOT (o.status = 'held' AND o.error_code = 'window'"
    "  AND o.made_at > c.last_inbound_at + interval '22 hours')"
)
BROKEN_JOBS = (
    "SELECT task_name, args::text, attempts FROM jobs.procrastinate_jobs WHERE status = 'failed'"
)
SAID = (
    "SELECT COALESCE(o.provider_id, ''), o.status FROM outbound o"
    " JOIN contacts c ON c.id = o.contact_id WHERE c.channel = '{}' AND c.address = '{}'"
)
# What a process may complain of loudly while Postgres is shot under it.
LOUD = (
    "jobs: starting again",
    "database away",
    "listener error",
    "Task exception was never",
    "Job ",
)


STORY = (
    "SELECT i.received_at, i.address, '> ' || left(i.body::text, 400) || ' = '"
    "  || COALESCE(i.outcome, '-') FROM inbound i UNION ALL"
    " SELECT o.made_at, c.address, '< ' || o.status || ' ' || left(o.body::text, 400) FROM outbound o"
    " JOIN contacts c ON c.id = o.contact_id ORDER BY 2, 1"
)

MONEY_STORY = (
    "SELECT t.made_at, i.account_code, 'attempt ' || t.id || ' ' || t.state || ' '"
    "  || COALESCE(t.handle, 'no handle') || ' ' || COALESCE(t.result_code::text, '-') FROM attempts t"
    " JOIN invoices i ON i.merchant_id = t.merchant_id AND i.id = t.invoice_id UNION ALL"
    " SELECT e.received_at, COALESCE(i.account_code, '-'), 'event ' || e.kind || ' '"
    "  || COALESCE(e.outcome, 'nothing') || CASE WHEN e.handled_at IS NULL THEN ' open' ELSE '' END"
    " FROM provider_events e"
    " LEFT JOIN attempts t ON t.merchant_id = e.merchant_id AND t.reference = e.reference"
    " LEFT JOIN invoices i ON i.merchant_id = t.merchant_id AND i.id = t.invoice_id ORDER BY 2, 1"
)


def story(town: FireTown) -> str:
    """All that was said, person by person, and of money, bill by bill: for who looks into a fault."""
    rows = [*town.rows(STORY), *town.rows(MONEY_STORY)]
    shown = town.client.get(f"{town.sandbox}/sandbox/prompts").json()["prompts"]
    lines = [f"{at:%H:%M:%S.%f} {who} {what}" for at, who, what in rows]
    return "\n".join([*lines, *(f"{one['account']} prompt {one}" for one in shown)])


def come_to_rest(town: FireTown) -> list[str]:
    """Let the clock run until nothing is under way; what still is when patience ends."""
    end = time.monotonic() + PATIENCE_S
    while True:
        left = [
            f"{count} {what}"
            for what, query in OPEN_WORK.items()
            if (count := town.rows(query)[0][0])
        ]
        if not left or time.monotonic() > end:
            return [f"never came to rest: {what}" for what in left]
        town.advance(60 if len(left) > 1 or WAITING not in left[0] else 900)
        time.sleep(0.5)


def breaches(town: FireTown, customers: Iterable[tuple[str, str]]) -> list[str]:
    """Everything that does not hold; `customers` are channel and address."""
    found = [
        *(f"not handled: {row}" for row in town.rows(UNHEARD)),
        *(f"dead: {row}" for row in town.rows(DEAD) if not _in_doubt(row)),
        *(f"job failed: {row}" for row in town.rows(BROKEN_JOBS)),
        *(f"money: {line}" for line in money(town)),
        *(f"prompted {line}" for line in prompts(town)),
        *(f"said {line}" for who in customers for line in repeated(town, *who)),
        *(f"logged {line}" for line in loud(town)),
    ]
    try:
        town.command("verify")
    except AssertionError as fault:
        found.append(f"verify: {fault}")
    return found


def given_up(town: FireTown) -> int:
    """Messages that two tries may have brought and nobody can say."""
    return sum(_in_doubt(row) for row in town.rows(DEAD))


def _in_doubt(row: tuple[Any, ...]) -> bool:
    """Perhaps sent twice without an answer, and by rule not a third time (I-17)."""
    _id, channel, status, doubts, _code = row
    return bool(channel == "telegram" and status == "failed" and doubts > 0)


def prompts(town: FireTown) -> list[str]:
    """No attempt asks a phone twice (I-17)."""
    shown = town.client.get(f"{town.sandbox}/sandbox/prompts").json()["prompts"]
    return twice((f"{one['reference']} ({one['account']})" for one in shown), 1)


def repeated(town: FireTown, channel: str, address: str) -> list[str]:
    """What a customer read more often than twice for each time that we had it to say.

    Of what was given up in doubt nobody knows which of the sentences on the screen it was.
    """
    place = f"chats/{address}" if channel == "telegram" else f"whatsapp/{address}"
    screen = town.client.get(f"{town.sandbox}/sandbox/{place}").json()["messages"]
    said = {
        str(m["id"] if channel == "telegram" else m["sid"]): m["text"]
        for m in screen
        if m["from"] == "bot" and m["text"]
    }
    rows = town.rows(SAID.format(channel, address))
    meant = Counter(said.get(provider_id) for provider_id, _status in rows)
    unknown = sum(status == "failed" for _provider_id, status in rows)
    return [
        f"{count} × to {address}: {text[:80]!r}"
        for text, count in Counter(said.values()).items()
        if count > 2 * (meant[text] + unknown)
    ]


def loud(town: FireTown) -> list[str]:
    """Errors in our own logs that are no one's but ours."""
    found: Counter[str] = Counter()
    for path in sorted(town.logs.glob("town-*.log")):
        for line in path.read_text("utf-8", "replace").splitlines():
            said = _entry(line)
            event = str(said.get("event"))
            if said.get("level") in ("error", "critical") and not event.startswith(LOUD):
                why = str(said.get("exception", "")).strip().rpartition("\n")[2][:200]
                found[f"{path.stem}: {event} {why}"] += 1
    return [f"{count} × {what}" for what, count in found.items()]


def _entry(line: str) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def guarded(work: Callable[[], None], notes: list[str]) -> Callable[[], None]:
    """The same work; how it broke becomes a note."""

    def run() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 (the report tells what became of everybody)
            notes.append(f"{type(error).__name__}: {str(error)[:700]}")

    return run
