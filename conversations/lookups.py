"""The questions that need the database: which client, which invoice.

The question only says what it needs; whoever may look does, and passes in what was found. The
answer keeps what was chosen, with its name, so that a replay looks nothing up again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from conversations.engine import Dialogue, ask
from conversations.figures import read_phone
from conversations.prompts import BUTTON_CHARS, Choice, Prompt
from conversations.questions import Asked, clean
from conversations.said import Found, Need, Said
from models.errors import Refusal
from models.money import Money
from models.text import Text, _, raw

MOST_NAME = 120
_SOME = {"id": 0, "number": "?", "name": "?", "currency": "KES", "balance_minor": 100}
_NAME_AND_PHONE = re.compile(r"(.*?)[\s,:-]*(\+?\d[\d\s().-]{6,18})", re.ASCII)


@dataclass(frozen=True)
class Lookup(Asked[Mapping[str, Any]]):
    """One of the things in `source`. Stored and received as the found option's `stored`.

    With nothing typed the ten most recent are offered. Several fits are kept as
    `{"like": [stored, …]}` for a second question.
    """

    source: str = ""
    filters: Mapping[str, Any] = field(default_factory=dict)

    def need(self, said: Said) -> Need | None:
        """The tapped one exactly, what was typed, or (for a number) the list that was shown."""
        if said.choice in [choice.value for choice, _move in (*self.likely, *self.also)]:
            return None
        if said.choice is not None:
            return Need(self.source, "", {**self.filters, "value": said.choice})
        typed = clean(said.text or "")[:200]
        is_row = re.fullmatch(r"(?:10|[1-9])\.?", typed, re.ASCII)
        return Need(self.source, "" if is_row else self.query(typed), self.filters)

    def query(self, typed: str) -> str:
        """The part of what was typed to look for."""
        return typed

    def need_to_show(self) -> Need | None:
        """The most recent ones."""
        return Need(self.source, "", self.filters)

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """What was found."""
        options = found.options if found.exact is None else (found.exact,)
        return tuple(Choice(option.value, option.label) for option in options)

    def tapped(self, value: str, found: Found) -> Any:
        """The option that was tapped."""
        options = (*found.options, *((found.exact,) if found.exact else ()))
        return next(option.stored for option in options if option.value == value)

    def read_words(self, words: str, found: Found) -> Any:
        """The one that fits exactly, or those that come near. Raises Refusal for none."""
        if found.exact is not None:
            return found.exact.stored
        if len(found.options) == 1:
            return found.options[0].stored
        if found.options:
            return {"like": [option.stored for option in found.options], "typed": words[:MOST_NAME]}
        raise Refusal(
            _("I found nothing like *{typed}*. Please try other words.", typed=words[:60])
        )

    def load(self, stored: Any) -> Mapping[str, Any]:
        """What was chosen."""
        if not isinstance(stored, Mapping) or not ({"number", "like", "name"} & stored.keys()):
            raise Refusal(_("Please choose it once more."))
        return stored

    def forgets(self, stored: Any) -> tuple[str, ...]:
        """The choice among several was about other words."""
        del stored
        return (f"{self.key}.which",)

    def guesses(self) -> tuple[Mapping[str, Any], ...]:
        """Some known one, or several to choose from."""
        return (_SOME, {"like": [_SOME]})


@dataclass(frozen=True)
class Among(Lookup):
    """One of those there are: nothing new can be named, and where there is none, it says so."""

    none: Text = field(default_factory=lambda: _("There is nothing here."))

    def prompt(self, found: Found) -> Prompt:
        """The question, or a word that there is nothing to choose."""
        asked = super().prompt(found)
        nothing = found.exact is None and not found.options
        return replace(asked, paragraphs=(self.none,)) if nothing else asked


@dataclass(frozen=True)
class WhichClient(Lookup):
    """A client: a recent one, one found by typing, or a new name (with a phone, if it is there).

    Stored as `{"id", "name", "phone"}`; without `id` it is someone new, with `like` there are
    known clients that come near the name.
    """

    source: str = "clients"
    country: str = "KE"

    @property
    def free_text(self) -> bool:
        """Any name may be a new client's."""
        return True

    def query(self, typed: str) -> str:
        """The name, or the phone where there is only one."""
        name, phone = self._split(typed)
        return name or phone or typed

    def _split(self, typed: str) -> tuple[str, str | None]:
        found = _NAME_AND_PHONE.fullmatch(typed)
        if not found:
            return typed, None
        try:
            return found[1].strip(), read_phone(found[2], self.country)
        except Refusal:
            return typed, None

    def need(self, said: Said) -> Need | None:
        """A shared contact is looked up by its number."""
        if said.contact_phone is None:
            return super().need(said)
        try:
            return Need(self.source, read_phone(said.contact_phone, self.country), self.filters)
        except Refusal:
            return None  # and `read` will say so

    def read_contact(self, said: Said) -> Any:
        """Someone new, with name and number."""
        phone = read_phone(said.contact_phone or "", self.country)
        return {"name": clean(said.contact_name or "")[:MOST_NAME] or phone, "phone": phone}

    def read(self, said: Said, found: Found) -> Any:
        """A shared contact of a known client is that client."""
        if said.contact_phone is not None and found.exact is not None:
            return found.exact.stored
        return super().read(said, found)

    def read_words(self, words: str, found: Found) -> Any:
        """A known client, or a new name with the known ones that come near it."""
        if found.exact is not None:
            return found.exact.stored
        name, phone = self._split(words)
        if len(name) > MOST_NAME:
            raise Refusal(_("That is too long for a name. Please type a shorter one."))
        if not any(c.isalpha() for c in name):
            raise Refusal(_("Please type the name of your client."))
        near = [dict(option.stored) for option in found.options]
        return {"name": name, "phone": phone} | ({"like": near} if near else {})

    def forgets(self, stored: Any) -> tuple[str, ...]:
        """The number and the choice among namesakes were about someone else."""
        del stored
        return (f"{self.key}.phone", f"{self.key}.which")

    def guesses(self) -> tuple[Mapping[str, Any], ...]:
        """Someone known, someone new, or namesakes to choose from."""
        new = {"name": "?", "phone": None}
        return ({"id": 0, **new}, new, {**new, "like": [{"id": 0, **new}]})


