"""Whether a weight glued to its figure counts kilos, or is the size of one thing."""

from decimal import Decimal

from conversations.lines.marks import Part
from conversations.lines.words import word_set

HELD = frozenset(("lessons", "classes", "sessions", "trips", "visits"))
"""What is held or made, and billed for all together: swimming lessons 12000."""
_MEATS = word_set(
    "meat beef pork mutton lamb goat liver steak matumbo maini nyama samaki fish tilapia omena"
)
_PACKED = {
    Decimal(kilos) for kilos in (1, 2, 3, 5, 6, 10, 12, 13, 15, 20, 24, 25, 40, 45, 50, 70, 90)
}


def weighed(group: list[Part], part: Part) -> bool:
    """Goat meat 6kg @ 850: meat goes by weight, and nothing is packed in sevens."""
    kilos = part.number is not None and part.number.suffix in {"kg", "kgs"}
    priced = any(other.kind == "unit" for other in group)
    meat = any(word.low in _MEATS for other in group for word in other.words)
    figure = part.number.value if part.number else None
    return kilos and priced and (meat or figure not in _PACKED)


def is_million(group: list[Part], at: int) -> bool:
    """2m for a plot, 2m cloth @ 300: an m behind a figure is a million where it is the only one."""
    part = group[at]
    others = any(other.number is not None for other in group if other is not part)
    return bool(part.number and (part.number.money or part.linked)) or not others
