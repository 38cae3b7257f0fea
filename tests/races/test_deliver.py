"""Several workers over one outbox, on real Postgres: nothing is sent twice or out of order."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from unittest.mock import Mock

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import courier as courier_module
from bot import outbox, papers, reach
from bot.channel import File, Letter, Sent
from bot.courier import Courier
from bot.outbox import LOCK_CLASS, Claim, Result
from conversations.prompts import Attachment, Prompt
from models.db import Database
from models.people import Contact
from models.text import raw
from models.traffic import Outbound
from tests import make
from tests.conftest import NOW
from tests.rules.source import ROOT
from tests.world import house

CONTACTS = 20
EACH = 6


def fill(database: Database, contacts: int = CONTACTS, each: int = EACH) -> list[int]:
    """People with words waiting for them, in turns: the ids of their contacts."""
    with database.transaction() as session:
        ids = [make.contact(session, make.person(session)).id for _n in range(contacts)]
        for number in range(each):
            for contact_id in ids:
                reach.put_out(session, contact_id, Prompt((raw(f"{number}"),)))
    return ids


@contextmanager
def alive(database: Database, worker: int) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A worker's lock, held as long as its connection lives."""
    url = database.options.url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(url, autocommit=True) as ear:
        ear.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK_CLASS, worker])
        yield ear


def sent(claim: Claim, name: str) -> tuple[Claim, list[Result]]:
    """Everything of a claim went out."""
    return claim, [Result(row, sent=Sent(f"{name}{row.id}")) for row in claim.rows]


def statuses(session: Session) -> Counter[str]:
    """How many rows stand how."""
    return Counter(session.scalars(sa.select(Outbound.status)))


def test_claims_of_two_workers_never_overlap(database: Database) -> None:
    """Eight claimers in the same moment: every contact is somebody's, none is two's."""
    ids = fill(database, contacts=200, each=1)
    gate = threading.Barrier(8)

    def take(worker: int) -> list[int]:
        gate.wait(30)
        with database.transaction() as session:
            return [claim.contact_id for claim in outbox.claim(session, worker, 64)]

    with ThreadPoolExecutor(8) as threads:
        taken = [one for found in threads.map(take, range(1, 9)) for one in found]
    assert len(taken) == len(set(taken))
    while len(taken) < len(ids):
        with database.transaction() as session:
            found = outbox.claim(session, 9, 64)
        assert found
        taken += [claim.contact_id for claim in found]
    assert sorted(taken) == sorted(ids)


def test_a_claim_is_not_taken_from_the_living(database: Database) -> None:
    """While its lock is held nobody else gets the contact, however long it takes."""
    fill(database, contacts=1)
    with alive(database, 1), database.transaction() as session:
        assert outbox.claim(session, 1, 10)
        outbox.take_up_abandoned(session)
        assert outbox.claim(session, 2, 10) == []


def test_a_worker_taken_for_dead_records_nothing(database: Database) -> None:
    """Its claim was taken up by another: what it says afterwards changes no row (the fence)."""
    fill(database, contacts=1, each=2)
    with database.transaction() as session:
        (mine,) = outbox.claim(session, 1, 10)  # and never held a lock
        outbox.take_up_abandoned(session)
        (theirs,) = outbox.claim(session, 2, 10)
        assert theirs.token > mine.token
        outbox.record(session, [sent(mine, "ghost")])
        assert statuses(session) == {"waiting": 2}
        assert session.scalars(sa.select(Contact.claimed_by)).all() == [2]
        outbox.record(session, [sent(theirs, "real")])
        assert statuses(session) == {"sent": 2}
        ids = session.scalars(sa.select(Outbound.provider_id)).all()
        assert all((one or "").startswith("real") for one in ids)
        assert session.scalars(sa.select(Contact.claimed_by)).all() == [None]


WORKER = """
import sys, time
from models.db import Database, Options
from bot import outbox
import psycopg
url, key = sys.argv[1:]
ear = psycopg.connect(url, autocommit=True)
ear.execute("SELECT pg_advisory_lock(%s, %s)", [outbox.LOCK_CLASS, 77])
with Database(Options(url=url, keys=(key,))).transaction() as session:
    claims = outbox.claim(session, 77, 64)
print(len(claims), flush=True)
time.sleep(60)
"""


@pytest.mark.slow
def test_claims_of_a_killed_worker_are_taken_up_at_once(database: Database) -> None:
    """A real process dies with claims in its hands: within a second they are somebody's again."""
    fill(database, contacts=5)
    command = [sys.executable, "-c", WORKER, database.options.url, database.options.keys[0]]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "5\n"
        with database.transaction() as session:
            outbox.take_up_abandoned(session)
            assert outbox.claim(session, 78, 64) == []
        os.kill(worker.pid, signal.SIGKILL)
    until = time.monotonic() + 5
    found: list[Claim] = []
    while not found and time.monotonic() < until:
        with database.transaction() as session:
            outbox.take_up_abandoned(session)
            found = outbox.claim(session, 78, 64)
    assert len(found) == 5
    assert [len(claim.rows) for claim in found] == [EACH] * 5


