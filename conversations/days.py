"""The questions about days: when it is due, and when money came."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from conversations.dates import month_end, read_day
from conversations.prompts import Choice
from conversations.questions import Asked
from conversations.said import Found
from models.errors import Refusal
from models.text import _, raw

_OTHER_DAY = Choice("other", _("Another date"))
_TYPE_IT = _("Please type the day, like *30/11*, *Friday* or *10 days*.")


def _stored_day(stored: Any) -> date:
    try:
        return date.fromisoformat(str(stored))
    except ValueError:
        raise Refusal(_TYPE_IT) from None


@dataclass(frozen=True, kw_only=True)
class _Day(Asked[date]):
    today: date

    def load(self, stored: Any) -> date:
        """The day, while it is not on the wrong side of today."""
        return self.check(_stored_day(stored))

    def check(self, day: date) -> date:
        """The day itself. Raises Refusal when it is on the wrong side of today."""
        raise NotImplementedError

    def guesses(self) -> tuple[date, ...]:
        """A day never steers a dialogue."""
        return (self.today,)


@dataclass(frozen=True, kw_only=True)
class DueDate(_Day):
    """A day from today on, by a tap or typed. Stored as an ISO date.

    `usual` is when the merchant's invoices are due: days, or `month_end`; it is offered first.
    """

    usual: str = "7"

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """The usual terms; her own come first, unless they are those everybody begins with."""
        del found
        wanted = "end" if self.usual == "month_end" else self.usual
        first = [one for one in self._terms() if one.value == wanted and wanted != "7"]
        return (*first, *(one for one in self._terms() if one not in first), _OTHER_DAY)

    def _terms(self) -> tuple[Choice, ...]:
        return (
            Choice("0", _("Today"), synonyms=(raw("now"), raw("sasa"))),
            Choice("7", _("In 7 days"), synonyms=(raw("7 days"), raw("siku 7"))),
            Choice("14", _("In 14 days"), synonyms=(raw("14 days"), raw("siku 14"))),
            Choice("30", _("In 30 days"), synonyms=(raw("30 days"), raw("siku 30"))),
            Choice("end", _("End of month")),
        )

    def tapped(self, value: str, found: Found) -> str:
        """The day that was tapped."""
        del found
        if value == "other":
            raise Refusal(_TYPE_IT)
        if value == "end":
            return month_end(self.today).isoformat()
        return (self.today + timedelta(days=int(value))).isoformat()

    def read_words(self, words: str, found: Found) -> str:
        """`kesho`, `Ijumaa`, `5 days`, `30/11`; two readings ask back."""
        del found
        return self.check(read_day(words, self.today)).isoformat()

    def check(self, day: date) -> date:
        """Not before today."""
        if day < self.today:
            raise Refusal(_("{day} has already passed. Please choose a later day.", day=day))
        return day


@dataclass(frozen=True, kw_only=True)
class PaidOn(_Day):
    """A day up to today, by a tap or typed. Stored as an ISO date."""

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """The usual days."""
        del found
        return (
            Choice("0", _("Today"), synonyms=(raw("now"), raw("sasa"))),
            Choice("1", _("Yesterday")),
            _OTHER_DAY,
        )

    def tapped(self, value: str, found: Found) -> str:
        """The day that was tapped."""
        del found
        if value == "other":
            raise Refusal(_TYPE_IT)
        return (self.today - timedelta(days=int(value))).isoformat()

    def read_words(self, words: str, found: Found) -> str:
        """`jana`, `Friday` (the last one), `20/11`."""
        del found
        return self.check(read_day(words, self.today, past=True)).isoformat()

    def check(self, day: date) -> date:
        """Not after today."""
        if day > self.today:
            raise Refusal(_("{day} is still to come. Please choose a day up to today.", day=day))
        return day
