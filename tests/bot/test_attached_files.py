"""A photo or PDF that a merchant sends: which invoice it goes with, and what is refused."""

import pytest
from sqlalchemy.orm import Session

from bot import attached_files
from invoicing import lifecycle
from tests.bot.files import (
    LIKE,
    PDF,
    PNG,
    THANKS,
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
from tests.bot.shop import jobs
from tests.world import Talk, Words, house, merchant_talk

__all__ = ["language", "talk"]  # fixtures
WHICH = "Which invoice does this file go with? I pass it on to its customer."
WANTED = "Please send me the photo or PDF that goes with *{number}*."


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
    """What was said before stands there when the file has found its place."""
    talk.say("/payment")
    asked = talk.say("Jane")
    assert say(WHICH) in send_photo(talk)
    again = talk.tap(number(talk))
    assert say(THANKS, number=number(talk)) in again
    assert asked.splitlines()[-1] in again
    assert len(jobs(talk.session, "bot.fetch_file")) == 1


def test_a_photo_in_the_middle_may_name_its_invoice(talk: Talk, say: Words) -> None:
    """Nothing is asked, and the question that stood is asked again; an unknown number is told."""
    asked = talk.say("/invoice")
    again = send_document(talk, caption=number(talk))
    assert say(THANKS, number=number(talk)) in again
    assert asked.splitlines()[0] in again
    unknown = send_document(talk, caption="INV-404")
    assert say("I find no invoice *{number}*.", number="INV-404") in unknown
    assert say(WHICH) in unknown


def test_a_photo_goes_with_the_invoice_that_is_being_made(talk: Talk, say: Words) -> None:
    """Sent at any question it joins; the card says so, and it goes out with the invoice."""
    talk.say("/invoice")
    asked = talk.say("Halima")
    first = send_photo(talk)
    assert say("📎 Your file goes with this invoice.") in first
    assert asked.splitlines()[-1] in first
    for words in ("0733000222", "3 bags of sand", "900", "2"):
        card = talk.say(words)
    assert say("📎 A file goes with it") in card
    talk.tap(say("More…"))
    assert say("Please send me the photo or PDF.") in talk.tap(say("Photo or PDF"))
    two = {"en": "📎 2 files go with it", "sw": "📎 Inaenda na faili 2"}
    assert two[talk.language] in send_document(talk)
    assert not jobs(talk.session, "bot.fetch_file")
    talk.tap(say("Send"))
    assert {row.invoice_id for row in kept(talk)} == {invoice_id(talk, "3")}
    fetched(talk, PDF)
    assert len(kept(talk)) == 2


def test_files_of_an_invoice_that_is_being_made_are_taken_back(talk: Talk, say: Words) -> None:
    """Before it goes out; and no more than five."""
    talk.say("/invoice")
    for _each in range(5):
        send_photo(talk)
    assert say("At most {n} files go with an invoice.", n=5) in send_photo(talk)
    for words in ("Halima", "0733000222", "3 bags of sand", "900", "2"):
        talk.say(words)
    talk.tap(say("More…"))
    card = talk.tap(say("Remove files"))
    assert "📎" not in card
    talk.tap(say("Send"))
    assert not jobs(talk.session, "bot.fetch_file")


def test_a_draft_keeps_its_files(talk: Talk, say: Words) -> None:
    """Changed and sent it still has them; thrown away it takes them with it."""
    talk.say("/invoice")
    send_photo(talk)
    for words in ("Halima", "0733000222", "3 bags of sand", "900", "2"):
        talk.say(words)
    talk.tap(say("Save as draft"))
    told = fetched(talk)
    assert say("*{client}* finds it with the invoice once you send it.", client="Halima") in told
    draft = kept(talk)[0].invoice_id
    talk.say("/drafts Halima")
    talk.tap(say("Finish and send"))
    talk.tap(say("Send"))
    assert [row.invoice_id for row in kept(talk)] == [draft]
    assert lifecycle.get(talk.session, draft).status == "issued"
    talk.say("/invoice")
    send_photo(talk)
    for words in ("Halima", "3 bags of sand", "900", "2"):
        talk.say(words)
    talk.tap(say("Save as draft"))
    talk.tap(say("Delete draft"))
    assert len(kept(talk)) == 1
    assert fetched(talk) == ""


def test_where_no_invoice_is_out_yet(session: Session, language: str, say: Words) -> None:
    """A newcomer's photo finds no invoice, and she hears what to do with it."""
    newcomer = merchant_talk(session, language=LIKE[language])
    said = send_photo(newcomer)
    assert say("A file goes with an invoice, and none of yours is out yet. "
               "Send it while you make one, or after.") in said  # fmt: skip
    assert newcomer.labels() == [say("Use it as my logo"), say("Do nothing with it")]


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
