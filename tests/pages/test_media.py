"""Documents by signed address: the right one, for a while, and nothing else."""

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from documents import signed
from models.db import Database
from tests import make
from tests.conftest import SECRETS

KEY = SECRETS["secret_key"]


@pytest.fixture
def client(web: APIFlask) -> FlaskClient:
    """Whoever fetches."""
    return web.test_client()


@pytest.fixture
def paper(web: APIFlask) -> signed.Paper:
    """An invoice's PDF, in English."""
    database: Database = web.extensions["bili.database"]
    with database.transaction() as session:
        make.merchant(session)
        invoice = make.invoice(session)
        return signed.Paper("pdf", "invoice", invoice.id, invoice.merchant_id, "en")


def path(paper: signed.Paper, key: str = KEY, name: str = "INV-1.pdf") -> str:
    """The address without its host."""
    return signed.address(key, "", paper, name)


def test_head_then_get(client: FlaskClient, paper: signed.Paper) -> None:
    """As Twilio asks: the type first, then the same with the document (facts: 2.8)."""
    head, got = client.head(path(paper)), client.get(path(paper))
    assert (head.status_code, head.content_type, head.data) == (200, "application/pdf", b"")
    assert got.content_type == "application/pdf"
    assert got.data.startswith(b"%PDF")
    assert 'filename="INV-' in got.headers["Content-Disposition"]
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "noindex" in got.headers["X-Robots-Tag"]


def test_a_picture(client: FlaskClient, paper: signed.Paper) -> None:
    """PNG where PNG was signed."""
    wanted = signed.Paper("png", "invoice", paper.subject_id, paper.merchant_id, "sw")
    assert client.get(path(wanted)).data.startswith(b"\x89PNG")


def test_a_forged_address(client: FlaskClient, paper: signed.Paper) -> None:
    """Another key or a changed sign is an address that is not ours."""
    assert client.get(path(paper, key="guessed")).status_code == 404
    good = path(paper)
    assert client.get(good.replace("/m/", "/m/W")).status_code == 404
    assert client.get("/m/x/INV-1.pdf").status_code == 404


def test_an_old_address(
    client: FlaskClient, paper: signed.Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends."""
    address = path(paper)
    assert client.get(address).status_code == 200
    monkeypatch.setattr(signed, "LIVES_S", -1)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "strange",
    [
        signed.Paper("exe", "invoice", 1, 1, "en"),
        signed.Paper("pdf", "passwords", 1, 1, "en"),
        signed.Paper("pdf", "invoice", 10**15, 10**15, "en"),
    ],
)
def test_what_is_not_there(client: FlaskClient, strange: signed.Paper) -> None:
    """Well signed, and yet no document of ours: 404."""
    assert client.get(path(strange)).status_code == 404
