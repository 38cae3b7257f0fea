"""How lists are written to a terminal: aligned columns, with personal data hidden unless asked for."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

NOTHING = "-"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Lines of columns as wide as their widest cell; the heads alone where there is no row."""
    cells = [list(heads), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(heads))]
    return [
        "  ".join(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]


def write(
    say: Callable[[str], None], heads: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """The table, or one word where there is nothing to list."""
    for line in table(heads, rows) if rows else ["none"]:
        say(line)


def hidden(words: str | None, *, show: bool) -> str | None:
    """A name or a note: its first letter alone, unless it is to be shown."""
    return words if show or not words else f"{words[0]}…"


def hidden_number(number: str | None, *, show: bool) -> str | None:
    """A phone number or address: its last three signs alone, unless it is to be shown."""
    return number if show or not number else f"…{number[-3:]}"


def _cell(value: object) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    words = str(value)
    return "".join(sign if sign.isprintable() else " " for sign in words)
