"""Carries out what is asked about a client's account: a statement in words, on paper or as a picture."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot import accounts, client_cards
from bot.acts.errand import Errand
from conversations.prompts import Attachment, Prompt
from invoicing import clients, merchants, statements
from invoicing import commands as asked
from invoicing.commands import Period
from models import db
from models.errors import Refusal
from models.text import _

SPAN = 2  # a first and a last day


def _statement(errand: Errand, command: asked.ShowStatement) -> list[Prompt]:
    session = errand.session
    client = clients.get(session, command.client_id)
    merchant = merchants.get(session)
    member = merchants.role_of(session, errand.who.person_id) is not None
    if not member and not accounts.is_hers(session, client, errand.who.person_id):
        raise Refusal(_("Only the shop and its own client can see that account."), "role")
    today = db.today(session, merchant.zone)
    since, until = command.span or statements.span(command.period, today)
    if command.kind == "text":
        said = statements.of(session, client.id, since, until)
        business = None if member else merchant.name
        period = None if command.span else command.period
        return [client_cards.statement(client, said, period, business=business, today=today)]
    name = f"statement.{statements.key(since, until)}"
    paper = Attachment(command.kind, name, client.id, client.merchant_id)
    return [Prompt((_("Statement of {name}", name=client.name),), attachment=paper)]


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {asked.ShowStatement: _statement}


def _command(said: Mapping[str, Any], kind: str) -> asked.ShowStatement:
    period = Period(said.get("period", Period.THIS_MONTH))
    days = [date.fromisoformat(said[key]) for key in ("since", "until") if key in said]
    span = (days[0], days[1]) if len(days) == SPAN else None
    return asked.ShowStatement(int(said["client"]["id"]), period, kind, span)


ERRANDS: dict[str, Callable[[Mapping[str, Any]], asked.Command]] = {
    "statement_text": lambda said: _command(said, "text"),
    "statement_paper": lambda said: _command(said, str(said.get("kind", "pdf"))),
}
