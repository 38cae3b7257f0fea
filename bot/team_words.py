"""What the people of a business are told about their team: who asks, what was decided, who came."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from bot import cards, drafts, team_cards
from bot.openings import TENANT
from conversations.prompts import Choice, Prompt, Start
from models import db
from models.text import _
from payments import telling

if TYPE_CHECKING:
    from bot.notices import Fact

OWNERS_ONLY = ("approval", "joined", "recovered")


def tell(
    session: Session,
    kind: str,
    key: str,
    facts: Mapping[str, Any],
    *,
    invoice_id: int | None = None,
    contact_id: int | None = None,
) -> None:
    """Write down, once per key, what members must hear; with `contact_id` only the one there."""
    told = {"kind": kind, "audience": "member", "dedupe_key": key, "contact_id": contact_id}
    telling.tell(session, [told | {"invoice_id": invoice_id, "facts": dict(facts)}])


def tell_paused(session: Session) -> None:
    """Everybody hears that nothing goes out any more, once for each pause."""
    tell(session, "paused", f"paused {db.now(session).isoformat()}", {})


def tell_released(session: Session) -> None:
    """Everybody hears that messages go out again."""
    tell(session, "released", f"released {db.now(session).isoformat()}", {})


SEVERAL = (
    "SELECT count(*) AS n FROM contacts c JOIN routes r ON r.kind = 'person'"
    " AND r.key_hash = sha256(convert_to(CAST(c.person_id AS text), 'UTF8'))"
    " WHERE c.id = %(contact)s"
)


def named(session: Session, contact_id: int, prompt: Prompt, business: str) -> Prompt:
    """Who works for several businesses is told which one it is about."""
    row = db.look(session, SEVERAL, {"contact": contact_id}).fetchone()
    if row is None or row.n < 2:
        return prompt
    return replace(prompt, paragraphs=(_("*{business}*", business=business), *prompt.paragraphs))


def _approval(fact: "Fact") -> Prompt:
    assert fact.invoice and fact.client  # noqa: S101, PT018 - the kind says so
    facts = fact.notice.facts
    return team_cards.to_approve(fact.merchant, fact.invoice, fact.client.name, facts)


def _approved(fact: "Fact") -> Prompt:
    assert fact.invoice and fact.client  # noqa: S101, PT018 - the kind says so
    words = _("✅ *{who}* approved: *{number}* for *{client}*, {amount}, is sent.",
              who=fact.notice.facts["who"], number=fact.number, client=fact.client.name,
              amount=fact.invoice.total)  # fmt: skip
    about = {TENANT: fact.merchant.id, "invoice": {"id": fact.invoice.id, "number": fact.number}}
    return Prompt((words,), (Choice("show", _("See it"), Start("show", about)),), "card")


def _refused(fact: "Fact") -> Prompt:
    assert fact.invoice and fact.client  # noqa: S101, PT018 - the kind says so
    words = _("*{who}* does not want {amount} for *{client}* to be sent. It is kept as a draft.",
              who=fact.notice.facts["who"], amount=fact.invoice.total,
              client=fact.client.name)  # fmt: skip
    answers = {TENANT: fact.merchant.id, **drafts.answers(fact.invoice, fact.client)}
    change = Choice("open", _("Change it"), Start("new_invoice", answers))
    return Prompt((words,), (change, cards.MENU_BUTTON), kind="card")


def _joined(fact: "Fact") -> Prompt:
    facts = fact.notice.facts
    words = _("*{who}* has joined *{business}* as *{role}*.", who=facts["who"],
              business=fact.merchant.name, role=team_cards.ROLE_WORDS[facts["role"]])  # fmt: skip
    about = {TENANT: fact.merchant.id, "member": {"id": facts["member"]}}
    return Prompt(
        (words,), (Choice("member", _("What they may do"), Start("member", about)),), "card"
    )


def _recovered(fact: "Fact") -> Prompt:
    words = _("*{who}* is back in *{business}* on a new chat. The old one is cut off.",
              who=fact.notice.facts["who"], business=fact.merchant.name)  # fmt: skip
    return Prompt((words,))


def _paused(fact: "Fact") -> Prompt:
    words = _("Several people reported invoices of *{business}*, so I send nothing to its clients "
              "until we have looked into it. Your drafts and records are safe.",
              business=fact.merchant.name)  # fmt: skip
    return Prompt((words,))


def _released(fact: "Fact") -> Prompt:
    words = _("We have looked into it: *{business}* can send invoices again.",
              business=fact.merchant.name)  # fmt: skip
    return Prompt((words,))


WORDS: dict[tuple[str, str], Callable[["Fact"], Prompt]] = {
    ("approval", "member"): _approval,
    ("approved", "member"): _approved,
    ("refused", "member"): _refused,
    ("joined", "member"): _joined,
    ("recovered", "member"): _recovered,
    ("paused", "member"): _paused,
    ("released", "member"): _released,
}
