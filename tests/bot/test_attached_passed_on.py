"""Files of an invoice on their way to its customer, looked at, taken away, and to whom they are shown."""

import pytest
import sqlalchemy as sa

from bot import papers
from bot.channel import File
from conversations.prompts import Prompt, from_json
from invoicing import attaching, client_erasing, clients, lifecycle, links
from models import db
from models.errors import Refusal
from models.invoices import Invoice
from models.told import Audit, Notice
from models.traffic import Outbound
from tests.bot.files import (
    PDF,
    customer,
    fetched,
    hers,
    invoice_id,
    kept,
    language,
    number,
    send_document,
    send_photo,
    talk,
)
from tests.bot.shop import colleague
from tests.world import CHANNEL, Talk, Words, bill, house, in_words, merchant_talk, tell

__all__ = ["language", "talk"]  # fixtures


def test_the_customer_gets_it_in_chat(talk: Talk, say: Words) -> None:
    """Whoever opened the invoice in chat is sent the file itself, after the moments to think again."""
    jane = customer(talk)
    send_document(talk, caption=number(talk))
    told = fetched(talk, PDF)
    soon = {"en": "Jane gets it on Telegram in 20 seconds.",
            "sw": "Jane ataipata kwenye WhatsApp baada ya sekunde 20."}  # fmt: skip
    assert soon[talk.language] in told
    tell(talk.session)
    got = jane.look()
    name = "plan-of-gate.pdf" if talk.channel == "telegram" else "document.pdf"
    words = {"business": "Wanjiru Hardware", "name": name, "number": number(talk)}
    assert say("📎 *{business}* adds *{name}* to invoice *{number}*.", **words) in got
    row = jane.screen[-1]
    assert row.not_before > db.now(talk.session)
    paper = from_json(row.body).attachment
    assert paper is not None
    file: File = papers.fetch(talk.session, paper, talk.channel, talk.language, house())
    assert (file.name, file.content) == (name, PDF)
    jane.say(f"/start {links.token_of(hers(talk), lifecycle.get(talk.session, invoice_id(talk)))}")
    jane.tap(say("Files ({n})", n=1))
    again = from_json(jane.screen[-1].body)
    assert again.attachment == paper


def test_a_customer_without_a_window_finds_it_on_the_page(talk: Talk, say: Words) -> None:
    """WhatsApp lets nobody write after a day of silence: nothing is sent, and she is told so."""
    if talk.channel != "whatsapp":
        pytest.skip("only WhatsApp has a window")
    customer(talk)
    talk.session.execute(
        sa.text("UPDATE contacts SET last_inbound_at = last_inbound_at - interval '2 days'")
    )
    told = (send_document(talk, caption=number(talk)), fetched(talk, PDF))[1]
    assert say("WhatsApp does not let me write to *{client}* now. They find it on the invoice's "
               "page, and with the invoice in our chat.", client="Jane") in told  # fmt: skip
    assert not hers(talk).scalars(sa.select(Notice).where(Notice.kind == "file")).all()


def test_a_file_is_taken_away(talk: Talk, say: Words) -> None:
    """The list shows them; what had not gone out never does, and both acts are in the story."""
    jane = customer(talk)
    send_document(talk, caption=number(talk))
    fetched(talk, PDF)
    tell(talk.session)
    jane.look()
    talk.say(f"show {number(talk)}" if talk.language == "en" else f"onyesha {number(talk)}")
    assert say("File attached") in talk.words(talk.screen[-1])
    talk.tap(say("More…"))
    listed = talk.tap(say("Files ({n})", n=1))
    assert "• " in listed
    said = talk.tap(say("Remove {name}", name=""))
    assert say("What *{client}* got in chat stays there.", client="Jane") not in said
    assert not kept(talk)
    row = jane.history()[-1]
    assert (row.status, row.error_code) == ("dropped", "removed")
    actions = hers(talk).scalars(sa.select(Audit.action).where(Audit.action.like("file.%")))
    assert sorted(actions) == ["file.attached", "file.removed"]
    why = talk.say(f"/why {number(talk)}")
    assert say("{what}, by {who}", what=say("File attached"), who="Wanjiru") in why
    assert say("{what}, by {who}", what=say("File removed"), who="Wanjiru") in why


def test_what_a_customer_has_stays_there_and_is_told(talk: Talk, say: Words) -> None:
    """A message that went out cannot be called back."""
    jane = customer(talk)
    send_document(talk, caption=number(talk))
    fetched(talk, PDF)
    tell(talk.session)
    jane.look()
    talk.session.execute(sa.update(Outbound).values(status="sent"))
    said = talk.tap(say("Remove it"))
    assert say("What *{client}* got in chat stays there.", client="Jane") in said
    assert say("That file is gone already.") in talk.tap(say("Remove it"))


