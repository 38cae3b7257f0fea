"""Buttons on reminders and invoices: later, no more, and the merchant's switches."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.acts.errand import MAY_BILL, Errand, must, must_see
from bot.openings import TENANT
from conversations.prompts import Choice, Prompt, Start
from invoicing import clients, lifecycle, merchants, reminding
from invoicing import commands as asked
from invoicing.commands import ReminderScope
from models.errors import Refusal
from models.invoices import Invoice
from models.merchants import Client
from models.text import Text, _

NO_MORE = {
    ReminderScope.INVOICE: _("I do not remind *{client}* of *{number}* any more."),
    ReminderScope.CLIENT: _("I do not remind *{client}* of any invoice any more."),
    ReminderScope.ALL: _("I do not remind any of your clients any more."),
}
AGAIN = {
    ReminderScope.INVOICE: _("Good, I remind *{client}* of *{number}* again."),
    ReminderScope.CLIENT: _("Good, I remind *{client}* of their invoices again."),
    ReminderScope.ALL: _("Good, I remind your clients of their invoices again."),
}
OFF_LABELS = {
    ReminderScope.CLIENT: _("Off: this client"),
    ReminderScope.ALL: _("Off: all clients"),
}


def snooze(errand: Errand, command: asked.SnoozeReminders) -> list[Prompt]:
    """Whoever pays asks to be reminded in three days instead."""
    session = errand.session
    invoice = lifecycle.get(session, command.invoice_id, lock=True)
    must_see(errand, invoice)
    if reminding.ended(invoice) is not None:
        raise Refusal(_("There is nothing left to pay on this invoice."), "settled")
    until = reminding.snooze(session, invoice, merchants.get(session), errand.who.person_id)
    words = _(
        "Good. I remind you of *{number}* on {day}, and not before.",
        number=invoice.number_text,
        day=until,
    )
    return [Prompt((words,))]


def switch(errand: Errand, command: asked.SwitchReminders) -> list[Prompt]:
    """On or off; a customer may do so for her own invoice, the merchant for more."""
    session, by = errand.session, errand.who.person_id
    invoice = lifecycle.get(session, command.invoice_id, lock=True)
    role = must_see(errand, invoice)
    if role is not None or command.scope is not ReminderScope.INVOICE:
        must(errand, MAY_BILL)
    client = clients.get(session, invoice.client_id)
    if command.scope is ReminderScope.ALL:
        reminding.switch_all(session, invoice, merchants.get(session), on=command.on, by=by)
    elif command.scope is ReminderScope.CLIENT:
        reminding.switch_client(session, invoice, client, on=command.on, by=by)
    else:
        reminding.switch(session, invoice, on=command.on, by=by)
    if role is None:
        return [_to_customer(invoice, on=command.on)]
    return [_to_merchant(errand, invoice, client, command)]


def _to_customer(invoice: Invoice, *, on: bool) -> Prompt:
    if on:
        words = _("Good, I remind you of *{number}* again.", number=invoice.number_text)
        return Prompt((words,))
    words = _("I do not remind you of *{number}* any more.", number=invoice.number_text)
    undo = Choice("remind", _("Reminders on"), Start("reminders_on", _about(invoice)))
    return Prompt((words,), (undo,), kind="card")


def _to_merchant(
    errand: Errand, invoice: Invoice, client: Client, command: asked.SwitchReminders
) -> Prompt:
    """What is so from now on, with the switches that reach further."""
    said = AGAIN if command.on else NO_MORE
    known = {"number": invoice.number_text or "", "client": client.name}
    words = [Text(said[command.scope].msgid, known)]
    scopes = list(ReminderScope)
    if not command.on:
        wider = scopes[scopes.index(command.scope) + 1 :]
        choices = [_button(invoice, "remind", _("Reminders on"), command.scope, on=True)]
        choices += [_button(invoice, scope, OFF_LABELS[scope], scope, on=False) for scope in wider]
        return Prompt(tuple(words), tuple(choices), kind="card")
    still = _still_off(errand, invoice, client)
    if still is None:
        return Prompt(tuple(words))
    words = [Text(NO_MORE[still].msgid, known)]  # a wider switch is off as well: that comes first
    button = _button(invoice, "remind", _("Reminders on"), still, on=True)
    return Prompt(tuple(words), (button,), kind="card")


def _still_off(errand: Errand, invoice: Invoice, client: Client) -> ReminderScope | None:
    """Which switch still hushes an invoice, the widest first."""
    merchant = merchants.get(errand.session)
    if merchant.settings.get(reminding.SETTING, True) is False:
        return ReminderScope.ALL
    if client.reminders_off:
        return ReminderScope.CLIENT
    return ReminderScope.INVOICE if invoice.reminders_off else None


def _about(invoice: Invoice) -> dict[str, Any]:
    return {
        TENANT: invoice.merchant_id,
        "invoice": {"id": invoice.id, "number": invoice.number_text},
    }


def _button(invoice: Invoice, value: str, label: Text, scope: ReminderScope, *, on: bool) -> Choice:
    flow = "reminders_on" if on else "reminders_off"
    return Choice(value, label, Start(flow, {**_about(invoice), "scope": scope.value}))


def _switching(said: Mapping[str, Any], *, on: bool) -> asked.SwitchReminders:
    scope = ReminderScope(said.get("scope", ReminderScope.INVOICE))
    return asked.SwitchReminders(int(said["invoice"]["id"]), on, scope)


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.SnoozeReminders: snooze,
    asked.SwitchReminders: switch,
}
ERRANDS: dict[str, Callable[[Mapping[str, Any]], asked.Command]] = {
    "snooze": lambda said: asked.SnoozeReminders(int(said["invoice"]["id"])),
    "reminders_off": lambda said: _switching(said, on=False),
    "reminders_on": lambda said: _switching(said, on=True),
}
