"""parse_mode MarkdownV2 to text and entities."""

import re
from dataclasses import dataclass, field
from typing import Any

from .telegram_errors import bad
from .telegram_text import Entity, units

RESERVED = "_*[]()~`>#+-=|{}.!"
MARKS = {
    "__": "underline",
    "||": "spoiler",
    "_": "italic",
    "*": "bold",
    "~": "strikethrough",
}
_LINK = re.compile(r"\]\(((?:\\.|[^)\\])*)\)", re.DOTALL)


@dataclass
class _Reader:
    raw: str
    place: int = 0
    length: int = 0
    text: list[str] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    open: list[tuple[str, int, int]] = field(default_factory=list)

    def read(self) -> tuple[str, list[Entity]]:
        while self.place < len(self.raw):
            self._step()
        if self.open:
            kind, _, where = self.open[-1]
            name = MARKS.get(kind, "link").capitalize()
            raise bad(
                f"can't parse entities: Can't find end of {name} entity at byte offset {where}"
            )
        return "".join(self.text), sorted(self.entities, key=lambda e: (e["offset"], -e["length"]))

    def _step(self) -> None:
        rest = self.raw[self.place :]
        if rest[0] == "\\" and len(rest) > 1 and ord(rest[1]) < 127:
            self._say(rest[1], 2)
        elif rest[0] == "`":
            self._code("```" if rest.startswith("```") else "`")
        elif rest[0] == "[":
            self._open("[", 1)
        elif rest[0] == "]" and any(kind == "[" for kind, _, _ in self.open):
            self._link()
        else:
            self._mark(rest)

    def _mark(self, rest: str) -> None:
        mark = next((mark for mark in MARKS if rest.startswith(mark)), "")
        if not mark:
            if rest[0] in RESERVED:
                raise bad(
                    f"can't parse entities: Character '{rest[0]}' is reserved and must be escaped "
                    "with the preceding '\\'"
                )
            self._say(rest[0], 1)
        elif self.open and self.open[-1][0] == mark:
            self._close(MARKS[mark], {})
            self.place += len(mark)
        else:
            self._open(mark, len(mark))

    def _say(self, piece: str, taken: int) -> None:
        self.text.append(piece)
        self.length += units(piece)
        self.place += taken

    def _open(self, mark: str, taken: int) -> None:
        self.open.append((mark, self.length, len(self.raw[: self.place].encode())))
        self.place += taken

    def _close(self, kind: str, extra: dict[str, Any]) -> None:
        _, start, _ = self.open.pop()
        if self.length > start:
            entity = {"type": kind, "offset": start, "length": self.length - start}
            self.entities.append(entity | extra)

    def _link(self) -> None:
        found = _LINK.match(self.raw, self.place)
        if found is None or self.open[-1][0] != "[":
            raise bad("can't parse entities: Character ']' is reserved and must be escaped")
        self._close("text_link", {"url": re.sub(r"\\(.)", r"\1", found[1])})
        self.place = found.end()

    def _code(self, fence: str) -> None:
        where = len(self.raw[: self.place].encode())
        end = self.raw.find(fence, self.place + len(fence))
        kind = "pre" if len(fence) > 1 else "code"
        if end < 0:
            name = kind.capitalize()
            raise bad(
                f"can't parse entities: Can't find end of {name} entity at byte offset {where}"
            )
        inside = re.sub(r"\\([`\\])", r"\1", self.raw[self.place + len(fence) : end])
        self._open(fence, 0)
        self._say(inside, end + len(fence) - self.place)
        self._close(kind, {})


def from_markdown(raw: str) -> tuple[str, list[Entity]]:
    """Text and entities; raises 400 "can't parse entities"."""
    return _Reader(raw).read()
