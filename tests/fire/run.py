"""One run: the same plans in two towns at once, one undisturbed and one under fire; what differs."""

import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.fire.books import books, differences, untold
from tests.fire.chaos import Fire
from tests.fire.findings import breaches, come_to_rest, given_up, guarded, story
from tests.fire.plans import Bill, Shop, shops
from tests.fire.scripts import Customer, Merchant, person
from tests.fire.town import FireTown, Postgres, burnable

LAPSE_S = 15  # business time passes so many seconds a second: nobody waits minutes to try again
SHOPS_AT_ONCE = 24
CUSTOMERS_AT_ONCE = 120
QUIET = ("web", "worker", "clock")


@dataclass(frozen=True)
class Wish:
    """How large a fire: `spread_s` is the time over which merchants begin; `most` misfortunes."""

    seed: int
    conversations: int
    spread_s: float
    pause_s: float = 2.0
    most: int = 10**9


@dataclass
class Report:
    """What a run found; without faults it may still tell a few figures."""

    wish: Wish
    faults: list[str] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        told = [f"{name}: {value}" for name, value in self.figures.items()]
        what = [f"FAULT {fault}" for fault in self.faults] or ["no fault"]
        return "\n".join([f"fire, seed {self.wish.seed}", *told, *what])


def burn(wish: Wish, logs: Path) -> Report:
    """Both towns at once, and the comparison. What the processes log lies in `logs`."""
    report, plan = Report(wish), shops(wish.seed, wish.conversations)
    with ThreadPoolExecutor(1) as beside:
        calm = beside.submit(_calm, logs / "calm", plan, wish, report)
        began = time.monotonic()
        with burnable(logs / "fire") as (town, server):
            _fire(town, server, plan, wish, report)
            after = books(town)
            silence = untold(town)
            (town.logs / "story.txt").write_text(story(town), "utf-8")
        report.figures["burning"] = f"{time.monotonic() - began:.0f} s"
        report.figures["payments that nobody told of"] = len(silence)
        report.faults += differences(calm.result(), after, list(silence.values()))
    return report


def _calm(logs: Path, plan: list[Shop], wish: Wish, report: Report) -> Counter[str]:
    began = time.monotonic()
    with burnable(logs, ours=QUIET) as (town, _server):
        faults = _live(town, plan, wish.seed, 0) + come_to_rest(town)
        faults += breaches(town, _customers(plan))
        report.faults += [f"undisturbed: {fault}" for fault in faults]
        report.figures["undisturbed"] = f"{time.monotonic() - began:.0f} s"
        return books(town)


def _fire(town: FireTown, server: Postgres, plan: list[Shop], wish: Wish, report: Report) -> None:
    fire = Fire(town, server, wish.seed, wish.pause_s, wish.most)
    fire.start()
    try:
        report.faults += _live(town, plan, wish.seed, wish.spread_s)
    finally:
        fire.put_out()
    report.faults += fire.notes
    report.faults += come_to_rest(town)
    report.faults += breaches(town, _customers(plan))
    report.figures |= {
        "killed and switched": dict(fire.done),
        "conversations": len(plan) + sum(len(shop.bills) for shop in plan),
        "prompts": len(town.client.get(f"{town.sandbox}/sandbox/prompts").json()["prompts"]),
        "messages": town.rows("SELECT count(*) FROM outbound WHERE sent_at IS NOT NULL")[0][0],
        "messages given up in doubt": given_up(town),
    }


def _customers(plan: list[Shop]) -> list[tuple[str, str]]:
    return [
        (bill.channel, bill.number.lstrip("+") if bill.channel == "telegram" else bill.number)
        for shop in plan
        for bill in shop.bills
    ]


def _live(town: FireTown, plan: list[Shop], seed: int, spread_s: float) -> list[str]:
    """Everybody does what they came for while time flies; what went wrong for them."""
    chance, over = random.Random(seed), threading.Event()
    notes: list[str] = []
    clock = threading.Thread(target=_lapse, args=(town, over), daemon=True)
    clock.start()
    try:
        with (
            ThreadPoolExecutor(CUSTOMERS_AT_ONCE) as customers,
            ThreadPoolExecutor(SHOPS_AT_ONCE) as merchants,
        ):
            for place, shop in enumerate(plan):
                wait_s = spread_s * place / max(1, len(plan) - 1)
                work = _Shopkeeping(town, shop, chance.random(), wait_s, customers, notes)
                merchants.submit(guarded(work.run, notes))
            merchants.shutdown()
    finally:
        over.set()
        clock.join()
    return notes


def _lapse(town: FireTown, over: threading.Event) -> None:
    while not over.wait(1.0):
        town.advance(LAPSE_S)


@dataclass
class _Shopkeeping:
    """One merchant's day; her customers are sent on their way as she bills them."""

    town: FireTown
    shop: Shop
    luck: float
    wait_s: float
    customers: ThreadPoolExecutor
    notes: list[str]

    def run(self) -> None:
        """Sign up, bill, write down; each customer goes his own way."""
        time.sleep(self.wait_s)
        chance = random.Random(self.luck)
        merchant = Merchant(person(self.town, chance, self.shop), self.shop)
        merchant.sign_up()
        for bill in self.shop.bills:
            token = merchant.bill(bill)
            if bill.cash:
                merchant.cash(bill, token)
            if bill.way == "void":
                merchant.void(bill, token)
            self._send(chance, bill, token)

    def _send(self, chance: random.Random, bill: Bill, token: str) -> None:
        customer = Customer(person(self.town, chance, bill), bill, token, self.notes)
        self.customers.submit(guarded(customer.run, self.notes))


__all__ = ["Report", "Wish", "burn"]
