"""Webhooks while providers are ill: p50 and p99 with all well, Daraja hanging 30 s, Telegram 429.

    python -m benchmarks.slow_providers --seconds 20 --rounds 3

Three kinds of second, alternated in one run on one town (web, two workers, clock, sandbox): what the
machine does meanwhile falls on all of them. Prints each ratio to the healthy seconds.
"""

import argparse
import dataclasses
import random
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx

from tests.fire.plans import shops
from tests.fire.scripts import Merchant, person
from tests.fire.town import SLOW_S, FireTown, burnable
from tests.flows.town import SECRETS, until

TALKERS = 4
PAUSE_S = 0.2  # between two words of one talker: a busy hour, and what waits is soon said
BILLS = 6
HEALTHY = {"push": "normal", "query": "normal", "Telegram answer": "normal"}
ILLS = {
    "healthy": {},
    "Daraja hangs 30 s": {"push": "hang", "query": "hang"},
    "Telegram says 429": {"Telegram answer": "429"},
}


UNDER_WAY = {
    "calls of Daraja under way": (
        "SELECT count(*) FROM jobs.procrastinate_jobs WHERE status IN ('todo', 'doing')"
        " AND task_name IN ('payments.push', 'payments.query')"
    ),
    "messages that wait": "SELECT count(*) FROM outbound WHERE status = 'waiting'",
}


class Slow(FireTown):
    """The same town, whose hanging providers hang as long as real ones."""

    def _sandbox(self) -> list[str]:
        return [*super()._sandbox(), "--hang-s", "30"]


def talk(town: FireTown, chat: int, end: float) -> list[float]:
    """One person's words, straight to the webhook: how many milliseconds each answer took."""
    took = []
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRETS["TELEGRAM_WEBHOOK_SECRET"]}
    with httpx.Client(trust_env=False, timeout=60, headers=headers) as client:
        while time.monotonic() < end:
            began = time.monotonic()
            answer = client.post(f"{town.url}/webhooks/telegram", json=update(chat))
            answer.raise_for_status()
            took.append((time.monotonic() - began) * 1000)
            time.sleep(PAUSE_S)
    return took


def update(chat: int) -> dict[str, object]:
    """Somebody asks for help: a word that is answered and changes nothing."""
    number = random.getrandbits(40)
    someone = {"id": chat, "is_bot": False, "first_name": "Talker", "language_code": "en"}
    place = {"id": chat, "type": "private", "first_name": "Talker"}
    said = {"message_id": number % 2**31, "date": int(time.time()), "text": "/help"}
    return {"update_id": number, "message": {**said, "from": someone, "chat": place}}


def measured(town: FireTown, tokens: list[str], seconds: float) -> list[float]:
    """Everybody talks for so long, and every open bill asks for a prompt meanwhile."""
    end = time.monotonic() + seconds
    with ThreadPoolExecutor(TALKERS) as threads:
        talks = [threads.submit(talk, town, 6_200_001 + n, end) for n in range(TALKERS)]
        for token in tokens:
            phone = f"07{random.randrange(10**8):08d}"
            wish = {"gateway": "daraja", "phone": phone, "confirmed": "true"}
            town.client.post(f"{town.url}/i/{token}/pay", json=wish)
        return [one for talked in talks for one in talked.result()]


def bills(town: FireTown, count: int) -> list[str]:
    """Invoices that nobody has paid yet."""
    shop = next(shop for shop in shops(3, 90, count) if shop.channel == "telegram")
    merchant = Merchant(person(town, random.Random(1), shop), shop)
    merchant.sign_up()
    return [merchant.bill(dataclasses.replace(bill, in_one_line=True)) for bill in shop.bills]


def rest(town: FireTown) -> None:
    """All well again, and nothing of the last seconds reaches into the next."""
    for switch, value in HEALTHY.items():
        town.does("switches", name=switch, value=value)
    for what, query in UNDER_WAY.items():
        until(partial(_none, town, query), what, SLOW_S)


def _none(town: FireTown, query: str) -> bool:
    return town.rows(query) == [(0,)]


def quantiles(took: list[float]) -> tuple[float, float]:
    return statistics.median(took), statistics.quantiles(took, n=100)[98]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--seconds", type=float, default=20)
    ask.add_argument("--rounds", type=int, default=3)
    options = ask.parse_args()
    logs = Path(tempfile.mkdtemp(prefix="bili-slow-"))
    took: dict[str, list[float]] = {name: [] for name in ILLS}
    with burnable(logs, Slow) as (town, _server):
        tokens = bills(town, BILLS)
        measured(town, [], 2)
        for _round in range(options.rounds):
            for name, ill in ILLS.items():
                for switch, value in (HEALTHY | ill).items():
                    town.does("switches", name=switch, value=value)
                town.advance(130)  # so that every bill may be asked for again
                took[name] += measured(town, tokens, options.seconds)
                seen = [town.rows(query)[0][0] for query in UNDER_WAY.values()]
                print(f"{name}: {dict(zip(UNDER_WAY, seen, strict=True))}", flush=True)
                rest(town)
        report(took)


def report(took: dict[str, list[float]]) -> None:
    well = quantiles(took["healthy"])
    for name, found in took.items():
        p50, p99 = quantiles(found)
        ratios = f"{p50 / well[0]:.2f} and {p99 / well[1]:.2f} of healthy"
        print(f"{name:20} p50 {p50:6.1f} ms  p99 {p99:6.1f} ms  ({ratios}; {len(found)} messages)")


if __name__ == "__main__":
    main()
