"""What every channel has in common: what comes in, how it goes out, and what can go wrong."""

import string
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from conversations.prompts import Prompt
from models.errors import ProviderError

DIGITS = string.digits + string.ascii_letters


# The fields of an inbound message that hold what somebody wrote, as the channel passed it on.
WORDS = (
    "text", "contact_phone", "contact_name", "sender_name", "language_hint", "tap_id", "file",
    "file_name",
)  # fmt: skip


KINDS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/pdf": "pdf",
}
ENDINGS = {"jpg": "jpg", "jpeg": "jpg", "png": "png", "webp": "webp", "pdf": "pdf"}


def file_kind(mime: str | None, name: str | None) -> str | None:
    """What a file says it is: jpg, png, webp or pdf; None for what we do not pass on."""
    if mime in (None, "", "application/octet-stream"):
        return ENDINGS.get((name or "").rpartition(".")[2].lower())
    return KINDS.get(mime)


class Kind(StrEnum):
    """What an inbound message is, whatever the channel calls it."""

    TEXT = "text"
    PRESS = "press"
    CONTACT = "contact"
    MEDIA = "media"
    EDITED = "edited"
    BLOCKED = "blocked"
    JOINED = "joined"
    STRANGE = "strange"


@dataclass(frozen=True)
class Inbound:
    """One message or tap, read from a channel's payload.

    `delivery_key` names this delivery and `said_key` what was said: a tap that the app sends again
    under a new delivery has the same `said_key`. `phone` is vouched for by the channel; the
    number in `contact_phone` only if `contact_is_own`. `file` is the channel's own name of a photo or
    PDF; what kind it is, its name and size in bytes are the sender's word.
    """

    channel: str
    address: str
    delivery_key: str
    said_key: str
    kind: Kind
    body: dict[str, Any]
    text: str | None = None
    pressed_id: int | None = None
    choice: str | None = None
    contact_phone: str | None = None
    contact_name: str | None = None
    contact_is_own: bool = False
    media: str | None = None
    file: str | None = None
    file_kind: str = ""
    file_name: str = ""
    file_size: int = 0
    sender_name: str | None = None
    language_hint: str | None = None
    external_user_id: str | None = None
    phone: str | None = None
    tap_id: str | None = None

    def __post_init__(self) -> None:
        """Raises TypeError where a channel gave something else for words."""
        for name in WORDS:
            if not isinstance(getattr(self, name), str | None):
                raise TypeError(f"{name} is no text")
        if not isinstance(self.file_size, int):
            raise TypeError("file_size is no number")


@dataclass(frozen=True)
class File:
    """A document to go with a message; `known_as` is the channel's own id of an earlier upload.

    `whole`: a picture that is to go as a file, whatever it looks like.
    """

    name: str
    content: bytes
    kind: str
    known_as: str | None = None
    whole: bool = False

    @property
    def as_photo(self) -> bool:
        """Whether it is seen at once, in the chat."""
        return self.kind in ("png", "jpg") and not self.whole


@dataclass(frozen=True)
class Letter:
    """One outbound row, ready to be rendered: who, what, in which language.

    `free`: whether free-form words are allowed now. `busy`: the reader has a question of ours open
    and this is not it. `known`: the channel's ids of what this contact got before, given only
    where an earlier try may have been sent; else None. `pieces_sent`: so many of its messages were
    taken by the channel before one was not; the others are still to be sent.
    """

    outbound_id: int
    address: str
    prompt: Prompt
    language: str
    file: File | None = None
    free: bool = True
    busy: bool = False
    known: frozenset[str] | None = None
    pieces_sent: int = 0


@dataclass(frozen=True)
class Sent:
    """What the channel said: its id of the message, and of the document if one was uploaded."""

    provider_id: str
    file_id: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)


class Trouble(StrEnum):
    """What a failed send means for the rest of the talk with this contact."""

    WAIT = "wait"  # the channel told us when to come back
    BLOCKED = "blocked"  # the person wants nothing more from us, or cannot be reached here
    STOPPED = "stopped"  # the person opted out: nothing unasked any more
    WINDOW = "window"  # free-form words are not allowed at this time
    NEVER = "never"  # this message will not go, ever
    AGAIN = "again"  # nothing was sent; try later
    UNKNOWN = "unknown"  # it may have been sent


class SendError(ProviderError):
    """A channel did not take a message; `trouble` says what to do about it.

    `pieces_sent`: of words that need several messages, so many were taken, in this try or before;
    None: as many as before it.
    """

    def __init__(
        self, provider: str, code: str, trouble: Trouble, *, wait_s: int = 0, detail: str = ""
    ) -> None:
        retryable = trouble in (Trouble.WAIT, Trouble.AGAIN)
        super().__init__(provider, code, retryable=retryable, detail=detail)
        self.trouble = trouble
        self.wait_s = wait_s
        self.pieces_sent: int | None = None


class Channel(Protocol):
    """A way to reach people."""

    name: str

    async def send(self, letter: Letter) -> Sent:
        """Render and send. Raises SendError."""
        ...

    async def close(self) -> None:
        """Give the connections back."""
        ...


def button(outbound_id: int, choice: str) -> str:
    """What a button carries: the row it hangs on and the choice; at most 64 bytes."""
    return f"{base62(outbound_id)}.{choice}"


def pressed(data: str) -> tuple[int | None, str | None]:
    """The inverse of `button`; (None, None) for what we never made."""
    code, dot, choice = data.partition(".")
    if not dot or not code or len(code) > 11 or any(sign not in DIGITS for sign in code):
        return None, None
    number = 0
    for sign in code:
        number = number * 62 + DIGITS.index(sign)
    return (number, choice) if number < 2**63 else (None, None)


def base62(number: int) -> str:
    """A whole number above zero in as few letters and digits as can be."""
    found = ""
    while number:
        number, rest = divmod(number, 62)
        found = DIGITS[rest] + found
    return found or "0"
