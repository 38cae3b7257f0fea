"""What is shown fits every channel in every language, and survives being stored."""

import itertools
import json
import re
from collections.abc import Iterator

import pytest

from conversations import global_words, prompts
from conversations.prompts import (
    BUTTON_CHARS,
    BUTTONS,
    ROW_CHARS,
    ROWS,
    VALUE_BYTES,
    Attachment,
    Choice,
    Prompt,
    Start,
    choose,
)
from models.money import Money
from models.text import LANGUAGES, Text, _, catalogue, raw, render
from tests.conversations.scripts import SCRIPTS, Script
from tests.conversations.talk import BILL, TODAY, Talk

WHATSAPP_BODY = 1024  # of a message with buttons or a list
TELEGRAM_BODY = 4096
WORDLESS = re.compile(r"(?:\{\w+\}|\W)+")  # others' words put side by side


def every_prompt(script: Script) -> Iterator[Prompt]:
    """Each question of a dialogue as it is reached, refused, opened again, and its menus."""
    talk = Talk(script.flow, script.opening, script.answers)
    yield talk.prompt
    talk = script.play()
    keys = [*talk.journal.path, "items", "line.1.menu", "line.2.menu", "line.1.keep"]
    for key in keys:
        opened = script.play().edit(key)
        yield opened.prompt
        if opened.say("1.500 \U0001f600").turn.question:
            yield opened.prompt
    yield script.play().back().prompt


def different_prompts() -> dict[str, Prompt]:
    """Each prompt once, however many scripts lead to it, by the flow and place of its first."""
    found: dict[str, tuple[str, Prompt]] = {}
    for script in SCRIPTS:
        for number, prompt in enumerate(every_prompt(script)):
            written = json.dumps(prompts.to_json(prompt), sort_keys=True)
            found.setdefault(written, (f"{script.flow}-{number}-{len(found)}", prompt))
    return dict(found.values())


PROMPTS = [pytest.param(prompt, id=name) for name, prompt in different_prompts().items()]


@pytest.mark.parametrize("prompt", [*PROMPTS, global_words.offer("menu")])
def test_every_question_fits_every_channel(prompt: Prompt) -> None:
    """Button and row titles, number of rows, payloads and bodies within their limits (I-27)."""
    most = BUTTON_CHARS if len(prompt.choices) <= BUTTONS else ROW_CHARS
    assert len(prompt.choices) <= ROWS
    assert len({choice.value for choice in prompt.choices}) == len(prompt.choices)
    for choice in prompt.choices:
        assert re.fullmatch(r"[ -~]+", choice.value)
        assert len(choice.value.encode()) <= VALUE_BYTES
        for language in LANGUAGES:
            assert 1 <= len(render(choice.label, language)) <= most, render(choice.label, language)
    for language in LANGUAGES:
        body = "\n\n".join(render(words, language) for words in prompt.paragraphs)
        assert body.strip()
        assert len(body) <= WHATSAPP_BODY
        assert "{" not in body


@pytest.mark.parametrize("prompt", PROMPTS)
def test_every_question_can_be_typed(prompt: Prompt) -> None:
    """Each choice is meant by its number and by its label in either language."""
    for number, choice in enumerate(prompt.choices, 1):
        assert choose(prompt.choices, f" {number}. ") == choice
        for language in LANGUAGES:
            assert choose(prompt.choices, render(choice.label, language).upper()) == choice


@pytest.mark.parametrize("prompt", PROMPTS)
def test_every_question_is_said_in_swahili(prompt: Prompt) -> None:
    """No sentence of a dialogue is left in English."""
    for words in itertools.chain(prompt.paragraphs, (choice.label for choice in prompt.choices)):
        for text in inner(words):
            assert text.msgid in catalogue("sw") or WORDLESS.fullmatch(text.msgid), text.msgid


def inner(words: Text) -> Iterator[Text]:
    """A text and the texts among its parameters."""
    yield words
    for value in words.params.values():
        for one in value if isinstance(value, tuple | list) else (value,):
            if isinstance(one, Text):
                yield from inner(one)


@pytest.mark.parametrize("prompt", PROMPTS)
def test_a_prompt_survives_being_stored(prompt: Prompt) -> None:
    """An outbound row holds it as JSON, and it comes back the same."""
    assert prompts.from_json(json.loads(json.dumps(prompts.to_json(prompt)))) == prompt


def test_a_card_with_everything_survives_being_stored() -> None:
    """Starts, links, attachments and typed parameters come back as they were."""
    card = Prompt(
        (_("*Total: {amount}*", amount=Money(5, "KES")), _("To be paid by {day}", day=TODAY)),
        (
            Choice("pay", _("Pay now"), start=Start("pay", {"invoice": BILL})),
            Choice("open", _("Item name"), url="https://example.org/i/x", synonyms=(raw("o"),)),
        ),
        kind="card",
        attachment=Attachment("pdf", "invoice", 7, 3),
    )
    assert prompts.from_json(json.loads(json.dumps(prompts.to_json(card)))) == card


def test_a_label_two_choices_share_chooses_neither() -> None:
    """Two clients of one name: the number decides, the name alone does not."""
    twins = (Choice("1", raw("Asha")), Choice("2", raw("Asha")))
    assert choose(twins, "asha") is None
    assert choose(twins, "2") == twins[1]
    assert choose(twins, "3") is None
    assert choose((), "1") is None
    assert choose(twins, "\U0001f600") is None


def test_forty_items_still_fit_a_message() -> None:
    """The longest card degrades to numbered text but stays within Telegram's message."""
    talk = Talk("new_invoice").say("Otieno")
    for number in range(40):
        talk.say(f"2 crates of soda number {number}").say("100")
        if number < 39:
            talk.say("Add another item")
    assert "Add another item" not in talk.labels
    talk.say("kesho")
    assert len(talk.shown) <= TELEGRAM_BODY
    assert len(talk.say("items").labels) == 41
