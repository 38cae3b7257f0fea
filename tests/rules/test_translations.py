"""Every sentence that people read exists in every language, with the same placeholders (I-26)."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from models.text import LANGUAGES, LOCALE_DIR
from tests.rules.source import ROOMS, ROOT

KEYWORDS = {"_": None, "ngettext": (1, 2)}
TRANSLATED = [language for language in LANGUAGES if language != "en"]
FIELD = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")
BOLD = re.compile(r"\*[^*\n]+\*")
# Only what stands between people and us is translated: the sandbox plays other companies.
SPEAKING = [room for room in ROOMS if room not in ("sandbox", "launch")]

NAMES = {"Bili", "nbsp", "PDF", "doctype html"}


@cache
def said() -> dict[str, tuple[str, str | None]]:
    """Each message id in the code: where it stands first, and its plural if it has one."""
    found: dict[str, tuple[str, str | None]] = {}
    for room in SPEAKING:
        for place, line, message, _comments, _context in extract_from_dir(
            ROOT / room, method_map=[("**.py", "python")], keywords=KEYWORDS
        ):
            one, many = message if isinstance(message, tuple) else (message, None)
            if one:
                found.setdefault(one, (f"{room}/{place}:{line}", many))
    return found


@cache
def catalogues(language: str) -> dict[Path, dict[str, tuple[str, ...]]]:
    """Each catalogue of a language: message id to its forms. Fuzzy and obsolete ones do not count."""
    found = {}
    for path in sorted((LOCALE_DIR / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as lines:
            found[path] = {
                _id(message.id): _forms(message.string)
                for message in read_po(lines, locale=language, abort_invalid=True)
                if message.id and not message.fuzzy
            }
    return found


def _id(message_id: str | Sequence[str]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _forms(words: str | Sequence[str] | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())


def known(language: str) -> dict[str, tuple[str, ...]]:
    """Every translated message of a language, with all its forms filled in."""
    merged: dict[str, tuple[str, ...]] = {}
    for messages in catalogues(language).values():
        merged |= {one: forms for one, forms in messages.items() if forms and all(forms)}
    return merged


def test_there_are_sentences() -> None:
    """The extraction finds what it is meant to find, plurals included."""
    assert len(said()) > 300
    assert "What would you like to do?" in said()


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language: str) -> None:
    """No sentence in the code is without its translation, no plural without both forms."""
    there = known(language)
    missing = [f"{place}: {one!r}" for one, (place, _many) in said().items() if one not in there]
    assert not missing, f"{len(missing)} not in {language}:\n" + "\n".join(missing)
    single = [
        f"{place}: {one!r}"
        for one, (place, many) in said().items()
        if many is not None and len(there[one]) < 2
    ]
    assert not single, "\n".join(single)


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_the_same(language: str) -> None:
    """A translation names the same parameters, and has as much bold, as the sentence it stands for."""
    wrong = []
    for one, forms in known(language).items():
        many = said().get(one, ("", None))[1]
        for form, original in zip(forms, (one, many or one), strict=False):
            if set(FIELD.findall(form)) - {"n"} != set(FIELD.findall(original)) - {"n"}:
                wrong.append(f"{one!r}: {form!r}")
            if len(BOLD.findall(form)) != len(BOLD.findall(original)):
                wrong.append(f"bold in {one!r}: {form!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogues_agree(language: str) -> None:
    """One sentence that two rooms say is translated the same way in both."""
    meanings: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for messages in catalogues(language).values():
        for one, forms in messages.items():
            meanings[one].add(forms)
    quarrels = [f"{one!r}: {sorted(forms)}" for one, forms in meanings.items() if len(forms) > 1]
    assert not quarrels, "\n".join(quarrels)


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_translated_for_nobody(language: str) -> None:
    """What the code no longer says leaves the catalogues."""
    extra = [
        f"{path.name}: {one!r}"
        for path, messages in catalogues(language).items()
        for one in messages
        if one not in said()
    ]
    assert not extra, "\n".join(extra)


def test_templates_hold_no_sentences() -> None:
    """Pages say what `pages/words.py` says: no English sits in a template."""
    guilty = []
    for path in sorted((ROOT / "pages" / "templates").rglob("*.html")):
        text = re.sub(r"\{[%{#].*?[%}#]\}", " ", path.read_text("utf-8"), flags=re.DOTALL)
        text = re.sub(r"<(script|style)\b.*?</\1>", " ", text, flags=re.DOTALL)
        text = re.sub(r"<[^>]*>", " ", text, flags=re.DOTALL)
        found = re.findall(r"[A-Za-z]{3,}(?: [A-Za-z]+)*", text)
        guilty += [f"{path.name}: {words}" for words in found if words not in NAMES]
    assert not guilty, "\n".join(guilty)
