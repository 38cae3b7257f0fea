"""Prompts as WhatsApp shows them: numbered text by default, real buttons where configured."""

import json
from dataclasses import replace
from typing import Any

import pytest

import bot.options
from bot import whatsapp_words as words
from bot.channel import File, Letter, SendError, Trouble, button
from bot.whatsapp_send import WhatsApp
from conversations.prompts import Attachment, Choice, Prompt, Start, Template, choose
from documents import signed
from models.money import Money
from models.text import Text, _, raw
from tests import world

ASK = Prompt(
    (_("*{name}* owes you {amount}.", name="Jane *_Star_*", amount=Money(255000, "KES")),),
    (
        Choice("page", _("Open the page"), url="https://bili.test/i/a_b_c"),
        Choice("show", _("See it"), Start("show")),
        Choice("menu", _("Menu"), Start("menu")),
    ),
    kind="card",
)
TEMPLATES = {
    "paid": {"en": "HXpaid-en", "sw": "HXpaid-sw"},
    "voided": {"*": "HXvoided"},
    "buttons-2": {"*": "HXtwo"},
    "list-4": {"*": "HXfour"},
}


def channel(templates: dict[str, dict[str, str]] | None = None) -> WhatsApp:
    """The channel as a worker has it, with nobody at the other end."""
    options = world.house().bot
    twilio = replace(options.twilio, templates=templates or {})
    return WhatsApp(replace(options, twilio=twilio))


def fields(
    prompt: Prompt, templates: dict[str, dict[str, str]] | None = None, **more: Any
) -> list[dict[str, Any]]:
    """What would be given to Twilio for a prompt."""
    letter = Letter(7, "+254712345678", prompt, more.pop("language", "en"), **more)
    return [planned.fields for planned in channel(templates).plan(letter)]


def question(labels: int, *paragraphs: str, long: int = 0) -> Prompt:
    """A prompt with so many choices."""
    choices = tuple(
        Choice(str(n), raw("x" * long if n == 1 and long else f"Number {n}"))
        for n in range(1, labels + 1)
    )
    return Prompt(tuple(raw(p) for p in paragraphs) or (raw("Which?"),), choices, "question")


def test_a_card_as_text() -> None:
    """Bold is ours alone, choices are numbered, a link stands on its own line as it is."""
    assert words.write(ASK, "en") == (
        "*Jane ∗ˍStarˍ∗* owes you KSh 2,550.\n\n"
        "1. See it\n2. Menu\n\nOpen the page: https://bili.test/i/a_b_c"
    )


def test_a_link_within_words_stays_whole() -> None:
    """The underscore of a token is no formatting to be defused."""
    link = "https://bili.test/i/_a_B-9_x"
    assert link in words.write(Prompt((_("See {link}", link=link),)), "en")


def test_what_is_numbered_is_what_a_number_chooses() -> None:
    """Links are not counted on either side."""
    assert choose(ASK.choices, "1") == ASK.choices[1]
    assert choose(ASK.choices, "2") == ASK.choices[2]
    assert choose(ASK.choices, "3") is None


def test_no_numbers_while_another_question_stands() -> None:
    """Unasked news must not make “1” mean two things."""
    assert "• See it\n• Menu" in words.write(ASK, "en", busy=True)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://wa.me/254712345678?text=Hello%20Jane", "https://wa.me/254712345678"),
        ("https://wa.me/?text=Hello", ""),
        ("https://t.me/share/url?url=https%3A%2F%2Fx.test%2Fi%2Fa&text=Hello",
         "https://t.me/share/url?url=https://x.test/i/a"),
        ("https://bili.test/i/abc", "https://bili.test/i/abc"),
    ],
)  # fmt: skip
def test_share_links_lose_the_message(url: str, shown: str) -> None:
    """The message itself follows, ready to be forwarded."""
    assert words.shorter(url) == shown


