"""What is sent in a chat to go with an invoice: photos and PDFs, as many as may."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from conversations.engine import Move
from conversations.lookups import Lookup
from conversations.prompts import Choice, Prompt
from conversations.questions import Asked
from conversations.said import Found, Need, Said
from invoicing.commands import MOST_FILES, SentFile
from models.errors import Refusal
from models.text import _

MOST_BYTES = 5_000_000
NAMES = ("channel", "file", "kind", "name")
NO_INVOICE = _(
    "A file goes with an invoice, and none of yours is out yet. Send it while you make one, or after."
)
MOST_CAPTION = 1_024
_NUMBER = re.compile(r"\b[a-z]{2,6}-\d{1,7}\b", re.IGNORECASE | re.ASCII)
OFFERED = 7  # invoices; with the other ways they fit one list
NO_FILE = _("Please send me the photo or PDF: tap the paper clip and choose it.")


def number_in(caption: str) -> str:
    """An invoice's number in the words below a photo: `the gate, INV-12`; "" for none."""
    found = _NUMBER.search(caption[:MOST_CAPTION])
    return found[0] if found else ""


def stored(file: Mapping[str, str]) -> dict[str, str]:
    """A file of a message as it is kept among the answers. Raises Refusal for one too big."""
    if int(file.get("size") or 0) > MOST_BYTES:
        raise Refusal(_("That file is too big for me. Please send one of at most 5 MB."), "too_big")
    return {name: str(file.get(name, "")) for name in NAMES}


def with_one(files: Sequence[SentFile], file: Mapping[str, str]) -> list[dict[str, str]]:
    """The stored answer with one more. Raises Refusal for too many, and for one too big."""
    if len(files) >= MOST_FILES:
        raise Refusal(_("At most {n} files go with an invoice.", n=MOST_FILES), "too_many")
    return [*(vars(one).copy() for one in files), stored(file)]


@dataclass(frozen=True)
class Files(Asked[tuple[SentFile, ...]]):
    """A photo or PDF sent now. Stored as `[{"channel", "file", "kind", "name"}, …]`."""

    @property
    def takes_file(self) -> bool:
        """A file is the answer."""
        return True

    def read(self, said: Said, found: Found) -> Any:
        """The file, or a way elsewhere."""
        return [stored(said.file)] if said.file is not None else super().read(said, found)

    def read_words(self, words: str, found: Found) -> Any:
        """Words are no file."""
        del words, found
        raise Refusal(NO_FILE)

    def load(self, stored: Any) -> tuple[SentFile, ...]:
        """The files' names at their channel."""
        rows = stored if isinstance(stored, list) else []
        good = [row for row in rows if isinstance(row, dict) and set(NAMES) <= row.keys()]
        if not good:
            raise Refusal(NO_FILE)
        return tuple(SentFile(*(str(row[name]) for name in NAMES)) for row in good[:MOST_FILES])

    def guesses(self) -> tuple[tuple[SentFile, ...], ...]:
        """A file never steers a dialogue."""
        return ((SentFile("?", "?", "png", "?"),),)


@dataclass(frozen=True)
class Going(Files):
    """What goes with the invoice that is being made: nobody is asked, and each file joins the others."""

    assumed: Any = field(default=(), kw_only=True)

    @property
    def takes_file(self) -> bool:
        """A file sent at any question joins them, so at this one too."""
        return False

    def load(self, stored: Any) -> tuple[SentFile, ...]:
        """The files; none is as good."""
        return super().load(stored) if stored else ()

    def guesses(self) -> tuple[tuple[SentFile, ...], ...]:
        """None, as long as nothing is sent."""
        return ((),)


@dataclass(frozen=True)
class Whose(Lookup):
    """The invoice that files belong to; another file sent meanwhile joins them (an album is many)."""

    files: tuple[SentFile, ...] = ()

    @property
    def takes_file(self) -> bool:
        """One more is no answer, but not lost either."""
        return True

    def need(self, said: Said) -> Need | None:
        """The invoice that a caption names, as good as typed."""
        if said.file is None:
            return super().need(said)
        number = number_in(said.caption)
        return Need(self.source, number, self.filters) if number else None

    def read(self, said: Said, found: Found) -> Any:
        """The invoice, or the files with one more; a caption may name it for all of them."""
        if said.file is None:
            return super().read(said, found)
        named = {"invoice": found.exact.stored} if found.exact is not None else {}
        return Move("files", with_one(self.files, said.file), named)

    def prompt(self, found: Found) -> Prompt:
        """The question, or a word that there is nothing yet that they could go with."""
        asked = super().prompt(found)
        nothing = found.exact is None and not found.options
        return replace(asked, paragraphs=(NO_INVOICE,)) if nothing else asked

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """The newest, as many as fit beside the other ways."""
        return super().own_choices(found)[:OFFERED]
