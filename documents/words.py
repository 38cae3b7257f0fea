"""The words every paper shares: who bills, the footer, the caption of the square code."""

from collections.abc import Callable
from datetime import date
from typing import Any

from documents.facts import BusinessFacts, ClientFacts
from documents.measure import measure
from models.text import Text, _, render

BESIDE = 44  # characters of small print that fit beside the word “Invoice”
Say = Callable[[Text | str], str]


def speaker(locale: str) -> Say:
    """Turns texts into the words of one language."""
    return lambda text: render(text, locale)


def lines(*parts: str) -> str:
    """The parts that are not empty, one a line."""
    return "\n".join(filter(None, parts))


def business(facts: BusinessFacts, say: Say) -> dict[str, Any]:
    """Who bills, as the templates draw it."""
    tax = say(_("Tax no. {number}", number=facts.tax_number)) if facts.tax_number else ""
    return {
        "name": facts.name,
        "lines": lines(
            ", ".join(facts.address), _beside(facts.phone, facts.email), _beside(facts.contact, tax)
        ),
        "logo_ratio": _ratio(facts.logo),
    }


def _beside(first: str, second: str) -> str:
    """Two short facts on one line; each on its own where they are long."""
    between = " · " if len(first) + len(second) <= BESIDE else "\n"
    return between.join(filter(None, (first, second)))


def _ratio(logo: bytes | None) -> float | None:
    """Width to height of the logo."""
    if not logo:
        return None
    _media, width, height = measure(logo)
    return width / height


def client(facts: ClientFacts) -> dict[str, str]:
    """Who is billed, as the templates draw it."""
    return {"name": facts.name, "lines": lines(facts.phone, *facts.address)}


def qr(url: str | None, caption: str) -> dict[str, str] | None:
    """What stands below the square code and what a screen reader says of it."""
    return {"alt": url, "caption": caption} if url else None


def parts(day: date) -> list[int]:
    """A date as typst takes it."""
    return [day.year, day.month, day.day]
