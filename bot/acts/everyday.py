"""Carries out what is asked about an invoice day by day: why it is as it is."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot import history, why
from bot.acts.errand import MAY_VOID, Errand, must
from conversations.prompts import Prompt
from invoicing import clients, lifecycle, merchants
from invoicing import commands as asked
from models.text import Text, _

LINES = 12  # of a long story in one message: within WhatsApp's 1,600 signs


def _explain(errand: Errand, command: asked.ExplainInvoice) -> list[Prompt]:
    must(errand, MAY_VOID)
    session = errand.session
    invoice = lifecycle.get(session, command.invoice_id)
    client = clients.get(session, invoice.client_id)
    happened = history.of(session, invoice)
    lines = why.lines(happened, merchants.get(session).zone, client.name)
    head = _("*{number}* for *{client}*: all that happened.",
             number=invoice.number_text or _("draft"), client=client.name)  # fmt: skip
    return list(_pieces(head, lines))


def _pieces(head: Text, lines: Sequence[Text]) -> list[Prompt]:
    """A message for every few lines, so that each channel takes them as they are."""
    parts = [tuple(lines[at : at + LINES]) for at in range(0, len(lines), LINES)] or [()]
    stacked = [Text("{lines}", {"lines": part}) for part in parts]
    return [Prompt((head, stacked[0])), *(Prompt((part,)) for part in stacked[1:])]


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.ExplainInvoice: _explain,
}
ERRANDS: dict[str, Callable[[Mapping[str, Any]], asked.Command]] = {
    "why": lambda said: asked.ExplainInvoice(int(said["invoice"]["id"])),
}
