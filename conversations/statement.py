"""Asks for whose account a statement is wanted, and for which time unless this month will do."""

from conversations.clients import which_client
from conversations.engine import Dialogue, ask
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Pick
from invoicing.commands import Period, ShowStatement
from models.text import _

PERIODS = {
    Period.THIS_MONTH: Choice("this_month", _("This month")),
    Period.LAST_MONTH: Choice("last_month", _("Last month")),
    Period.THIS_YEAR: Choice("this_year", _("This year")),
    Period.ALL: Choice("all", _("From the beginning")),
}


def statement(opening: Opening) -> Dialogue[ShowStatement]:
    """Keys: `client`, `client.which`, `period`."""
    del opening
    client = yield from which_client(_("Whose statement do you want to see?"))
    asked = _("For which time?")
    period = yield from ask(
        Pick("period", asked, options=tuple(PERIODS.values()), assumed=Period.THIS_MONTH.value)
    )
    return ShowStatement(int(client["id"]), Period(period))
