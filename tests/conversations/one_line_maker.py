"""What made-up lines are made of: people, goods, amounts, days, and the maker that draws them."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

Json = dict[str, Any]
TODAY = date(2026, 11, 18)  # a Wednesday
CURRENCY = {"KE": "KES", "TZ": "TZS", "UG": "UGX", "NG": "NGN"}

PEOPLE = (
    "Halima", "otieno", "Wanjala", "mutiso kyalo", "Zuhura", "Chebet", "nakato", "Tunde Bakare",
    "ngozi", "mzee Kaptich", "Mama Zuri", "bi Salma", "Dr. Oduya", "mwalimu Ouma", "Pastor Njiru",
    "baba Tumaini", "Zembo", "kwindu", "aluko", "mr Ssenyonga", "Fatou", "esther n.", "Bakari Juma",
)  # fmt: skip
FIRMS = (
    "Pamoja Traders", "tulivu salon", "Mlima Academy", "Baobab Ltd", "duka la Zawadi", "hotel Mapambazuko",
    "Kilele Hardware", "shule ya Nuru", "St. Kizito Parish", "Ukwala Enterprises", "kampuni ya Radi",
)  # fmt: skip
ENGLISH_GOODS = (
    "chairs", "school bags", "mattresses", "eggs", "t-shirts", "phone covers", "bulbs", "mugs",
    "curtains", "blankets", "tyres", "sandals", "bricks", "wigs", "hoodies", "windows",
)  # fmt: skip
SWAHILI_GOODS = (
    "viti",
    "mikate",
    "vitabu",
    "sare",
    "sabuni",
    "mashati",
    "milango",
    "kuku",
    "mikeka",
    "godoro",
)
ENGLISH_WORK = (
    "plumbing",
    "wedding photography",
    "car wash",
    "logo design",
    "catering",
    "laundry",
    "tiling",
)
SWAHILI_WORK = (
    "kuosha gari",
    "kushona gauni",
    "ulinzi",
    "kupaka rangi",
    "usafiri",
    "kusuka nywele",
)
MEASURED = (
    ("bags", "rice"),
    ("crates", "soda"),
    ("kg", "beef"),
    ("litres", "paint"),
    ("rolls", "wire"),
)
MEASURED_SW = (("kilo", "sukari"), ("magunia", "mahindi"), ("lita", "maziwa"), ("katoni", "sabuni"))
SWAHILI_COUNTS = {2: "mbili", 3: "tatu", 4: "nne", 5: "tano", 6: "sita", 10: "kumi"}
SWAHILI_AMOUNTS = {"elfu mbili": 2000, "elfu tano mia tano": 5500, "elfu kumi na tatu": 13000, "mia nane": 800,
                   "thao tatu": 3000, "laki moja": 100000, "mia tatu hamsini": 350, "soo nane": 800}  # fmt: skip
ENGLISH_VERBS = (
    "invoice",
    "bill",
    "charge",
    "Invoice",
    "pls invoice",
    "hi, please bill",
    "invocie",
    "send invoice to",
)
SWAHILI_VERBS = ("ankara kwa", "lipisha", "mdai", "tuma ankara kwa", "nitumie invoice ya", "ankra kwa", "naomba ankara ya",
                 "boss tuma bili kwa", "andikia")  # fmt: skip
FAMILIES: dict[str, Callable[["Maker"], Json]] = {}


def family(make: Callable[["Maker"], Json]) -> Callable[["Maker"], Json]:
    """Adds a way of saying to the families."""
    FAMILIES[make.__name__] = make
    return make


@dataclass
class Maker:
    """Draws facts and writes labels."""

    rng: random.Random
    region: str

    def pick(self, pool: Any) -> Any:
        return self.rng.choice(tuple(pool))

    def client(self) -> str:
        return str(self.pick(PEOPLE if self.rng.random() < 0.75 else FIRMS))

    def goods(self) -> str:
        return str(self.pick(ENGLISH_GOODS))

    def count(self) -> int:
        return self.rng.choice((2, 3, 4, 5, 6, 8, 10, 12, 15, 24, 40))

    def amount(self) -> tuple[str, int]:
        """An amount as typed and its value."""
        value = self.rng.choice(
            (120, 350, 480, 850, 999, 1200, 1750, 2500, 4500, 13500, 45000, 150000)
        )
        forms = [str(value)]
        if value >= 1000:
            forms += [f"{value:,}", f"{value}/="]
            if value % 500 == 0:
                forms.append(
                    f"{Decimal(value) / 1000:f}".rstrip("0").rstrip(".") + "k"
                    if value % 1000
                    else f"{value // 1000}k"
                )
        return self.rng.choice(forms), value

    def phone(self) -> tuple[str, str]:
        """A phone number as typed and in E.164."""
        code, digits = {
            "KE": ("254", "7"),
            "TZ": ("255", "7"),
            "UG": ("256", "7"),
            "NG": ("234", "80"),
        }[self.region]
        rest = "".join(
            self.rng.choice("123456789")
            for _ in range((10 if self.region == "NG" else 9) - len(digits))
        )
        local = digits + rest
        shapes = (f"0{local}", f"0{local[:3]} {local[3:6]} {local[6:]}", f"+{code}{local}", f"+{code} {local[:3]} {local[3:]}",
                  f"{code}{local}", f"0{local[:3]}-{local[3:6]}-{local[6:]}")  # fmt: skip
        return self.rng.choice(shapes), f"+{code}{local}"

    def due(self) -> tuple[str, str | None]:
        """A due phrase and its day; often none."""
        if self.rng.random() < 0.45:
            return "", None
        says = {
            "due friday": 2, "alipe kesho": 1, "due in 2 weeks": 14, "net 30": 30, "due 27/11": 9, "alipe tarehe 30": 12,
            "due 5th": 17, "baada ya siku 7": 7, "pay by monday": 5, "atalipa ijumaa": 2, "due end of month": 12,
            "alipe mwisho wa mwezi": 12, "due 3 dec": 15, "kabla ya jumapili": 4, "due wednesday": 7,
            "within 10 days": 10, "due tomorrow": 1, "alipe jumatatu ya wiki ijayo": 5,
        }  # fmt: skip
        words = str(self.pick(says))
        return words, (TODAY + timedelta(says[words])).isoformat()

    def label(self, text: str, client: Any, items: list[Any], **more: Any) -> Json:
        """One labelled line in the shape of the corpus."""
        accept: Json = {}
        lines = []
        for at, (description, quantity, price) in enumerate(items):
            variants = (
                (description,)
                if isinstance(description, str) or description is None
                else description
            )
            accept[f"items[{at}].description"] = list(variants[1:])
            lines.append(
                {
                    "description": variants[0],
                    "quantity": _text(quantity),
                    "unit_price": _text(price),
                }
            )
        name, phone = client if isinstance(client, tuple) else (client, None)
        expect = {
            "client": {"name": name, "phone": phone} if name else None, "items": lines,
            "currency": CURRENCY[self.region], "due": None, "discount": None, "tax": None, "note": None, "unsure": [],
        } | more  # fmt: skip
        return {"today": TODAY.isoformat(), "region": self.region, "currency": CURRENCY[self.region],
                "text": " ".join(text.split(" ")).replace("  ", " ").strip(), "expect": expect, "accept": accept}  # fmt: skip


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def measured(measure: str, thing: str, *, first: bool = True) -> tuple[str, ...]:
    """A measured thing as typed first, and its usual variants."""
    order = (f"{measure} {thing}", f"{thing} {measure}")
    return (
        *(order if first else order[::-1]),
        thing,
        f"{measure} of {thing}",
        f"{measure} ya {thing}",
        f"{measure} za {thing}",
    )
