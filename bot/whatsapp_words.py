"""A prompt as WhatsApp shows it: *bold*, choices as numbered lines, links written out."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from conversations.prompts import BUTTON_CHARS, BUTTONS, ROW_CHARS, ROWS, Choice, Prompt
from models.text import Markup, render

LONGEST = 1600  # Twilio's cap, below Meta's own (facts: chat-channels 2.4)
LONGEST_BUTTON_BODY = 1024


def write(prompt: Prompt, language: str, *, busy: bool = False) -> str:
    """The whole prompt as text: paragraphs, then what can be answered by number or label.

    A reader who is `busy` answering another question gets no numbers, which that question would
    take: she answers with the words.
    """
    parts = [*body(prompt, language), _answers(prompt, language, busy=busy)]
    parts.append("\n".join(_links(prompt, language)))
    return "\n\n".join(part for part in parts if part).strip() or "…"


def body(prompt: Prompt, language: str) -> list[str]:
    """The paragraphs in a language."""
    return [render(words, language, Markup.WHATSAPP) for words in prompt.paragraphs]


def tappable(prompt: Prompt) -> tuple[Choice, ...]:
    """What can be answered; the rest are links."""
    return tuple(choice for choice in prompt.choices if not choice.url)


def _answers(prompt: Prompt, language: str, *, busy: bool) -> str:
    lines = []
    for number, choice in enumerate(tappable(prompt), 1):
        label = render(choice.label, language, Markup.WHATSAPP)
        lines.append(f"• {label}" if busy else f"{number}. {label}")
    return "\n".join(lines)


def _links(prompt: Prompt, language: str) -> list[str]:
    """Link choices as lines; a share link loses the message, which follows to be forwarded."""
    lines = []
    for choice in prompt.choices:
        address = shorter(choice.url) if choice.url else ""
        if address:
            lines.append(f"{render(choice.label, language, Markup.WHATSAPP)}: {address}")
    return lines


def shorter(url: str) -> str:
    """A chat app's share link without the prefilled text; empty if nothing useful is left."""
    parts = urlsplit(url)
    if parts.hostname == "wa.me":
        return f"https://wa.me{parts.path}" if parts.path.strip("/") else ""
    if parts.hostname == "t.me" and parts.path.startswith("/share"):
        kept = [(name, value) for name, value in parse_qsl(parts.query) if name != "text"]
        return urlunsplit(parts._replace(query=urlencode(kept, safe=":/")))
    return url


def interactive(prompt: Prompt, language: str) -> tuple[str, str, list[str]] | None:
    """What a quick-reply or list template needs: kind, body, labels; None if it cannot be one.

    A template's variable holds no line break (facts: chat-channels 2.4), so that only one
    paragraph of one line will do; links come along as words, which takes lines of their own.
    """
    words, choices = body(prompt, language), tappable(prompt)
    labels = [render(choice.label, language) for choice in choices]
    fits = len(words) == 1 and "\n" not in words[0] and len(words[0]) <= LONGEST_BUTTON_BODY
    if not fits or len(choices) != len(prompt.choices) or not choices:
        return None
    if len(choices) <= BUTTONS and all(len(label) <= BUTTON_CHARS for label in labels):
        return f"buttons-{len(choices)}", words[0], labels
    if len(choices) <= ROWS and all(len(label) <= ROW_CHARS for label in labels):
        return f"list-{len(choices)}", words[0], labels
    return None


def variable(words: str) -> str:
    """Words that a template's variable may hold: one line, single blanks, never nothing."""
    return re.sub(r"\s+", " ", words).strip() or "-"
