"""What is decided about clients with a clear yes: block, forget, merge, archive many at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from conversations.clients import which_client
from conversations.engine import Dialogue, Move, ask
from conversations.opening import Opening
from conversations.prompts import Choice, Prompt
from conversations.questions import Asked, Pick, YesNo
from conversations.review import Review, opens
from conversations.said import Found, Need, Said
from invoicing.commands import (
    ArchiveClients,
    ClientStatus,
    DeleteClient,
    EraseClient,
    MergeClients,
    Nothing,
    SetClientStatus,
)
from models.errors import Refusal
from models.text import Text, _

KEEP = Choice("no", _("Keep them"))
_MONTHS = (
    Choice("3", _("3 months")),
    Choice("6", _("6 months")),
    Choice("12", _("1 year")),
    Choice("24", _("2 years")),
)


def block_client(opening: Opening) -> Dialogue[SetClientStatus | Nothing]:
    """Keys: `client`, `client.which`, `sure`."""
    del opening
    client = yield from which_client(_("Which client do you want to block?"))
    name = client["name"]
    sure = _("Shall I block *{name}*? You cannot bill them and they hear nothing from me, until "
             "you unblock them.", name=name)  # fmt: skip
    if (yield from ask(YesNo("sure", sure, yes=_("Block"), no=_("No")))):
        return SetClientStatus(int(client["id"]), ClientStatus.BLOCKED)
    return Nothing(_("All right, *{name}* is not blocked.", name=name))


def delete_client(opening: Opening) -> Dialogue[DeleteClient | Nothing]:
    """Keys: `client`, `client.which`, `sure`."""
    del opening
    client = yield from which_client(_("Which client do you want to delete?"))
    name = client["name"]
    sure = _("Shall I delete *{name}* for good? Only clients without any invoice can go.",
             name=name)  # fmt: skip
    if (yield from ask(YesNo("sure", sure, yes=_("Delete"), no=_("No")))):
        return DeleteClient(int(client["id"]))
    return Nothing(_("All right, *{name}* stays.", name=name))


def erase_client(opening: Opening) -> Dialogue[EraseClient | Nothing]:
    """Keys: `client`, `client.which`, `sure`."""
    del opening
    client = yield from which_client(_("Whose details do you want to erase?"))
    name = client["name"]
    sure = _("Shall I erase the name, phone and all other details of *{name}* for good? Invoices "
             "already sent and payments stay in your books.", name=name)  # fmt: skip
    if (yield from ask(YesNo("sure", sure, yes=_("Erase"), no=_("No")))):
        return EraseClient(int(client["id"]))
    return Nothing(_("All right, *{name}* stays.", name=name))


@dataclass(frozen=True)
class Looked(Review):
    """A review whose card is completed by what the database knows when it is shown."""

    source: str = ""
    filters: Mapping[str, Any] = field(default_factory=dict)

    def need_to_show(self) -> Need | None:
        """The rest of the card."""
        return Need(self.source, "", self.filters)

    def prompt(self, found: Found) -> Prompt:
        """What is known, then the question."""
        return Prompt((*self.card, *found.card, self.words), self.choices(found), kind="card")


def merge_clients(opening: Opening) -> Dialogue[MergeClients | Nothing]:
    """Keys: `client` (who goes), `into` (who stays), each with `.which`; `swap`, `ok`."""
    del opening
    first = yield from which_client(_("Which client is there twice?"))
    asked = _("Who is *{name}* really? Everything moves to the one you choose.",
              name=first["name"])  # fmt: skip
    second = yield from which_client(asked, "into", without=int(first["id"]))
    swapped = yield from ask(YesNo("swap", asked, assumed=False))
    goes, stays = (second, first) if swapped else (first, second)
    names = {"one": _named(goes), "other": _named(stays)}
    card = (_("*{one}* becomes part of *{other}*.", **names),)
    swap = (Choice("swap", _("Keep the other")), Move("swap", not swapped))
    other = opens("other", _("Someone else"), "into")
    review = Looked(
        "ok", _("Are they the same? This cannot be undone."), card=card,
        options=(Choice("merge", _("Yes, merge them")), KEEP), also=(swap, other),
        source="clients.merge", filters={"client": int(goes["id"]), "into": int(stays["id"])},
    )  # fmt: skip
    if (yield from ask(review)) == "merge":
        return MergeClients(int(goes["id"]), int(stays["id"]))
    return Nothing(_("All right, they stay two clients."))


def _named(client: Mapping[str, Any]) -> str:
    """Told apart by the phone's last digits, where they have one."""
    phone = client.get("phone")
    return f"{client['name']} …{str(phone)[-4:]}" if phone else str(client["name"])


@dataclass(frozen=True)
class Idle(Asked[Mapping[str, Any]]):
    """Who would be archived, by name; a yes is about exactly those who were shown."""

    months: int = 6

    def need_to_show(self) -> Need | None:
        """Who they are today."""
        return Need("clients.idle", "", {"months": self.months})

    def need(self, said: Said) -> Need | None:
        """The same again: their digest is in the button."""
        del said
        return self.need_to_show()

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """Yes where there is anybody, and no."""
        if found.exact is None:
            return (KEEP,)
        return (Choice(found.exact.value, _("Archive them")), KEEP)

    def prompt(self, found: Found) -> Prompt:
        """How many and who, then the question."""
        words = (*found.card, self.words) if found.exact is not None else found.card
        return Prompt(words or (self.words,), self.choices(found), kind="card")

    def tapped(self, value: str, found: Found) -> Any:
        """Those who were shown, or nobody."""
        if found.exact is not None and value == found.exact.value:
            return found.exact.stored
        return {"ids": []}

    def load(self, stored: Any) -> Mapping[str, Any]:
        """Their ids."""
        if not isinstance(stored, Mapping) or "ids" not in stored:
            raise Refusal(_("Please choose it once more."))
        return stored

    def guesses(self) -> tuple[Mapping[str, Any], ...]:
        """Nobody steers a dialogue."""
        return ({"ids": []},)


def archive_many(opening: Opening) -> Dialogue[ArchiveClients | Nothing]:
    """Keys: `months`, `ok.<months>`."""
    del opening
    asked = _("I can archive clients who owe nothing and had no invoice for a while. How long?")
    months = int((yield from ask(Pick("months", asked, options=_MONTHS))))
    other = opens("months", _("Another time"), "months")
    sure: Text = _("Shall I archive them? Each can be restored at any time.")
    said = yield from ask(Idle(f"ok.{months}", sure, months=months, also=(other,)))
    if said["ids"]:
        return ArchiveClients(tuple(map(int, said["ids"])), months)
    return Nothing(_("All right, nobody is archived."))
