"""From the first word to the money, through HTTP, Postgres, the worker, the clock and the sandbox."""

import re
from typing import Any

import pytest

from tests.flows.town import SECRETS, Phone, Town, until
from tests.world import in_words

pytestmark = pytest.mark.slow


def shop(town: Town, language: str = "en") -> Phone:
    """A merchant who has just signed up in the chat."""
    phone = Phone(town, "Wanjiru", language)
    phone.say("/start")
    phone.tap({"en": "English", "sw": "Kiswahili"}[language])
    phone.say("Wanjiru Hardware")
    phone.tap("Kenya")
    phone.tap(in_words("Cash only", language))
    phone.tap(in_words("No tax", language))
    return phone


def bill(phone: Phone, payer: Phone) -> str:
    """She bills somebody KSh 2,550; the token of the link."""
    for words in ("/invoice", payer.name, payer.number, "3 bags of cement", "850", "2"):
        phone.say(words)
    said = phone.say("1")
    if "/i/" not in said:
        said += phone.read("/i/")
    found = re.search(r"/i/([\w-]{22})", said)
    assert found is not None
    return found[1]


def pay_on_the_page(town: Town, token: str, payer: Phone) -> dict[str, Any]:
    """The customer pays in her browser: the attempt as the page tells it."""
    wish = {"gateway": "daraja", "phone": payer.number, "nonce": "0123456789abcdef"}
    answer = town.client.post(f"{town.url}/i/{token}/pay", json=wish)
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()
    return found


def paid(town: Town, token: str) -> dict[str, Any]:
    """Wait until the invoice is paid; its facts."""
    return until(lambda: (f := town.facts(token))["status"] == "paid" and f, "it is paid")


@pytest.mark.parametrize("language", ["en", "sw"])
def test_from_a_newcomer_to_the_money(town: Town, language: str) -> None:
    """She signs up, bills; he opens, pays with his PIN; both are told, he has his receipt."""
    merchant, customer = shop(town, language), Phone(town, "Jane", language)
    token = bill(merchant, customer)
    assert town.facts(token)["status"] == "sent"
    card = customer.say(f"/start {token}")
    assert "KSh 2,550" in card
    customer.tap(in_words("Pay {amount}", language, amount="KSh 2,550"))
    customer.tap(in_words("Pay now", language))
    told = merchant.read("🎉")
    assert in_words("*{number}* is paid in full.", language, number="INV-0001") in told
    thanks = customer.read("✅")
    assert "📄" in thanks
    facts = paid(town, token)
    assert (facts["balance"], facts["paid"]) == ("0.00", "2550.00")
    pdf = town.client.get(f"{town.url}/i/{token}.pdf")
    assert pdf.content.startswith(b"%PDF")


def test_a_lost_callback_is_asked_for(town: Town) -> None:
    """The money is there and nobody told us: once the clock is on, we ask and it is paid."""
    merchant, customer = shop(town), Phone(town, "Jane")
    token = bill(merchant, customer)
    town.does("switches", name="callback", value="lost")
    pay_on_the_page(town, token, customer)
    until(lambda: town.rows("SELECT 1 FROM attempts WHERE state = 'pending'"), "the prompt is out")
    assert town.facts(token)["attempt"]["status"] == "pending"
    town.does("clock", advance_s=120)
    paid(town, token)
    assert "INV-0001" in merchant.read("🎉")


@pytest.mark.parametrize("fault", ["duplicate", "forged", "before answer", "late"])
def test_a_strange_callback_books_once(town: Town, fault: str) -> None:
    """Told twice, told by a liar as well, told too early or late: one payment of what was paid."""
    merchant, customer = shop(town), Phone(town, "Jane")
    token = bill(merchant, customer)
    town.does("switches", name="callback", value=fault)
    pay_on_the_page(town, token, customer)
    paid(town, token)
    merchant.read("🎉")
    query = (
        "SELECT p.amount_minor, p.receipt FROM payments p JOIN allocations a"
        " ON a.merchant_id = p.merchant_id AND a.payment_id = p.id"
        " JOIN invoices i ON i.merchant_id = a.merchant_id AND i.id = a.invoice_id"
        " WHERE i.merchant_id = (SELECT max(id) FROM merchants)"
    )
    assert [row[0] for row in town.rows(query)] == [255_000]
    real = {entry["receipt"] for entry in town.client.get(
        f"{town.sandbox}/sandbox/ledger").json()["ledger"]}  # fmt: skip
    assert {row[1] for row in town.rows(query)} <= real | {None}


