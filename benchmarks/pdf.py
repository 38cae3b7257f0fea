"""Milliseconds per invoice PDF, warm, beside a bare typst page with the same font in the same run.

Each invoice is another one (number, client, lines, address), as in a day's work; one that is
printed again is told apart, since typst remembers most of it.

python benchmarks/pdf.py [--each 60]
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import typst  # noqa: E402

from documents import invoice  # noqa: E402
from documents.facts import (  # noqa: E402
    BusinessFacts,
    ClientFacts,
    InvoiceFacts,
    LineFacts,
    Status,
)
from models.money import Money  # noqa: E402

BARE = """#let d = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: 2cm)
#set text(font: "Noto Sans", size: 9.5pt)
= Invoice INV-0042
#table(columns: 4, ..d.rows.flatten())
"""


def facts(lines: int, place: int = 0) -> InvoiceFacts:
    """An ordinary invoice with so many lines, unlike those of other places."""
    price = Money(85_000 + 100 * place, "KES")
    rows = tuple(
        LineFacts(f"Bags of cement, lot {place}-{n}", "2", price, price + price)
        for n in range(lines)
    )
    total = Money(lines * 2 * price.amount_minor, "KES")
    return InvoiceFacts(
        business=BusinessFacts(name="Wanjiru Hardware", phone="0712345678"),
        client=ClientFacts(name=f"Jane Mwangi {place}"),
        number=f"INV-{place:04}",
        issued_on=date(2026, 11, 20),
        due_on=date(2026, 11, 27),
        lines=rows,
        subtotal=total,
        total=total,
        balance=total,
        status=Status.SENT,
        page_url=f"https://bili.example/i/Zk3uYb5cQm1n8rT0{place:06}",
    )


def bare(folder: Path) -> Callable[[], bytes]:
    """The least that could draw twelve lines."""
    source, places = folder / "bare.typ", itertools.count()
    source.write_text(BARE)
    fonts = [str(ROOT / "documents" / "fonts")]
    compiler = typst.Compiler(str(source), font_paths=fonts, ignore_system_fonts=True)

    def make() -> bytes:
        place = next(places)
        rows = [[f"Bags of cement, lot {place}-{n}", "2", "850", "1,700"] for n in range(12)]
        made: bytes = compiler.compile(sys_inputs={"data": json.dumps({"rows": rows})})
        return made

    return make


def ours(lines: int) -> Callable[[], bytes]:
    """An invoice, each time another."""
    places = itertools.count()
    return lambda: invoice.pdf(facts(lines, next(places)), "en")


def main() -> None:
    """Take turns; print medians and the ratio."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--each", type=int, default=60)
    options = ask.parse_args()
    again = facts(12, 999)
    with tempfile.TemporaryDirectory() as scratch:
        makers: dict[str, Callable[[], bytes]] = {
            "bare page, 12 lines": bare(Path(scratch)),
            "invoice, 3 lines": ours(3),
            "invoice, 12 lines": ours(12),
            "the same again": lambda: invoice.pdf(again, "en"),
        }
        times: dict[str, list[float]] = {name: [] for name in makers}
        for make in makers.values():
            make()
        for _ in range(options.each):
            for name, make in makers.items():
                began = time.perf_counter()
                make()
                times[name].append((time.perf_counter() - began) * 1000)
    medians = {name: statistics.median(found) for name, found in times.items()}
    for name, found in medians.items():
        print(f"{name}: {found:.1f} ms, at best {min(times[name]):.1f}")
    print(f"{len(invoice.pdf(again, 'en')) / 1024:.0f} KB")
    ratio = medians["invoice, 12 lines"] / medians["bare page, 12 lines"]
    print(f"invoice of 12 lines: {ratio:.1f} x a bare page; goal <= 15 ms warm")


if __name__ == "__main__":
    main()
