"""Scores the one-line parser on labelled lines: exact, over-asked, miss, silently wrong.

    python benchmarks/parser_score.py FILE [FILE ...]

Each file holds one JSON object a line (id, text, today, region, currency, clients, expect, accept,
also_ok), judged by the scoring section of the labelling rules. Prints each failure and one summary
line a file; exits 1 where anything is silently wrong.
"""

import json
import sys
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from conversations.one_line import KnownClient, parse, to_json

Json = dict[str, Any]
SLOTS = ("currency", "due", "discount", "tax", "note")
COVERS = {"items": {"price", "quantity"}, "client": {"phone"}}


def read(case: Json) -> Json:
    clients = [KnownClient(row["name"], row.get("phone")) for row in case.get("clients", [])]
    today = date.fromisoformat(case["today"])
    return to_json(
        parse(
            case["text"],
            today=today,
            region=case["region"],
            currency=case["currency"],
            clients=clients,
        )
    )


def judge(case: Json, got: Json) -> tuple[str, str]:
    """The verdict on one line and what was wrong."""
    verdicts = [
        _against(expect, case.get("accept", {}), got)
        for expect in (case["expect"], *case.get("also_ok", []))
    ]
    order = ("exact", "over-asked", "miss", "silently wrong")
    return min(verdicts, key=lambda verdict: order.index(verdict[0]))


def _against(expect: Json, accept: Json, got: Json) -> tuple[str, str]:
    if expect.get("intent") == "none" or got.get("intent") == "none":
        if expect.get("intent") == got.get("intent"):
            return "exact", ""
        return ("miss", "none") if got.get("intent") == "none" else ("silently wrong", "drafted")
    labels = [set(expect["unsure"]), *(set(other) for other in accept.get("unsure", []))]
    asked = _covered(set(got["unsure"]))
    if not any(label <= asked for label in labels):
        return "silently wrong", f"not asked: {sorted(set(expect['unsure']) - asked)}"
    wrong = _wrong(expect, accept, got, asked)
    if wrong:
        return "silently wrong", wrong
    extra = min(
        (set(got["unsure"]) - _covered(label) - _implied(label) for label in labels), key=len
    )
    return ("over-asked", f"asked {sorted(extra)}") if extra else ("exact", "")


def _covered(asked: set[str]) -> set[str]:
    return asked | {slot for cover in asked for slot in COVERS.get(cover, ())}


def _implied(label: set[str]) -> set[str]:
    """Asking items is no over-ask where price or quantity must be asked, nor client for phone."""
    return {cover for cover, slots in COVERS.items() if slots & label}


def _wrong(expect: Json, accept: Json, got: Json, asked: set[str]) -> str:
    if "client" not in asked and "client" not in expect["unsure"]:
        wrong = _client(expect["client"], got["client"], accept, asked)
        if wrong:
            return wrong
    for slot in SLOTS:
        if (
            slot not in asked
            and slot not in expect["unsure"]
            and not _same(expect[slot], got[slot], accept.get(slot))
        ):
            return f"{slot}: {got[slot]!r}, not {expect[slot]!r}"
    return "" if "items" in got["unsure"] else _items(expect, accept, got, asked)


def _client(want: Json | None, have: Json | None, accept: Json, asked: set[str]) -> str:
    name = (want or {}).get("name"), (have or {}).get("name")
    if not _same(*name, accept.get("client.name")):
        return f"client: {name[1]!r}, not {name[0]!r}"
    phone = (want or {}).get("phone"), (have or {}).get("phone")
    if "phone" not in asked and phone[0] != phone[1]:
        return f"phone: {phone[1]!r}, not {phone[0]!r}"
    return ""


def _items(expect: Json, accept: Json, got: Json, asked: set[str]) -> str:
    if len(expect["items"]) != len(got["items"]):
        return f"items: {got['items']}"
    for at, (want, have) in enumerate(zip(expect["items"], got["items"], strict=True)):
        if want["description"] is not None and not _same(
            want["description"], have["description"], accept.get(f"items[{at}].description")
        ):
            return f"description: {have['description']!r}, not {want['description']!r}"
        for slot, key in (("quantity", "quantity"), ("price", "unit_price")):
            if (
                have[key] != want[key]
                and not (have[key] is None and slot in asked)
                and not _either(accept, slot, asked)
            ):
                return f"{key}: {have[key]!r}, not {want[key]!r}"
    return ""


def _either(accept: Json, slot: str, asked: set[str]) -> bool:
    """Where one of several questions will do, the slot not asked may be filled in."""
    return slot not in asked and any(slot not in other for other in accept.get("unsure", []))


def _same(want: Any, have: Any, others: list[Any] | None) -> bool:
    return (have is not None and "*" in (others or [])) or _plain(have) in {
        _plain(value) for value in (want, *(others or []))
    }


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return " ".join(value.lower().replace(".", "").split())
    return json.dumps(value, sort_keys=True)


def score(path: Path, *, shown: bool = True) -> dict[str, int]:
    counts = {"exact": 0, "over-asked": 0, "miss": 0, "silently wrong": 0}
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        got = read(case)
        verdict, why = judge(case, got)
        counts[verdict] += 1
        if shown and verdict != "exact":
            print(f"{verdict:15}{case['id']:8}{case['text']!r}\n{'':23}{why}")
    return counts


def main() -> None:
    worst = 0
    for name in sys.argv[1:]:
        path = Path(name)
        began = perf_counter()
        counts = score(path)
        took = (perf_counter() - began) * 1000
        total = sum(counts.values())
        worst += counts["silently wrong"]
        told = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
        print(
            f"{path.name}: {total} lines, {told}; {counts['exact'] / max(total, 1):.1%} exact, {took / max(total, 1):.2f} ms a line"
        )
    raise SystemExit(bool(worst))


if __name__ == "__main__":
    main()
