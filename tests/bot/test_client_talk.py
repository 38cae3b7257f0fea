"""What a merchant does with her clients in chat: lists, cards, changes, archive, block, merge."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import db
from models.invoices import Invoice
from models.merchants import Client, Member
from models.told import Audit
from tests import make
from tests.world import Talk, Words, merchant_talk

LIKE = {"en": "English", "sw": "Kiswahili"}


@pytest.fixture
def language(language_on_channel: str) -> str:
    """Every talk is held in each language, and on each channel."""
    return language_on_channel


@pytest.fixture
def talk(session: Session, language: str) -> Talk:
    """A merchant who has signed up in that language."""
    return merchant_talk(session, language=LIKE[language])


def hers(talk: Talk) -> Session:
    """The session, seeing her merchant's rows."""
    db.enter(talk.session, talk.conversation.merchant_id)
    talk.session.expire_all()
    return talk.session


def known(talk: Talk, name: str, **more: object) -> Client:
    """A client she has."""
    return make.client(hers(talk), name=name, **more)


def become(talk: Talk, role: str) -> None:
    """From now on she has another role."""
    hers(talk).execute(sa.update(Member).values(role=role))
    talk.session.flush()


def test_clients_are_listed_eight_at_a_time(talk: Talk, say: Words) -> None:
    """By name, with what each owes; more by a tap, nobody twice and nobody left out."""
    for n in range(11):
        known(talk, f"Client {n:02}")
    make.invoice(hers(talk), hers(talk).scalars(sa.select(Client).order_by(Client.name)).first())
    first = talk.say("/clients")
    assert "Client 00: " not in first
    assert say("{client} owes *{amount}*", client="Client 00", amount="KSh 2,550") in first
    shown = talk.labels()
    assert shown[:8] == [f"Client {n:02}" for n in range(8)]
    assert shown[8:] == [say("More"), say("Archived, blocked")]
    talk.tap(say("More"))
    assert talk.labels() == ["Client 08", "Client 09", "Client 10", say("Archived, blocked")]
    card = talk.tap("Client 09")
    assert card.startswith("Client 09")


@pytest.mark.parametrize("words", ["my clients", "wateja wangu", "/clients", "Clients", "wateja"])
def test_plain_words_bring_the_list(talk: Talk, say: Words, words: str) -> None:
    """In both languages, whatever the language of the talk."""
    known(talk, "Jane Mwangi")
    assert say("*Your clients.* Tap one, or type part of a name or number.") in talk.say(words)


def test_the_list_begins_anew_and_a_search_leads_back(talk: Talk, say: Words) -> None:
    """A list that was looked at is never “in the middle”; nothing found is no dead end."""
    known(talk, "Jane Mwangi")
    talk.say("/clients zebra")
    assert say("Whole list") in talk.labels()
    assert talk.say("/clients").startswith(
        say("*Your clients.* Tap one, or type part of a name or number.")
    )
    talk.say("/clients zebra")
    talk.tap(say("Whole list"))
    assert talk.labels() == ["Jane Mwangi", say("Archived, blocked")]


def test_part_of_a_name_or_number_finds_one(talk: Talk, say: Words) -> None:
    """Typed into the list or behind the command."""
    known(talk, "Jane Mwangi", phone="+254712345678")
    known(talk, "Otieno", phone="+254722000222")
    talk.say("/clients")
    assert talk.say("0722 000").startswith("Otieno")
    assert "jane" in talk.say("/clients jane")
    assert talk.labels()[0] == "Jane Mwangi"


@pytest.mark.parametrize("words", ["show Jane", "onyesha Jane", "who is Jane?", "mteja Jane"])
def test_the_card_says_who_what_and_since_when(talk: Talk, say: Words, words: str) -> None:
    """Phone, language, what is owed, the last three invoices, since when; buttons by role."""
    jane = known(talk, "Jane Mwangi", phone="+254712345678", language="sw", company="Duka la Jane")
    for _n in range(4):
        make.invoice(hers(talk), jane)
    card = talk.say(words)
    for line in (
        "Jane Mwangi", "Duka la Jane", say("Owes *{amount}*", amount="KSh 10,200"),
        say("Phone: {phone}", phone="0712345678"), say("Language: {spoken}", spoken="Kiswahili"),
        say("Billed so far: {billed}, of it paid: {paid}", billed="KSh 10,200", paid="KSh 0"),
    ):  # fmt: skip
        assert line in card
    assert card.count("KSh 2,550") == 3
    assert talk.labels() == [
        say(one) for one in
        ("New invoice", "Statement", "Edit", "Archive", "Block", "More…", "My clients")
    ]  # fmt: skip


