"""Whom do you bill? A known client or someone new; on its own, the dialogue that adds one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conversations import likely
from conversations.engine import ASK, Dialogue, ask
from conversations.figures import PhoneNumber
from conversations.lookups import WhichClient, WhichOf
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import maybe
from conversations.said import Found, Need, Said
from invoicing.commands import AddClient, BilledTo
from models.text import Text, _


def who(opening: Opening, words: Text) -> Dialogue[BilledTo]:
    """Ask whom it is for. Keys: `client`, `client.which` (namesakes), `client.phone` (someone new)."""
    meant = likely.names(opening)
    said = yield from ask(WhichClient("client", words, country=opening.country, likely=meant))
    if "like" in said:
        asked = _(
            "I know someone with a name like *{name}*. Is it one of these?", name=said["name"]
        )
        new = _("Someone new")
        said = (yield from ask(WhichOf("client.which", asked, near=tuple(said["like"]), new=new))) or {
            "name": said["name"], "phone": said.get("phone"),
        }  # fmt: skip
    if said.get("id") is not None:
        return BilledTo(str(said.get("name", "")), said.get("phone"), client_id=int(said["id"]))
    return BilledTo(said["name"], (yield from _phone(opening, said)))


def _phone(opening: Opening, client: Mapping[str, Any]) -> Dialogue[str | None]:
    """Asked unless it came with the name, and open to change either way."""
    words = _("What is the phone number of *{name}*?", name=client["name"])
    known = client.get("phone") or ASK
    number = PhoneNumber("client.phone", words, country=opening.country, assumed=known)
    return (yield from ask(maybe(number)))


@dataclass(frozen=True)
class Newcomer(WhichClient):
    """The name of someone new, perhaps with a number, or a shared contact."""

    def need(self, said: Said) -> Need | None:
        """Nothing: whoever is known already is found when the client is added."""
        del said
        return None

    def need_to_show(self) -> Need | None:
        """Nothing."""
        return None

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """None."""
        del found
        return ()


def new_client(opening: Opening) -> Dialogue[AddClient]:
    """Add a client: name, then phone."""
    words = _("What is the name of your new client? You can also share a contact.")
    said = yield from ask(Newcomer("client", words, country=opening.country))
    return AddClient(said["name"], (yield from _phone(opening, said)))
