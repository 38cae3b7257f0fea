"""What a plain invoice costs on WhatsApp from the sentence to the money: every message is charged for."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.channel import File, Letter
from bot.whatsapp_send import WhatsApp
from models import db
from models.payments import Attempt
from models.traffic import Outbound
from payments import push, settlement
from payments.gateway import Submitted
from tests import world
from tests.payments import bed
from tests.world import Talk, merchant_talk, tell


@pytest.fixture(autouse=True)
def _on_whatsapp(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody talks on WhatsApp."""
    monkeypatch.setattr(world, "CHANNEL", ["whatsapp"])


def messages(talk: Talk, rows: list[Outbound]) -> list[str]:
    """What Twilio would be asked to send for these rows: words, or the name of a file."""
    channel = WhatsApp(talk.house.bot)
    found = []
    for row in rows:
        prompt = talk.prompt(row)
        paper = prompt.attachment
        file = File(f"{paper.document}.{paper.kind}", b"", paper.kind) if paper else None
        letter = Letter(row.id, talk.address, prompt, talk.language, file)
        found += [str(one.fields.get("body", "a file")) for one in channel.plan(letter)]
    return found


def paid(session: Session, merchant_id: int) -> None:
    """Safaricom takes the prompt, the customer her PIN, and both sides are told."""
    with db.as_merchant(session, merchant_id):
        attempt = session.scalars(sa.select(Attempt)).one()
        attempt.state, attempt.submitted_at = "submitting", db.now(session)
        session.flush()
        push.store(session, attempt.id, Submitted(bed.HANDLE, bed.SECOND))
        session.refresh(attempt)
        settlement.settle(session, bed.callback(attempt))
    db.enter(session, None)
    tell(session)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("English", "Asha {phone} 3 bags cement @850 due friday"),
        ("Kiswahili", "Asha {phone} mifuko 3 ya saruji @850 kufikia ijumaa"),
    ],
)
def test_from_the_sentence_to_the_money(session: Session, language: str, sentence: str) -> None:
    """Four to the merchant, five to the customer: not one more goes unnoticed."""
    owner = merchant_talk(session, language=language)
    asha = Talk(session, name="Asha", language_code={"English": "en"}.get(language, "sw"))
    before = len(owner.history())
    owner.say(sentence.format(phone=asha.address))
    said = owner.say("1")
    link = re.search(r"https://\S+/i/[\w-]{20,}", said)
    assert link is not None
    asha.say(link[0])
    asha.say("1")
    asha.say("1")
    paid(session, owner.conversation.merchant_id or 0)
    hers, his = messages(owner, owner.history()[before:]), messages(asha, asha.history())
    # The bill to look at, that it is ready, what to pass on, that it is paid.
    assert len(hers) == 4, hers
    # The bill, whether to ask her phone, that it will, the receipt, and thanks.
    assert len(his) == 5, his