def test_roles_see_what_they_may_do(talk: Talk, say: Words) -> None:
    """A viewer looks, a cashier bills and edits; an old button does not do more than its presser may."""
    known(talk, "Jane Mwangi")
    talk.say("show Jane")
    old = talk.screen[-1]
    become(talk, "viewer")
    talk.say("show Jane")
    assert talk.labels() == [say("Statement"), say("My clients")]
    refused = talk.tap_on(old, say("Archive"))
    assert say("Only the owner or a manager can do that.") in refused
    assert hers(talk).scalars(sa.select(Client.status)).one() == "active"
    become(talk, "cashier")
    talk.say("show Jane")
    assert talk.labels() == [say(one) for one in ("New invoice", "Statement", "Edit", "My clients")]
    assert say("Only the owner or a manager can do that.") in talk.say("archive Jane")
    assert say("Only the owner or a manager can do that.") in talk.say("block Jane")
    assert hers(talk).scalars(sa.select(Client.status)).one() == "active"


@pytest.mark.parametrize(
    "words", ["jane's number is 0712 345 678", "namba ya Jane ni 0712345678",
              "change Jane's number to +254 712 345 678"],
)  # fmt: skip
def test_a_number_is_changed_in_one_sentence(talk: Talk, say: Words, words: str) -> None:
    """Where one client is meant; what stood there is said and comes back by a tap."""
    known(talk, "Jane Mwangi", phone="+254722000222")
    said = talk.say(words)
    assert "0712345678" in said
    assert say("Before: {words}", words="0722000222") in said
    assert hers(talk).scalars(sa.select(Client.phone)).one() == "+254712345678"
    talk.tap(say("Change it back"))
    assert hers(talk).scalars(sa.select(Client.phone)).one() == "+254722000222"


def test_two_of_the_name_are_asked(talk: Talk, say: Words) -> None:
    """Nothing is changed for the wrong Jane."""
    known(talk, "Jane Mwangi", phone="+254711000001")
    other = known(talk, "Jane Otieno", phone="+254711000002")
    said = talk.say("jane's number is 0712345678")
    assert say("Which of these do you mean?") in said
    talk.tap("Jane Otieno")
    hers(talk).refresh(other)
    assert other.phone == "+254712345678"


def test_each_field_is_changed_by_itself(talk: Talk, say: Words) -> None:
    """Asked one at a time; what is no e-mail is asked again, what is optional can go."""
    jane = known(talk, "Jane Mwangi")
    talk.say("show Jane")
    talk.tap(say("Edit"))
    talk.tap(say("E-mail"))
    assert say("That does not look like an e-mail address.") in talk.say("jane at home")
    talk.say("jane@duka.co.ke")
    hers(talk).refresh(jane)
    assert jane.email == "jane@duka.co.ke"
    talk.say("edit Jane")
    talk.tap(say("E-mail"))
    talk.tap(say("Remove it"))
    assert hers(talk).scalars(sa.select(Client.email)).one() is None
    talk.say("edit Jane")
    talk.tap(say("Language"))
    talk.tap("Kiswahili")
    hers(talk).refresh(jane)
    assert (jane.language, talk.language) == ("sw", {"English": "en", "Kiswahili": "sw"}[
        LIKE[talk.language]])  # fmt: skip


def test_a_taken_number_offers_to_merge(talk: Talk, say: Words) -> None:
    """A phone is one client's: is it the same person?"""
    known(talk, "Jane Mwangi", phone="+254712345678")
    twin = known(talk, "Jenny", phone="+254722000222")
    bill = make.invoice(hers(talk), twin)
    said = talk.say("jenny's number is 0712345678")
    assert say("{phone} is the number of *{other}* already. Are *{other}* and *{name}* the same person?",
               phone="0712345678", other="Jane Mwangi", name="Jenny") in said  # fmt: skip
    preview = talk.tap(say("Yes, merge them"))
    assert say("{client} owes *{amount}*", client="Jenny", amount="KSh 2,550") in preview
    done = talk.tap(say("Yes, merge them"))
    assert say("Owes *{amount}*", amount="KSh 2,550") in done
    session = hers(talk)
    merged, jane = session.get_one(Client, (twin.merchant_id, twin.id)), bill.client_id
    assert jane == twin.id  # the issued invoice itself did not change
    assert session.get_one(Client, (twin.merchant_id, merged.merged_into_id)).name == "Jane Mwangi"
    talk.say("/clients")
    assert talk.labels() == ["Jane Mwangi", say("Archived, blocked")]
    # Bought on the second number: it is the same client.
    talk.say("Mary 0722000222 2 cement @500 due tomorrow")
    assert "Jane Mwangi" in talk.say("who owes") or talk.labels()


