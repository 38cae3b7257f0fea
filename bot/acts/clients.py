"""Carries out what is asked about the people a merchant bills."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import cards, client_cards, news_words, reach
from bot.acts.errand import ANYBODY, MAY_BILL, MAY_VOID, Errand, must
from conversations.prompts import Choice, Prompt, Start
from invoicing import (
    client_changes,
    client_erasing,
    client_listing,
    client_merging,
    clients,
    merchants,
)
from invoicing import commands as asked
from invoicing.commands import ClientField, ClientStatus
from invoicing.phones import national
from models import db
from models.errors import Refusal
from models.merchants import Client, Role
from models.text import Text, _, ngettext, raw


def _add_client(errand: Errand, command: asked.AddClient) -> list[Prompt]:
    must(errand, MAY_BILL)
    held = clients.holder(errand.session, command.phone) if command.phone else None
    if held is not None and held.name.casefold() != command.name.casefold():
        return [_held_by(held, command)]
    began, by = db.now(errand.session), errand.who.person_id
    client = clients.add(errand.session, command, by)
    news_words.client_met(errand.session, client, began, by)
    bill = Choice("invoice", _("New invoice"), Start("new_invoice", client_cards.about(client)))
    show = Choice("card", _("Show client"), Start("client", client_cards.about(client)))
    words = _("*{name}* is on your list.", name=client.name)
    said = [Prompt((words,), (bill, show, cards.MENU_BUTTON), kind="card")]
    return [*said, *_twins(errand, client)]


def _held_by(held: Client, command: asked.AddClient) -> Prompt:
    """Nobody is added by a number that is someone's: she says whose it is."""
    words = _(
        "{phone} is the number of *{other}* already, so I added nobody. Is *{name}* the same person?",
        phone=national(command.phone or ""),
        other=held.name,
        name=command.name,
    )
    new_name = {**client_cards.about(held), "field": "name", "new.name": command.name}
    return Prompt(
        (words,),
        (
            Choice("rename", _("Yes, rename them"), Start("edit_client", new_name)),
            Choice("show", _("Yes, keep the name"), Start("client", client_cards.about(held))),
            Choice("other", _("No, other number"), Start("new_client", {"client": {
                "name": command.name, "phone": None}, "client.phone": {"$": "ask"}})),
        ),
        kind="card",
    )  # fmt: skip


def _twins(errand: Errand, client: Client) -> list[Prompt]:
    """Whoever has all but the same name may be the same person."""
    near = client_merging.near(errand.session, client)
    return [client_cards.same_person(client, near[0])] if near else []


def _confirm(errand: Errand, command: asked.ConfirmContact) -> list[Prompt]:
    must(errand, MAY_BILL)
    client = clients.get(errand.session, command.client_id)
    by = errand.who.person_id
    clients.link_contact(errand.session, client, command.contact_id, confirmed_by=by)
    words = _("Good. From now on I send *{client}* their invoices myself.", client=client.name)
    return [Prompt((words,))]


def _show(errand: Errand, command: asked.ShowClient) -> list[Prompt]:
    must(errand, ANYBODY)
    client = clients.get(errand.session, command.client_id)
    if command.more:
        must(errand, MAY_VOID)
        return [client_cards.more(client)]
    return [card(errand, client)]


def card(errand: Errand, client: Client) -> Prompt:
    """A client as this member may see and change her."""
    merchant = merchants.get(errand.session)
    role = merchants.role_of(errand.session, errand.who.person_id) or Role.VIEWER
    known = client_listing.facts(errand.session, client)
    today = db.today(errand.session, merchant.zone)
    return client_cards.card(client, known, role, today, merchant.zone)


def _edit(errand: Errand, command: asked.EditClient) -> list[Prompt]:
    must(errand, MAY_BILL)
    session, field = errand.session, command.field
    client = clients.get(session, command.client_id)
    if field is ClientField.PHONE and command.value:
        held = clients.holder(session, command.value)
        if held is not None and held.id != client.id:
            return [_taken(client, held)]
    before = client_changes.edit(session, client, field, command.value, errand.who.person_id)
    said = [_changed(client, field, before)]
    return [*said, *(_twins(errand, client) if field is ClientField.NAME else ())]


def _taken(client: Client, held: Client) -> Prompt:
    words = _(
        "{phone} is the number of *{other}* already. Are *{other}* and *{name}* the same person?",
        phone=national(held.phone or ""),
        other=held.name,
        name=client.name,
    )
    into = {"into": client_cards.about(held)["client"]}
    return Prompt(
        (words,),
        (
            Choice("merge", _("Yes, merge them"),
                   Start("merge_clients", {**client_cards.about(client), **into})),
            Choice("other", _("No, other number"),
                   Start("edit_client", {**client_cards.about(client), "field": "phone"})),
        ),
        kind="card",
    )  # fmt: skip


def _changed(client: Client, field: ClientField, before: str | None) -> Prompt:
    """What it is now, what it was, and a way back."""
    now: str | None = getattr(client, field.value)
    known = client_cards.about(client)
    lines = [_("*{name}*: saved.", name=client.name), _line(field, now)]
    choices = [Choice("card", _("Show client"), Start("client", known))]
    if before is not None and before != now:
        lines.append(_("Before: {words}", words=_plain(field, before)))
        back = {**known, "field": field.value, f"new.{field}": before}
        choices.append(Choice("undo", _("Change it back"), Start("edit_client", back)))
    return Prompt((cards.stack(*lines),), (*choices, client_cards.CLIENTS_BUTTON), kind="card")


