"""What a chat hears that is on nobody's account any more, or asks for what is not its own."""

from bot.cards import MENU_BUTTON
from conversations.prompts import Prompt
from models.text import _


def cut_off() -> Prompt:
    """Whoever writes here is not the one whose account this chat was."""
    return Prompt(
        (_("This chat no longer belongs to the account. If it is yours, take a new code on your "
           "other chat, or from the owner of your business, and write *link* and the code here."),)
    )  # fmt: skip


def signed_out() -> Prompt:
    """The account let this chat go."""
    return Prompt(
        (_("This chat is signed out of your account. To come back, say *link*. If you did not do "
           "this, tell your business at once."),)
    )  # fmt: skip


def not_yours() -> Prompt:
    """A button of a business one no longer works for, or never did."""
    return Prompt((_("Only the people of this business can do that."),), (MENU_BUTTON,), "card")
