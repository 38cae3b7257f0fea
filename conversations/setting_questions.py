"""How a setting is asked: a line, one of several, a switch, quiet hours, a picture."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conversations.prompts import Choice
from conversations.questions import Asked, Pick, Words
from conversations.said import Found, Said
from invoicing.commands import pretends
from models.errors import Refusal
from models.text import Text, _, raw

ON_OFF = (
    Choice("on", _("On"), synonyms=(raw("yes"), raw("ndiyo"), raw("on"))),
    Choice("off", _("Off"), synonyms=(raw("no"), raw("hapana"), raw("off"))),
)
NO_QUIET = Choice("off", _("No quiet hours"), synonyms=(raw("off"), raw("none"), raw("hakuna")))
USUAL_QUIET = (
    Choice("20-8", raw("20:00–8:00"), synonyms=(raw("20 8"),)),
    Choice("22-6", raw("22:00–6:00"), synonyms=(raw("22 6"),)),
    NO_QUIET,
)
_PARTS = {"asubuhi": "am", "mchana": "day", "alasiri": "day", "jioni": "eve", "usiku": "night"}
_CLOCK = re.compile(
    r"(?:saa )?(\d{1,2})(?:[:.]00)? ?(am|pm|asubuhi|mchana|alasiri|jioni|usiku|hrs|h)?"
)
_BETWEEN = re.compile(
    r"\s*(?:-|–|—|\bto\b|\buntil\b|\btill\b|\bhadi\b|\bmpaka\b|\band\b|\bna\b)\s*"
)
_BEFORE = re.compile(r"^(?:from|between|kuanzia|kati ya|toka)\s+")


@dataclass(frozen=True)
class BusinessName(Words):
    """A business name that could not be taken for somebody everybody trusts."""

    def read_words(self, words: str, found: Found) -> str:
        """The name. Raises Refusal for a mask."""
        name = super().read_words(words, found)
        if (brand := pretends(name)) is not None:
            raise Refusal(
                _("I cannot use that name: people could take it for {brand}. "
                  "Please use the name of your own business.", brand=brand)
            )  # fmt: skip
        return name


@dataclass(frozen=True)
class Typed(Words):
    """A short answer that is no sentence: our own words keep their meaning beside it."""

    @property
    def free_text(self) -> bool:
        """“menu” is no rate, address or time."""
        return False


@dataclass(frozen=True)
class OrTyped(Pick):
    """One of a few usual values, or another one typed."""

    most: int = 60

    def read_words(self, words: str, found: Found) -> str:
        """Whatever was typed, checked when it is carried out."""
        del found
        if len(words) > self.most:
            raise Refusal(_("Please choose one of these, or type its number:"))
        return words

    def load(self, stored: Any) -> str:
        """The value."""
        if not isinstance(stored, str):
            raise Refusal(_("Please type it once more."))
        return stored


@dataclass(frozen=True)
class Hours(Pick):
    """From which hour to which someone wants peace. Stored as `20-8`, or `off`."""

    def read_words(self, words: str, found: Found) -> str:
        """`21 to 7`, `9pm-6am`, `saa 3 usiku hadi saa 12 asubuhi`."""
        del found
        hours = read_hours(words)
        if hours is None:
            raise Refusal(_("Please type two whole hours, like *21 to 7*."))
        return hours

    def load(self, stored: Any) -> str:
        """The hours."""
        if not isinstance(stored, str) or (stored != "off" and read_hours(stored) != stored):
            raise Refusal(_("Please type two whole hours, like *21 to 7*."))
        return stored


def read_hours(words: str) -> str | None:
    """Two hours as `21-7`; None when it is no such thing."""
    said = _BEFORE.sub("", " ".join(words.casefold().split()))
    ends = _BETWEEN.split(said) if len(said) <= 60 else []
    hours = [_hour(end) for end in ends]
    if len(hours) != 2 or None in hours:
        return None
    return f"{hours[0]}-{hours[1]}" if hours[0] != hours[1] else None


def _hour(said: str) -> int | None:
    """An hour of the day, 0 to 23; with `saa` and a part of the day it is told the Swahili way."""
    found = _CLOCK.fullmatch(said.strip())
    if found is None:
        return None
    hour, part = int(found[1]), found[2] or ""
    if part in _PARTS:
        return _swahili(hour, _PARTS[part])
    if part in ("am", "pm"):
        return hour % 12 + (12 if part == "pm" else 0) if 1 <= hour <= 12 else None
    return hour % 24 if 0 <= hour <= 24 else None


def _swahili(hour: int, part: str) -> int | None:
    """Hours are counted from six: saa 1 asubuhi is 7, saa 3 usiku is 21."""
    if not 1 <= hour <= 12:
        return None
    if part == "night" or (part == "eve" and hour <= 2):
        return (hour + 18) % 24
    return 6 if part == "am" and hour == 12 else hour + 6


@dataclass(frozen=True)
class Picture(Asked[Mapping[str, Any]]):
    """A picture sent in the chat. Stored as `{"channel", "file"}`."""

    @property
    def takes_file(self) -> bool:
        """A picture is the answer."""
        return True

    def read(self, said: Said, found: Found) -> Any:
        """The picture, or a way elsewhere."""
        if said.file is not None and said.file.get("kind") in ("jpg", "png"):
            return {name: said.file[name] for name in ("channel", "file")}
        return super().read(said, found)

    def read_words(self, words: str, found: Found) -> Any:
        """Words are no picture."""
        del words, found
        raise Refusal(NO_PICTURE)

    def load(self, stored: Any) -> Mapping[str, Any]:
        """The picture's name at its channel."""
        if not isinstance(stored, Mapping) or not {"channel", "file"} <= stored.keys():
            raise Refusal(NO_PICTURE)
        return stored

    def guesses(self) -> tuple[Mapping[str, Any], ...]:
        """A picture never steers a dialogue."""
        return ({"channel": "?", "file": "?"},)


NO_PICTURE = _("Please send me a picture: tap the paper clip and choose your logo.")


def switch(key: str, words: Text) -> Pick:
    """On or off."""
    return Pick(key, words, options=ON_OFF)