_LABELS: Mapping[ClientField, Text] = {
    ClientField.NAME: _("Name"),
    ClientField.PHONE: _("Phone"),
    ClientField.COMPANY: _("Company"),
    ClientField.CONTACT_PERSON: _("Contact person"),
    ClientField.EMAIL: _("E-mail"),
    ClientField.ADDRESS: _("Address"),
    ClientField.LANGUAGE: _("Language"),
    ClientField.NOTES: _("Notes"),
}


def _line(field: ClientField, value: str | None) -> Text:
    words = _plain(field, value) if value is not None else raw("–")
    return Text("{field}: {words}", {"field": _LABELS[field], "words": words})


def _plain(field: ClientField, value: str) -> Text:
    if field is ClientField.PHONE:
        return raw(national(value))
    if field is ClientField.LANGUAGE:
        return client_cards.LANGUAGES[value]
    return raw(value)


# --- Archived, blocked, merged, forgotten ---


_SET = {
    ClientStatus.ACTIVE: _("*{name}* is back on your list."),
    ClientStatus.ARCHIVED: _("*{name}* is archived and out of your lists. What is owed stays owed, "
                             "and reminders go on."),
    ClientStatus.BLOCKED: _("*{name}* is blocked: no invoices, and no words from me."),
}  # fmt: skip


def _set_status(errand: Errand, command: asked.SetClientStatus) -> list[Prompt]:
    must(errand, MAY_VOID)
    client = clients.get(errand.session, command.client_id)
    client_changes.set_status(errand.session, client, command.status, errand.who.person_id)
    known = client_cards.about(client)
    undo = Choice("undo", _("Undo"), Start("restore_client", known))
    if command.status is ClientStatus.ACTIVE:
        undo = Choice("card", _("Show client"), Start("client", known))
    if command.status is ClientStatus.BLOCKED and client.contact_id is not None:
        reach.drop_of(errand.session, client.contact_id, client.merchant_id, "client blocked")
    words = Text(_SET[command.status].msgid, {"name": client.name})
    return [Prompt((words,), (undo, client_cards.CLIENTS_BUTTON), kind="card")]


def _archive_many(errand: Errand, command: asked.ArchiveClients) -> list[Prompt]:
    must(errand, MAY_VOID)
    done = client_changes.archive_idle(
        errand.session, command.client_ids, command.months, errand.who.person_id
    )
    words = [ngettext("*{n} client* is archived.", "*{n} clients* are archived.", len(done))]
    left = len(set(command.client_ids)) - len(done)
    if left:
        words.append(
            ngettext(
                "{n} was billed meanwhile and stays.", "{n} were billed meanwhile and stay.", left
            )
        )
    hidden = Choice("hidden", _("Archived, blocked"), Start("clients", {"kind": "hidden"}))
    return [Prompt((cards.stack(*words),), (client_cards.CLIENTS_BUTTON, hidden), kind="card")]


def _merge(errand: Errand, command: asked.MergeClients) -> list[Prompt]:
    must(errand, MAY_VOID)
    session = errand.session
    goes, stays = (clients.get(session, one) for one in (command.client_id, command.into_id))
    name = goes.name
    client = client_merging.merge(session, goes, stays, errand.who.person_id)
    words = _("Done: *{one}* is *{other}* from now on.", one=name, other=client.name)
    return [Prompt((words,)), card(errand, client)]


def _delete(errand: Errand, command: asked.DeleteClient) -> list[Prompt]:
    must(errand, MAY_VOID)
    client = clients.get(errand.session, command.client_id)
    known, name = client_cards.about(client), client.name
    try:
        client_changes.delete(errand.session, client, errand.who.person_id)
    except Refusal as kept:
        archive = Choice("archive", _("Archive"), Start("archive_client", known))
        erase = Choice("erase", _("Erase their details"), Start("erase_client", known))
        card_of = Choice("card", _("Show client"), Start("client", known))
        return [Prompt((kept.text,), (archive, erase, card_of), kind="card")]
    words = _("*{name}* is deleted.", name=name)
    return [Prompt((words,), (client_cards.CLIENTS_BUTTON, cards.MENU_BUTTON), kind="card")]


def _erase(errand: Errand, command: asked.EraseClient) -> list[Prompt]:
    must(errand, MAY_VOID)
    client = clients.get(errand.session, command.client_id)
    name, contact_id = client.name, client.contact_id
    client_erasing.erase(errand.session, client, errand.who.person_id)
    if contact_id is not None:
        reach.drop_of(errand.session, contact_id, client.merchant_id, "client erased")
    words = _("The details of *{name}* are erased. In your books they are *{number}* now.",
              name=name, number=client.name)  # fmt: skip
    return [Prompt((words,), (client_cards.CLIENTS_BUTTON, cards.MENU_BUTTON), kind="card")]


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.AddClient: _add_client,
    asked.ConfirmContact: _confirm,
    asked.ShowClient: _show,
    asked.EditClient: _edit,
    asked.SetClientStatus: _set_status,
    asked.ArchiveClients: _archive_many,
    asked.MergeClients: _merge,
    asked.DeleteClient: _delete,
    asked.EraseClient: _erase,
}


def _id(said: Mapping[str, Any]) -> int:
    return int(said["client"]["id"])


ERRANDS: dict[str, Callable[[Mapping[str, Any]], asked.Command]] = {
    "client": lambda said: asked.ShowClient(_id(said)),
    "client_more": lambda said: asked.ShowClient(_id(said), more=True),
    "archive_client": lambda said: asked.SetClientStatus(_id(said), ClientStatus.ARCHIVED),
    "restore_client": lambda said: asked.SetClientStatus(_id(said), ClientStatus.ACTIVE),
}
