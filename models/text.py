"""Words for people: a message id with its parameters, which becomes a language only at the edge."""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from models.money import Money

LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"
LANGUAGES = ("en", "sw")
DEFAULT_LANGUAGE = "en"

DAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "sw": ("Jumatatu", "Jumanne", "Jumatano", "Alhamisi", "Ijumaa", "Jumamosi", "Jumapili"),
}
MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "sw": ("Jan", "Feb", "Mac", "Apr", "Mei", "Jun", "Jul", "Ago", "Sep", "Okt", "Nov", "Des"),
}


class Markup(StrEnum):
    """How an edge writes bold, and what it must escape."""

    PLAIN = "plain"
    HTML = "html"
    WHATSAPP = "whatsapp"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in English (the message id) with `{named}` parameters.

    `*bold*` in the message id is the only markup. Parameters may be str, int, Decimal, Money,
    date, another Text, or a tuple of Texts (drawn one a line). With `plural`, the parameter `n`
    chooses between `msgid` (one) and `plural` (any other number).
    """

    msgid: str
    params: Mapping[str, Any] = field(default_factory=dict)
    plural: str | None = None

    def __hash__(self) -> int:
        return hash((self.msgid, tuple(sorted(self.params)), self.plural))


def _(msgid: str, **params: Any) -> Text:
    """Mark a sentence for the catalogues and bind its parameters."""
    return Text(msgid, params) if params else _plain(msgid)


@cache
def _plain(msgid: str) -> Text:
    """The one text of a sentence without parameters: dialogues say the same few over and over."""
    return Text(msgid)


def ngettext(one: str, many: str, n: int | Decimal, **params: Any) -> Text:
    """As `_`, with the number `n` deciding between the two forms."""
    return Text(one, {"n": n, **params}, many)


def raw(words: str) -> Text:
    """Someone's own words (a name, a note): shown as they are, never looked up or formatted."""
    return Text("{raw}", {"raw": words})


def render(text: Text | str, locale: str, markup: Markup = Markup.PLAIN) -> str:
    """The text in a language, with parameters escaped for the edge and bold in its way."""
    if isinstance(text, str):
        return _ESCAPES[markup](text)
    template = _template(text, locale)
    if markup is Markup.HTML:
        template = html.escape(template, quote=False)
    return _FIELD.sub(
        lambda m: _value(text.params[m[1]], locale, markup) if m[1] else m[0][0],
        _bold(template, markup),
    )


def _template(text: Text, locale: str) -> str:
    found = catalogue(locale).get(text.msgid)
    many = text.plural is not None and text.params["n"] != 1
    if found is None:
        return text.plural if many and text.plural is not None else text.msgid
    return found[1] if many and len(found) > 1 else found[0]


_FIELD = re.compile(r"\{\{|\}\}|\{(\w+)\}")
_BOLD = re.compile(r"\*([^*\n]+)\*")


def _bold(template: str, markup: Markup) -> str:
    if markup is Markup.WHATSAPP:
        return template
    return _BOLD.sub(r"<b>\1</b>" if markup is Markup.HTML else r"\1", template)


def _value(value: Any, locale: str, markup: Markup) -> str:
    if isinstance(value, Text):
        return render(value, locale, markup)
    if isinstance(value, tuple | list):
        return "\n".join(_value(item, locale, markup) for item in value)
    if isinstance(value, date):
        return day(value, locale)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return _ESCAPES[markup](str(value))


def day(value: date, locale: str, *, year: bool = False) -> str:
    """`Fri 27 Nov` (with the year: `Fri 27 Nov 2026`), by our own table so that it never varies."""
    known = locale if locale in DAYS else DEFAULT_LANGUAGE
    words = f"{DAYS[known][value.weekday()]} {value.day} {MONTHS[known][value.month - 1]}"
    return f"{words} {value.year}" if year else words


_LINK = re.compile(r"(https?://\S+)")
_LOOKALIKES = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ʼ"})


def _whatsapp_escape(words: str) -> str:
    """WhatsApp has no escape character: signs that would turn into formatting become look-alikes.

    Links stay as they are: a token in them may hold an underscore.
    """
    parts = _LINK.split(words)
    return "".join(part if n % 2 else part.translate(_LOOKALIKES) for n, part in enumerate(parts))


_ESCAPES: dict[Markup, Callable[[str], str]] = {
    Markup.PLAIN: str,
    Markup.HTML: lambda words: html.escape(words, quote=False),
    Markup.WHATSAPP: _whatsapp_escape,
}


@cache
def catalogue(locale: str) -> dict[str, tuple[str, ...]]:
    """Every translated message of a language: message id to its forms (singular, plural)."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((LOCALE_DIR / locale / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as lines:
            for message in read_po(lines, locale=locale):
                _add(found, message)
    return found


def _add(found: dict[str, tuple[str, ...]], message: Any) -> None:
    if message.id and message.string and not message.fuzzy:
        several = isinstance(message.id, tuple | list)
        key = message.id[0] if several else message.id
        forms = tuple(message.string) if several else (message.string,)
        if all(forms):
            found[key] = forms


def to_json(text: Text) -> dict[str, Any]:
    """A text as it is stored: it keeps its parameters' types and no language."""
    stored: dict[str, Any] = {"m": text.msgid}
    if text.params:
        stored["p"] = {name: _store(value) for name, value in text.params.items()}
    if text.plural is not None:
        stored["n"] = text.plural
    return stored


def from_json(stored: Mapping[str, Any]) -> Text:
    """The inverse of `to_json`."""
    params = {name: _load(value) for name, value in stored.get("p", {}).items()}
    return Text(stored["m"], params, stored.get("n"))


def _store(value: Any) -> Any:
    if isinstance(value, Money):
        return {"$": "money", "v": [value.amount_minor, value.currency]}
    if isinstance(value, Text):
        return {"$": "text", "v": to_json(value)}
    if isinstance(value, date):
        return {"$": "date", "v": value.isoformat()}
    if isinstance(value, Decimal):
        return {"$": "decimal", "v": str(value)}
    if isinstance(value, tuple | list):
        return {"$": "list", "v": [_store(item) for item in value]}
    return value


_LOADERS: dict[str, Callable[[Any], Any]] = {
    "money": lambda v: Money(v[0], v[1]),
    "text": from_json,
    "date": date.fromisoformat,
    "decimal": Decimal,
    "list": lambda v: tuple(_load(item) for item in v),
}


def _load(value: Any) -> Any:
    if isinstance(value, dict):
        return _LOADERS[value["$"]](value["v"])
    return value