def test_long_words_go_in_pieces() -> None:
    """Each at most 1600 characters, cut between lines, nothing lost."""
    lines = [f"line {n} " + "x" * 60 for n in range(60)]
    sent = fields(Prompt((raw("\n".join(lines)),)))
    assert [len(one["body"]) <= words.LONGEST for one in sent] == [True] * 3
    assert "\n".join(one["body"] for one in sent) == "\n".join(lines)


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        (question(2), "HXtwo"),
        (question(4), "HXfour"),
        (question(3), None),  # none is configured for three
        (question(2, "One line", "and another"), None),
        (question(2, "One\nbreak"), None),
        (question(2, long=21), None),
        (question(4, long=25), None),
        (question(11), None),
        (question(2, "x" * 1025), None),
        (ASK, None),  # a link cannot be a quick reply
    ],
)
def test_real_buttons_where_they_fit(prompt: Prompt, kind: str | None) -> None:
    """Quick replies to three, a list to ten, else numbered text (I-27)."""
    first = fields(prompt, TEMPLATES)[0]
    assert first.get("content_sid") == kind
    assert ("body" in first) == (kind is None)


def test_what_a_button_carries() -> None:
    """Body, then each label with the payload that comes back when it is tapped."""
    sent = fields(question(2), TEMPLATES)
    variables = json.loads(sent[0]["content_variables"])
    assert variables == {
        "1": "Which?",
        "2": "Number 1", "3": button(7, "1"),
        "4": "Number 2", "5": button(7, "2"),
    }  # fmt: skip


PAID = Prompt(
    (raw("long words"),),
    template=Template("paid", (raw("Shop\n  & Co"), Text("{v}", {"v": Money(100, "KES")}))),
)


@pytest.mark.parametrize(("language", "sid"), [("en", "HXpaid-en"), ("sw", "HXpaid-sw")])
def test_outside_the_window_a_template(language: str, sid: str) -> None:
    """The one for the kind and the language, its places filled with single lines."""
    assert fields(PAID, TEMPLATES, free=False, language=language) == [
        {"content_sid": sid, "content_variables": '{"1": "Shop & Co", "2": "KSh 1"}'}
    ]


@pytest.mark.parametrize("prompt", [ASK, replace(PAID, template=Template("reminder", ()))])
def test_outside_the_window_without_a_template(prompt: Prompt) -> None:
    """Nothing goes out: the row is held."""
    with pytest.raises(SendError) as caught:
        fields(prompt, TEMPLATES, free=False)
    assert caught.value.trouble is Trouble.WINDOW


def paper(words_: str, *choices: Choice) -> list[dict[str, Any]]:
    """The messages for a PDF with words."""
    prompt = Prompt((raw(words_),), choices, attachment=Attachment("pdf", "invoice", 3, 9))
    return fields(prompt, file=File("INV-0001.pdf", b"%PDF", "pdf"))


def test_a_paper_goes_by_address() -> None:
    """A signed address of ours that ends with the file's name; the words follow."""
    first, second = paper("Thank you very much for paying INV-0001 so soon")
    address = first["media_url"][0]
    prefix, sealed, name = address.rsplit("/", 2)
    assert (prefix, name) == ("https://bili.test/m", "INV-0001.pdf")
    assert signed.opened("signing-key", sealed) == signed.Paper("pdf", "invoice", 3, 9, "en")
    assert second["body"].startswith("Thank you")


def test_a_paper_that_names_itself_needs_no_words() -> None:
    """“Invoice INV-0001” under INV-0001.pdf would cost a message and say nothing."""
    assert len(paper("Invoice INV-0001")) == 1
    assert len(paper("Invoice INV-0001", Choice("menu", _("Menu"), Start("menu")))) == 2


def test_an_address_is_forged_or_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another key, a changed letter or a day later open nothing."""
    which = signed.Paper("pdf", "invoice", 3, 9, "en")
    sealed = signed.address("key", "https://x", which, "a.pdf").split("/")[-2]
    assert signed.opened("key", sealed) == which
    assert signed.opened("other", sealed) is None
    assert signed.opened("key", sealed[:-2] + "xx") is None
    assert signed.opened("key", "") is None
    monkeypatch.setattr(signed, "LIVES_S", -1)
    assert signed.opened("key", sealed) is None


def test_a_template_in_a_language_or_for_all() -> None:
    """The language's own, else the one for everybody, else English."""
    found = bot.options.TwilioOptions("", "", "", "", "", "", TEMPLATES | {"x": {"en": "HXx"}})
    assert found.template("paid", "sw") == "HXpaid-sw"
    assert found.template("voided", "sw") == "HXvoided"
    assert found.template("x", "sw") == "HXx"
    assert found.template("reminder", "sw") is None
