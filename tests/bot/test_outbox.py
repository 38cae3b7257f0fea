"""What becomes of a row after each outcome of sending it, and of the rows behind it (I-17)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import outbox, reach
from bot.channel import SendError, Sent, Trouble
from bot.outbox import Claim, Result
from conversations.prompts import Prompt
from models import clock
from models.people import Contact
from models.text import raw
from models.traffic import Outbound
from tests import make
from tests.conftest import NOW


@pytest.fixture
def contact(session: Session) -> Contact:
    """Somebody with three things to be told."""
    found = make.contact(session, make.person(session))
    for words in ("one", "two", "three"):
        reach.put_out(session, found.id, Prompt((raw(words),)))
    return found


def claimed(session: Session) -> Claim:
    """The only claim there is."""
    (found,) = outbox.claim(session, 1, 10)
    return found


def fails(
    session: Session, trouble: Trouble, wait_s: int = 0, pieces_sent: int | None = None
) -> None:
    """The first row of a claim meets this trouble; the rest is not tried."""
    claim = claimed(session)
    error = SendError("telegram", "x", trouble, wait_s=wait_s)
    error.pieces_sent = pieces_sent
    outbox.record(session, [(claim, [Result(claim.rows[0], error=error)])])


def statuses(session: Session) -> list[str]:
    """How the rows stand, in order."""
    session.expire_all()
    return list(session.scalars(sa.select(Outbound.status).order_by(Outbound.id)))


def test_what_was_sent_is_done(session: Session, contact: Contact) -> None:
    """With the channel's id and the time; the contact is free again."""
    claim = claimed(session)
    outbox.record(session, [(claim, [Result(row, Sent(f"m{row.id}")) for row in claim.rows])])
    assert statuses(session) == ["sent"] * 3
    assert session.get_one(Contact, contact.id).claimed_by is None
    assert outbox.claim(session, 1, 10) == []


@pytest.mark.parametrize(
    ("trouble", "wait_s", "first", "held_s"),
    [
        (Trouble.WAIT, 7, "waiting", 7),
        (Trouble.AGAIN, 0, "waiting", 2),
        (Trouble.UNKNOWN, 0, "waiting", 2),
        (Trouble.NEVER, 0, "failed", None),
        (Trouble.WINDOW, 0, "held", None),
    ],
)
def test_one_trouble(
    session: Session,
    contact: Contact,
    trouble: Trouble,
    wait_s: int,
    first: str,
    held_s: int | None,
) -> None:
    """The row waits, is given up or held, and the contact is left alone so long that order holds."""
    fails(session, trouble, wait_s)
    assert statuses(session) == [first, "waiting", "waiting"]
    held = session.get_one(Contact, contact.id).held_until
    if held_s is None:
        assert held is None
    else:
        assert held is not None
        assert NOW <= held <= NOW + timedelta(seconds=max(held_s, 8))
        assert outbox.claim(session, 1, 10) == []


def test_a_block_drops_everything(session: Session, contact: Contact) -> None:
    """Whoever blocked us is told none of it."""
    fails(session, Trouble.BLOCKED)
    assert statuses(session) == ["dropped"] * 3
    assert session.get_one(Contact, contact.id).blocked_at is not None