@dataclass(frozen=True)
class WhichOf(Asked[Mapping[str, Any] | None]):
    """One of the things that came near; with `new`, None when it is none of them."""

    near: tuple[Mapping[str, Any], ...] = ()
    new: Text | None = None

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """Each by its name, and someone new where that may be."""
        del found
        rows = tuple(
            Choice(str(row["id"]), row_label(row), synonyms=_numbers(row)) for row in self.near[:9]
        )
        if self.new is None:
            return rows
        return (*rows, Choice("new", self.new, synonyms=(raw("new"), raw("mpya"))))

    def load(self, stored: Any) -> Mapping[str, Any] | None:
        """The thing itself, while it is among them."""
        if stored == "new" and self.new is not None:
            return None
        for row in self.near:
            if str(row["id"]) == stored:
                return row
        raise Refusal(_("That choice is not offered any more."))

    def guesses(self) -> tuple[Mapping[str, Any] | None, ...]:
        """Any of them, or someone new."""
        return (*self.near[:1], None) if self.new is not None else self.near[:1]


def _numbers(row: Mapping[str, Any]) -> tuple[Text, ...]:
    return (raw(str(row["number"])),) if row.get("number") else ()


def row_label(row: Mapping[str, Any]) -> Text:
    """A name (or number and whose) as short as a button, told apart by the phone's last digits."""
    number, phone = row.get("number"), row.get("phone")
    name = f"{number} {row.get('client', '')}".strip() if number else str(row.get("name", "?"))
    tail = f" …{phone[-4:]}" if phone and not row.get("number") else ""
    room = BUTTON_CHARS - len(tail)
    return raw((name if len(name) <= room else f"{name[: room - 1]}…") + tail)


def nearest(said: Mapping[str, Any], key: str) -> Dialogue[Mapping[str, Any]]:
    """What was meant; where it was only like several, one of them. Key: `<key>.which`."""
    if "like" not in said:
        return said
    near = tuple(said["like"])
    which = WhichOf(f"{key}.which", _("Which of these do you mean?"), near=near)
    return (yield from ask(which)) or near[0]


def which_invoice(words: Text, **filters: Any) -> Dialogue[Mapping[str, Any]]:
    """Ask for an invoice: `{"id", "number", "client", "currency", "balance_minor", …}`."""
    said = yield from ask(Lookup("invoice", words, source="invoices", filters=filters))
    return (yield from nearest(said, "invoice"))


def balance_of(invoice: Mapping[str, Any]) -> Money:
    """What was still owed on it when it was chosen."""
    return Money(int(invoice.get("balance_minor", 0)), str(invoice.get("currency", "KES")))
