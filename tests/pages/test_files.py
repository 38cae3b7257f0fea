"""Files of an invoice on its page: named there, served to whoever has the link, and to nobody else."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from invoicing import attaching, lifecycle
from invoicing.commands import SentFile
from models.attached import Attached
from models.invoices import Invoice
from models.merchants import Merchant
from sandbox.telegram_files import picture
from tests.pages.bed import bill, path

PDF = b"%PDF-1.7\n%%EOF\n"
JSON = {"Accept": "application/json"}


def attach(session: Session, invoice: Invoice, content: bytes, name: str) -> Attached:
    """A file that was fetched."""
    sent = SentFile("telegram", "f", attaching.kind_of(content) or "", name)
    row = attaching.add(session, invoice, sent, by=None)
    attaching.fill(session, row, content)
    return row


def test_the_page_names_them(browser: FlaskClient, session: Session, merchant: Merchant) -> None:
    """With their size, in both languages and in the JSON; one that is still fetched is not there."""
    invoice = bill(session, merchant)
    row = attach(session, invoice, picture(300, 200), "the gate.jpg")
    attaching.add(session, invoice, SentFile("telegram", "g", "pdf", "later.pdf"), by=None)
    address = f"{path(session, invoice)}/files/{row.id}/the-gate.png"

    page = browser.get(path(session, invoice)).text

    assert "Attached" in page
    assert f'<a href="{address}">the-gate.png</a> <small>1 KB</small>' in page
    assert "later" not in page
    assert "Viambatisho" in browser.get(f"{path(session, invoice)}?lang=sw").text
    found = browser.get(path(session, invoice), headers=JSON).get_json()["files"]
    assert found == [{"name": "the-gate.png", "size": len(row.content), "path": address}]


def test_a_picture_is_shown_and_a_pdf_saved(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """As what it is and nothing else; nothing runs in our name, nobody between us keeps it."""
    invoice = bill(session, merchant)
    shown = attach(session, invoice, picture(), "gate.png")
    saved = attach(session, invoice, PDF, "plan.pdf")
    for row, kind, how in (
        (shown, "image/png", "inline"),
        (saved, "application/pdf", "attachment"),
    ):
        got = browser.get(f"{path(session, invoice)}/files/{row.id}/{row.name}")
        assert (got.status_code, got.content_type, got.data) == (200, kind, row.content)
        assert got.headers["Content-Disposition"] == f'{how}; filename="{row.name}"'
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in got.headers["Content-Security-Policy"]
        assert "sandbox" in got.headers["Content-Security-Policy"]
        assert "private" in got.headers["Cache-Control"]
        known = {"If-None-Match": got.headers["ETag"]}
        assert browser.get(got.request.path, headers=known).status_code == 304


def test_nothing_else_opens_it(browser: FlaskClient, session: Session, merchant: Merchant) -> None:
    """Not another invoice's link, not a link that was taken back, not a file that was taken away."""
    invoice, other = bill(session, merchant), bill(session, merchant)
    row = attach(session, invoice, PDF, "plan.pdf")
    end = f"/files/{row.id}/plan.pdf"
    mine = path(session, invoice)
    assert browser.get(mine + end).status_code == 200
    for address in (path(session, other) + end, "/i/AAAAAAAAAAAAAAAAAAAAAA" + end,
                    f"{mine}/files/{row.id + 1}/plan.pdf",
                    f"{mine}/files/{2**70}/plan.pdf"):  # fmt: skip
        assert browser.get(address).status_code == 404, address
    attaching.drop(session, row, by=None)
    assert browser.get(mine + end).status_code == 404
    again = attach(session, invoice, PDF, "plan.pdf")
    lifecycle.revoke_link(session, invoice, by=None)
    assert browser.get(f"{mine}/files/{again.id}/plan.pdf").status_code == 404
