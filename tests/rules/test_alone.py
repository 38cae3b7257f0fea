"""The project speaks of itself alone: not of who wrote it, on which machine, in which talk."""

import re
from pathlib import Path

import pytest

from tests.rules.source import ROOT, name, ours

# Written apart, so that this file does not speak of them either.
WORDS = (
    r"/wor[k]/",
    r"sub[-]?agen[t]",
    r"(?:this|that|previous) sessio[n] of",
    r"\bthis sessio[n]\b(?! (?:works|begins|is|has|to))",
    r"BRIE[F]\.md|CONTRO[L]\.md",
    r"\bissue #?\d+",
    r"(?:^|[\s(])#[1-9]\d{0,4}\b(?!;)",
    r"\bclaud[e]\b|\bchatgp[t]\b|\banthropi[c]\b|language mode[l]",
    r"\b(?-i:TOD[O]|FIXM[E]|XX[X])\b",
    r"pypi-mirro[r]|artifactor[y]|index-ur[l] http",
)
FORBIDDEN = re.compile("|".join(WORDS), re.IGNORECASE | re.MULTILINE)
TEXT = {".py", ".md", ".toml", ".po", ".html", ".js", ".txt", ".lock", ".typ", ".ini",
        ".example", ".yml", ".yaml", ".json", ".jsonl", ".sh", ""}  # fmt: skip


def texts() -> list[Path]:
    """Every file that a person may read."""
    return [
        path for path in ours("*") if path.is_file() and path.suffix in TEXT and not cached(path)
    ]


def cached(path: Path) -> bool:
    """Whether a tool left it there."""
    return any(part.startswith(".") for part in path.relative_to(ROOT).parts[:-1])


def mentions(words: str) -> list[str]:
    """What a text should not speak of."""
    return [found[0].strip() for found in FORBIDDEN.finditer(words)]


SEEN = "see /wor~k/main|a subagen~t did it|fixes issue~ 12|TO~DO later|(#~41)"


@pytest.mark.parametrize("words", SEEN.replace("~", "").split("|"))
def test_the_rule_sees_them(words: str) -> None:
    """What must not be there would be found."""
    assert mentions(words)


@pytest.mark.parametrize(
    "words", ["the session works as her", "#333;", "issue an invoice", "# 3 of them"]
)
def test_the_rule_lets_our_own_words_pass(words: str) -> None:
    """Database sessions, colours and the issuing of invoices are our matter."""
    assert not mentions(words)


def test_no_file_speaks_of_anything_else() -> None:
    """No machine's paths, no helpers, no talk, no issue numbers, no things left to do."""
    guilty = [
        f"{name(path)}: {found}"
        for path in texts()
        for found in mentions(path.read_text("utf-8", errors="replace"))
    ]
    assert not guilty, "\n".join(guilty)
