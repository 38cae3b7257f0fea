"""Carries out what is asked about what a merchant sells: a price, a name, to forget it."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from bot import cards
from bot.acts.errand import MAY_BILL, Errand, must
from conversations.prompts import Choice, Prompt, Start
from invoicing import catalogue
from invoicing import commands as asked
from models.money import Money
from models.text import _

ITEMS = cards.ITEMS_BUTTON


def _keep(errand: Errand, command: asked.KeepItem) -> list[Prompt]:
    must(errand, MAY_BILL)
    item = catalogue.keep(errand.session, command, errand.who.person_id)
    words = _("*{name}* costs {price}. I offer that price when you bill it.",
              name=item.name, price=item.price)  # fmt: skip
    return [Prompt((words,), (ITEMS, cards.INVOICE_BUTTON), kind="card")]


def _forget(errand: Errand, command: asked.ForgetItem) -> list[Prompt]:
    must(errand, MAY_BILL)
    item = catalogue.forget(errand.session, command.item_id, errand.who.person_id)
    undo = Choice("undo", _("Undo"), Start("restore_item", {"item": item.id}))
    words = _("I have forgotten *{name}* and its price.", name=item.name)
    return [Prompt((words,), (undo, ITEMS), kind="card")]


def _restore(errand: Errand, command: asked.RestoreItem) -> list[Prompt]:
    must(errand, MAY_BILL)
    item = catalogue.restore(errand.session, command.item_id, errand.who.person_id)
    words = _("*{name}* is on your list again.", name=item.name)
    return [Prompt((words,), (ITEMS, cards.MENU_BUTTON), kind="card")]


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.KeepItem: _keep,
    asked.ForgetItem: _forget,
    asked.RestoreItem: _restore,
}
ERRANDS: dict[str, Callable[[Mapping[str, Any]], asked.Command]] = {
    "restore_item": lambda said: asked.RestoreItem(int(said["item"])),
    "keep_item": lambda said: asked.KeepItem(
        str(said["name"]), Money.of(Decimal(said["price"]), str(said["currency"])), said.get("item")
    ),
    "forget_item": lambda said: asked.ForgetItem(int(said["item"])),
}
