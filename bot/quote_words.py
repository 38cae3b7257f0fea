"""Words of notices about quotes: to the merchant's people, what the customer answered."""

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from bot import quote_cards, reach
from conversations.prompts import Prompt
from models.quotes import Quote, QuoteStatus
from models.text import _

if TYPE_CHECKING:
    from bot.notices import Fact


def note_answer(session: Session, quote: Quote) -> None:
    """The merchant's people must hear what the customer said, each answer once."""
    facts = {"quote_id": quote.id, "accepted": quote.status == QuoteStatus.ACCEPTED}
    key = f"quote {quote.id} {quote.status}"
    reach.note(session, None, "quote_answered", audience="member", key=key, facts=facts)


def answered(fact: "Fact") -> Prompt:
    """Accepted: the invoice is a tap away. Declined: at least she knows."""
    quote = fact.paper
    assert isinstance(quote, Quote)  # noqa: S101 - the kind says so
    assert fact.client  # noqa: S101 - a quote has one
    known = {"client": fact.client.name, "number": quote.number_text, "amount": quote.total}
    if fact.notice.facts["accepted"]:
        words = _("✅ *{client}* accepted quote *{number}* for {amount}.", **known)
        choices = (quote_cards.bill_button(quote, fact.client), quote_cards.see(quote))
        return Prompt((words,), choices, "card")
    words = _("*{client}* said no to quote *{number}* for {amount}.", **known)
    return Prompt((words,), (quote_cards.see(quote), quote_cards.NEW_BUTTON), "card")


WORDS = {("quote_answered", "member"): answered}
