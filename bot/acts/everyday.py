"""Carries out what is asked about an invoice day by day: why it is as it is."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import history, more, why
from bot.acts.errand import MAY_VOID, Errand, must
from conversations.prompts import Choice, Prompt, Start
from invoicing import clients, lifecycle, merchants
from invoicing import commands as asked
from models.text import Text, _

LINES = 10  # in one message: within WhatsApp's 1,600 signs


def _explain(errand: Errand, command: asked.ExplainInvoice) -> list[Prompt]:
    must(errand, MAY_VOID)
    session = errand.session
    invoice = lifecycle.get(session, command.invoice_id)
    client = clients.get(session, invoice.client_id)
    happened = history.of(session, invoice)
    end = max(len(happened) - (command.page - 1) * LINES, 0)
    begin = max(end - LINES, 0)
    lines = why.lines(happened[begin:end], merchants.get(session).zone, client.name)
    about = {"number": invoice.number_text or _("draft"), "client": client.name}
    head = _("*{number}* for *{client}*: all that happened.", **about)
    if len(happened) > LINES:
        head = _("*{number}* for *{client}*: all that happened, {first} to {last} of {n}.",
                 **about, first=begin + 1, last=end, n=len(happened))  # fmt: skip
    choices = [Choice("show", _("See it"), Start("show", more.about(invoice)))]
    if begin:
        before = {**more.about(invoice), "page": command.page + 1}
        choices.insert(0, Choice("before", _("What was before"), Start("why", before)))
    return [Prompt((head, Text("{lines}", {"lines": tuple(lines)})), tuple(choices), "card")]


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.ExplainInvoice: _explain,
}
ERRANDS: dict[str, Callable[[Mapping[str, Any]], asked.Command]] = {
    "why": lambda said: asked.ExplainInvoice(int(said["invoice"]["id"]), int(said.get("page", 1))),
}
