"""“Remind everyone who is late”: shown first, then done with one tap, each customer once a day."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import cards, reach
from bot.acts.errand import MAY_BILL, Errand, must
from bot.openings import TENANT
from conversations.prompts import Choice, Prompt, Start
from invoicing import chasing, lifecycle, merchants
from invoicing import commands as asked
from invoicing.chasing import Late
from models.money import Money
from models.text import Text, _, ngettext

SHOWN = 8


def _preview(errand: Errand, _command: asked.LookWhoIsLate) -> list[Prompt]:
    must(errand, MAY_BILL)
    rows = chasing.late(errand.session)
    if not rows:
        words = _("Nobody needs a reminder now: nothing is overdue that was not reminded of today.")
        return [Prompt((words,), (cards.INVOICES_BUTTON, cards.MENU_BUTTON), kind="card")]
    ids = [row.invoice_id for row in rows]
    merchant_id = merchants.get(errand.session).id
    choices = (
        Choice("remind", _("Remind them all"), Start("remind_all", {TENANT: merchant_id, "ids": ids})),
        Choice("menu", _("Not now"), Start("menu")),
    )  # fmt: skip
    question = _(
        "Shall I remind them? Who has a chat with me hears from me, between 08:00 and 20:00; for the "
        "others I send you the words to pass on."
    )
    return [Prompt((_head(rows), cards.stack(*_lines(rows)), question), choices, kind="card")]


def _head(rows: tuple[Late, ...]) -> Text:
    currencies = {row.balance.currency for row in rows}
    if len(currencies) > 1:
        return ngettext("*{n}* invoice is overdue:", "*{n}* invoices are overdue:", len(rows))
    amount = sum((row.balance for row in rows), Money.zero(*currencies))
    return ngettext(
        "*{n}* invoice is overdue, {amount}:",
        "*{n}* invoices are overdue, {amount} in all:",
        len(rows),
        amount=amount,
    )


def _lines(rows: tuple[Late, ...]) -> list[Text]:
    lines = [
        _(
            "• {client}, {number}: {amount}, was due {day}",
            client=row.client,
            number=row.number,
            amount=row.balance,
            day=row.due_on,
        )
        for row in rows[:SHOWN]
    ]
    if more := len(rows) - SHOWN if len(rows) > SHOWN else 0:
        lines.append(ngettext("… and {n} more", "… and {n} more", more))
    return lines


def _remind(errand: Errand, command: asked.RemindLate) -> list[Prompt]:
    must(errand, MAY_BILL)
    taken = chasing.take(errand.session, command.invoice_ids, errand.who.person_id)
    for invoice_id, step in taken:
        invoice = lifecycle.get(errand.session, invoice_id)
        in_chat = bool(reach.customers(errand.session, invoice, None))
        reach.note_step(errand.session, invoice, step, in_chat=in_chat)
    if not taken:
        words = _("They have all been reminded today, or have paid meanwhile.")
    else:
        words = ngettext(
            "Good, I remind *{n}* customer. You hear from me when money comes.",
            "Good, I remind all *{n}*. You hear from me when money comes.",
            len(taken),
        )
    return [Prompt((words,), (cards.MENU_BUTTON,), kind="card")]


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.LookWhoIsLate: _preview,
    asked.RemindLate: _remind,
}
ERRANDS: dict[str, Callable[[Mapping[str, Any]], asked.Command]] = {
    "late": lambda _said: asked.LookWhoIsLate(),
    "remind_all": lambda said: asked.RemindLate(tuple(int(one) for one in said["ids"])),
}
