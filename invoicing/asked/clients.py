"""What is asked about the people a merchant bills."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AddClient:
    """Remember someone I bill. `phone` is E.164."""

    name: str
    phone: str | None


@dataclass(frozen=True)
class ConfirmContact:
    """Yes, this chat is my client's: you may write to her there."""

    client_id: int
    contact_id: int
