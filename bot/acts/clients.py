"""Carries out what is asked about the people a merchant bills."""

from collections.abc import Callable
from typing import Any

from bot import cards
from bot.acts.errand import MAY_BILL, Errand, must
from conversations.prompts import Choice, Prompt, Start
from invoicing import clients
from invoicing import commands as asked
from models.text import _


def _add_client(errand: Errand, command: asked.AddClient) -> list[Prompt]:
    must(errand, MAY_BILL)
    client = clients.add(errand.session, command, errand.who.person_id)
    about = {"client": {"id": client.id, "name": client.name, "phone": client.phone}}
    bill = Choice("invoice", _("New invoice"), Start("new_invoice", about))
    words = _("*{name}* is on your list.", name=client.name)
    return [Prompt((words,), (bill, cards.MENU_BUTTON), kind="card")]


def _confirm(errand: Errand, command: asked.ConfirmContact) -> list[Prompt]:
    must(errand, MAY_BILL)
    client = clients.get(errand.session, command.client_id)
    by = errand.who.person_id
    clients.link_contact(errand.session, client, command.contact_id, confirmed_by=by)
    words = _("Good. From now on I send *{client}* their invoices myself.", client=client.name)
    return [Prompt((words,))]


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.AddClient: _add_client,
    asked.ConfirmContact: _confirm,
}
