"""What merchants and customers do with the bot, step by step, as their plans say."""

import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import httpx

from tests.fire.people import Act, Message, Person, Rules, Say, StuckError, Tap, pattern
from tests.fire.plans import Bill, Shop
from tests.fire.town import FireTown
from tests.flows.town import until

LINK = r"/i/([\w-]{22})"
STOPPED = "Stopped. Nothing was sent, and I keep what you told me so far."
PATIENT_S = 420.0
PROMPT_S = 5.0
PAUSE_S = 1.5
ON_ITS_WAY_S = 25.0
SHORTCODE = "174379"


def shown(amount: Decimal) -> str:
    """An amount as chats show it."""
    return f"{amount:,.2f}".removesuffix(".00")


def facts(town: FireTown, token: str) -> dict[str, Any]:
    """The invoice's page, looked at until it opens."""
    end = time.monotonic() + PATIENT_S
    while time.monotonic() < end:
        try:
            return town.facts(token)
        except (httpx.HTTPError, AssertionError):
            time.sleep(PAUSE_S / 2)
    raise StuckError(f"the page of {token} does not open")


@dataclass
class Merchant:
    """She signs up, bills one after the other, and writes down what came by hand."""

    me: Person
    shop: Shop
    sent: bool = False
    sent_at: float = 0.0

    def sign_up(self) -> None:
        """Six answers."""
        language = {"en": "English", "sw": "Kiswahili"}[self.me.language]
        hello = Say("/start" if self.me.channel == "telegram" else "hi")
        rules: Rules = {
            "Which language do you prefer?": Tap(language),
            "What is the name of your business?": Say(self.shop.name),
            "Which country are you in?": Tap("Kenya"),
            "How do your customers pay you?": Tap("Cash only"),
            "Do you add tax (VAT) to your prices?": Tap("No tax"),
            "Hello! To see an invoice and pay it, open the link you were sent.": Tap(
                "Send invoices"
            ),
            STOPPED: hello,
        }
        ready = (
            "*{business}* is ready. Your first invoice takes a minute.",
            "What would you like to do?",
            "Hello! Tell me what you sold, like *Jane 3 bags cement @850 due Friday*, or choose:",
        )
        done = re.compile("|".join(pattern(words).pattern for words in ready))
        self.me.converse(hello, rules, done)

    def bill(self, bill: Bill) -> str:
        """Issue one invoice, having looked at it; the token of its link."""
        self.sent = False
        line = f"{bill.client} {bill.quantity} {bill.goods} @{bill.price} due tomorrow"
        first = Say(f"/invoice {line}" if bill.in_one_line else "/invoice")
        rules: Rules = {
            # First, since the question stands below it once more.
            "I found nothing like *{typed}*. Please try other words.": self._not_there,
            "New invoice. Who is it for?": Say(bill.client),
            "I know someone with a name like *{name}*. Is it one of these?": Tap("Someone new"),
            "What is the phone number of *{name}*?": Say(bill.number),
            "What did you sell?": Say(f"{bill.quantity} {bill.goods}"),
            "{n} × *{what}*. What is the price for *one*?": Say(str(bill.price)),
            "What is the price of *{what}*?": Say(str(bill.price)),
            # Only asked of what was said at the wrong place. A bare number said twice by one who
            # hears nothing could choose from a card she has not seen: she begins again.
            "How many *{what}*?": Say("/cancel"),
            "When should it be paid?": Say("tomorrow"),
            "Shall I send it?": lambda card: self._look(card, bill),
            "Nothing is sent yet. Please look, then choose one of these:": lambda card: self._look(
                card, bill
            ),
            "*Unpaid invoices.* Which one do you want to see?": Say(bill.client),
            STOPPED: Say("/invoice"),
            "Nobody owes you anything.": self._not_there,
        }
        goal = re.compile(f"(?s)(?=.*{re.escape(bill.client)}).*?{LINK}")
        found = self.me.converse(first, rules, goal, self._again)
        assert found is not None
        token = re.search(LINK, found.text)
        assert token is not None
        return token[1]

    def _look(self, card: Message, bill: Bill) -> Act:
        """Is this what I meant? Then send it, otherwise begin again."""
        right = all(
            words in card.text
            for words in (bill.client, f"KSh {shown(bill.total)}\n", bill.number[-6:])
        )
        self.sent, self.sent_at = right, time.monotonic()
        return Tap("Send") if right else Say("/cancel")

    def _not_there(self, _list: Message) -> Act:
        """Her “send” may still be on its way: channels try for a while, in no order."""
        if self.sent and time.monotonic() - self.sent_at < ON_ITS_WAY_S:
            time.sleep(PAUSE_S * 2)
            return Say("/invoices")
        self.sent = False
        return Say("/invoice")

    def _again(self) -> Act | None:
        """Whoever has said “send” and heard nothing looks whether it went before doing it twice."""
        return Say("/invoices" if self.sent else "/invoice")

    def cash(self, bill: Bill, token: str) -> None:
        """Write down what came by hand, once."""
        before = Decimal(facts(self.me.town, token)["paid"])

        def again() -> Act | None:
            paid = Decimal(facts(self.me.town, token)["paid"])
            return None if paid > before else Say("/payment")

        def look(card: Message) -> Act:
            right = bill.client in card.text and f"KSh {shown(bill.cash)}," in card.text
            return Tap("Save payment") if right else Say("/cancel")

        rules: Rules = {
            "Who paid?": Say(bill.client),
            "How much did *{client}* pay?": Say(str(bill.cash)),
            "How did the money come?": Tap("Cash"),
            "Shall I save it as another payment?": Say("/cancel"),
            "Shall I save it?": look,
            STOPPED: Say("/payment"),
        }
        booked = ("{amount} is booked on *{number}*. {left} is left.",
                  "{amount} is booked. *{number}* is paid. 🎉")  # fmt: skip
        done = re.compile("|".join(pattern(words).pattern for words in booked))
        self.me.converse(Say("/payment"), rules, done, again)

    def void(self, bill: Bill, token: str) -> None:
        """Take it back, with a reason."""

        def again() -> Act | None:
            return None if facts(self.me.town, token)["status"] == "void" else Say("/void")

        def look(card: Message) -> Act:
            return Tap("Void it") if bill.client in card.text else Say("/cancel")

        rules: Rules = {
            "Which invoice do you want to void?": Say(bill.client),
            "Why do you void *{number}*? Your client will see the reason.": Say("Ordered twice"),
            "Shall I void it?": look,
            STOPPED: Say("/void"),
        }
        done = "*{number}* is void. Its number stays used."
        self.me.converse(Say("/void"), rules, done, again)


