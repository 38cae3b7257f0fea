"""News for members that ask nothing of them: a reminder went out, a client is new, the reports."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from bot import cards
from bot.openings import TENANT
from conversations.prompts import Choice, Prompt, Start
from conversations.setting_fields import path_to
from invoicing import hearing
from invoicing.commands import Setting
from invoicing.digest import Digest, Figures, Span
from invoicing.hearing import Topic
from models.merchants import Client
from models.text import Text, _, ngettext
from models.told import Notice
from payments import telling

if TYPE_CHECKING:
    from bot.notices import Fact


def note(session: Session, kind: str, key: str, **more: Any) -> bool:
    """Write down, once per key, what members may hear; `more` may name invoice_id and facts."""
    told = {"kind": kind, "audience": "member", "dedupe_key": key}
    return telling.tell(session, [told | more])


def reminded(session: Session, of: Notice, heard: Mapping[int, datetime | None]) -> None:
    """A reminder goes to the client: whoever wants to hear of each is told, not before it goes."""
    if of.kind != "reminder" or not heard or not hearing.anybody(session, Topic.REMINDED):
        return
    times = [when for when in heard.values() if when is not None]
    facts = {"not_before": min(times).isoformat()} if times else {}
    note(session, "reminded", f"reminded {of.id}", invoice_id=of.invoice_id, facts=facts)


def client_met(session: Session, client: Client, since: datetime, by: int) -> None:
    """A client who was not on the list before `since` is told to the others."""
    if client.made_at < since or not hearing.anybody(session, Topic.CLIENT, but=by):
        return
    facts = {"client_id": client.id, "by": by}
    note(session, "client_added", f"client_added {client.id}", facts=facts)


def _reminded(fact: "Fact") -> Prompt:
    assert fact.client  # noqa: S101 - the kind says so
    assert fact.invoice  # noqa: S101 - the kind says so
    words = _(
        "🔔 I reminded *{client}* of *{number}*: {amount} is left.",
        client=fact.client.name,
        number=fact.number,
        amount=fact.invoice.balance,
    )
    about = {
        TENANT: fact.notice.merchant_id,
        "invoice": {"id": fact.invoice.id, "number": fact.number},
    }
    return Prompt((words,), (Choice("show", _("See it"), Start("show", about)),), "card")


def _client_added(fact: "Fact") -> Prompt:
    assert fact.client  # noqa: S101 - the kind says so
    client = fact.client
    words = _("👋 A new client is on your list: *{client}*.", client=client.name)
    about = {"client": {"id": client.id, "name": client.name, "phone": client.phone}}
    bill = Choice("invoice", _("New invoice"), Start("new_invoice", about))
    return Prompt((words,), (bill,), "card")


# --- Reports ---


def _weekly(fact: "Fact") -> Prompt:
    return report(Digest.from_json(fact.notice.facts), Span.WEEKLY)


def _monthly(fact: "Fact") -> Prompt:
    return report(Digest.from_json(fact.notice.facts), Span.MONTHLY)


def report(digest: Digest, span: Span) -> Prompt:
    """What a week or a month came to, currency by currency."""
    days = {"first": digest.first, "last": digest.last}
    head = (
        _("📊 *Your week, {first} to {last}*", **days)
        if span is Span.WEEKLY
        else _("📊 *Your month, {first} to {last}*", **days)
    )
    sums = [cards.stack(*_lines(figures)) for figures in digest.figures]
    met = digest.new_clients
    new = [ngettext("👋 *{n}* new client", "👋 *{n}* new clients", met)] if met else []
    late = any(figures.late for figures in digest.figures)
    lists = (
        Choice("overdue", _("See overdue"), Start("invoices", {"kind": "overdue"}))
        if late
        else cards.INVOICES_BUTTON
    )
    setting = Setting.HEAR_WEEKLY if span is Span.WEEKLY else Setting.HEAR_MONTHLY
    switch = Choice("switch", _("Change this"), Start("settings", path_to(setting)))
    return Prompt((head, *sums, *new), (lists, cards.INVOICE_BUTTON, switch), "card")


def _lines(figures: Figures) -> list[Text]:
    lines = [
        ngettext(
            "💰 Received: *{amount}* in {n} payment",
            "💰 Received: *{amount}* in {n} payments",
            figures.payments,
            amount=figures.received,
        )
        if figures.payments
        else _("💰 Nothing came in.")
    ]
    if figures.open:
        lines.append(
            ngettext(
                "📄 Still owed to you: *{amount}* on {n} invoice",
                "📄 Still owed to you: *{amount}* on {n} invoices",
                figures.open,
                amount=figures.owed,
            )
        )
    if figures.late:
        lines.append(
            _("⚠️ Of that overdue: *{amount}* ({n})", amount=figures.overdue, n=figures.late)
        )
    return lines


WORDS: Mapping[tuple[str, str], Callable[["Fact"], Prompt]] = {
    ("reminded", "member"): _reminded,
    ("client_added", "member"): _client_added,
    ("weekly", "member"): _weekly,
    ("monthly", "member"): _monthly,
}
