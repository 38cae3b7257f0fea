"""A chat with the bot in the terminal: the same dispatch as any channel, without web or worker.

What is typed goes in as a message; what the bot says is taken out of the outbox and printed, with
numbered choices under it. Documents are saved to a folder. Notices are worded here as well, so that
a merchant who talks alone hears of what happens.
"""

import contextlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import dispatch, notices, papers
from bot.channel import Inbound, Kind
from bot.house import House
from conversations.prompts import Attachment, Choice, Prompt, from_json
from models import db
from models.db import Database
from models.text import _, render

CHANNEL = "terminal"
HERE = sa.text(
    "SELECT c.id, c.person_id, p.language FROM contacts c JOIN people p ON p.id = c.person_id"
    " WHERE c.channel = 'terminal' AND c.address = :address"
)
SHOWN = sa.text(
    "SELECT COALESCE(max(id), 0) FROM outbound WHERE contact_id = :contact AND status = 'sent'"
)
NEWS = sa.text(
    "UPDATE outbound SET status = 'sent', sent_at = :now"
    " WHERE contact_id = :contact AND status = 'waiting' AND id > :shown"
    " RETURNING id, body"
)
MINE = sa.text("SELECT merchant_id FROM routes WHERE kind = 'person' AND target_id = :person")
UNTOLD = sa.text(
    "SELECT id FROM notices WHERE merchant_id = :merchant AND told_at IS NULL ORDER BY id"
)
GREETING = "/start"


@dataclass(frozen=True)
class Said:
    """One thing the bot said: under `id` hang its buttons."""

    id: int
    prompt: Prompt