@dataclass
class Customer:
    """He opens the link and pays as planned; `notes` is what struck him as wrong."""

    me: Person
    bill: Bill
    token: str
    notes: list[str]
    acted_on: set[str] = field(default_factory=set)

    @property
    def msisdn(self) -> str:
        """His number as M-Pesa writes it."""
        return self.bill.number.removeprefix("+")

    @property
    def opening(self) -> Say:
        """What opens the invoice in his chat."""
        if self.me.channel == "telegram":
            return Say(f"/start {self.token}")
        return Say(f"{self.me.town.url}/i/{self.token}")

    def run(self) -> None:
        """As the bill's way says."""
        if self.bill.way != "page":
            self.me.converse(self.opening, {}, re.compile(r"INV-\d+"))
        if self.bill.way == "paybill":
            half = Decimal(int(self.bill.total / 2))
            for part in (half, self.bill.total - half):
                self.pay_in(part)
        elif self.bill.way == "page":
            self.by_prompt(self.ask_on_page)
        elif "prompt" in self.bill.way:
            self.by_prompt(self.ask_in_chat)

    def by_prompt(self, ask: Callable[[], None]) -> None:
        """Ask for prompts until each planned thing has happened to one."""
        wanted = list(self.bill.results)
        end = time.monotonic() + PATIENT_S
        while time.monotonic() < end:
            prompt = self._prompt(0.1)
            if prompt is None:
                ask()
                prompt = self._prompt(PROMPT_S)
            if prompt is not None and self._decide(prompt, wanted[0]):
                wanted.pop(0)
                if not wanted:
                    return
        raise StuckError(f"{self.me.name} ({self.me.channel}) cannot pay; {self.me.screen()}")

    def ask_in_chat(self) -> None:
        """Once through the dialogue, to a prompt or a reason why there is none."""
        ends = (
            "Check your phone: a prompt for *{amount}* is on its way. Enter your M-Pesa PIN there.",
            "We have just sent a prompt. Please wait {wait} before the next one.",
            "A prompt is on its way already. Look at the phone, or wait two minutes.",
            "This invoice is paid already. Thank you!",
        )
        rules: Rules = {
            "*{business}* sent you invoice *{number}*": Tap("Pay {amount}"),
            "Which phone number shall I send the request to?": Say(self.bill.number),
            "Your phone will ask for your PIN. Shall I go on?": Tap("Pay now"),
            "M-Pesa has not told us yet whether the last prompt was paid. Look at your M-Pesa"
            " messages first. If nothing was taken, you can try again.": Tap("Send it again"),
        }
        done = re.compile("|".join(pattern(words).pattern for words in ends))

        def shown() -> object:
            return self._prompt(0.0)

        self.me.converse(
            self.opening, rules, done, lambda: None if shown() else self.opening, shown
        )

    def ask_on_page(self) -> None:
        """Press the button on the page; the same press again while nobody answers."""
        wish = {
            "gateway": "daraja",
            "phone": self.bill.number,
            "nonce": f"{self.me.chance.getrandbits(64):016x}",
            "confirmed": "true",
        }
        end = time.monotonic() + PATIENT_S
        while time.monotonic() < end:
            try:
                answer = self.me.town.client.post(
                    f"{self.me.town.url}/i/{self.token}/pay", json=wish, timeout=10
                )
            except httpx.HTTPError:
                time.sleep(PAUSE_S / 3)
                continue
            if answer.status_code < 500:
                break
            time.sleep(PAUSE_S / 3)
        time.sleep(PAUSE_S * self.me.chance.random())

    def _prompt(self, wait_s: float) -> dict[str, Any] | None:
        """What lies over his phone now and has not been dealt with."""
        end = time.monotonic() + wait_s
        while True:
            url = f"{self.me.town.sandbox}/sandbox/payers/{self.msisdn}"
            found: dict[str, Any] | None = self.me.town.client.get(url).json()["stk"]
            if found and found["id"] not in self.acted_on:
                return found
            if time.monotonic() >= end:
                return None
            time.sleep(0.3)

    def _decide(self, prompt: dict[str, Any], what: str) -> bool:
        """Do it; False when the prompt was gone before."""
        self.acted_on.add(prompt["id"])
        asked, owed = Decimal(prompt["amount"]), self.bill.total - self.bill.cash
        if asked != int(owed):
            self.notes.append(f"{self.me.name} owes {owed} and was asked for {asked}")
        if what == "ignores":
            return True
        if what == "cancels":
            return self._money("stk_cancel", stk_id=prompt["id"])
        if what == "no money":
            self._money("balance", amount="0")
        typed = "9999" if what == "wrong PIN" else "1234"
        done = self._money("pin", stk_id=prompt["id"], pin=typed)
        if what == "no money":
            self._money("balance", amount="200000")
        return done

    def _money(self, act: str, **body: Any) -> bool:
        url = f"{self.me.town.sandbox}/sandbox/payers/{self.msisdn}/{act}"
        return self.me.town.client.post(url, json=body).is_success

    def pay_in(self, amount: Decimal) -> None:
        """By paybill with the account number. Safaricom tells of it once and never again.

        So this money is sent while nobody is being killed: what meets no web process is lost.
        """
        town = self.me.town
        account = next(w["account"] for w in facts(town, self.token)["ways_to_pay"]
                       if w["gateway"] == "daraja")  # fmt: skip
        with town.quiet:
            town.ready()
            body = {"shortcode": SHORTCODE, "account": account, "amount": str(amount)}
            receipt = town.does(f"payers/{self.msisdn}/paybill", **body)["receipt"]
            told = (
                "SELECT 1 FROM provider_events WHERE kind LIKE 'c2b%'"
                f" AND position('{receipt}'::bytea IN body) > 0"
            )
            until(lambda: town.rows(told), f"we are told of {receipt}", 120)


def person(town: FireTown, chance: random.Random, who: Shop | Bill) -> Person:
    """Somebody of the plan in the town."""
    name = who.name if isinstance(who, Shop) else who.client
    seed = random.Random(chance.random())
    return Person(town, who.channel, name, who.number, who.language, seed)
