"""What we say when we did not understand: the likeliest things first, then the menu and a person."""

from bot import cards
from bot.house import House
from bot.meeting import Who
from conversations.prompts import Prompt
from models.text import Text, _

MOST = 2  # misunderstandings in a row before a person is offered


def out_of_the_blue(who: Who, house: House) -> Prompt:
    """No question stood, and what was said is nothing we know; `who.puzzled` counts this one."""
    person = (_person(house),) if who.puzzled >= MOST and house.bot.support_contact else ()
    if who.merchant_id is None:
        words = _("I did not understand that. To pay an invoice, open the link you were sent.")
        return Prompt((words, *person), cards.stranger_choices(), kind="card")
    if who.puzzled < MOST:
        words = _("I did not understand that. Is it one of these?")
        choices = (cards.INVOICE_BUTTON, cards.INVOICES_BUTTON, cards.HELP_BUTTON)
        return Prompt((words,), choices, kind="card")
    words = _("I still do not understand. Choose one of these, or say *help* to see what I can do.")
    choices = (cards.INVOICE_BUTTON, cards.INVOICES_BUTTON, cards.MENU_BUTTON)
    return Prompt((words, *person), choices, kind="card")


def once_more(house: House) -> Text:
    """Said with a question whose answer could not be read again: the ways out, nothing lost."""
    if house.bot.support_contact:
        return _(
            "Say *menu* to leave this for later, I keep all you said. A person answers at {contact}.",
            contact=house.bot.support_contact,
        )
    return _("Say *menu* to leave this for later: I keep all you said.")


def _person(house: House) -> Text:
    return _(
        "Would you rather ask a person? Write to {contact}.", contact=house.bot.support_contact
    )