class Phones:
    """A channel that remembers what reached whom, in which order."""

    name = "telegram"
    chat_pause_s = 0

    def __init__(self) -> None:
        self.screens: dict[str, list[int]] = defaultdict(list)
        self.lock = threading.Lock()

    async def send(self, letter: Letter) -> Sent:
        """Some sends are slower than others."""
        await asyncio.sleep(0.002 * (letter.outbound_id % 5))
        with self.lock:
            self.screens[letter.address].append(letter.outbound_id)
        return Sent(str(letter.outbound_id))

    async def close(self) -> None:
        """Nothing to give back."""


def deliver_until_empty(database: Database, phones: Phones) -> None:
    """One worker of its own, with its own loop and threads, until nothing waits."""

    async def run() -> None:
        stop = asyncio.Event()
        with ThreadPoolExecutor(2) as threads:
            courier = Courier(database, {phones.name: phones}, house(), threads)
            work = asyncio.create_task(courier.run(stop))
            until = time.monotonic() + 30
            while time.monotonic() < until:
                await asyncio.sleep(0.1)
                if not await asyncio.to_thread(waiting, database):
                    break
            stop.set()
            await work

    asyncio.run(run())


def waiting(database: Database) -> int:
    """How many rows have not gone out."""
    with database.transaction() as session:
        return statuses(session)["waiting"]


class Asked(Phones):
    """WhatsApp: sent the same words twice before, and says so of one that is not known to us."""

    name = "whatsapp"

    async def send(self, letter: Letter) -> Sent:
        """The first of its messages that we do not know."""
        assert letter.known is not None
        found = next(sid for sid in ("SM1", "SM2") if sid not in letter.known)
        self.screens[found].append(letter.outbound_id)
        return Sent(found)


@pytest.mark.slow
def test_two_alike_in_doubt_are_two(database: Database) -> None:
    """What was found to be the first one's is not taken for the second one's too."""
    fill(database, contacts=1)
    with database.transaction() as session:
        session.execute(sa.update(Contact).values(channel="whatsapp", last_inbound_at=NOW))
        first, second, *more = session.scalars(sa.select(Outbound.id).order_by(Outbound.id)).all()
        session.execute(sa.update(Outbound).values(doubts=1))
        session.execute(sa.delete(Outbound).where(Outbound.id.in_(more)))
    phones = Asked()
    deliver_until_empty(database, phones)
    assert phones.screens == {"SM1": [first], "SM2": [second]}


class Uploads(Phones):
    """A channel that gives its own id to what it was sent."""

    async def send(self, letter: Letter) -> Sent:
        """Once for each row, hopefully."""
        self.screens[letter.address].append(letter.outbound_id)
        return Sent(str(letter.outbound_id), file_id="BQACAgQ")


@pytest.mark.slow
def test_a_paper_that_was_sent_is_not_sent_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Postgres goes away before its id is noted: the next one is uploaded anew, that is all."""
    monkeypatch.setattr(papers, "fetch", lambda *_: File("x.pdf", b"%PDF", "pdf"))
    gone = psycopg.errors.AdminShutdown("terminating connection")
    monkeypatch.setattr(papers, "remember", Mock(side_effect=gone))
    with database.transaction() as session:
        contact = make.contact(session, make.person(session))
        prompt = Prompt((raw("here"),), attachment=Attachment("pdf", "invoice", 1, 1))
        row = reach.put_out(session, contact.id, prompt)
    phones = Uploads()
    deliver_until_empty(database, phones)
    assert [*phones.screens.values()] == [[row]]


class Talkative(Phones):
    """Whoever is written to is written to again meanwhile, twice."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.database = database

    async def send(self, letter: Letter) -> Sent:
        """The next words are committed and heard of before these have gone out."""
        await asyncio.to_thread(self.queue_another, int(letter.address))
        await asyncio.sleep(0.05)
        return await super().send(letter)

    def queue_another(self, address: int) -> None:
        """One more row for the same contact."""
        with self.database.transaction() as session:
            contact = session.scalars(sa.select(Contact)).one()
            if statuses(session).total() < 3:
                reach.put_out(session, contact.id, Prompt((raw(f"{address}"),)))


@pytest.mark.slow
def test_what_comes_for_her_meanwhile_follows_at_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Her contact was ours when we were told of it: nobody looks by the clock here."""
    monkeypatch.setattr(courier_module, "POLL_S", 60)
    fill(database, contacts=1, each=1)
    phones = Talkative(database)
    deliver_until_empty(database, phones)
    assert [len(screen) for screen in phones.screens.values()] == [3]


@pytest.mark.slow
def test_eight_workers_keep_every_contacts_order(database: Database) -> None:
    """Each row reaches its phone once, after the one before it, whichever worker carries it."""
    fill(database)
    phones = Phones()
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _n: deliver_until_empty(database, phones), range(8)))
    assert len(phones.screens) == CONTACTS
    for screen in phones.screens.values():
        assert screen == sorted(screen)
        assert len(screen) == len(set(screen)) == EACH
    with database.transaction() as session:
        assert statuses(session) == {"sent": CONTACTS * EACH}
        assert set(session.scalars(sa.select(Contact.claimed_by))) == {None}
