"""Finding clients, reading phones, reaching clients in a chat."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from invoicing import clients, phones
from invoicing.commands import AddClient
from models import db
from models.errors import Refusal
from tests import make


@pytest.mark.parametrize(
    ("country", "typed", "expected"),
    [
        ("KE", "0712 345 678", "+254712345678"),
        ("KE", "0712-345-678", "+254712345678"),
        ("KE", "712345678", "+254712345678"),
        ("KE", "254712345678", "+254712345678"),
        ("KE", "+254 712 345678", "+254712345678"),
        ("KE", "00254712345678", "+254712345678"),
        ("KE", "0110 123456", "+254110123456"),
        ("KE", "255754123456", "+255754123456"),
        ("TZ", "0754123456", "+255754123456"),
        ("UG", "0772 123456", "+256772123456"),
        ("NG", "0803 123 4567", "+2348031234567"),
    ],
)
def test_phones_are_read_as_people_type_them(country: str, typed: str, expected: str) -> None:
    """Local, international, with and without plus: all become E.164."""
    assert phones.normalise(country, typed) == expected


@pytest.mark.parametrize("typed", ["", "hello", "0712", "020 2222222", "07123456789", "+1", "0000"])
def test_what_is_no_mobile_is_refused_with_an_example(typed: str) -> None:
    """Too short, too long, a landline, words: the refusal shows how to write one."""
    with pytest.raises(Refusal) as refused:
        phones.normalise("KE", typed)
    assert refused.value.text.params["example"] == "0712 345 678"


def test_a_masked_phone_shows_seven_digits() -> None:
    """Its owner knows it again, nobody else can call it."""
    assert phones.masked("+254712345678") == "0712•••678"
    assert phones.masked("+2348031234567") == "0803•••567"
    assert phones.masked("123") == "•••"
    assert phones.masked("whatever") == "•••"


def test_search_puts_exact_before_prefix_before_containing(session: Session) -> None:
    """Case and spaces do not matter; among equals the one billed last comes first."""
    make.merchant(session)
    now = db.now(session)
    names = ("Mary Janet", "JANE", "Jane Otieno", "Janet Kamau", "Peter")
    for age, name in enumerate(names):
        make.client(session, name=name, billed_at=now - timedelta(days=age))

    found = [client.name for client in clients.find(session, " jane ")]

    assert found == ["JANE", "Jane Otieno", "Janet Kamau", "Mary Janet"]
    assert [one.name for one in clients.find(session, "janeotieno")] == ["Jane Otieno"]


def test_signs_of_patterns_are_only_signs(session: Session) -> None:
    """A percent sign finds a percent sign, not everyone."""
    make.merchant(session)
    make.client(session, name="Jane")
    make.client(session, name="100% Cotton")

    assert [one.name for one in clients.find(session, "%")] == ["100% Cotton"]
    assert clients.find(session, "_") == []


def test_search_by_phone_as_typed_at_home(session: Session) -> None:
    """Part of a number finds its client."""
    make.merchant(session)
    jane = make.client(session, name="Jane", phone="+254712345678")

    assert clients.find(session, "0712 345") == [jane]
    assert clients.by_phone(session, "+254712345678") is jane
    assert clients.by_phone(session, "+254712345679") is None


def test_recent_clients_are_ten_newest_first(session: Session) -> None:
    """Nobody archived is offered, and no more than ten."""
    make.merchant(session)
    now = db.now(session)
    for age in range(12):
        make.client(session, name=f"C{age}", billed_at=now - timedelta(days=age))
    make.client(session, name="Gone", billed_at=now, status="archived")

    assert [one.name for one in clients.find_recent(session)] == [f"C{age}" for age in range(10)]


def test_only_a_vouched_phone_or_the_merchant_links_a_chat(session: Session) -> None:
    """Whoever merely holds the link becomes nobody's contact (A-37)."""
    make.merchant(session)
    jane = clients.add(session, AddClient("Jane", "+254712345678"))
    stranger = make.contact(session, make.person(session))
    phoneless = clients.add(session, AddClient("Otieno", None))

    assert not clients.link_contact(session, jane, stranger.id)
    assert not clients.link_contact(session, jane, stranger.id, verified_phone="+254799999999")
    assert not clients.link_contact(session, phoneless, stranger.id, verified_phone=None)
    assert (jane.contact_id, phoneless.contact_id) == (None, None)
    assert clients.link_contact(session, jane, stranger.id, verified_phone="+254712345678")
    assert jane.contact_id == stranger.id
    assert clients.link_contact(session, phoneless, stranger.id, confirmed_by=1)
    assert phoneless.contact_id == stranger.id


def test_a_name_is_cleaned_and_bounded(session: Session) -> None:
    """Spaces are tidied; a name of nothing or of a novel is refused."""
    make.merchant(session)
    assert clients.add(session, AddClient("  Jane \n Mwangi ", None)).name == "Jane Mwangi"
    for name in ("  ", "x" * 121):
        with pytest.raises(Refusal):
            clients.add(session, AddClient(name, None))
