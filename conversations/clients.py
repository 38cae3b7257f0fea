"""Shows a merchant her clients, eight at a time or as her words find them; asks which one is meant."""

from collections.abc import Mapping
from typing import Any

from conversations.engine import Dialogue, Move, ask
from conversations.listing import Shelf, pick
from conversations.lookups import Lookup, nearest
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Pick
from invoicing.commands import ShowClient
from models.text import Text, _

ACTIVE, HIDDEN = "active", "hidden"
_KINDS = {
    ACTIVE: Choice(ACTIVE, _("Active clients")),
    HIDDEN: Choice(HIDDEN, _("Archived, blocked")),
}
_WHOLE = Choice("whole", _("Whole list"))
_HEADINGS = {
    ACTIVE: _("*Your clients.* Tap one, or type part of a name or number."),
    HIDDEN: _("*Archived and blocked clients.* Which one do you want to see?"),
}
_FOUND = _("*Found for “{words}”.* Whom do you want to see?")
_EMPTY = {
    ACTIVE: _("You have no clients yet. The first invoice brings the first one."),
    HIDDEN: _("Nobody is archived or blocked."),
}


def clients(opening: Opening) -> Dialogue[ShowClient]:
    """Keys: `kind`, then those of a list of that kind."""
    del opening
    asked = Pick("kind", _("Which clients?"), options=tuple(_KINDS.values()), assumed=ACTIVE)
    kind = yield from ask(asked)
    other = HIDDEN if kind == ACTIVE else ACTIVE
    shelf = Shelf(
        "client", "clients.page", _HEADINGS[kind], _EMPTY[kind], kind, _FOUND,
        also=((_KINDS[other], Move("kind", other)),),
        also_found=((_WHOLE, Move(f"find.{kind}", None)),),
    )  # fmt: skip
    return ShowClient(int((yield from pick(shelf))["id"]))


def which_client(words: Text, key: str = "client", **filters: Any) -> Dialogue[Mapping[str, Any]]:
    """Ask for a client we know: `{"id", "name", "phone", …}`. Keys: `<key>`, `<key>.which`."""
    said = yield from ask(Lookup(key, words, source="clients", filters=filters))
    return (yield from nearest(said, key))
