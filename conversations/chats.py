"""One account on several chats: link another by a code, let one go, choose the business one works for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conversations.engine import Dialogue, ask
from conversations.figures import PhoneNumber
from conversations.lookups import Lookup
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Pick, YesNo
from conversations.said import Found
from invoicing.commands import (
    LinkChat,
    MakeLinkCode,
    Nothing,
    SendLinkCode,
    SwitchBusiness,
    UnlinkChat,
)
from models.errors import Refusal
from models.text import Text, _

_WAYS = (
    Choice("show", _("Show me a code")),
    Choice("have", _("I have a code")),
    Choice("send", _("Send me a code")),
)


@dataclass(frozen=True)
class OneOf(Lookup):
    """One of a few known things, tapped or named; of several that fit one is to be tapped."""

    def read_words(self, words: str, found: Found) -> Any:
        """The one that fits. Raises Refusal for none or several."""
        if found.exact is None and len(found.options) > 1:
            raise Refusal(_("Please choose one of these, or type its number:"))
        return super().read_words(words, found)

    def load(self, stored: Any) -> Mapping[str, Any]:
        """What was chosen."""
        if not isinstance(stored, Mapping) or not {"id", "name"} <= stored.keys():
            raise Refusal(_("Please choose it once more."))
        return stored

    def guesses(self) -> tuple[Mapping[str, Any], ...]:
        """It never steers a dialogue."""
        return ({"id": 0, "name": "?"},)


@dataclass(frozen=True)
class TypedCode(Lookup):
    """A code from the other chat; what is kept of it is its hash and whose account it opens."""

    def read_words(self, words: str, found: Found) -> Any:
        """The account it opens. Raises Refusal for a code that opens none."""
        del words
        if found.exact is None:
            unknown = _("I do not know that code. It may be too old: they last ten minutes.")
            raise Refusal(found.card[0] if found.card else unknown)
        return found.exact.stored

    def load(self, stored: Any) -> Mapping[str, Any]:
        """The account."""
        if not isinstance(stored, Mapping) or not {"hash", "name"} <= stored.keys():
            raise Refusal(_("Please type the code."))
        return stored

    def guesses(self) -> tuple[Mapping[str, Any], ...]:
        """It never steers a dialogue."""
        return ({"hash": "00", "name": "?"},)


def link(opening: Opening) -> Dialogue[MakeLinkCode | SendLinkCode | LinkChat | Nothing]:
    """Keys: `how`, `phone`, `code`, `sure`."""
    words = _("With a code, another chat of yours works on the same account. What do you want?")
    how = yield from ask(Pick("how", words, options=_WAYS))
    if how == "show":
        return MakeLinkCode()
    if how == "send":
        asked = _("What is the phone number of your other chat? I send a code there.")
        phone = yield from ask(PhoneNumber("phone", asked, country=opening.country))
        return SendLinkCode(phone)
    code = yield from ask(TypedCode("code", _("Please type the code."), source="link_codes"))
    sure = YesNo("sure", _question(code), yes=_("Yes, link it"), no=_("No"))
    if (yield from ask(sure)):
        return LinkChat(str(code["hash"]))
    return Nothing(_("All right, this chat stays on its own."))


def _question(code: Any) -> Text:
    name = code["name"]
    if code.get("recover"):
        return _("This chat takes the place of *{name}*'s lost one, which is cut off. Is that you?",
                 name=name)  # fmt: skip
    if code.get("mine"):
        return _("This chat, with *{business}*, becomes part of the account of *{name}*, who can "
                 "then do everything you can. Only say yes if both are you.",
                 business=code["mine"], name=name)  # fmt: skip
    return _("This chat becomes part of the account of *{name}*. Is that you?", name=name)


def unlink(opening: Opening) -> Dialogue[UnlinkChat | Nothing]:
    """Keys: `chat`, `how`."""
    del opening
    asked = _("Which chat do you want to take off your account?")
    chat = yield from ask(OneOf("chat", asked, source="chats"))
    ways = (
        Choice("sign_out", _("Sign it out")),
        Choice("lost", _("I lost that phone")),
        Choice("keep", _("Keep it")),
    )
    words = _("What shall happen to *{chat}*? Whoever writes there then sees nothing of your "
              "account.", chat=chat["name"])  # fmt: skip
    how = yield from ask(Pick("how", words, options=ways))
    if how == "keep":
        return Nothing(_("All right, it stays as it is."))
    return UnlinkChat(int(chat["id"]), lost=how == "lost")


def switch(opening: Opening) -> Dialogue[SwitchBusiness]:
    """Key: `business`."""
    del opening
    words = _("Which business do you want to work for now?")
    chosen = yield from ask(OneOf("business", words, source="businesses"))
    return SwitchBusiness(int(chosen["id"]))
