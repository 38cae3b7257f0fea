"""What goes wrong while people work: kill -9 for processes and Postgres, providers at their worst, forgers."""

import contextlib
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.fire.town import OURS, SLOW_S, FireTown, Postgres
from tests.flows.town import SECRETS, until

# Left out: what takes money's truth away for good (a query that lies, a paybill confirmation that
# never comes) and what makes a person unreachable. Forgers come by themselves too (`Fire._forge`).
FAULTS = {
    "callback": ("lost", "late", "duplicate", "forged", "before answer"),
    "push": ("lost answer", "hang", "system busy", "error, prompt sent", "error, no prompt",
             "HTML 503", "spike arrest", "200 with error"),
    "query": ("in flight", "spike arrest", "HTML 503", "hang"),
    "token": ("expire now", "one at a time", "number expires_in"),
    "balance item": ("no value", "decimal", "java map"),
    "C2B twin": ("after callback", "before callback"),
    "C2B confirmation": ("late", "duplicate"),
    "Telegram answer": ("slow", "hang", "429", "500", "502", "reset", "lost answer"),
    "Telegram delivery": ("twice", "twice at once", "taps again, new id", "lost"),
    "taps": ("inaccessible",),
    "WhatsApp answer": ("slow", "20429", "500, not sent", "500, sent", "hang, sent",
                        "hang, not sent", "lost answer", "reset", "broken JSON"),
    "WhatsApp status": ("shuffled", "duplicate", "missing delivered", "lost"),
    "WhatsApp delivery": ("twice", "twice at once", "lost", "unknown fields"),
}  # fmt: skip
NORMAL = {"balance item": "absent", "C2B twin": "off", "taps": "normal", "query noise": "off"}
KILLS = {
    "worker": 6, "web": 3, "web child": 3, "clock": 1, "backend": 3, "postmaster": 1, "switches": 6,
    "forge": 4,
}  # fmt: skip
FORGEABLE = (
    "SELECT reference, handle, second_handle, amount_minor, phone FROM attempts"
    " WHERE state IN ('submitting', 'pending', 'unknown', 'rejected') ORDER BY id"
)


@dataclass
class Fire(threading.Thread):
    """Burns until told to stop or `most` misfortunes are over; what fell by itself is noted.

    After each one the town must stand again before the next, and where that takes long, pauses are
    longer: a slow machine burns as often as a quick one, only over more time.
    """

    town: FireTown
    postgres: Postgres
    seed: int
    pause_s: float = 2.0
    most: int = 10**9
    done: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(name="fire", daemon=True)
        self.chance = random.Random(self.seed)
        self.over = threading.Event()

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        """One misfortune after the other; each kind once before any comes again."""
        try:
            self._burn()
        except Exception as fault:  # noqa: BLE001 (who wanted a fire must hear that there was none)
            self.notes.append(f"the fire went out: {type(fault).__name__}: {fault}")

    def _burn(self) -> None:
        ways: dict[str, Callable[[], None]] = {
            "worker": self._worker,
            "web": lambda: self._process("web"),
            "web child": lambda: self.town.kill_web_child(self.chance),
            "clock": lambda: self._process("clock"),
            "backend": lambda: self.postgres.kill_backend(self.chance),
            "postmaster": self._postmaster,
            "switches": self._switches,
            "forge": self._forge,
        }
        first = self.chance.sample(list(KILLS), len(KILLS))
        slow_s = 0.0
        while not self.over.wait(self.chance.uniform(0.2, 1.8) * max(self.pause_s, slow_s)):
            if self.done.total() >= self.most:
                self._all_well()
                return
            drawn = self.chance.choices(list(KILLS), weights=list(KILLS.values()))[0]
            what = first.pop() if first else drawn
            with self.town.quiet:
                self._look_after()
                ways[what]()
                self.done[what] += 1
                began = time.monotonic()
                until(self.postgres.answers, "Postgres recovers", SLOW_S)
            self.town.ready()
            slow_s = time.monotonic() - began

    def put_out(self) -> None:
        """No more misfortune: everything runs, everybody outside is well again."""
        self.over.set()
        self.join()
        self._look_after()
        self._all_well()
        self.town.ready()

    def _all_well(self) -> None:
        """Everybody outside does what they should."""
        for name in (*FAULTS, *NORMAL):
            self.town.does("switches", name=name, value=NORMAL.get(name, "normal"))
        self.town.does("switches", name="how often", value="every time")

    def _look_after(self) -> None:
        """What fell without being pushed is told of, and started again."""
        for name in self.town.fallen():
            code = self.town.running[name].returncode
            self.notes.append(f"{name} ended by itself ({code})")
            self.town.kill(name)
        for name in OURS:
            if name not in self.town.running:
                self.town.start(name)

    def _worker(self) -> None:
        self._process(self.chance.choice(("worker-1", "worker-2")))
        if self.chance.random() < 0.2:
            self._process(self.chance.choice(("worker-1", "worker-2")))

    def _process(self, name: str) -> None:
        self.town.kill(name)
        time.sleep(self.chance.uniform(0, 1))
        self.town.start(name)

    def _postmaster(self) -> None:
        self.postgres.kill()
        time.sleep(self.chance.uniform(0, 2))
        self.postgres.start_again()

    def _forge(self) -> None:
        """Somebody who found the address tells of money that never moved (I-7)."""
        for reference, handle, second, amount_minor, phone in self.town.rows(FORGEABLE)[-3:]:
            wrong_ids = handle is None or self.chance.random() < 0.5
            shillings = amount_minor // 100 + (0 if wrong_ids else 1)
            ids = (
                ("29115-34620561-1", "ws_CO_191220191020363925") if wrong_ids else (second, handle)
            )
            body = forged(ids, shillings, phone, f"FORGED{self.chance.randrange(10**4):04d}")
            url = f"{self.town.url}/webhooks/daraja/{SECRETS['DARAJA_CALLBACK_SECRET']}"
            with contextlib.suppress(httpx.HTTPError):  # nobody is at home
                self.town.client.post(f"{url}/stk/{reference}", json=body)

    def _switches(self) -> None:
        """Some of the world's parts begin to fail now and then, others are well again."""
        self.town.does("switches", name="how often", value="1 in 5")
        for name in self.chance.sample(list(FAULTS), 5):
            well = NORMAL.get(name, "normal")
            value = self.chance.choice((well, *FAULTS[name]))
            self.town.does("switches", name=name, value=value)


def forged(ids: tuple[str, str], shillings: int, phone: str, receipt: str) -> dict[str, Any]:
    """A prompt's success in Safaricom's shape."""
    told = {
        "Amount": shillings,
        "MpesaReceiptNumber": receipt,
        "TransactionDate": 20261120101500,
        "PhoneNumber": int(phone.removeprefix("+")),
    }
    callback = {
        "MerchantRequestID": ids[0],
        "CheckoutRequestID": ids[1],
        "ResultCode": 0,
        "ResultDesc": "The service request is processed successfully.",
        "CallbackMetadata": {"Item": [{"Name": name, "Value": told[name]} for name in told]},
    }
    return {"Body": {"stkCallback": callback}}
