"""“Who paid?”: those who owe, each with her open invoices, in as many statements for eight as for one."""

from datetime import date

from sqlalchemy.orm import Session

from bot import money_lookups
from conversations.said import Need
from invoicing import merchants
from models.merchants import Client
from tests import make
from tests.conftest import Counter


def owing(session: Session, count: int) -> list[Client]:
    """So many clients with two open invoices each."""
    found = []
    for number in range(count):
        client = make.client(session, name=f"Client {number}")
        for day in (28, 27):
            make.invoice(session, client, total_minor=100_00 * (number + 1),
                         due_on=date(2026, 11, day))  # fmt: skip
        found.append(client)
    return found


def cost(session: Session, statements: Counter, need: Need) -> tuple[int, int]:
    """How many are found, and with how many statements."""
    session.flush()
    session.expunge_all()
    merchants.get(session)
    statements.statements.clear()
    found = money_lookups.SOURCES["payers"](session, need)
    return len(found.options), len(statements)


def test_as_many_statements_for_many(session: Session, statements: Counter) -> None:
    """Unasked, by a name, and those who have credit: three statements, however many there are."""
    make.merchant(session)
    owing(session, 1)
    asked = (Need("payers", "", {}), Need("payers", "client", {}))
    assert [cost(session, statements, need) for need in asked] == [(1, 3), (1, 3)]
    owing(session, 7)
    assert [cost(session, statements, need) for need in asked] == [(8, 3), (8, 3)]


def test_each_has_her_own(session: Session) -> None:
    """Invoices by due day, those of whoever was merged into her with hers, nobody else's."""
    make.merchant(session)
    first, second, third = owing(session, 3)
    third.merged_into_id, third.status = first.id, "archived"
    session.flush()
    found = {one["name"]: one for one in money_lookups.payers(session, [second, first])}
    assert list(found) == ["Client 1", "Client 0"]
    assert [bill["balance_minor"] for bill in found["Client 1"]["bills"]] == [20_000, 20_000]
    assert sorted(bill["balance_minor"] for bill in found["Client 0"]["bills"]) == [
        10_000, 10_000, 30_000, 30_000,
    ]  # fmt: skip
    assert money_lookups.payer(session, third.id) == found["Client 0"]
    ids = [bill["id"] for bill in found["Client 1"]["bills"]]
    assert ids == sorted(ids, reverse=True)  # the later one is due a day before