def test_the_list_sends_the_files(talk: Talk, say: Words) -> None:
    """Whoever works there may look at them in her own chat."""
    send_document(talk, caption=number(talk))
    fetched(talk, PDF)
    plain = "files of {n}" if talk.language == "en" else "faili za {n}"
    talk.say(plain.format(n=number(talk)))
    talk.tap(say("Send them here"))
    prompt: Prompt = from_json(talk.screen[-1].body)
    assert prompt.attachment is not None
    assert prompt.attachment.document == "file"


def test_who_only_looks_on_attaches_nothing(talk: Talk, say: Words) -> None:
    """A viewer's photo is not asked about; she may see what there is, and remove nothing."""
    send_document(talk, caption=number(talk))
    fetched(talk, PDF)
    other = colleague(talk, "viewer")
    sent = send_photo(other, caption=number(talk))
    assert (
        in_words("I cannot read that yet. Please type it, or say *menu*.", other.language) in sent
    )
    other.say(f"files of {number(talk)}")
    labels = other.labels()
    assert not [one for one in labels if in_words("Remove {name}", other.language, name="") in one]


def test_a_void_invoice_takes_no_more(talk: Talk) -> None:
    """It is not offered, and a button from before says why not."""
    row = lifecycle.get(hers(talk), invoice_id(talk))
    talk.say(f"/attach {row.number_text}")
    lifecycle.void(hers(talk), lifecycle.get(talk.session, row.id), "wrong", None)
    refused = send_photo(talk)
    assert str(number(talk)) in refused
    assert not kept(talk)
    send_photo(talk)
    assert number(talk) not in " ".join(talk.labels())


def test_erasing_a_client_deletes_the_files(talk: Talk) -> None:
    """They are hers: photos and papers go with her name and number."""
    send_document(talk, caption=number(talk))
    fetched(talk, PDF)
    send_document(talk, caption=number(talk, "2"))
    fetched(talk, PDF)
    session = hers(talk)
    row = lifecycle.get(session, invoice_id(talk))
    lifecycle.void(session, row, "wrong", None)
    client_erasing.erase(session, clients.get(session, row.client_id), None)
    assert [one.invoice_id for one in kept(talk)] == [invoice_id(talk, "2")]


def test_a_copy_goes_without_the_files(talk: Talk, say: Words) -> None:
    """What was attached is about the one sale."""
    send_document(talk, caption=number(talk))
    fetched(talk, PDF)
    talk.say(f"/copy {number(talk)}")
    talk.say("kesho")
    talk.tap(say("Send"))
    newest = hers(talk).scalars(sa.select(Invoice).order_by(Invoice.id.desc())).first()
    assert newest is not None
    assert newest.id != invoice_id(talk)
    assert attaching.of(talk.session, newest) == ()


def test_another_merchants_file_is_out_of_reach(talk: Talk) -> None:
    """Neither by a button made up nor by number: her rows alone are looked at."""
    send_document(talk, caption=number(talk))
    fetched(talk, PDF)
    theirs = kept(talk)[0].id
    CHANNEL[0] = talk.channel
    other = merchant_talk(talk.session, "Duka la Juma")
    bill(other)
    db.enter(talk.session, other.conversation.merchant_id)
    with pytest.raises(Refusal):
        attaching.get(talk.session, theirs)
    db.enter(talk.session, None)


def test_a_corrected_invoice_has_the_same_files(talk: Talk, say: Words) -> None:
    """Also one that was still being fetched; the old page keeps what it was sent with."""
    send_document(talk, caption=number(talk))
    fetched(talk, PDF)
    send_photo(talk, caption=number(talk))
    correct(talk)
    talk.tap(say("Send"))
    assert "INV-0003" in fetched(talk)
    paper = {"telegram": "plan-of-gate.pdf", "whatsapp": "document.pdf"}[talk.channel]
    assert files_of(talk, "1") == [paper]
    assert sorted(files_of(talk, "3")) == sorted([paper, "photo.png"])


def test_files_of_a_correction_that_was_a_draft(talk: Talk, say: Words) -> None:
    """Those kept with the draft, those of the invoice it corrects, and one sent at the last moment."""
    send_document(talk, caption=number(talk))
    fetched(talk, PDF)
    correct(talk)
    send_photo(talk)
    talk.tap(say("Save as draft"))
    fetched(talk)
    talk.tap(say("Finish and send"))
    send_photo(talk)
    talk.tap(say("Send"))
    fetched(talk)
    new = invoice_id(talk, "3")
    assert number(talk, "3") == "INV-0003"
    assert [row.kind for row in kept(talk) if row.invoice_id == new] == ["png", "pdf", "png"]


def correct(talk: Talk) -> None:
    """The talk that makes a corrected INV-1, at its card."""
    talk.say(f"correct {number(talk)}" if talk.language == "en" else f"sahihisha {number(talk)}")


def files_of(talk: Talk, which: str) -> list[str]:
    """The names of an invoice's files."""
    return [row.name for row in kept(talk) if row.invoice_id == invoice_id(talk, which)]
