"""Asks for whose account a statement is wanted, and for which time unless this month will do."""

from dataclasses import dataclass
from datetime import date

from conversations.clients import which_client
from conversations.days import PaidOn
from conversations.engine import Dialogue, ask
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Pick
from conversations.review import Given
from conversations.said import Found
from invoicing.commands import Period, ShowStatement
from models.errors import Refusal
from models.text import Text, _

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


@dataclass(frozen=True, kw_only=True)
class FirstDay(PaidOn):
    """The day a statement begins with, up to today."""

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """Some days back."""
        del found
        return (
            Choice("30", _("30 days ago")),
            Choice("90", _("90 days ago")),
            Choice("365", _("A year ago")),
        )


@dataclass(frozen=True, kw_only=True)
class LastDay(PaidOn):
    """The day a statement ends with, from its first up to today."""

    first: date

    def check(self, day: date) -> date:
        """Not before the first."""
        if day < self.first:
            raise Refusal(_("That is before {day}. Please choose a later day.", day=self.first))
        return super().check(day)


def statement_days(opening: Opening) -> Dialogue[ShowStatement]:
    """Keys: `about` (whose account, given by the button), `since`, `until`.

    It is the customer's way too, so that no client is ever asked for here.
    """
    client_id = yield from ask(Given("about"))
    today, words = opening.today, _("From which day? Tap one, or type it like *1 Oct*.")
    since = yield from ask(FirstDay("since", words, today=today))
    last: Text = _("Up to which day?")
    until = yield from ask(LastDay("until", last, today=today, first=since))
    return ShowStatement(client_id or 0, span=(since, until))
