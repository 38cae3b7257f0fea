"""M-Pesa as a whole: merchants, wallets, prompts, tokens and the ledger of money really moved."""

import secrets
import string
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING

from .post import Post
from .state import World, iso

if TYPE_CHECKING:
    from .daraja_stk import Prompt

EAT = timezone(timedelta(hours=3))
MOST_LEDGER = 1000
MOST_PROMPTS = 5000
MOST_WALLETS = 10_000
DAILY_LIMIT = Decimal(500_000)
AUTO_BALANCE = Decimal(250_000)
LETTERS = string.ascii_uppercase
DIGITS_AND_LETTERS = string.digits + LETTERS


@dataclass
class Wallet:
    """What one phone holds; `spent` counts for the day `spent_on`."""

    msisdn: str
    name: str
    balance: Decimal
    shown: bool = False
    wrong_pins: int = 0
    spent: Decimal = Decimal(0)
    spent_on: str = ""


@dataclass
class Merchant:
    """One shortcode with its passkey, till and C2B addresses."""

    shortcode: str
    passkey: str
    till: str
    name: str
    balance: Decimal = Decimal(0)
    urls: dict[str, str] | None = None


@dataclass(frozen=True)
class Moved:
    """Money that really went from a wallet to a merchant."""

    receipt: str
    msisdn: str
    amount: Decimal
    account: str
    via: str
    at: datetime

    def as_json(self) -> dict[str, str]:
        """A line of the ledger."""
        return {
            "receipt": self.receipt,
            "from": f"+{self.msisdn}",
            "amount": f"{self.amount:.2f}",
            "account": self.account,
            "via": self.via,
            "at": iso(self.at),
        }


@dataclass
class Daraja:
    """Read and changed under the world's lock."""

    world: World
    owner: str = ""
    wallets: dict[str, Wallet] = field(default_factory=dict)
    ledger: deque[Moved] = field(default_factory=lambda: deque(maxlen=MOST_LEDGER))
    tokens: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        options = self.world.options
        self.post = Post(timeout_s=30)
        self.prompts: OrderedDict[str, Prompt] = OrderedDict()
        merchant = Merchant(options.shortcode, options.passkey, options.till, options.business)
        self.merchants = {options.shortcode: merchant}

    def open_wallet(self, msisdn: str, name: str, balance: Decimal) -> None:
        """A phone on the page."""
        self.wallets[msisdn] = Wallet(msisdn, name, balance, shown=True)

    def wallet(self, msisdn: str) -> Wallet:
        """The wallet of any number; unknown ones are opened with enough in them."""
        if msisdn not in self.wallets:
            self._make_room()
            self.wallets[msisdn] = Wallet(msisdn, "Auto Payer", AUTO_BALANCE)
        return self.wallets[msisdn]

    def _make_room(self) -> None:
        while len(self.wallets) >= MOST_WALLETS:
            oldest = next(key for key, wallet in self.wallets.items() if not wallet.shown)
            del self.wallets[oldest]
            self.world.sms.pop(oldest, None)

    def now(self) -> datetime:
        """The time in Nairobi."""
        return self.world.now().astimezone(EAT)

    def refusal_of(self, wallet: Wallet, amount: Decimal) -> int:
        """0, or the result code why this wallet cannot pay: 1 funds, 4 daily limit."""
        today = self.now().date().isoformat()
        if wallet.spent_on != today:
            wallet.spent, wallet.spent_on = Decimal(0), today
        if wallet.balance < amount:
            return 1
        return 4 if wallet.spent + amount > DAILY_LIMIT else 0

    def move(
        self, wallet: Wallet, merchant: Merchant, amount: Decimal, account: str, via: str
    ) -> Moved:
        """Take the money, write it down, and text both."""
        wallet.balance -= amount
        wallet.spent += amount
        merchant.balance += amount
        moved = Moved(self.receipt(), wallet.msisdn, amount, account, via, self.world.now())
        self.ledger.append(moved)
        if not wallet.shown:
            wallet.balance = max(wallet.balance, AUTO_BALANCE)
        self._tell(moved, wallet, merchant)
        return moved

    def receipt(self) -> str:
        """A receipt of the right shape: year (U = 2026), month, day and seven signs."""
        now = self.now()
        year = LETTERS[(now.year - 2006) % 26]
        day = (string.digits[1:] + LETTERS)[now.day - 1]
        rest = "".join(self.world.chance.choice(DIGITS_AND_LETTERS) for _ in range(7))
        return year + LETTERS[now.month - 1] + day + rest

    def _tell(self, moved: Moved, wallet: Wallet, merchant: Merchant) -> None:
        now = self.now()
        hour = now.strftime("%I").lstrip("0")
        when = f"on {now.day}/{now.month}/{now:%y} at {hour}:{now:%M %p}"
        amount = f"{moved.amount:,.2f}"
        account = f" for account {moved.account}" if moved.account else ""
        self.world.text(
            wallet.msisdn,
            "MPESA",
            f"{moved.receipt} Confirmed. Ksh{amount} sent to {merchant.name}{account} {when}. "
            f"New M-PESA balance is Ksh{wallet.balance:,.2f}. Transaction cost, Ksh0.00.",
        )
        payer = f"{wallet.name.upper()} 0{wallet.msisdn[3:6]}***{wallet.msisdn[-3:]}"
        if self.owner:
            self.world.text(
                self.owner,
                "MPESA",
                f"{moved.receipt} Confirmed. {when} Ksh{amount} received from {payer}. "
                f"Account Number {moved.account}. New Utility balance is "
                f"Ksh{merchant.balance:,.2f}.",
            )

    def new_token(self) -> str:
        """28 signs, as the real ones."""
        return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(28))

    def switched(self, name: str, value: str) -> None:
        """A switch was set; some act at once."""
        self.world.switches.set(name, value)
        if (name, value) == ("token", "expire now"):
            self.tokens.clear()
            self.world.switches.set("token", "normal")

    def shown_ledger(self) -> list[dict[str, str]]:
        """Oldest first."""
        return [moved.as_json() for moved in self.ledger]

    def reset(self) -> None:
        """Full wallets and an empty ledger; registered addresses and tokens stay."""
        self.wallets.clear()
        self.ledger.clear()
        for prompt in self.prompts.values():
            if prompt.result is None:
                prompt.result = 1037  # nobody waits for these any more
        self.prompts.clear()
        for merchant in self.merchants.values():
            merchant.balance = Decimal(0)


def later_than(moment: datetime, seconds: float, now: datetime) -> bool:
    """Whether so many seconds have passed since that moment."""
    return (now - moment).total_seconds() >= seconds
