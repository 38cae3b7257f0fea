"""A photo or PDF that a merchant sends goes with an invoice and on to its customer."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import attached_files, papers
from bot.channel import File
from conversations.prompts import Prompt, from_json
from invoicing import attaching, client_erasing, clients, lifecycle, links
from models import db
from models.attached import Attached
from models.errors import Refusal
from models.invoices import Invoice
from models.told import Audit, Notice
from models.traffic import Outbound
from tests.bot.files import PDF, PNG, fetched, send_document, send_photo
from tests.bot.shop import colleague, jobs
from tests.world import CHANNEL, Talk, bill, house, in_words, merchant_talk, tell

Words = Callable[..., str]
LIKE = {"en": "English", "sw": "Kiswahili"}
WHICH = "Which invoice does this file go with? I pass it on to its customer."
WANTED = "Please send me the photo or PDF that goes with *{number}*."
THANKS = "Thank you! I am putting your file with *{number}*."


@pytest.fixture(params=[("en", "telegram"), ("sw", "whatsapp")], ids="-".join)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Every talk in each language, and on each channel."""
    found, CHANNEL[0] = request.param
    yield found
    CHANNEL[0] = "telegram"


@pytest.fixture
def say(language: str) -> Words:
    """A sentence in the language of the talk."""
    return lambda msgid, **params: in_words(msgid, language, **params)


@pytest.fixture
def talk(session: Session, language: str) -> Talk:
    """A merchant with two invoices out, INV-1 for Jane and INV-2 for Otieno."""
    found = merchant_talk(session, language=LIKE[language])
    bill(found)
    bill(found, "Otieno", "0722000111")
    return found


def hers(talk: Talk) -> Session:
    """The session, seeing her merchant's rows."""
    db.enter(talk.session, talk.conversation.merchant_id)
    talk.session.expire_all()
    return talk.session


def kept(talk: Talk) -> list[Attached]:
    """The files there are."""
    return list(hers(talk).scalars(sa.select(Attached).order_by(Attached.id)))


def number(talk: Talk, which: str = "1") -> str:
    """The whole number of her first or second invoice."""
    rows = hers(talk).scalars(sa.select(Invoice.number_text).order_by(Invoice.id)).all()
    return str(rows[int(which) - 1])


def customer(talk: Talk, which: str = "1") -> Talk:
    """Jane, who has opened her invoice in chat."""
    row = lifecycle.get(hers(talk), invoice_id(talk, which))
    token = links.token_of(talk.session, row)
    db.enter(talk.session, None)
    jane = Talk(talk.session, name="Jane", language_code=talk.language)
    jane.say(f"/start {token}")
    return jane


def invoice_id(talk: Talk, which: str = "1") -> int:
    """Her first or second invoice."""
    return int(hers(talk).scalars(sa.select(Invoice.id).order_by(Invoice.id)).all()[int(which) - 1])


def test_a_photo_out_of_the_blue_is_asked_about(talk: Talk, say: Words) -> None:
    """The newest invoices are offered; after the choice a worker fetches it, and she hears of it."""
    asked = send_photo(talk)
    assert say(WHICH) in asked
    assert [number(talk, "2"), number(talk, "1")] == [one.split()[0] for one in talk.labels()[:2]]
    said = talk.tap(number(talk))
    assert say(THANKS, number=number(talk)) in said
    assert kept(talk)[0].content == b""
    job = jobs(talk.session, "bot.fetch_file")[0]
    assert (job["channel"], bool(job["file"])) == (talk.channel, True)
    told = fetched(talk)
    about = {"name": "photo.png", "size": "1 KB", "number": number(talk)}
    assert say("📎 *{name}* ({size}) goes with *{number}* now.", **about) in told
    alone = say(
        "*{client}* has no chat with me. They find it on the invoice's page.", client="Jane"
    )
    assert alone in told
    row = kept(talk)[0]
    assert (row.kind, row.content, row.invoice_id) == ("png", PNG, invoice_id(talk))


def test_a_caption_names_the_invoice(talk: Talk, say: Words) -> None:
    """By its number, in any words, or by its client; nothing is asked then."""
    for words in (number(talk), f"the gate, {number(talk).lower()}", "Jane"):
        assert say(THANKS, number=number(talk)) in send_document(talk, caption=words)
    assert say(WHICH) in send_document(talk, caption="the gate")
    assert {row.invoice_id for row in kept(talk)} == {invoice_id(talk)}


def test_from_the_card(talk: Talk, say: Words) -> None:
    """More, attach a file, send it: the invoice is known."""
    talk.say(f"show {number(talk)}" if talk.language == "en" else f"onyesha {number(talk)}")
    talk.tap(say("More…"))
    assert say(WANTED, number=number(talk)) in talk.tap(say("Attach a file"))
    assert say("Please send me the photo or PDF: tap the paper clip and choose it.") in talk.say(
        "?"
    )
    assert say(THANKS, number=number(talk)) in send_document(talk)
    fetched(talk, PDF)
    assert [row.kind for row in kept(talk)] == ["pdf"]


@pytest.mark.parametrize("words", ["attach to {n}", "ambatisha kwa {n}", "/attach {n}",
                                   "Attach a photo to {n}", "weka picha kwenye {n}"])  # fmt: skip
def test_by_a_sentence(talk: Talk, say: Words, words: str) -> None:
    """In either language, and by the command."""
    asked = talk.say(words.format(n=number(talk)))
    assert say(WANTED, number=number(talk)) in asked
    assert say(THANKS, number=number(talk)) in send_photo(talk)


