"""Formatted text: parse_mode HTML to text and entities, and entities to HTML safe to show."""

import html
import itertools
import re
from dataclasses import dataclass
from typing import Any

from .telegram_errors import bad

Entity = dict[str, Any]

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
}
SHOWN = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "spoiler": ('<span class="spoiler">', "</span>"),
}
_TAG = re.compile(r"<(/?)([a-zA-Z0-9-]+)((?:\s+[^<>]*?)?)\s*/?>")
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));?")
_FOUND = re.compile(r"(?P<url>https?://[^\s<>\"]+)|(?P<bot_command>(?<![\w/])/\w{1,32}(?:@\w+)?)")


def units(text: str) -> int:
    """Length as Telegram counts it for entities: UTF-16 code units."""
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)


@dataclass
class _Open:
    tag: str
    at: int
    extra: dict[str, str]


class _Reader:
    """Walks once over HTML; the errors are those of the server, with byte offsets."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        place = 0
        while place < len(self.raw):
            letter = self.raw[place]
            if letter == "<":
                place = self._tag(place)
            elif letter == "&":
                place = self._reference(place)
            else:
                self._say(letter)
                place += 1
        if self.open:
            tag = self.open[-1].tag
            raise bad(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{tag}\""
            )
        return "".join(self.text), self.entities

    def _say(self, piece: str) -> None:
        self.text.append(piece)
        self.length += units(piece)

    def _offset(self, place: int) -> int:
        return len(self.raw[:place].encode())

    def _reference(self, place: int) -> int:
        found = _REFERENCE.match(self.raw, place)
        if found is None:
            self._say("&")
            return place + 1
        named, decimal, hexadecimal = found.groups()
        number = int(decimal or int(hexadecimal or "0", 16))
        self._say(html.unescape(f"&{named};") if named else chr(min(number, 0x10FFFF)))
        return found.end()

    def _tag(self, place: int) -> int:
        found = _TAG.match(self.raw, place)
        if found is None:
            where = self._offset(place)
            raise bad(f"can't parse entities: Unclosed start tag at byte offset {where}")
        closing, tag, rest = found[1], found[2].lower(), found[3]
        if closing:
            self._close(tag, place)
        else:
            self._begin(tag, rest, place)
        return found.end()

    def _begin(self, tag: str, rest: str, place: int) -> None:
        attributes = {
            found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "")
            for found in _ATTRIBUTE.finditer(rest)
        }
        spoiler = tag != "span" or attributes.get("class") == "tg-spoiler"
        if tag not in TAGS or not spoiler:
            where = self._offset(place)
            raise bad(
                f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {where}'
            )
        self.open.append(_Open(tag, self.length, attributes))

    def _close(self, tag: str, place: int) -> None:
        where = self._offset(place)
        if not self.open:
            raise bad(f"can't parse entities: Unexpected end tag at byte offset {where}")
        opened = self.open.pop()
        if opened.tag != tag:
            raise bad(
                f"can't parse entities: Unmatched end tag at byte offset {where}, "
                f'expected "</{opened.tag}>", found "</{tag}>"'
            )
        if self.length > opened.at:
            self.entities.append(self._entity(opened))

    def _entity(self, opened: _Open) -> Entity:
        kind = TAGS[opened.tag]
        entity: Entity = {"type": kind, "offset": opened.at, "length": self.length - opened.at}
        if kind == "text_link":
            entity["url"] = opened.extra.get("href") or "".join(self.text)
        if kind == "custom_emoji":
            entity["custom_emoji_id"] = opened.extra.get("emoji-id", "")
        return entity


def from_html(raw: str) -> tuple[str, list[Entity]]:
    """Text and entities of parse_mode HTML; raises 400 "can't parse entities"."""
    text, entities = _Reader(raw).read()
    return text, sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without the white space around it, entities moved along; at most 100 are kept."""
    lead = units(text) - units(text.lstrip())
    kept = text.strip()
    length = units(kept)
    moved = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        end = min(length, entity["offset"] + entity["length"] - lead)
        if end > start:
            moved.append(entity | {"offset": start, "length": end - start})
    return kept, moved[:100]


def found_in(text: str, entities: list[Entity]) -> list[Entity]:
    """Entities the server finds by itself: addresses and commands outside of given ones."""
    taken = [(item["offset"], item["offset"] + item["length"]) for item in entities]
    new = []
    for match in _FOUND.finditer(text):
        words = match[0].rstrip(".,;:!?)'\"")
        start = units(text[: match.start()])
        end = start + units(words)
        if all(end <= left or start >= right for left, right in taken):
            new.append({"type": match.lastgroup, "offset": start, "length": end - start})
    return sorted([*entities, *new], key=lambda entity: (entity["offset"], -entity["length"]))


def to_html(text: str, entities: list[Entity]) -> str:
    """HTML that is safe to show: everything escaped, only the tags of SHOWN and links."""
    raw = text.encode("utf-16-le")
    edges = {0, len(raw) // 2}
    for entity in entities:
        edges |= {entity["offset"], entity["offset"] + entity["length"]}
    places = sorted(edges)
    pieces = []
    for start, end in itertools.pairwise(places):
        words = raw[start * 2 : end * 2].decode("utf-16-le", "replace")
        inside = [
            item
            for item in entities
            if item["offset"] <= start and end <= item["offset"] + item["length"]
        ]
        pieces.append(_wrapped(words, inside))
    return "".join(pieces)


def _wrapped(words: str, entities: list[Entity]) -> str:
    shown = html.escape(words).replace("\n", "<br>")
    for entity in reversed(entities):
        before, after = _around(entity, words)
        shown = before + shown + after
    return shown


def _around(entity: Entity, words: str) -> tuple[str, str]:
    kind = entity["type"]
    if kind in {"url", "text_link"}:
        address = str(entity.get("url", words))
        if not re.match(r"(https?|tg|mailto|tel):", address):
            return "", ""
        return f'<a href="{html.escape(address)}" target="_blank" rel="noopener">', "</a>"
    if kind == "bot_command":
        return f'<a data-command="{html.escape(words)}">', "</a>"
    return SHOWN.get(kind, ("", ""))
