"""Look-ups that depend on who asks: her team, her chats, her businesses, the code she typed."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from bot.meeting import Who
from bot.sharing import CHANNEL_NAMES
from conversations.prompts import BUTTON_CHARS
from conversations.said import NOTHING_FOUND, Found, Need, Option
from invoicing import linking, merchants, team
from invoicing.phones import masked
from models import db
from models.errors import Refusal
from models.people import Contact, LinkCode, Person
from models.text import Text, _, raw

MOST = 10
CODE_SIGNS = 20  # more than that is no code


def find(session: Session, who: Who, need: Need) -> Found | None:
    """What was found, or None for a source that has nothing to do with who asks."""
    source = SOURCES.get(need.source)
    return source(session, who, need) if source else None


def _chosen(options: list[Option], need: Need) -> Found:
    """The one that was tapped or named, else those that fit what was typed."""
    if (value := need.filters.get("value")) is not None:
        exact = [option for option in options if option.value == str(value)]
        return Found(exact=exact[0]) if exact else NOTHING_FOUND
    wanted = need.query.casefold().strip()
    fitting = [one for one in options if wanted in str(one.stored["name"]).casefold()]
    exact = [one for one in fitting if wanted == str(one.stored["name"]).casefold()]
    return Found(tuple(fitting[:MOST]), exact=exact[0] if len(exact) == 1 else None)


def _members(session: Session, who: Who, need: Need) -> Found:
    del who
    return _chosen(
        [_option(member.id, name(person)) for member, person in team.members(session)], need
    )


def _businesses(session: Session, who: Who, need: Need) -> Found:
    return _chosen([_option(one, said) for one, said in businesses(session, who.person_id)], need)


def businesses(session: Session, person_id: int) -> list[tuple[int, str]]:
    """The businesses a person works for, with their names; the session stays whose it was."""
    found = []
    for merchant_id in merchants.merchants_of(session, person_id):
        with db.as_merchant(session, merchant_id):
            found.append((merchant_id, merchants.get(session).name))
    return found


def _chats(session: Session, who: Who, need: Need) -> Found:
    mine = linking.contacts(session, who.person_id)
    return _chosen([_option(chat.id, chat_name(chat)) for chat in mine], need)


def _option(row_id: int, said: str) -> Option:
    label = said if len(said) <= BUTTON_CHARS else f"{said[: BUTTON_CHARS - 1]}…"
    return Option(str(row_id), raw(label), {"id": row_id, "name": said})


def name(person: Person) -> str:
    """What a person is called; her number here where she has no name."""
    return person.called


def chat_name(contact: Contact) -> str:
    """A chat, so that its owner knows it: the channel, and the number where there is one."""
    channel = CHANNEL_NAMES[contact.channel]
    return f"{channel} {masked(contact.phone)}" if contact.phone else channel


def _codes(session: Session, who: Who, need: Need) -> Found:
    """Whose account a code opens; every look is counted, and too many are refused."""
    if not need.query or len(need.query) > CODE_SIGNS:
        return NOTHING_FOUND
    try:
        code = linking.look_up(session, need.query, who.contact_id)
    except Refusal as refusal:
        return Found(card=(refusal.text,))
    if code is None:
        return NOTHING_FOUND
    if code.person_id == who.person_id:
        return Found(card=(_OWN,))
    return Found(exact=_code(session, who, code))


_OWN: Text = _("That code is for your other chat: type it there, not here.")


def _code(session: Session, who: Who, code: LinkCode) -> Option:
    stored = {
        "name": name(session.get_one(Person, code.person_id)),
        "hash": code.code_hash.hex(),
        "recover": code.purpose == linking.RECOVER,
        "mine": ", ".join(said for _id, said in businesses(session, who.person_id)),
    }
    return Option("code", raw("code"), stored)


SOURCES: Mapping[str, Callable[[Session, Who, Need], Found]] = {
    "members": _members,
    "businesses": _businesses,
    "chats": _chats,
    "link_codes": _codes,
}
