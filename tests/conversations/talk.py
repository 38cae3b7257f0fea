"""Plays pure turns of a dialogue and keeps what was shown, so that a test reads like a talk."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from conversations import turn as turns
from conversations.opening import Opening
from conversations.prompts import Choice, Prompt
from conversations.said import NOTHING_FOUND, Found, Need, Option, Said
from conversations.turn import Journal, Turn
from models.text import raw, render

TODAY = date(2026, 11, 20)  # a Friday
OPENING = Opening(today=TODAY, business="Mama Mboga", country="KE", currency="KES")

ASHA = {"id": 41, "name": "Asha Wanjiru", "phone": "+254712000001"}
ASHA_TWO = {"id": 42, "name": "Asha Otieno", "phone": None}
OTIENO = {"id": 43, "name": "Otieno", "phone": "+254712000003"}
BILL = {"id": 7, "number": "INV-0007", "client": "Asha Wanjiru", "currency": "KES",
        "balance_minor": 255000, "phone": "0712 ••• 001"}  # fmt: skip
BILL_TWO = {**BILL, "id": 8, "number": "INV-0008", "client": "Otieno", "balance_minor": 90000}
PART = {"id": 7, "number": "INV-0007", "currency": "KES", "balance_minor": 255000}
PART_TWO = {"id": 9, "number": "INV-0009", "currency": "KES", "balance_minor": 100000}
PAYER = {**ASHA, "currency": "KES", "bills": [PART, PART_TWO]}
PAYER_TWO = {**OTIENO, "currency": "KES", "bills": []}
PAYMENT = {
    "id": 5,
    "number": "KSh 3,000",
    "client": "Asha Wanjiru",
    "currency": "KES",
    "amount_minor": 300000,
    "left_minor": 0,
    "given_minor": 0,
    "gateway": False,
    "paid_on": "2026-11-19",
    "parts": [{**PART, "balance_minor": 255000}, {**PART_TWO, "balance_minor": 45000}],
}
PAYMENT_TWO = {**PAYMENT, "id": 4, "number": "KSh 4,000", "amount_minor": 400000,
               "client": "Otieno", "gateway": True}  # fmt: skip
CEMENT = {"id": 3, "name": "cement", "currency": "KES", "price_minor": 85000}
SAND = {"id": 4, "name": "sand", "currency": "KES", "price_minor": 90000}
WORLD: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "clients": (ASHA, ASHA_TWO, OTIENO),
    "invoices": (BILL, BILL_TWO),
    "payers": (PAYER, PAYER_TWO),
    "payments": (PAYMENT, PAYMENT_TWO),
    "clients.page": (ASHA, ASHA_TWO, OTIENO),
    "members": ({"id": 51, "name": "Otieno"}, {"id": 52, "name": "Halima"}),
    "businesses": ({"id": 61, "name": "Mama Mboga"}, {"id": 62, "name": "Duka"}),
    "chats": ({"id": 71, "name": "Telegram"}, {"id": 72, "name": "WhatsApp"}),
    "link_codes": (
        {"id": 81, "name": "Wanjiru", "phone": "K7M2-P9QX", "hash": "aa"},
        {"id": 82, "name": "Otieno", "phone": "A3D4-E6F7", "hash": "bb"},
    ),
    "items": (CEMENT, SAND),
}


def look_up(need: Need | None, world: Mapping[str, tuple[Mapping[str, Any], ...]]) -> Found:
    """What the database would bring: by value, by the whole name, or by a part of it."""
    if need is None:
        return NOTHING_FOUND
    rows = world.get(need.source, ())
    if "value" in need.filters:
        exact = [row for row in rows if str(row["id"]) == need.filters["value"]]
        return Found(exact=_option(exact[0]) if exact else None)
    query = (need.query or str(need.filters.get("words", ""))).casefold()
    names = ("name", "number", "client", "phone")
    exact = [row for row in rows if query and query in [str(row.get(n)).casefold() for n in names]]
    near = [row for row in rows if any(query in str(row.get(n, "")).casefold() for n in names)]
    size, after = int(need.filters.get("rows", 10)), need.filters.get("after") or 0
    beyond = [row for row in near if need.query or int(row["id"]) > after]
    return Found(
        options=tuple(map(_option, beyond[:size])),
        exact=_option(exact[0]) if len(exact) == 1 else None,
        more=len(beyond) > size,
    )


def _option(row: Mapping[str, Any]) -> Option:
    return Option(str(row["id"]), raw(str(row.get("number") or row["name"])), row)


class Talk:
    """One dialogue, played. Every journal goes through JSON between turns, as it would be stored."""

    def __init__(
        self,
        flow: str,
        opening: Opening = OPENING,
        answers: Mapping[str, Any] | None = None,
        language: str = "en",
        world: Mapping[str, tuple[Mapping[str, Any], ...]] = WORLD,
    ) -> None:
        self.language, self.world = language, world
        self.turn = turns.begin(flow, opening.to_json(), answers)

    @property
    def journal(self) -> Journal:
        return Journal.from_json(_through_json(self.turn.journal.to_json()))

    @property
    def prompt(self) -> Prompt:
        return turns.prompt(self.turn, look_up(turns.need_to_show(self.turn), self.world))

    @property
    def shown(self) -> str:
        return "\n\n".join(render(words, self.language) for words in self.prompt.paragraphs)

    @property
    def labels(self) -> list[str]:
        return [render(choice.label, self.language) for choice in self.prompt.choices]

    @property
    def asked(self) -> str | None:
        return self.turn.journal.asked

    @property
    def command(self) -> Any:
        return self.turn.command

    def say(self, text: str) -> "Talk":
        return self.take(Said(text=text))

    def press(self, label: str) -> "Talk":
        choice = next(
            choice for choice in self.prompt.choices
            if render(choice.label, self.language) == label
        )  # fmt: skip
        return self.tap(self.button(choice))

    def button(self, choice: Choice) -> Said:
        """The button as it hangs under the message now, to be pressed now or later."""
        now = self.turn.journal
        return Said(choice=choice.value, key=now.asked, digest=now.digest)

    def tap(self, said: Said) -> "Talk":
        return self.take(said)

    def take(self, said: Said) -> "Talk":
        journal = self.journal
        self.turn = turns.take(journal, said, look_up(turns.needs(journal, said), self.world))
        # Going on from where it stood must come to what walking from the start comes to.
        assert self.turn.journal.walked == self.journal.walked
        return self

    def back(self) -> "Talk":
        self.turn = turns.back(self.journal)
        return self

    def edit(self, key: str) -> "Talk":
        self.turn = turns.edit(self.journal, key)
        return self

    def change(self, act: Callable[["Talk"], Turn]) -> "Talk":
        self.turn = act(self)
        return self


def _through_json(stored: dict[str, Any]) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(json.dumps(stored))
    return loaded


def play(talk: Talk, script: str) -> Any:
    """Say every `> line`; the lines between are exactly what is shown, buttons in brackets."""
    expected: list[str] = []
    for line in [*map(str.strip, script.strip().splitlines()), "> "]:
        if not line.startswith(">"):
            expected.append(line)
            continue
        if expected:
            _see(talk, expected)
        expected = []
        if said := line[1:].strip():
            talk.say(said)
    return talk.command


def _see(talk: Talk, expected: list[str]) -> None:
    if expected[-1].startswith("["):
        assert talk.labels == expected.pop()[1:-1].split("] [")
    assert [line for line in talk.shown.splitlines() if line] == expected
