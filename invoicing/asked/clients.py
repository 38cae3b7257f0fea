"""What is asked about the people a merchant bills."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ClientStatus(StrEnum):
    """Archived ones are out of the lists; blocked ones are not billed and hear nothing from us."""

    ACTIVE = "active"
    ARCHIVED = "archived"
    BLOCKED = "blocked"


class ClientField(StrEnum):
    """What can be changed of a client, one at a time."""

    NAME = "name"
    PHONE = "phone"
    COMPANY = "company"
    CONTACT_PERSON = "contact_person"
    EMAIL = "email"
    ADDRESS = "address"
    LANGUAGE = "language"
    NOTES = "notes"


class Period(StrEnum):
    """Which time a statement is about, ending today."""

    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_YEAR = "this_year"
    ALL = "all"


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


@dataclass(frozen=True)
class ShowClient:
    """Show me one client and what I can do; with `more`, the rarer things too."""

    client_id: int
    more: bool = False


@dataclass(frozen=True)
class EditClient:
    """Change one field of a client; `value` None empties it. A phone is E.164, a language en or sw."""

    client_id: int
    field: ClientField
    value: str | None


@dataclass(frozen=True)
class SetClientStatus:
    """Archive, restore, block or unblock a client."""

    client_id: int
    status: ClientStatus


@dataclass(frozen=True)
class ArchiveClients:
    """Archive these of my clients who owe nothing and were billed nothing for `months` months."""

    client_ids: tuple[int, ...]
    months: int


@dataclass(frozen=True)
class MergeClients:
    """They are the same: from now on `client_id` counts as `into_id`."""

    client_id: int
    into_id: int


@dataclass(frozen=True)
class DeleteClient:
    """Forget someone I never billed."""

    client_id: int


@dataclass(frozen=True)
class EraseClient:
    """Forget who somebody I billed is; invoices and payments stay without a person behind them."""

    client_id: int


@dataclass(frozen=True)
class ShowStatement:
    """What stood, came and went on a client's account; `kind` is text, pdf or png.

    `span`, first and last day, where it is none of the usual periods.
    """

    client_id: int
    period: Period = Period.THIS_MONTH
    kind: str = "text"
    span: tuple[date, date] | None = None
