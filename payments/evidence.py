"""What anybody can tell us of money, in one shape; and what settling it came to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.money import Money


class Source(StrEnum):
    """Who brought the news."""

    CALLBACK = "callback"
    QUERY = "query"
    C2B = "c2b"
    STATEMENT = "statement"
    MANUAL = "manual"


@dataclass(frozen=True)
class Evidence:
    """News of money. About an attempt (`attempt_id`), or of money that came unasked (None).

    `success` False tells of a failure with `code`. What a source does not know is None: a query
    knows neither receipt nor amount (facts: daraja 4). `destination` is the shortcode that was
    paid, `account` what the payer typed, `payer_phone` may be masked or hashed.
    """

    provider: str
    source: Source
    attempt_id: int | None = None
    success: bool = True
    code: str | None = None
    amount: Money | None = None
    receipt: str | None = None
    handle: str | None = None
    second_handle: str | None = None
    destination: str | None = None
    account: str | None = None
    payer_name: str | None = None
    payer_phone: str | None = None
    paid_at: datetime | None = None
    event_id: int | None = None


class Settled(StrEnum):
    """What became of a piece of evidence; stored as the outcome of its event."""

    BOOKED = "booked"  # new money, on an invoice
    UNALLOCATED = "unallocated"  # new money that belongs to no invoice yet
    REVIEW = "review"  # kept, and a person must look
    JOINED = "joined"  # the same money, told by another source
    ALREADY = "already"  # the same money, nothing new
    FAILED = "failed"  # the attempt ended without money
    IGNORED = "ignored"  # told of a failure that no longer matters
    ASKED = "asked"  # not enough to believe: the gateway is asked first
    EARLY = "early"  # kept aside until we know the gateway's name of the attempt
    CONTRARY = "contrary"  # the gateway denies what was believed
    NOBODY = "nobody"  # no attempt of ours
