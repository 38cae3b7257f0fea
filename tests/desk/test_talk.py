"""`talk`: a whole life with the bot in a terminal, nothing else running."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from desk.talk import Talk
from models.db import Database
from models.people import Conversation
from tests import make
from tests.conftest import NOW
from tests.desk.command import bili
from tests.world import house, in_words


class Terminal:
    """What is typed, and the lines that came back since."""

    def __init__(self, database: Database, papers: Path, language: str | None = None) -> None:
        self.database = database
        self.talk = Talk(database, house(), "wanjiru", language, papers)

    def run(self, *lines: str) -> str:
        said: list[str] = []
        self.talk.run(lines, said.append, echo=False)
        return "\n".join(said)

    def say(self, words: str) -> str:
        said: list[str] = []
        self.talk.hear(words, said.append)
        return "\n".join(said)


@pytest.fixture
def terminal(joined: Database, tmp_path: Path) -> Terminal:
    """Wanjiru at her terminal: a merchant with one unpaid invoice."""
    with joined.transaction() as session:
        owner = make.person(session)
        make.contact(session, owner, channel="terminal", address="wanjiru")
        merchant = make.merchant(session, owner)
        session.get_one(Conversation, owner.id).merchant_id = merchant.id
        make.invoice(session, make.client(session, name="Jane Mwangi"))
    found = Terminal(joined, tmp_path)
    found.run()
    return found


@pytest.mark.parametrize("language", ["en", "sw"])
def test_a_stranger_is_welcomed(joined: Database, tmp_path: Path, language: str) -> None:
    """The first words are the bot's own, in the language asked for, with numbered choices."""
    said = Terminal(joined, tmp_path, language).run()

    assert ("You are talking with Bili as wanjiru" in said) == (language == "en")
    assert ("Unaongea na Bili kama wanjiru" in said) == (language == "sw")
    assert re.search(r"^  1\. English\n  2\. Kiswahili$", said, re.MULTILINE)


def test_what_was_begun_goes_on_tomorrow(joined: Database, tmp_path: Path) -> None:
    """The same name is the same person: the question that stood is asked again."""
    Terminal(joined, tmp_path).run("2")
    question = Terminal(joined, tmp_path).run()

    assert "Unaongea na Bili" in question
    assert in_words("What is the name of your business?", "sw") in question


def test_a_number_is_the_choice(terminal: Terminal) -> None:
    """Typed numbers take the choices of the newest message."""
    assert "INV-" in terminal.say("/invoices")
    assert "Jane Mwangi" in terminal.say("1")


def test_a_document_is_saved(terminal: Terminal, tmp_path: Path) -> None:
    """The PDF lies in a file whose path is told."""
    terminal.say("/invoices")
    card = terminal.say("1")
    number = next(line.split(".")[0].strip() for line in card.splitlines() if line.endswith(" PDF"))
    saved = re.search(r"^Saved: (.+)$", terminal.say(number), re.MULTILINE)

    assert saved
    path = Path(saved[1])
    assert path.is_relative_to(tmp_path)
    assert path.read_bytes().startswith(b"%PDF-")


def test_nothing_is_left_for_a_worker(terminal: Terminal) -> None:
    """What was printed counts as sent: no worker sends it again."""
    terminal.say("/help")
    with terminal.database.as_owner() as session:
        states = session.scalars(sa.text("SELECT DISTINCT status FROM outbound")).all()
    assert states == ["sent"]


def outbound(terminal: Terminal, body: str) -> None:
    with terminal.database.as_owner() as session:
        session.execute(
            sa.text(
                "INSERT INTO outbound (contact_id, purpose, body, status, not_before, made_at)"
                " SELECT id, 'proactive', CAST(:body AS jsonb), 'waiting', :now, :now FROM contacts"
            ),
            {"body": body, "now": NOW},
        )


def test_an_empty_line_looks_for_news(terminal: Terminal) -> None:
    """What came up meanwhile is printed once."""
    outbound(terminal, '{"paragraphs": [{"m": "Jane paid."}], "kind": "notice"}')

    assert "Jane paid." in terminal.say("")
    assert terminal.say("") == ""


def test_buttons_of_earlier_messages(terminal: Terminal) -> None:
    """Where several messages come at once, those before the last have buttons by !number."""
    card = (
        '{"paragraphs": [{"m": "Card"}], "kind": "card", "choices":'
        ' [{"value": "list", "label": {"m": "My invoices"}, "start": {"flow": "invoices", "answers": {}}},'
        ' {"value": "web", "label": {"m": "Open"}, "url": "https://bili.test/x"}]}'
    )
    outbound(terminal, card)
    outbound(terminal, card)
    said = terminal.say("")

    assert "  !1 My invoices\n  Open  https://bili.test/x" in said
    assert "  1. My invoices\n  2. Open  https://bili.test/x" in said
    assert terminal.say("2") == "https://bili.test/x"
    assert "Jane Mwangi" in terminal.say("!1")


def test_a_notice_is_worded_without_a_worker(terminal: Terminal) -> None:
    """What a worker would tell her, she hears here."""
    with terminal.database.as_owner() as session:
        session.execute(
            sa.text(
                "INSERT INTO notices (merchant_id, kind, audience, dedupe_key, invoice_id, made_at)"
                " SELECT merchant_id, 'no such kind', 'member', 'k', id, :now FROM invoices"
            ),
            {"now": NOW},
        )
    terminal.say("")
    with terminal.database.as_owner() as session:
        row = session.execute(sa.text("SELECT told_at, skipped FROM notices")).one()
    assert row.told_at is not None
    assert row.skipped == "no words for it"


def test_the_command_from_a_pipe(database: Database, tmp_path: Path) -> None:
    """Standard input is a transcript; what is typed is echoed; the end of input ends it."""
    said = bili(
        *("talk", "--as", "asha", "--language", "sw", "--out", str(tmp_path)),
        typed=b"2\nDuka la Asha\n",
        DATABASE_URL=database.options.url,
        SECRET_KEY="x",
    )
    assert said.returncode == 0, said.stderr
    assert "> Duka la Asha\n" in said.stdout
    assert in_words("Which country are you in?", "sw") in said.stdout


def test_the_command_makes_its_schema(server_url: str, tmp_path: Path) -> None:
    """On a fresh database, in development, a chat may be the very first thing."""
    import psycopg

    from tests.conftest import database_at, drop

    name = f"bili_talk_{tmp_path.name}".replace("-", "_")
    with psycopg.connect(server_url, autocommit=True) as connection:
        drop(connection, name)
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            said = bili("talk", DATABASE_URL=database_at(server_url, name))
        finally:
            drop(connection, name)
    assert said.returncode == 0, said.stderr
    assert "1. English" in said.stdout
