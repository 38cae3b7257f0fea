"""`export`: a merchant's books as files that any spreadsheet opens, and nothing of another's."""

import csv
import stat
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk import export
from models import db
from models.db import Database
from models.money import Money
from models.payments import Allocation, Payment
from tests import make
from tests.conftest import NOW
from tests.desk.command import bili

FILES = {"clients", "invoices", "lines", "payments", "allocations"}


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def pay(session: Session, invoice_id: int, client_id: int, amount_minor: int) -> None:
    """Money that arrived and was booked whole."""
    payment = Payment(
        merchant_id=db.merchant_id(session),
        client_id=client_id,
        provider="manual",
        source="manual",
        method="cash",
        amount_minor=amount_minor,
        currency="KES",
        paid_at=NOW,
        made_at=NOW,
        payer_name="@Jane",
    )
    session.add(payment)
    session.flush()
    session.add(
        Allocation(
            merchant_id=payment.merchant_id,
            payment_id=payment.id,
            invoice_id=invoice_id,
            amount_minor=amount_minor,
            made_at=NOW,
        )
    )
    session.flush()


@pytest.fixture
def merchant_id(joined: Database) -> int:
    """Two merchants; the first has one invoice, partly paid, and a client with a wicked name."""
    with joined.transaction() as session:
        merchant = make.merchant(session, name="Wanjiru Hardware")
        jane = make.client(session, name="=HYPERLINK(0)", phone="+254712345678")
        invoice = make.invoice(session, jane, note="Asante, “Jane”")
        pay(session, invoice.id, jane.id, 100_050)
        found = merchant.id
    with joined.transaction() as session:
        make.merchant(session, name="Another")
        make.invoice(session, make.client(session, name="Not hers"))
    return found


def test_five_files_of_one_merchant(joined: Database, merchant_id: int, tmp_path: Path) -> None:
    """Her rows and nobody else's, with decimal amounts, ISO dates and the status of today."""
    counts = export.export(joined, merchant_id, tmp_path / "books")

    assert counts == dict.fromkeys(FILES, 1)
    assert {path.name for path in (tmp_path / "books").iterdir()} == {f"{n}.csv" for n in FILES}
    (invoice,) = read(tmp_path / "books" / "invoices.csv")
    assert (invoice["total"], invoice["paid"], invoice["balance"]) == (
        "2550.00",
        "1000.50",
        "1549.50",
    )
    assert (invoice["status"], invoice["issued_on"], invoice["due_on"]) == (
        "partly_paid",
        "2026-11-20",
        "2026-11-27",
    )
    assert invoice["note"] == "Asante, “Jane”"
    (payment,) = read(tmp_path / "books" / "payments.csv")
    assert (payment["amount"], payment["paid_at"]) == ("1000.50", "2026-11-20T07:00:00+00:00")
    (line,) = read(tmp_path / "books" / "lines.csv")
    assert (line["quantity"], line["unit_price"], line["number"]) == (
        "1",
        "2550.00",
        invoice["number"],
    )
    (allocation,) = read(tmp_path / "books" / "allocations.csv")
    assert (allocation["payment_id"], allocation["invoice_id"]) == (payment["id"], invoice["id"])
    assert allocation["amount"] == "1000.50"


def test_nothing_is_a_formula(joined: Database, merchant_id: int, tmp_path: Path) -> None:
    """No cell of any file begins with a sign that a spreadsheet would act upon."""
    export.export(joined, merchant_id, tmp_path)

    cells = [
        cell for name in FILES for row in read(tmp_path / f"{name}.csv") for cell in row.values()
    ]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    (client,) = read(tmp_path / "clients.csv")
    assert (client["name"], client["phone"]) == ("'=HYPERLINK(0)", "'+254712345678")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (True, "yes"),
        (Decimal("2.5000"), "2.5"),
        (Decimal(100), "100"),
        (Money(5, "KES"), "0.05"),
        (Money(7, "UGX"), "7"),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime.fromisoformat("2026-01-02T03:04:05.678+03:00"), "2026-01-02T00:04:05+00:00"),
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("a=1", "a=1"),
    ],
)
def test_cells(value: object, written: str) -> None:
    """How each kind of value is written."""
    assert export.cell(value) == written


def test_excel_reads_every_letter(joined: Database, merchant_id: int, tmp_path: Path) -> None:
    """Files begin with the mark by which Excel knows UTF-8, and only the operator may read them."""
    export.export(joined, merchant_id, tmp_path / "x")

    path = tmp_path / "x" / "invoices.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfmerchant_id,")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not list((tmp_path / "x").glob("*.part"))


def test_one_archive(joined: Database, merchant_id: int, tmp_path: Path) -> None:
    """A name in .zip is one file with the five in it."""
    export.export(joined, merchant_id, tmp_path / "new" / "books.zip")

    target = tmp_path / "new" / "books.zip"
    assert {f.name for f in target.parent.iterdir()} == {"books.zip"}
    assert set(zipfile.ZipFile(target).namelist()) == {f"{name}.csv" for name in FILES}
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_an_unknown_merchant_makes_no_file(joined: Database, tmp_path: Path) -> None:
    """There is nobody to export."""
    with pytest.raises(LookupError, match="no merchant 987654"):
        export.export(joined, 987_654, tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_the_command_exports_all(database: Database, tmp_path: Path) -> None:
    """--all holds every merchant's rows; --merchant hers; an unknown one is an error."""
    ids = []
    for name in ("Asha", "Baraka"):
        with database.transaction() as session:
            ids.append(make.merchant(session, name=name).id)
            make.invoice(session)
    environment: dict[str, Any] = {"DATABASE_URL": database.options.url}
    said = bili("export", "--all", "--out", str(tmp_path / "all"), **environment)
    assert said.returncode == 0, said.stderr
    assert {row["merchant_id"] for row in read(tmp_path / "all" / "invoices.csv")} == set(
        map(str, ids)
    )

    said = bili("export", "--merchant", str(ids[1]), "--out", str(tmp_path / "one"), **environment)
    assert "1 invoices" in said.stdout
    assert {row["merchant_id"] for row in read(tmp_path / "one" / "invoices.csv")} == {str(ids[1])}

    said = bili("export", "--merchant", "99", "--out", str(tmp_path / "none"), **environment)
    assert (said.returncode, said.stderr) == (1, "bili: export: there is no merchant 99\n")


def test_children_are_read_before_their_parents(
    joined: Database, merchant_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is paid while we write leads to no allocation whose payment is missing."""
    order: list[str] = []
    write = export._write

    def noted(path: Path, *content: object) -> int:
        order.append(path.stem)
        return write(path, *content)  # type: ignore[arg-type]

    monkeypatch.setattr(export, "_write", noted)
    export.export(joined, merchant_id, tmp_path)
    assert order == ["allocations", "payments", "lines", "invoices", "clients"]
    with joined.transaction(merchant_id) as session:
        assert session.scalar(sa.text("SELECT count(*) FROM allocations")) == 1
