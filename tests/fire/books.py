"""What a town's books say without ids and dates, so that two runs of the same plans can be compared."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from tests.fire.town import FireTown

PEOPLE = "SELECT m.name, count(*) FROM merchants m GROUP BY 1"
CLIENTS = (
    "SELECT m.name, c.name, c.phone, count(*) FROM merchants m"
    " JOIN clients c ON c.merchant_id = m.id GROUP BY 1, 2, 3"
)
INVOICES = (
    "SELECT m.name, c.name, i.number_text, i.status, i.total_minor,"
    "  COALESCE((SELECT sum(a.amount_minor) FROM allocations a WHERE a.merchant_id = m.id"
    "   AND a.invoice_id = i.id AND a.released_at IS NULL), 0)::bigint,"
    "  COALESCE((SELECT sum(d.amount_minor) FROM adjustments d WHERE d.merchant_id = m.id"
    "   AND d.invoice_id = i.id), 0)::bigint,"
    "  CASE WHEN i.settled_at IS NULL THEN 'open' ELSE 'settled' END"
    " FROM invoices i JOIN merchants m ON m.id = i.merchant_id"
    " JOIN clients c ON c.merchant_id = m.id AND c.id = i.client_id"
)
PAYMENTS = (
    "SELECT m.name, c.name, p.provider, p.method, p.amount_minor, count(*) FROM payments p"
    " JOIN merchants m ON m.id = p.merchant_id"
    " LEFT JOIN clients c ON c.merchant_id = m.id AND c.id = p.client_id"
    " WHERE p.reversed_at IS NULL AND p.provider <> 'unproven' GROUP BY 1, 2, 3, 4, 5"  # a claim is no money
)
SECTIONS = {"merchant": PEOPLE, "client": CLIENTS, "invoice": INVOICES, "payment": PAYMENTS}


def books(town: FireTown) -> Counter[str]:
    """One line for everything that counts."""
    return Counter(
        f"{kind}: " + ", ".join(map(str, row))
        for kind, query in SECTIONS.items()
        for row in town.rows(query)
    )


def differences(calm: Counter[str], fire: Counter[str], untold: Sequence[str] = ()) -> list[str]:
    """What one run has and the other has not, but for the bills of which nobody told."""
    for book in (calm, fire):
        for line in [one for one in book if one.split(": ", 1)[1].startswith(tuple(untold))]:
            del book[line]
    lost = [f"only undisturbed: {line}" for line in (calm - fire).elements()]
    more = [f"only under fire: {line}" for line in (fire - calm).elements()]
    return sorted(lost) + sorted(more)


RECEIVED = (
    "SELECT p.receipt, p.amount_minor, i.account_code FROM payments p"
    " LEFT JOIN attempts t ON t.merchant_id = p.merchant_id AND t.id = p.attempt_id"
    " LEFT JOIN invoices i ON i.merchant_id = p.merchant_id"
    "  AND (i.id = t.invoice_id OR t.id IS NULL AND i.account_code = p.account)"
    " WHERE p.reversed_at IS NULL AND p.provider = 'daraja'"
)


# A prompt whose answer we never got, and the merchant who was asked to look at her messages.
NAMELESS = (
    "SELECT t.reference, m.name || ', ' || c.name || ', ', EXISTS (SELECT 1 FROM notices n"
    "  WHERE n.merchant_id = m.id AND n.attempt_id = t.id AND n.kind = 'review') FROM attempts t"
    " JOIN merchants m ON m.id = t.merchant_id"
    " JOIN invoices i ON i.merchant_id = m.id AND i.id = t.invoice_id"
    " JOIN clients c ON c.merchant_id = m.id AND c.id = i.client_id WHERE t.handle IS NULL"
)


def untold(town: FireTown) -> dict[str, str]:
    """Receipts of which neither the push's answer nor a callback ever told: by receipt, whose.

    Nothing in the world could make us know them (facts: daraja, pitfall 1); what we owe is to have
    asked the merchant to look.
    """
    shown = town.client.get(f"{town.sandbox}/sandbox/prompts").json()["prompts"]
    nameless = {reference: (whose, asked) for reference, whose, asked in town.rows(NAMELESS)}
    found = {}
    for prompt in shown:
        heard = any(line.endswith("200 OK") for line in prompt["callbacks"])
        whose, asked = nameless.get(prompt["reference"], ("", False))
        if prompt["receipt"] and not heard and asked:
            found[prompt["receipt"]] = whose
    return found


def money(town: FireTown) -> list[str]:
    """Where our payments and the money that really moved part company."""
    silence = untold(town)
    moved = [
        entry
        for entry in town.client.get(f"{town.sandbox}/sandbox/ledger").json()["ledger"]
        if entry["receipt"] not in silence
    ]
    ours = [Received(*row) for row in town.rows(RECEIVED)]
    wrong = []
    for entry in moved:
        found = next((one for one in ours if one.is_(entry)), None)
        if found is None:
            wrong.append(f"moved and not booked: {entry}")
        else:
            ours.remove(found)
    return wrong + [f"booked and never moved (or twice): {one}" for one in ours]


class Received:
    """A payment of ours; a query's has no receipt and is known by account and amount."""

    def __init__(self, receipt: str | None, amount_minor: int, account: str | None) -> None:
        self.receipt = receipt
        self.amount = f"{amount_minor // 100}.{amount_minor % 100:02d}"
        self.account = account

    def __repr__(self) -> str:
        return f"{self.receipt} {self.amount} on {self.account}"

    def is_(self, entry: dict[str, Any]) -> bool:
        """Whether that line of the ledger is this payment."""
        if self.receipt is not None and self.receipt != entry["receipt"]:
            return False
        if self.receipt is None and entry["via"] != "stk":
            return False
        return (self.amount, self.account) == (entry["amount"], entry["account"])


def twice(things: Iterable[str], most: int) -> list[str]:
    """What is there more often than it may be."""
    return [f"{count} × {thing}" for thing, count in Counter(things).items() if count > most]
