"""What is asked about one's own account: which chats belong to it, and who one is here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ShowAccount:
    """Show me who I am to you: my name, my chats, my businesses."""


@dataclass(frozen=True)
class MakeLinkCode:
    """Give me a code that makes another chat mine."""


@dataclass(frozen=True)
class SendLinkCode:
    """Send a code to my other chat, the one with this number (E.164), for me to type here."""

    phone: str


@dataclass(frozen=True)
class LinkChat:
    """This chat is one of theirs: `code` is the code's hash in hex, as it was looked up."""

    code: str


@dataclass(frozen=True)
class UnlinkChat:
    """That chat is mine no longer; `lost`: whoever has the phone now shall find it dead."""

    contact_id: int
    lost: bool = False