class Talk:
    """One person at the terminal; `name` is her address, so that the same name goes on later."""

    def __init__(
        self, database: Database, house: House, name: str, language: str | None, papers: Path
    ) -> None:
        self.database = database
        self.house = house
        self.name = name
        self.hint = language
        self.papers = papers
        self.language = language or "en"
        self.shown = 0
        self.choices: tuple[Choice, ...] = ()
        self.earlier: list[tuple[int, Choice]] = []

    def run(self, lines: Iterable[str], say: Callable[[str], None], *, echo: bool) -> None:
        """Greet, then answer line by line until they end. `echo`: nobody sees what is typed."""
        with self.database.transaction() as session:
            self.shown = self._shown_before(session)
        hello = _(
            "You are talking with Bili as {name}. Type a message, or the number before a choice. "
            "An empty line looks for news; Ctrl-D ends.",
            name=self.name,
        )
        say(render(hello, self.language))
        self._turn(self._typed(GREETING), say)
        for line in lines:
            words = line.strip()
            if echo:
                say(f"> {words}")
            self.hear(words, say)

    def hear(self, words: str, say: Callable[[str], None]) -> None:
        """One line: news, a button of an earlier message (!2), a link's number, or a message."""
        button = re.fullmatch(r"!(\d{1,4})", words)
        number = int(words) if words.isascii() and words.isdecimal() and len(words) < 4 else 0
        picked = self.choices[number - 1] if 0 < number <= len(self.choices) else None
        if not words:
            self._turn(None, say)
        elif button and 0 < int(button[1]) <= len(self.earlier):
            row_id, choice = self.earlier[int(button[1]) - 1]
            self._turn(self._pressed(row_id, choice), say)
        elif picked is not None and picked.url is not None:
            say(picked.url)
        else:
            self._turn(self._typed(words), say)

    def _typed(self, words: str) -> Inbound:
        return self._inbound(Kind.TEXT, text=words)

    def _pressed(self, row_id: int, choice: Choice) -> Inbound:
        return self._inbound(Kind.PRESS, pressed_id=row_id, choice=choice.value)

    def _inbound(
        self,
        kind: Kind,
        text: str | None = None,
        pressed_id: int | None = None,
        choice: str | None = None,
    ) -> Inbound:
        key = uuid4().hex
        return Inbound(
            channel=CHANNEL,
            address=self.name,
            delivery_key=key,
            said_key=key,
            kind=kind,
            body={"text": text, "pressed": pressed_id, "choice": choice},
            text=text,
            pressed_id=pressed_id,
            choice=choice,
            sender_name=self.name,
            language_hint=self.hint,
        )

    def _turn(self, inbound: Inbound | None, say: Callable[[str], None]) -> None:
        """Take the message in and what is said back out, in one transaction; then print it."""
        with self.database.transaction() as session:
            if inbound is not None:
                dispatch.receive(session, inbound, self.house)
            said = self._news(session)
        self._word_notices()
        with self.database.transaction() as session:
            said += self._news(session)
        self._print(said, say)

    def _shown_before(self, session: Session) -> int:
        row = session.execute(HERE, {"address": self.name}).one_or_none()
        if row is None:
            return 0
        self.language = row.language
        return int(session.scalar(SHOWN, {"contact": row.id}) or 0)

    def _news(self, session: Session) -> list[Said]:
        """What waits for this person, taken out of the queue before a worker sees it."""
        db.enter(session, None)
        session.expunge_all()
        row = session.execute(HERE, {"address": self.name}).one_or_none()
        if row is None:
            return []
        self.language = row.language
        values = {"contact": row.id, "shown": self.shown, "now": db.now(session)}
        found = sorted(session.execute(NEWS, values).all())
        self.shown = max([self.shown, *(r.id for r in found)])
        return [Said(r.id, from_json(r.body)) for r in found]

    def _word_notices(self) -> None:
        """Put into words what this person's businesses must be told, as a worker would."""
        with self.database.transaction() as session:
            row = session.execute(HERE, {"address": self.name}).one_or_none()
            mine = session.scalars(MINE, {"person": row.person_id}).all() if row else []
        for merchant_id in mine:
            with self.database.transaction(merchant_id) as session:
                untold = list(session.scalars(UNTOLD, {"merchant": merchant_id}))
                if untold:
                    notices.tell(session, merchant_id, untold, self.house)

    def _print(self, said: Sequence[Said], say: Callable[[str], None]) -> None:
        for at, one in enumerate(said):
            last = at == len(said) - 1
            say("")
            for paragraph in one.prompt.paragraphs:
                say(render(paragraph, self.language))
            if one.prompt.attachment is not None:
                say(
                    render(
                        _("Saved: {path}", path=self._save(one.prompt.attachment)), self.language
                    )
                )
            for line in self._numbered(one, last=last):
                say(line)
        if said:
            say("")

    def _numbered(self, said: Said, *, last: bool) -> list[str]:
        """The last message's choices by number, as typed anywhere; those of others by !number."""
        lines = []
        if last:
            self.choices = said.prompt.choices
        for number, choice in enumerate(said.prompt.choices, start=1):
            label = render(choice.label, self.language)
            where = f"  {choice.url}" if choice.url else ""
            if last:
                lines.append(f"  {number}. {label}{where}")
            elif choice.url:
                lines.append(f"  {label}{where}")
            else:
                self.earlier.append((said.id, choice))
                lines.append(f"  !{len(self.earlier)} {label}")
        return lines

    def _save(self, paper: Attachment) -> Path:
        """The document as a file; one of the same name is replaced, being the same document."""
        with self.database.transaction() as session:
            file = papers.fetch(session, paper, CHANNEL, self.language, self.house)
        folder = self.papers / str(paper.merchant_id)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / (re.sub(r"[^\w.-]+", "-", file.name).lstrip(".") or "document")
        path.write_bytes(file.content)
        return path


def typed() -> Iterator[str]:
    """Lines as they are typed, with a prompt where somebody sits; from a pipe just lines."""
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - gives input() a history
    with contextlib.suppress(EOFError):
        while True:
            yield input("> ")
