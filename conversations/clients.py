"""Shows a merchant her clients, eight at a time or as her words find them; asks which one is meant."""

from collections.abc import Mapping
from typing import Any

from conversations.engine import Dialogue, Move, ask
from conversations.invoices import PAGE_ROWS, Listed, Sought
from conversations.lookups import Lookup, WhichOf
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Pick
from conversations.review import Given
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
_EMPTY = {
    ACTIVE: _("You have no clients yet. The first invoice brings the first one."),
    HIDDEN: _("Nobody is archived or blocked."),
}


def clients(opening: Opening) -> Dialogue[ShowClient]:
    """Keys: `kind`, `find.<kind>`, `after.<words or kind>`, `client`, `client.which`."""
    del opening
    asked = Pick("kind", _("Which clients?"), options=tuple(_KINDS.values()), assumed=ACTIVE)
    kind = yield from ask(asked)
    words = yield from ask(Sought(f"find.{kind}"))
    onward = f"after.{words or kind}"
    after = yield from ask(Given(onward))
    said = yield from ask(_listed(kind, words, onward, after))
    if "like" in said:
        said = yield from _one_of(said)
    return ShowClient(int(said["id"]))


def _listed(kind: str, words: str | None, onward: str, after: int | None) -> Listed:
    filters = {"kind": kind, "rows": PAGE_ROWS, "after": after, "words": words or ""}
    heading, none = _HEADINGS[kind], _EMPTY[kind]
    if words:
        heading = _("*Found for “{words}”.* Whom do you want to see?", words=words)
        none = _("I found nothing like *{typed}*. Please try other words.", typed=words)
    other = HIDDEN if kind == ACTIVE else ACTIVE
    also = (
        (_KINDS[other], Move("kind", other)) if not words else (_WHOLE, Move(f"find.{kind}", None))
    )
    return Listed(
        "client", heading, source="clients.page", filters=filters, none=none,
        onward=onward, seek=f"find.{kind}", also=(also,),
    )  # fmt: skip


def _one_of(said: Mapping[str, Any], key: str = "client") -> Dialogue[Mapping[str, Any]]:
    near = tuple(said["like"])
    which = WhichOf(f"{key}.which", _("Which of these do you mean?"), near=near)
    return (yield from ask(which)) or near[0]


def which_client(words: Text, key: str = "client", **filters: Any) -> Dialogue[Mapping[str, Any]]:
    """Ask for a client we know: `{"id", "name", "phone", …}`. Keys: `<key>`, `<key>.which`."""
    said = yield from ask(Lookup(key, words, source="clients", filters=filters))
    if "like" not in said:
        return said
    return (yield from _one_of(said, key))