def test_the_command_alone_asks_for_both(talk: Talk, say: Words) -> None:
    """First the file, then the invoice."""
    asked = talk.say("/attach")
    assert say("Please send me the photo or PDF that goes with an invoice.") in asked
    assert say(WHICH) in send_photo(talk)
    assert say(THANKS, number=number(talk)) in talk.say(number(talk))


def test_an_album_is_one_question(talk: Talk, say: Words) -> None:
    """Photos sent while the question stands join the first; more than five are refused in words."""
    send_photo(talk)
    both = {"en": "Which invoice do these 2 files go with?", "sw": "Faili hizi 2 zinaenda na"}
    assert both[talk.language] in send_photo(talk)
    for _more in range(3):
        send_photo(talk)
    assert say("At most {n} files go with an invoice.", n=5) in send_photo(talk)
    talk.tap(number(talk))
    assert len(jobs(talk.session, "bot.fetch_file")) == 5
    fetched(talk)
    names = [row.name for row in kept(talk)]
    assert names == ["photo.png", *(f"photo-{n}.png" for n in range(2, 6))]
    refused = send_photo(talk, caption=number(talk))
    assert say("At most {n} files go with an invoice.", n=5) in refused


def test_a_caption_answers_for_all_that_wait(talk: Talk) -> None:
    """The last photo of an album names the invoice; a caption that names none is no answer."""
    send_photo(talk)
    send_photo(talk, caption="3 bags for Otieno")
    assert not jobs(talk.session, "bot.fetch_file")
    assert number(talk, "2") in send_document(talk, caption=f"for {number(talk, '2')}")
    assert len(jobs(talk.session, "bot.fetch_file")) == 3
    assert {row.invoice_id for row in kept(talk)} == {invoice_id(talk, "2")}


def test_nothing_is_kept_of_what_is_not_wanted(talk: Talk, say: Words) -> None:
    """“Nothing” is an answer, and nobody fetches anything."""
    send_photo(talk)
    assert say("All right, I do nothing with it.") in talk.tap(say("Do nothing with it"))
    assert not jobs(talk.session, "bot.fetch_file")
    assert not kept(talk)


def test_a_photo_in_the_middle_loses_nothing(talk: Talk, say: Words) -> None:
    """What was said of a new invoice stands there when the file has found its place."""
    talk.say("/invoice")
    talk.say("Halima")
    asked = talk.say("0733000222")
    assert say(WHICH) in send_photo(talk)
    again = talk.tap(number(talk))
    assert say(THANKS, number=number(talk)) in again
    assert asked.splitlines()[-1] in again
    assert len(jobs(talk.session, "bot.fetch_file")) == 1


def test_a_photo_in_the_middle_may_name_its_invoice(talk: Talk, say: Words) -> None:
    """Nothing is asked, and the question that stood is asked again."""
    asked = talk.say("/invoice")
    again = send_document(talk, caption=number(talk))
    assert say(THANKS, number=number(talk)) in again
    assert asked.splitlines()[0] in again


def test_other_kinds_are_refused_in_words(talk: Talk, say: Words) -> None:
    """By what they say they are at once; by what they are when they have been fetched."""
    only = say("I can pass on photos and PDFs only. Please send it as one of these.")
    table = {"mime_type": "application/vnd.ms-excel", "file_name": "sales.xls"}
    assert only in send_document(talk, **table)
    send_document(talk, caption=number(talk))
    told = fetched(talk, b"MZ\x90\x00 this is a program called plan.pdf")
    assert (
        say("I can pass on photos and PDFs only, and this is neither. I did not keep it.") in told
    )
    assert talk.labels()[0] == say("Try another file")
    assert not kept(talk)
    assert say(WANTED, number=number(talk)) in talk.tap(say("Try another file"))


def test_what_is_too_big_is_refused_in_words(talk: Talk, say: Words) -> None:
    """Before it is fetched where the channel tells its size, otherwise then."""
    big = say("That file is too big for me. Please send one of at most 5 MB.")
    if talk.channel == "telegram":
        assert big in send_document(talk, file_size=5_000_001)
        assert not jobs(talk.session, "bot.fetch_file")
    send_document(talk, caption=number(talk))
    assert big in fetched(talk, b"%PDF-" + bytes(5_000_000))
    send_document(talk, caption=number(talk))
    assert big in fetched(talk, b"")  # as the channel answers for what is not even fetched
    assert not kept(talk)


def test_what_could_not_be_had_is_told(talk: Talk, say: Words) -> None:
    """And gives its place back."""
    send_document(talk, caption=number(talk))
    assert say("I could not get your file. Please send it once more.") in fetched(talk, None)
    assert not kept(talk)


def test_a_job_that_runs_twice_says_it_once(talk: Talk) -> None:
    """The file is there already: nothing is done, nothing is said."""
    send_document(talk, caption=number(talk))
    job = jobs(talk.session, "bot.fetch_file")[0]
    assert fetched(talk, PDF)
    hers(talk)
    attached_files.keep(talk.session, job["attached_id"], job["contact_id"], PNG, house())
    assert talk.look() == ""
    assert kept(talk)[0].content == PDF


def test_the_customer_gets_it_in_chat(talk: Talk, say: Words) -> None:
    """Whoever opened the invoice in chat is sent the file itself, after the moments to think again."""
    jane = customer(talk)
    send_document(talk, caption=number(talk))
    told = fetched(talk, PDF)
    params = {"client": "Jane", "channel": {"telegram": "Telegram", "whatsapp": "WhatsApp"}[talk.channel],
              "n": house().bot.undo_s}  # fmt: skip
    assert say("*{client}* gets it on {channel} in {n} seconds.", **params) in told
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
    assert "1. " in listed
    said = talk.tap(say("Remove {n}", n=1))
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
    assert not [one for one in labels if in_words("Remove {n}", other.language, n=1) in one]


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
