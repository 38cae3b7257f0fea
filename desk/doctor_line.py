"""What the doctor is given, and what each of its findings looks like."""

from dataclasses import dataclass
from enum import StrEnum

import bot.options
import models.db
import payments.options


class Mark(StrEnum):
    """How a finding is to be taken; any fault makes the whole examination fail."""

    OK = "ok"
    OFF = "off"
    NOTE = "note"
    FAULT = "FAULT"


@dataclass(frozen=True)
class Line:
    """One finding in plain words."""

    mark: Mark
    words: str


@dataclass(frozen=True)
class Setup:
    """The settings as they were read.

    `given` are the names that hold something; `wrong` is what the settings refuse, if anything;
    `database` is None where there is none to ask.
    """

    production: bool
    given: frozenset[str]
    wrong: str | None
    database: models.db.Options | None
    bot: bot.options.Options
    payments: payments.options.Options
