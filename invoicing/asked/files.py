"""What is asked about the pictures and papers that go with an invoice."""

from dataclasses import dataclass

MOST_FILES = 5  # of an invoice


@dataclass(frozen=True)
class SentFile:
    """Something sent in a chat: `file` is the channel's own name of it; `kind` is what it says it is."""

    channel: str
    file: str
    kind: str
    name: str


@dataclass(frozen=True)
class AttachFiles:
    """Keep these with the invoice and pass them on to its customer."""

    invoice_id: int
    files: tuple[SentFile, ...]


@dataclass(frozen=True)
class DetachFile:
    """Take a file away again: nobody sees it any more."""

    attached_id: int


@dataclass(frozen=True)
class ShowFiles:
    """Which files go with an invoice; `send` asks for the files themselves."""

    invoice_id: int
    send: bool = False
