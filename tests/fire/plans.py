"""What people are going to do, drawn from a seed: the same seed, the same town, the same money."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

FIRST = [
    "Amina",
    "Brian",
    "Caro",
    "Dennis",
    "Esther",
    "Faith",
    "Gideon",
    "Halima",
    "Isaac",
    "Joyce",
    "Kevin",
    "Lydia",
    "Moses",
    "Naomi",
    "Oscar",
    "Purity",
    "Rehema",
    "Samuel",
    "Tabitha",
    "Victor",
    "Winnie",
    "Yusuf",
    "Zawadi",
    "Beatrice",
    "Collins",
    "Doreen",
    "Felix",
    "Grace",
]
LAST = [
    "Achieng",
    "Barasa",
    "Chebet",
    "Juma",
    "Kiptoo",
    "Langat",
    "Mutua",
    "Ndegwa",
    "Odhiambo",
    "Rotich",
    "Simiyu",
    "Tanui",
    "Wekesa",
    "Akinyi",
    "Cherono",
    "Gitonga",
    "Kariuki",
    "Muthoni",
    "Nekesa",
    "Omondi",
    "Wafula",
    "Were",
    "Makena",
    "Kendi",
]
TRADES = ("Hardware", "Salon", "Bakery", "Garage", "Tailors", "Electricals", "Butchery", "Florist")
GOODS = (
    ("bags of cement", 850), ("braids", 1500), ("loaves of bread", 65), ("tyres", 4200),
    ("school uniforms", 1250), ("light bulbs", 180), ("goat legs", 900), ("bouquets", 700),
    ("iron sheets", 1150), ("chairs", 2300),
)  # fmt: skip
# Where the customer's money comes from, and how likely.
WAYS = {
    "prompt": 10, "page": 4, "paybill": 4, "cash": 2, "cash and prompt": 2, "void": 2, "nothing": 1,
}  # fmt: skip
RESULTS = (
    ("pays",),
    ("pays",),
    ("pays",),
    ("no money", "pays"),
    ("cancels", "pays"),
    ("wrong PIN", "pays"),
    ("ignores", "pays"),
)


@dataclass(frozen=True)
class Bill:
    """One invoice and how it will be paid; the price is for one, in shillings."""

    client: str
    number: str
    channel: str
    language: str
    goods: str
    quantity: int
    price: Decimal
    way: str
    results: tuple[str, ...]
    in_one_line: bool

    @property
    def total(self) -> Decimal:
        """What it comes to."""
        return self.quantity * self.price

    @property
    def cash(self) -> Decimal:
        """What is paid by hand before anything else."""
        if self.way == "cash":
            return self.total
        return Decimal(int(self.total / 3)) if self.way == "cash and prompt" else Decimal(0)


@dataclass(frozen=True)
class Shop:
    """A merchant and what she will bill, one after the other."""

    name: str
    number: str
    channel: str
    language: str
    bills: tuple[Bill, ...]


def shops(seed: int, conversations: int, bills_each: int = 4) -> list[Shop]:
    """So many people, of whom one in five has something to sell."""
    chance = random.Random(seed)
    numbers = iter(chance.sample(range(10_000_000, 99_999_999), conversations + bills_each + 1))
    made: list[Shop] = []
    left = conversations
    while left > 1:
        count = min(bills_each, left - 1)
        made.append(_shop(chance, numbers, len(made), count))
        left -= 1 + count
    return made


def _shop(chance: random.Random, numbers: Iterator[int], at: int, count: int) -> Shop:
    names = chance.sample(FIRST, count)
    # Every way of paying is met even by a small town: the first bills go through them in turn.
    ways = list(WAYS)
    bills = []
    for place, name in enumerate(names):
        drawn = chance.choices(ways, weights=list(WAYS.values()))[0]
        turn = at * count + place
        bills.append(_bill(chance, name, next(numbers), ways[turn] if turn < len(ways) else drawn))
    return Shop(
        name=f"{chance.choice(LAST)} {chance.choice(TRADES)} {at + 1}",
        number=f"+2547{next(numbers)}",
        channel=("telegram", "whatsapp")[at % 2],
        language=chance.choice(("en", "sw")),
        bills=tuple(bills),
    )


def _bill(chance: random.Random, first: str, number: int, way: str) -> Bill:
    goods, price = chance.choice(GOODS)
    exact = Decimal(price + chance.randrange(0, 50))
    if way in ("prompt", "page") and chance.random() < 0.2:
        exact += Decimal("0.50")  # M-Pesa takes whole shillings: the rest is rounded off
    return Bill(
        client=f"{first} {chance.choice(LAST)}",
        number=f"+2547{number}",
        channel=chance.choice(("telegram", "whatsapp")),
        language=chance.choice(("en", "sw")),
        goods=goods,
        quantity=chance.choice((1, 2, 3, 5)),
        price=exact,
        way=way,
        results=chance.choice(RESULTS) if "prompt" in way or way == "page" else (),
        in_one_line=chance.random() < 0.4,
    )