def test_a_newcomer_with_a_known_number_is_nobody_new(talk: Talk, say: Words) -> None:
    """She is told whose number it is, and may rename them."""
    known(talk, "Jane Mwangi", phone="+254712345678")
    said = talk.say("new client Mama Jane 0712345678")
    assert "Jane Mwangi" in said
    talk.tap(say("Yes, rename them"))
    assert hers(talk).scalars(sa.select(Client.name)).all() == ["Mama Jane"]


def test_nearly_the_same_name_is_pointed_out(talk: Talk, say: Words) -> None:
    """Both stay until she says they are one."""
    known(talk, "Jane Mwangi", phone="+254712345678")
    said = talk.say("new client Mwangi Jane 0722000333")
    assert say("You also have *{other}*, {phone}. Are they the same person as *{name}*?",
               other="Jane Mwangi", phone="0712345678", name="Mwangi Jane") in said  # fmt: skip
    assert len(hers(talk).scalars(sa.select(Client.id)).all()) == 2


def test_archived_and_back(talk: Talk, say: Words) -> None:
    """Out of the lists, undone by a tap, found again by name."""
    known(talk, "Otieno", phone="+254722000222")
    talk.say("archive Otieno")
    talk.say("/clients")
    assert say("Archived, blocked") in talk.labels()
    assert "Otieno" not in talk.labels()
    assert say("*{name}* is back on your list.", name="Otieno") in talk.say("restore Otieno")
    talk.say("weka Otieno kwenye kumbukumbu")
    talk.tap(say("Undo"))
    assert hers(talk).scalars(sa.select(Client.status)).one() == "active"


def test_a_blocked_client_is_not_billed(talk: Talk, say: Words) -> None:
    """By name or by number, kindly; unblocked by a word."""
    known(talk, "Otieno", phone="+254722000222")
    talk.say("block Otieno")
    talk.tap(say("Block"))
    for words in ("Otieno 0722000222 2 cement @500 due tomorrow",):
        talk.say(words)
        refused = talk.tap(say("Send"))
        assert say("You blocked *{name}*, so I send them nothing. To bill them again, say "
                   "*unblock {name}*.", name="Otieno") in refused  # fmt: skip
    assert hers(talk).scalars(sa.select(Invoice)).all() == []
    talk.say("/cancel")
    talk.say("unblock Otieno")
    assert hers(talk).scalars(sa.select(Client.status)).one() == "active"


def test_many_are_archived_after_a_look(talk: Talk, say: Words) -> None:
    """Those idle for so long, by name, after a yes; whoever is billed in between stays."""
    session, now = hers(talk), db.now(talk.session)
    old = [known(talk, name) for name in ("Amina", "Baraka")]
    for client in old:
        client.made_at = now - timedelta(days=400)
    known(talk, "Fresh")
    talk.say("archive old clients")
    preview = talk.tap(say("6 months"))
    assert "Amina\nBaraka" in preview
    assert "Fresh" not in preview
    make.invoice(hers(talk), old[0])
    refused = talk.tap(say("Archive them"))
    if talk.channel == "telegram":  # a button is about those who were shown
        assert say("Shall I archive them? Each can be restored at any time.") in refused
        talk.tap(say("Archive them"))
    status = {row.name: row.status for row in hers(talk).scalars(sa.select(Client))}
    assert status == {"Amina": "active", "Baraka": "archived", "Fresh": "active"}
    assert session.scalars(
        sa.select(sa.func.count()).where(Audit.action == "client.archived")
    ).one() == 1  # fmt: skip


def test_only_the_never_billed_are_deleted(talk: Talk, say: Words) -> None:
    """Whoever has an invoice can be archived instead."""
    jane = known(talk, "Jane")
    known(talk, "Otieno")
    make.invoice(hers(talk), jane)
    talk.say("delete client Jane")
    kept = talk.tap(say("Delete"))
    assert say("Archive") in talk.labels()
    assert "Jane" in kept
    talk.say("futa mteja Otieno")
    talk.tap(say("Delete"))
    assert hers(talk).scalars(sa.select(Client.name)).all() == ["Jane"]


def test_another_merchants_client_is_nobodys_business(talk: Talk, session: Session) -> None:
    """A button with an id of someone else's client finds nobody."""
    known(talk, "Jane")
    talk.say("show Jane")
    row = talk.screen[-1]
    make.merchant(session)
    foreign = make.client(session, name="Foreign").id
    hers(talk)
    body = dict(row.body)
    for choice in body["choices"]:
        if "client" in choice.get("start", {}).get("answers", {}):
            choice["start"]["answers"]["client"]["id"] = foreign
    session.execute(sa.update(type(row)).where(type(row).id == row.id).values(body=body))
    db.enter(session, None)
    said = talk.tap_on(talk.history()[-1], talk.labels()[1])
    assert "Foreign" not in said
