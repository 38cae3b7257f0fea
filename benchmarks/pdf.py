"""Milliseconds per invoice PDF, warm, beside a bare typst page with the same font in the same run.

python benchmarks/pdf.py [--each 60]
"""

from __future__ import annotations

import argparse
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


def facts(lines: int) -> InvoiceFacts:
    """An ordinary invoice with so many lines."""
    price = Money(85_000, "KES")
    rows = tuple(LineFacts(f"Bags of cement, lot {n}", "2", price, price + price)
                 for n in range(lines))  # fmt: skip
    total = Money(170_000 * lines, "KES")
    return InvoiceFacts(
        business=BusinessFacts(name="Wanjiru Hardware", phone="0712345678"),
        client=ClientFacts(name="Jane Mwangi"),
        number="INV-0042",
        issued_on=date(2026, 11, 20),
        due_on=date(2026, 11, 27),
        lines=rows,
        subtotal=total,
        total=total,
        balance=total,
        status=Status.SENT,
        page_url="https://bili.example/i/Zk3uYb5cQm1n8rT0aaaaaa",
    )


def bare(folder: Path) -> Callable[[], bytes]:
    """The least that could draw twelve lines."""
    source = folder / "bare.typ"
    source.write_text(BARE)
    rows = [[f"Bags of cement, lot {n}", "2", "850", "1,700"] for n in range(12)]
    compiler = typst.Compiler(
        str(source), font_paths=[str(ROOT / "documents" / "fonts")], ignore_system_fonts=True,
        sys_inputs={"data": json.dumps({"rows": rows})},
    )  # fmt: skip
    return compiler.compile


def main() -> None:
    """Take turns; print medians and the ratio."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--each", type=int, default=60)
    options = ask.parse_args()
    three, twelve = facts(3), facts(12)
    with tempfile.TemporaryDirectory() as scratch:
        makers: dict[str, Callable[[], bytes]] = {
            "bare page, 12 lines": bare(Path(scratch)),
            "invoice, 3 lines": lambda: invoice.pdf(three, "en"),
            "invoice, 12 lines": lambda: invoice.pdf(twelve, "en"),
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
        size = len(makers[name]()) / 1024 if name != "bare page, 12 lines" else 0
        print(f"{name}: {found:.1f} ms" + (f", {size:.0f} KB" if size else ""))
    ratio = medians["invoice, 12 lines"] / medians["bare page, 12 lines"]
    print(f"invoice of 12 lines: {ratio:.1f} x a bare page; goal <= 15 ms warm")


if __name__ == "__main__":
    main()