@pytest.mark.parametrize("fault", ["twice", "twice at once", "taps again, new id"])
def test_updates_that_come_twice(town: Town, fault: str) -> None:
    """Telegram repeats everything: one business, one invoice, each word once."""
    town.does("switches", name="Telegram delivery", value=fault)
    merchant, customer = shop(town), Phone(town, "Jane")
    bill(merchant, customer)
    newest = "(SELECT max(id) FROM merchants)"
    assert town.rows(f"SELECT count(*) FROM invoices WHERE merchant_id = {newest}") == [(1,)]
    texts = [m["text"] for m in merchant.messages() if m["from"] == "bot"]
    assert sum("Who is it for?" in text for text in texts) == 1


def test_a_worker_killed_between_turns(town: Town) -> None:
    """Nothing is lost and nothing said twice: the next worker takes up what waits, in order."""
    merchant = shop(town)
    town.kill("worker")
    before = len(merchant.messages())
    for words in ("/invoice", "Jane", "0712345678"):
        town.does(f"chats/{merchant.chat}/say", text=words)
    until(lambda: waiting(town, merchant) == 3, "three replies wait")
    assert [m for m in merchant.messages()[before:] if m["from"] == "bot"] == []
    town.start("worker")
    merchant.read("What did you sell?")
    said = [m["text"] for m in merchant.messages() if m["from"] == "bot"][-3:]
    assert [words.split("?")[0].split()[-1] for words in said] == ["for", "Jane", "sell"]


def test_a_worker_killed_while_it_sends(town: Town) -> None:
    """Telegram is slow and the worker dies on the phone: the words arrive, twice at the most."""
    merchant = shop(town)
    town.does("switches", name="Telegram answer", value="slow")
    town.does(f"chats/{merchant.chat}/say", text="/help")
    until(lambda: claimed(town), "a worker has it in hand")
    town.kill("worker")
    town.does("switches", name="Telegram answer", value="normal")
    town.start("worker")
    until(lambda: waiting(town, merchant) == 0, "it was said")
    texts = [m["text"] for m in merchant.messages() if m["from"] == "bot"]
    assert 1 <= sum("I make your invoices" in text for text in texts) <= 2


def waiting(town: Town, phone: Phone) -> int:
    """How many rows wait for her."""
    return int(town.rows(
        "SELECT count(*) FROM outbound o JOIN contacts c ON c.id = o.contact_id"
        f" WHERE o.status = 'waiting' AND c.address = '{phone.chat}'"
    )[0][0])  # fmt: skip


def claimed(town: Town) -> bool:
    """Whether any contact is in a worker's hands."""
    return bool(town.rows("SELECT 1 FROM contacts WHERE claimed_by IS NOT NULL"))


def test_postgres_goes_away_and_comes_back(town: Town) -> None:
    """503 while it is away, no process dies, and what was said meanwhile is answered afterwards."""
    merchant = shop(town)
    town.postgres(away=True)
    try:
        update = {"update_id": 1, "message": {}}
        secret = {"X-Telegram-Bot-Api-Secret-Token": SECRETS["TELEGRAM_WEBHOOK_SECRET"]}
        hook = f"{town.url}/webhooks/telegram"
        assert town.client.post(hook, json=update, headers=secret).status_code == 503
        assert town.client.get(f"{town.url}/readyz").status_code == 503
        assert town.client.get(f"{town.url}/healthz").status_code == 200
        town.does(f"chats/{merchant.chat}/say", text="/help")
    finally:
        town.postgres(away=False)
    merchant.read("I make your invoices")
    assert all(process.poll() is None for process in town.running.values())


def test_a_request_to_stop_is_obeyed(town: Town) -> None:
    """SIGTERM ends each process in a few seconds, by its own will."""
    import signal

    for name in ("worker", "clock", "web"):
        process = town.running[name]
        town.kill(name, signal.SIGTERM)
        assert process.returncode in (0, -signal.SIGTERM), name
