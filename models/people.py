"""Who types: people, their addresses on channels, and the one conversation each of them has."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, made_at_column


class Person(Base):
    """Someone who writes to us; may be a member of several merchants and a payer of many bills.

    Two that turn out to be one keep both rows, since what happened names them: `merged_into` says
    whose chats, memberships and unfinished talk the other's now are.

    From `quiet_from` to `quiet_until` (hours of her own day) she is told only what cannot wait;
    equal hours mean that she is always told at once.
    """

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint(
            "quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23", name="quiet"
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    name: Mapped[str | None]
    language: Mapped[str] = mapped_column(server_default="en")
    language_chosen: Mapped[bool] = mapped_column(server_default=text("false"))
    quiet_from: Mapped[int] = mapped_column(server_default="20")
    quiet_until: Mapped[int] = mapped_column(server_default="8")
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime] = made_at_column()

    @property
    def called(self) -> str:
        """What she is called; her number here where she has no name."""
        return (self.name or "").strip() or f"#{self.id}"


class Contact(Base):
    """One address of a person on a channel; never keyed by phone, which may be hidden.

    `phone` is what the channel itself vouches for. `shown_id` is the newest outbound row sent there
    with something to choose from. `claimed_by` and `claim_token` say which worker
    is delivering to it now; `held_until` parks it after the channel asked us to wait. A chat that
    was `cut_off_at` some time belonged to an account once, and to nobody's now.
    """

    __tablename__ = "contacts"
    __table_args__ = (
        UniqueConstraint("channel", "address"),
        Index("ix_contacts_person_id", "person_id"),
        Index(
            "ix_contacts_external_user_id",
            "channel",
            "external_user_id",
            postgresql_where=text("external_user_id IS NOT NULL"),
        ),
        Index("ix_contacts_phone", "phone", postgresql_where=text("phone IS NOT NULL")),
        CheckConstraint(
            "channel IN ('telegram','whatsapp','sms','email','terminal')", name="channel"
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    channel: Mapped[str]
    address: Mapped[str]
    external_user_id: Mapped[str | None]
    phone: Mapped[str | None]
    display_name: Mapped[str | None]
    last_inbound_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    cut_off_at: Mapped[datetime | None]
    held_until: Mapped[datetime | None]
    claimed_by: Mapped[int | None]
    claim_token: Mapped[int] = mapped_column(server_default="0")
    shown_id: Mapped[int | None]
    made_at: Mapped[datetime] = made_at_column()


class Conversation(Base):
    """Where a person's talk stands: the running dialogue's journal and those set aside.

    `merchant_id` is the business the person is speaking for. `asked_id` is the outbound row that
    asked the pending question: typed numbers and labels are read against its choices.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        Index(
            "ix_conversations_expires_at",
            "expires_at",
            postgresql_where=text("expires_at IS NOT NULL"),
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    merchant_id: Mapped[int | None]
    journal: Mapped[dict[str, Any] | None]
    parked: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    asked_id: Mapped[int | None]
    puzzled: Mapped[int] = mapped_column(server_default="0")
    seq: Mapped[int] = mapped_column(server_default="0")
    nudged_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]


class LinkCode(Base):
    """A short code that makes the chat in which it is typed one of a person's; once, for minutes.

    Kept as a hash. With `contact_id` it counts in that chat only. `recover`: an owner of
    `merchant_id` vouched for her (`made_by`), and her old chats are cut off.
    """

    __tablename__ = "link_codes"
    __table_args__ = (
        Index("ix_link_codes_person_id", "person_id"),
        CheckConstraint("purpose IN ('link','recover')", name="purpose"),
    )

    code_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    purpose: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"))
    merchant_id: Mapped[int | None]
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime] = made_at_column()
    expires_at: Mapped[datetime]
