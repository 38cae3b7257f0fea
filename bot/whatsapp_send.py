"""Our prompts sent to WhatsApp through Twilio, in as few messages as they need."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bot import whatsapp_words as words
from bot.channel import (
    Letter,
    SendError,
    Sent,
    Trouble,
    base62,
    button,
)
from bot.options import Options
from bot.pieces import split
from bot.twilio_codes import NAME
from bot.twilio_rest import RAISED, Rest, of_error
from bot.whatsapp import PREFIX
from documents import signed
from models.text import Markup, render

# Rides on our addresses as a fragment, which Twilio reads and never sends: five more tries after
# any failure (facts: chat-channels 2.3).
RETRY = "#rc=5&rp=all"
# rc=5&rp=all"
SHORT = 40  # of words beside a document
# of words beside a document
CAPTION = 200  # of words below a picture


@dataclass(frozen=True)
class Planned:
    """One message as it will be created; `last` is the one that stands for the row."""

    fields: dict[str, Any]
    last: bool


class WhatsApp:
    """Sends letters through Twilio's client, which blocks, in threads of its own."""

    name = NAME

    def __init__(self, options: Options, rest: Rest | None = None) -> None:
        self.options = options
        self.rest = rest or Rest(options.twilio)
        self._threads = ThreadPoolExecutor(32, thread_name_prefix="twilio")

    async def send(self, letter: Letter) -> Sent:
        """Send the words in as many messages as they need.

        Raises SendError, which says how many went out. The id given back is the last message's.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._send, letter)

    def _send(self, letter: Letter) -> Sent:
        planned = self.plan(letter)
        # Where the window closed meanwhile, one template says it all anew.
        sent = letter.pieces_sent
        try:
            sent_before = self._sent_before(letter)
            for one in planned[sent:-1]:
                self._create(letter, one, sent_before)
                sent += 1
            return Sent(self._create(letter, planned[-1], sent_before))
        except RAISED as error:
            found = of_error(error)
            found.pieces_sent = sent if letter.free else None
            raise found from error

    def plan(self, letter: Letter) -> list[Planned]:
        """The messages of a letter. Raises SendError where nothing may be sent at this time."""
        if not letter.free:
            fields = [self._template(letter)]
        else:
            fields = self._file(letter)
            if fields and _fits_below(letter):
                fields[0]["body"] = words.write(letter.prompt, letter.language)
            elif not fields or not _says_no_more(letter):
                fields += self._buttons(letter) or self._text(letter)
        return [Planned(one, last=one is fields[-1]) for one in fields]

    def _template(self, letter: Letter) -> dict[str, Any]:
        found = letter.prompt.template
        sid = self.options.twilio.template(found.kind, letter.language) if found else None
        if found is None or sid is None:
            raise SendError(NAME, "window", Trouble.WINDOW)
        values = [words.variable(render(v, letter.language, Markup.PLAIN)) for v in found.values]
        return _content(sid, values)

    def _file(self, letter: Letter) -> list[dict[str, Any]]:
        """The document first: WhatsApp shows no caption under one (facts: chat-channels 2.8)."""
        paper = letter.prompt.attachment
        if paper is None or letter.file is None:
            return []
        which = signed.Paper(
            paper.kind, paper.document, paper.subject_id, paper.merchant_id, letter.language
        )
        options = self.options
        name = quote(letter.file.name)
        return [{"media_url": [signed.address(options.signing_key, options.app_url, which, name)]}]

    def _buttons(self, letter: Letter) -> list[dict[str, Any]]:
        """Real buttons, where a content template for so many is configured."""
        found = words.interactive(letter.prompt, letter.language)
        sid = self.options.twilio.template(found[0], letter.language) if found else None
        if found is None or sid is None:
            return []
        values = [words.variable(found[1])]
        for choice, label in zip(words.tappable(letter.prompt), found[2], strict=True):
            values += [words.variable(label), button(letter.outbound_id, choice.value)]
        return [_content(sid, values)]

    def _text(self, letter: Letter) -> list[dict[str, Any]]:
        said = words.write(letter.prompt, letter.language, busy=letter.busy)
        return [{"body": piece} for piece in split(said, words.LONGEST)]

    def _create(self, letter: Letter, one: Planned, before: list[Any]) -> str:
        for known in before:
            if _same(known, one.fields):
                before.remove(known)
                return str(known.sid)
        part = "" if one.last else "&part=1"
        row = base62(letter.outbound_id)
        return self.rest.create(
            to=f"{PREFIX}{letter.address}",
            from_=f"{PREFIX}{self.options.twilio.whatsapp_from}",
            status_callback=f"{self.options.app_url}/webhooks/twilio/status?o={row}{part}{RETRY}",
            **one.fields,
        )

    def _sent_before(self, letter: Letter) -> list[Any]:
        """Messages that an earlier try may have sent: creating one has no idempotency key."""
        if letter.known is None:
            return []
        recent = self.rest.sent_to(f"{PREFIX}{letter.address}")
        return [one for one in recent if one.sid not in letter.known]

    async def close(self) -> None:
        """Give the connections back."""
        self._threads.shutdown(wait=False)
        self.rest.close()


def _fits_below(letter: Letter) -> bool:
    """Whether few words go below a picture in one message; a document shows none."""
    paper = letter.prompt.attachment
    said = words.write(letter.prompt, letter.language)
    if paper is None or paper.kind not in ("png", "jpg") or letter.prompt.choices:
        return False
    return 0 < len(said) <= CAPTION


def _says_no_more(letter: Letter) -> bool:
    """Whether the words only name the document, as its file does: each message costs money."""
    said = words.write(letter.prompt, letter.language)
    stem = letter.file.name.rpartition(".")[0] if letter.file else ""
    return not letter.prompt.choices and len(said) <= SHORT and bool(stem) and stem in said


def _content(sid: str, values: list[str]) -> dict[str, Any]:
    numbered = {str(number): value for number, value in enumerate(values, 1)}
    return {"content_sid": sid, "content_variables": json.dumps(numbered, ensure_ascii=False)}


def _same(sent: Any, fields: dict[str, Any]) -> bool:
    """Whether a message that Twilio lists is the one we are about to create."""
    if "body" in fields:
        return bool(sent.body == fields["body"])
    if "media_url" in fields:
        return sent.num_media not in (None, "0")
    # What a template became is known to Twilio alone: most of what we filled in must be there.
    values = json.loads(fields["content_variables"]).values()
    return sum(value in (sent.body or "") for value in values) * 2 >= len(values)
