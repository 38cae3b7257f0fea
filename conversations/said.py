"""What passes between a question and the world: what was said, what must be looked up, what was found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.text import Text


@dataclass(frozen=True)
class Said:
    """One message from a person, whatever the channel.

    `choice` is a pressed button's value; `key` and `digest` are those of the prompt it hung on
    (None for typed words): a tap without the digest of the question that stands counts for nothing. `other` names what cannot be read: sticker, voice, photo, ….
    `file` is a photo or PDF: `{"channel", "file" (the channel's own name of it), "kind" (jpg, png,
    webp or pdf, by what the sender says), "name", "size" (bytes, where told)}`; `caption` are the
    words below it, which are no answer by themselves.
    """

    text: str | None = None
    choice: str | None = None
    key: str | None = None
    digest: str | None = None
    contact_phone: str | None = None
    contact_name: str | None = None
    other: str | None = None
    file: Mapping[str, str] | None = None
    caption: str = ""


@dataclass(frozen=True)
class Need:
    """A look-up the question wants done before it can read or be shown.

    `source` names what is looked in (clients, invoices, …). `query` is what was typed, empty for
    the ten most recent. `filters` may hold `value` (the option that was tapped, found exactly or
    not at all), `kind`, `page`, ….
    """

    source: str
    query: str
    filters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Option:
    """One thing found. `value` is its button's value, `stored` the answer kept if it is chosen."""

    value: str
    label: Text
    stored: Any


@dataclass(frozen=True)
class Found:
    """What a look-up brought: at most ten options, or the one exact thing; `more` if there are more."""

    options: tuple[Option, ...] = ()
    exact: Option | None = None
    card: tuple[Text, ...] = ()
    more: bool = False


NOTHING_FOUND = Found()
