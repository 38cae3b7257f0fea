"""Carries out what is asked about files of an invoice: keep them, show them, take one away."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import attached_files, file_cards, more
from bot.acts.corrections import invoice_of
from bot.acts.errand import MAY_BILL, Errand, must, must_see
from conversations.prompts import Choice, Prompt, Start
from invoicing import attaching, clients, lifecycle, merchants, trust
from invoicing import commands as asked
from models.text import _, ngettext


def _attach(errand: Errand, command: asked.AttachFiles) -> list[Prompt]:
    """Each gets its place now; a worker fetches them, and what came of it is said then."""
    must(errand, MAY_BILL)
    session, who = errand.session, errand.who
    trust.check_pause(merchants.get(session))
    invoice = lifecycle.get(session, command.invoice_id, lock=True)
    attached_files.put(session, invoice, command.files, who)
    words = ngettext(
        "Thank you! I am putting your file with *{number}*.",
        "Thank you! I am putting your {n} files with *{number}*.",
        len(command.files),
        number=invoice.number_text or _("draft"),
    )
    return [Prompt((words,))]


def _detach(errand: Errand, command: asked.DetachFile) -> list[Prompt]:
    must(errand, MAY_BILL)
    session = errand.session
    row = attaching.get(session, command.attached_id)
    invoice = lifecycle.get(session, row.invoice_id)
    known = {"name": row.name, "number": invoice.number_text or _("draft")}
    words = [_("*{name}* does not go with *{number}* any more.", **known)]
    if attached_files.take_away(session, row, errand.who.person_id):
        client = clients.get(session, invoice.client_id)
        words.append(_("What *{client}* got in chat stays there.", client=client.name))
    choices = [Choice("show", _("See it"), Start("show", more.about(invoice)))]
    if left := len(attaching.of(session, invoice)):
        choices.insert(0, file_cards.files_button(invoice, left))
    return [Prompt(tuple(words), tuple(choices), "card")]


def _show(errand: Errand, command: asked.ShowFiles) -> list[Prompt]:
    """A list for who works here; the files themselves for a customer, or where they are asked for."""
    session = errand.session
    invoice = lifecycle.get(session, command.invoice_id)
    role = must_see(errand, invoice)
    kept = attaching.of(session, invoice)
    if role is not None and not (command.send and kept):
        return [file_cards.listed(invoice, kept, may_change=role in MAY_BILL)]
    if not kept:
        return [Prompt((_("No file goes with *{number}*.", number=invoice.number_text or ""),))]
    return file_cards.documents(invoice, kept)


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.AttachFiles: _attach,
    asked.DetachFile: _detach,
    asked.ShowFiles: _show,
}
ERRANDS: dict[str, Callable[[Mapping[str, Any]], asked.Command]] = {
    "files": lambda said: asked.ShowFiles(invoice_of(said)),
    "send_files": lambda said: asked.ShowFiles(invoice_of(said), send=True),
    "detach": lambda said: asked.DetachFile(int(said["attached"])),
}