def later(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """Real time goes on."""
    monkeypatch.setattr(clock, "real_now", lambda: NOW + timedelta(seconds=seconds))


def test_what_may_have_been_sent_is_tried_once_more(
    session: Session, contact: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice is the most; then it is given up, and what comes behind it goes on (I-17)."""
    fails(session, Trouble.UNKNOWN)
    later(monkeypatch, 3600)
    fails(session, Trouble.UNKNOWN)
    assert statuses(session)[0] == "failed"
    later(monkeypatch, 7200)
    assert len(claimed(session).rows) == 2


def test_other_trouble_clears_no_doubt(
    session: Session, contact: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not to have been sent the second time says nothing about the first."""
    for round_, trouble in enumerate((Trouble.UNKNOWN, Trouble.WAIT, Trouble.AGAIN), 1):
        fails(session, trouble, 1)
        later(monkeypatch, round_ * 3600)
    fails(session, Trouble.UNKNOWN)
    assert statuses(session)[0] == "failed"


def test_trouble_before_is_no_doubt(
    session: Session, contact: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused for a while and then perhaps sent: that is once, so it is tried once more."""
    fails(session, Trouble.WAIT, 1)
    later(monkeypatch, 3600)
    fails(session, Trouble.UNKNOWN)
    assert statuses(session)[0] == "waiting"


def test_a_channel_that_can_be_asked_is_asked_on(
    session: Session, contact: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WhatsApp tells what it sent: nothing is given up for one more doubt."""
    contact.channel, contact.last_inbound_at = "whatsapp", NOW
    session.flush()
    for round_ in range(1, 4):
        fails(session, Trouble.UNKNOWN)
        later(monkeypatch, round_ * 3600)
    assert statuses(session)[0] == "waiting"


def abandoned(session: Session, *, again: bool) -> None:
    """A worker dies while it sends the first row, perhaps having noted that it does so again."""
    claim = claimed(session)
    if again:
        assert outbox.sends_again(session, claim, claim.rows[0])
    outbox.take_up_abandoned(session)


def test_workers_that_die_send_twice_at_most(session: Session, contact: Contact) -> None:
    """The second death in the middle of the same message is its last; the others go on."""
    abandoned(session, again=False)
    assert statuses(session) == ["waiting"] * 3
    abandoned(session, again=False)  # it died before it sent anything again
    assert statuses(session) == ["waiting"] * 3
    abandoned(session, again=True)
    assert statuses(session) == ["failed", "waiting", "waiting"]


def test_what_is_lost_so_is_told_to_the_merchant(session: Session) -> None:
    """Nobody knows whether her customer read it: she is told, as of any that did not arrive."""
    merchant = make.merchant(session)
    contact = make.contact(session, make.person(session))
    prompt = Prompt((raw("pay"),))
    row = reach.put_out(session, contact.id, prompt, merchant_id=merchant.id)
    abandoned(session, again=False)
    abandoned(session, again=True)
    found = session.execute(
        sa.text("SELECT task_name, args ->> 'outbound_id' FROM jobs.procrastinate_jobs")
    ).all()
    assert [tuple(one) for one in found] == [("bot.unreached", str(row))]


def test_a_row_that_is_anothers_is_not_sent_again(session: Session, contact: Contact) -> None:
    """Taken for dead, a worker asks before it repeats anything."""
    mine = claimed(session)
    outbox.take_up_abandoned(session)
    claimed(session)
    assert not outbox.sends_again(session, mine, mine.rows[0])


def test_an_id_that_is_known_already_stops_nobody(session: Session, contact: Contact) -> None:
    """A bot under a new token counts its messages anew: they are sent, and the worker lives."""
    claim = claimed(session)
    outbox.record(session, [(claim, [Result(claim.rows[0], Sent("41"))])])
    claim = claimed(session)
    outbox.record(
        session, [(claim, [Result(row, Sent(f"4{n}")) for n, row in enumerate(claim.rows, 1)])]
    )
    assert statuses(session) == ["sent"] * 3
    ids = session.scalars(sa.select(Outbound.provider_id).order_by(Outbound.id)).all()
    assert ids == ["41", None, "42"]


def test_trying_ends(session: Session, contact: Contact, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight times; a wait that the channel asked for does not count as giving up."""
    for round_ in range(1, outbox.MOST_TRIES + 1):
        later(monkeypatch, round_ * 3600)
        fails(session, Trouble.AGAIN)
    assert statuses(session)[0] == "failed"


def test_the_channels_own_wait_never_gives_up(
    session: Session, contact: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day of 429 loses no word."""
    for round_ in range(1, outbox.MOST_TRIES + 4):
        later(monkeypatch, round_ * 3600)
        fails(session, Trouble.WAIT, 30)
    assert statuses(session) == ["waiting"] * 3


def test_how_far_a_long_text_came_is_kept(
    session: Session, contact: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until it is sent, another try knows it, also after one that sent nothing."""
    for round_, (pieces_sent, kept) in enumerate([(2, 2), (None, 2), (3, 3)], 1):
        fails(session, Trouble.AGAIN, pieces_sent=pieces_sent)
        later(monkeypatch, round_ * 3600)
        assert claimed(session).rows[0].pieces_sent == kept
        session.execute(sa.update(Contact).values(claimed_by=None))


def test_a_chat_in_a_terminal_is_left_alone(session: Session, contact: Contact) -> None:
    """Whoever talks there fetches her own words: a worker neither sends them nor gives them up."""
    contact.channel = "terminal"
    session.flush()
    assert outbox.claim(session, 1, 10) == []
    assert statuses(session) == ["waiting"] * 3


def test_a_row_is_not_due_before_its_time(session: Session, contact: Contact) -> None:
    """Held back for the night, the others go."""
    first = session.scalars(sa.select(Outbound.id).order_by(Outbound.id)).first()
    session.execute(
        sa.update(Outbound).where(Outbound.id == first).values(not_before=NOW + timedelta(hours=1))
    )
    assert first not in [row.id for row in claimed(session).rows]


def test_replies_go_before_what_nobody_asked_for(session: Session, contact: Contact) -> None:
    """With room for one, whoever waits for an answer is served first."""
    asker = make.contact(session, make.person(session))
    reach.put_out(session, asker.id, Prompt((raw("answer"),)), purpose="reply")
    (first,) = outbox.claim(session, 1, 1)
    assert first.contact_id == asker.id
