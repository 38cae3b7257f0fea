"""Changes one thing about a client; invoices already sent keep what was printed on them."""

import re
from dataclasses import dataclass
from typing import Any

from conversations.clients import which_client
from conversations.engine import Dialogue, ask
from conversations.figures import PhoneNumber
from conversations.language import LANGUAGE_CHOICES
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Asked, Pick, Words, maybe
from conversations.said import Found
from invoicing.commands import ClientField, EditClient
from models.errors import Refusal
from models.text import Text, _, raw

_FIELDS = {
    ClientField.NAME: Choice("name", _("Name")),
    ClientField.PHONE: Choice("phone", _("Phone"), synonyms=(raw("number"), raw("namba"))),
    ClientField.COMPANY: Choice("company", _("Company")),
    ClientField.CONTACT_PERSON: Choice("contact_person", _("Contact person")),
    ClientField.EMAIL: Choice("email", _("E-mail"), synonyms=(raw("email"), raw("mail"))),
    ClientField.ADDRESS: Choice("address", _("Address")),
    ClientField.LANGUAGE: Choice("language", _("Language")),
    ClientField.NOTES: Choice("notes", _("Notes")),
}
_REMOVE = Choice("remove", _("Remove it"), synonyms=tuple(map(raw, ("none", "hakuna", "-"))))
_MY_OWN = Choice("own", _("Same as mine"))
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_LONGEST = {ClientField.ADDRESS: 300, ClientField.NOTES: 1000}


@dataclass(frozen=True)
class Email(Asked[str]):
    """An e-mail address, as typed."""

    @property
    def free_text(self) -> bool:
        """Any word may be part of one."""
        return True

    def read_words(self, words: str, found: Found) -> str:
        """Something at somewhere."""
        del found
        if not _EMAIL.fullmatch(words) or len(words) > 254:
            raise Refusal(_("That does not look like an e-mail address."))
        return words

    def load(self, stored: Any) -> str:
        """The address."""
        return str(stored)

    def guesses(self) -> tuple[str, ...]:
        """An address never steers a dialogue."""
        return ("a@b.co",)


def edit_client(opening: Opening) -> Dialogue[EditClient]:
    """Keys: `client`, `client.which`, `field`, `new.<field>`."""
    client = yield from which_client(_("Which client do you want to change?"))
    what = _("What shall I change for *{name}*?", name=client["name"])
    field = ClientField((yield from ask(Pick("field", what, options=tuple(_FIELDS.values())))))
    value = yield from _value(opening, field, _words(field, str(client["name"])))
    return EditClient(int(client["id"]), field, value)


def _value(opening: Opening, field: ClientField, words: Text) -> Dialogue[str | None]:
    key = f"new.{field}"
    match field:
        case ClientField.NAME:
            return (yield from ask(Words(key, words, most=120)))
        case ClientField.PHONE:
            number = PhoneNumber(key, words, country=opening.country)
            return (yield from ask(maybe(number, skip=_REMOVE)))
        case ClientField.EMAIL:
            return (yield from ask(maybe(Email(key, words), skip=_REMOVE)))
        case ClientField.LANGUAGE:
            spoken = yield from ask(Pick(key, words, options=(*LANGUAGE_CHOICES, _MY_OWN)))
            return None if spoken == _MY_OWN.value else spoken
        case _:
            most = _LONGEST.get(field, 120)
            return (yield from ask(maybe(Words(key, words, most=most), skip=_REMOVE)))


def _words(field: ClientField, name: str) -> Text:
    match field:
        case ClientField.NAME:
            return _("What is the right name of *{name}*?", name=name)
        case ClientField.PHONE:
            return _("What is the phone number of *{name}*?", name=name)
        case ClientField.COMPANY:
            return _("Which company is *{name}* with?", name=name)
        case ClientField.CONTACT_PERSON:
            return _("Whom do you talk to at *{name}*?", name=name)
        case ClientField.EMAIL:
            return _("What is the e-mail address of *{name}*?", name=name)
        case ClientField.ADDRESS:
            return _("What is the address of *{name}*?", name=name)
        case ClientField.LANGUAGE:
            return _("Which language shall invoices for *{name}* be in?", name=name)
        case ClientField.NOTES:
            return _("What should I note about *{name}*? Only your team sees it.", name=name)
