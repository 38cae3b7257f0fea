"""The owner's dialogues about her people: invite someone, change a role, set limits, send someone away."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from conversations.amounts import read_number
from conversations.chats import OneOf
from conversations.engine import Dialogue, ask
from conversations.figures import Amount, read_phone, stored_number
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Asked, Pick, YesNo, clean, maybe
from conversations.said import Found, Said
from invoicing.commands import ChangeRole, InviteMember, Nothing, RemoveMember, SetLimits
from models.errors import Refusal
from models.text import Text, _, raw

MOST_NAME = 80
ROLES = (
    Choice("cashier", _("Cashier"), synonyms=tuple(map(raw, ("seller", "muuzaji")))),
    Choice("manager", _("Manager")),
    Choice("viewer", _("Viewer")),
    Choice("owner", _("Owner")),
)
WHAT_ROLES_DO = _(
    "*Cashier*: makes invoices and records payments\n*Manager*: also voids and changes clients\n"
    "*Viewer*: only looks\n*Owner*: everything, also the team"
)
NO_LIMIT = Choice(
    "skip", _("No limit"), synonyms=tuple(map(raw, ("none", "no", "hapana", "hakuna")))
)
_PERCENT = re.compile(r"(?:asilimia\s*)?(\d[\d.,]*)\s*(?:%|percent|per cent|asilimia)?")


@dataclass(frozen=True)
class Invited(Asked[Mapping[str, Any]]):
    """Whom to invite: a link for whoever gets it, or one phone number, typed or as a contact.

    Stored as `{"phone", "name"}`, both None for a link.
    """

    country: str = "KE"

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """A link."""
        del found
        return (Choice("link", _("Make a link"), synonyms=(raw("link"), raw("kiungo"))),)

    def tapped(self, value: str, found: Found) -> Any:
        """For whoever has the link."""
        del value, found
        return {"phone": None, "name": None}

    def read_words(self, words: str, found: Found) -> Any:
        """A phone number."""
        del found
        return {"phone": read_phone(words, self.country), "name": None}

    def read_contact(self, said: Said) -> Any:
        """A shared contact."""
        name = clean(said.contact_name or "")[:MOST_NAME] or None
        return {"phone": read_phone(said.contact_phone or "", self.country), "name": name}

    def load(self, stored: Any) -> Mapping[str, Any]:
        """Whom."""
        if not isinstance(stored, Mapping) or "phone" not in stored:
            raise Refusal(_("Please choose it once more."))
        return stored

    def guesses(self) -> tuple[Mapping[str, Any], ...]:
        """It never steers the dialogue."""
        return ({"phone": None, "name": None},)


@dataclass(frozen=True)
class Percent(Asked[Decimal]):
    """A share of 0 to 100 percent. Stored as a decimal string."""

    def read_words(self, words: str, found: Found) -> str:
        """`10`, `10%`, `asilimia 10`."""
        del found
        shape = _PERCENT.fullmatch(words.casefold())
        if shape is None:
            raise Refusal(_PERCENT_PLEASE)
        return f"{self._check(read_number(shape[1])):f}"

    def _check(self, percent: Decimal) -> Decimal:
        if not 0 <= percent <= 100 or percent != percent.quantize(Decimal("0.01")):
            raise Refusal(_PERCENT_PLEASE)
        return percent

    def load(self, stored: Any) -> Decimal:
        """The share."""
        return self._check(stored_number(stored))

    def guesses(self) -> tuple[Decimal, ...]:
        """A share never steers a dialogue."""
        return (Decimal(10),)


_PERCENT_PLEASE = _("Please type it in percent, like *10%*.")


def invite(opening: Opening) -> Dialogue[InviteMember]:
    """Keys: `role`, `who`."""
    what = _("What may they do in *{business}*?", business=opening.business)
    words = Text("{lines}", {"lines": (what, WHAT_ROLES_DO)})
    role = yield from ask(Pick("role", words, options=ROLES))
    asked = _("Share their contact or type their phone number. Or make a link and send it to them.")
    whom = yield from ask(Invited("who", asked, country=opening.country))
    return InviteMember(role, whom["phone"], whom.get("name"))


def _which(words: Text) -> Dialogue[Mapping[str, Any]]:
    return (yield from ask(OneOf("member", words, source="members")))


def member_role(opening: Opening) -> Dialogue[ChangeRole]:
    """Keys: `member`, `role`."""
    del opening
    member = yield from _which(_("Whose role do you want to change?"))
    what = _("What shall *{name}* be?", name=member["name"])
    words = Text("{lines}", {"lines": (what, WHAT_ROLES_DO)})
    return ChangeRole(int(member["id"]), (yield from ask(Pick("role", words, options=ROLES))))


def member_limits(opening: Opening) -> Dialogue[SetLimits]:
    """Keys: `member`, `most`, `discount`, `void`."""
    member = yield from _which(_("Whose limits do you want to set?"))
    name = member["name"]
    asked = _("What is the highest invoice *{name}* may send without asking you?", name=name)
    most = yield from ask(maybe(Amount("most", asked, currency=opening.currency), NO_LIMIT))
    asked = _("And the highest discount, in percent?")
    discount = yield from ask(maybe(Percent("discount", asked), NO_LIMIT))
    asked = _("May *{name}* void invoices?", name=name)
    void = yield from ask(YesNo("void", asked))
    return SetLimits(int(member["id"]), most, discount, void)


def remove_member(opening: Opening) -> Dialogue[RemoveMember | Nothing]:
    """Keys: `member`, `sure`."""
    member = yield from _which(_("Who leaves your team?"))
    name = member["name"]
    sure = _("Shall *{name}* leave *{business}*? They lose access at once; what they did stays.",
             name=name, business=opening.business)  # fmt: skip
    if (yield from ask(YesNo("sure", sure, yes=_("Yes, remove"), no=_("No")))):
        return RemoveMember(int(member["id"]))
    return Nothing(_("*{name}* stays in your team.", name=name))
