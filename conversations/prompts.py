"""What a person is shown: words, choices and an attachment, in no language and for no channel yet."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from models import text as texts
from models.text import LANGUAGES, Text, render

BUTTON_CHARS = 20  # a WhatsApp quick reply's title
ROW_CHARS = 24  # a WhatsApp list row's title
BUTTONS = 3
ROWS = 10
VALUE_BYTES = 24  # leaves room for the outbound id in Telegram's 64 bytes


@dataclass(frozen=True)
class Start:
    """A button that begins a dialogue, with answers already given (in stored form, by key)."""

    flow: str
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """One thing that can be tapped, or typed by its number, label or a synonym.

    `value` is short ascii (at most VALUE_BYTES). `label` fits ROW_CHARS in every language, and
    BUTTON_CHARS where at most BUTTONS stand together. `start` is for taps outside a question.
    """

    value: str
    label: Text
    start: Start | None = None
    url: str | None = None
    synonyms: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Attachment:
    """A document that goes with the words: `kind` pdf or png, `document` invoice, receipt …."""

    kind: str
    document: str
    subject_id: int
    merchant_id: int


@dataclass(frozen=True)
class Template:
    """The same in few facts, for a channel that at times takes only texts approved beforehand.

    `kind` names the text and `values` fill its places in order; docs/whatsapp-templates.md lists
    them.
    """

    kind: str
    values: tuple[Text, ...]


@dataclass(frozen=True)
class Prompt:
    """Paragraphs (joined with a blank line at the edge), choices, and what kind of thing it is.

    `kind` is question, card, list or notice.
    """

    paragraphs: tuple[Text, ...]
    choices: tuple[Choice, ...] = ()
    kind: str = "notice"
    attachment: Attachment | None = None
    template: Template | None = None


def choose(offered: Sequence[Choice], typed: str) -> Choice | None:
    """The choice meant by what was typed: its number, label or synonym in any language, or None.

    Links are not counted: nothing of them comes back to us.
    """
    choices = [choice for choice in offered if not choice.url]
    number = re.fullmatch(r"\s*(\d{1,3})\s*[.)]?\s*", typed, re.ASCII)
    if number and 1 <= int(number[1]) <= len(choices):
        return choices[int(number[1]) - 1]
    words = plain(typed)
    fitting = [choice for choice in choices if words and words in set(_names(choice))]
    return fitting[0] if len(fitting) == 1 else None


def _names(choice: Choice) -> Iterator[str]:
    for words in (choice.label, *choice.synonyms):
        if words.params:
            yield from (plain(render(words, language)) for language in LANGUAGES)
        else:
            yield from _fixed_names(words.msgid)


@cache
def _fixed_names(msgid: str) -> tuple[str, ...]:
    """The names of a label without parameters; there are as many as the sources hold."""
    return tuple(plain(render(Text(msgid), language)) for language in LANGUAGES)


def plain(words: str) -> str:
    """Words for comparing: letters and digits, lower case, single blanks; no emoji, no stops."""
    letters = (c if c.isalnum() else " " for c in unicodedata.normalize("NFKC", words).casefold())
    return " ".join("".join(letters).split())


def to_json(prompt: Prompt) -> dict[str, Any]:
    """A prompt as it is stored in an outbound row."""
    stored: dict[str, Any] = {
        "paragraphs": [texts.to_json(words) for words in prompt.paragraphs],
        "kind": prompt.kind,
    }
    if prompt.choices:
        stored["choices"] = [_store(choice) for choice in prompt.choices]
    if prompt.attachment:
        stored["attachment"] = vars(prompt.attachment)
    if prompt.template:
        values = [texts.to_json(words) for words in prompt.template.values]
        stored["template"] = {"kind": prompt.template.kind, "values": values}
    return stored


def _store(choice: Choice) -> dict[str, Any]:
    stored: dict[str, Any] = {"value": choice.value, "label": texts.to_json(choice.label)}
    if choice.start:
        stored["start"] = {"flow": choice.start.flow, "answers": dict(choice.start.answers)}
    if choice.url:
        stored["url"] = choice.url
    if choice.synonyms:
        stored["synonyms"] = [texts.to_json(words) for words in choice.synonyms]
    return stored


def from_json(stored: Mapping[str, Any]) -> Prompt:
    """The inverse of `to_json`."""
    attachment, template = stored.get("attachment"), stored.get("template")
    return Prompt(
        paragraphs=tuple(texts.from_json(words) for words in stored["paragraphs"]),
        choices=tuple(_load(choice) for choice in stored.get("choices", ())),
        kind=stored["kind"],
        attachment=Attachment(**attachment) if attachment else None,
        template=_load_template(template) if template else None,
    )


def choice_of(stored: Mapping[str, Any], value: str) -> Choice | None:
    """The choice of a stored prompt that was tapped; nothing else of it is read."""
    return next((_load(one) for one in stored.get("choices", ()) if one["value"] == value), None)


def _load_template(stored: Mapping[str, Any]) -> Template:
    return Template(stored["kind"], tuple(texts.from_json(words) for words in stored["values"]))


def _load(stored: Mapping[str, Any]) -> Choice:
    start = stored.get("start")
    return Choice(
        value=stored["value"],
        label=texts.from_json(stored["label"]),
        start=Start(start["flow"], start["answers"]) if start else None,
        url=stored.get("url"),
        synonyms=tuple(texts.from_json(words) for words in stored.get("synonyms", ())),
    )
