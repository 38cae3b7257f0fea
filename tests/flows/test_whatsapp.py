"""WhatsApp from the first word to the money, through real processes and Twilio's wire."""

import re
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest

from tests.flows.town import Phone, Town, until
from tests.world import in_words

pytestmark = pytest.mark.slow


@dataclass
class Whats(Phone):
    """Somebody on WhatsApp in that town: everything is typed, choices by their number."""

    ids: set[int] = field(default_factory=set)

    def act(self, act: str, **body: Any) -> str:
        """Do something in the chat and read what comes back."""
        self.town.does(f"whatsapp/{self.number}/{act}", first_name=self.name, **body)
        return self.read()

    def do(self, act: str, **body: Any) -> None:
        """Do something that nothing comes back from."""
        self.town.does(f"whatsapp/{self.number}/{act}", first_name=self.name, **body)

    def choose(self, label: str) -> str:
        """Type the number that stands before a label in the newest message that has it."""
        for message in reversed(self.messages()):
            if found := re.search(rf"^(\d+)\. {re.escape(label)}", message["text"], re.MULTILINE):
                return self.say(found[1])
        raise AssertionError(f"no line {label!r}")

    def messages(self) -> list[dict[str, Any]]:
        """Everything on her screen."""
        answer = self.town.client.get(f"{self.town.sandbox}/sandbox/whatsapp/{self.number}")
        found: list[dict[str, Any]] = answer.json()["messages"]
        return found

    def read(self, wanted: str = "") -> str:
        """Wait for what we say next; a message whose status changed is none."""
        heard: list[str] = []

        def news() -> bool:
            new = [m for m in self.messages() if m["from"] == "bot" and m["id"] not in self.ids]
            self.ids.update(m["id"] for m in new)
            heard.extend(m["text"] + ("" if not m["document"] else " 📄") for m in new)
            return bool(heard) and wanted in "\n".join(heard)

        until(news, f"{self.name} hears {wanted!r}; heard {heard}")
        return "\n".join(heard)

    def said(self) -> list[str]:
        """What we said to her, oldest first."""
        return [message["text"] for message in self.messages() if message["from"] == "bot"]


def shop(town: Town, language: str) -> Whats:
    """A merchant who signs up from “hi”."""
    phone = Whats(town, "Wambui", language)
    phone.say("hi")
    phone.choose({"en": "English", "sw": "Kiswahili"}[language])
    phone.say("Wambui Salon")
    phone.choose("Kenya")
    phone.choose(in_words("Cash only", language))
    phone.choose(in_words("No tax", language))
    return phone


def bill(phone: Whats, payer: Whats) -> str:
    """She bills somebody KSh 3,000; the token of the link."""
    for words in ("/invoice", payer.name, payer.number, "2 braids", "1500", "2"):
        phone.say(words)
    said = phone.say("1")
    return link_in(said if "/i/" in said else phone.read("/i/"))


def link_in(said: str) -> str:
    """The token of the link that was said."""
    found = re.search(r"/i/([\w-]{22})", said)
    assert found is not None
    return found[1]


def test_from_hi_to_a_paid_invoice_in_swahili(town: Town) -> None:
    """She says hi, bills; she who pays forwards the message, types 1 and 1; both are told."""
    merchant, customer = shop(town, "sw"), Whats(town, "Asha", "sw")
    token = bill(merchant, customer)
    forwarded = next(words for words in merchant.said() if f"/i/{token}" in words)
    customer.say(forwarded)
    customer.choose("Kiswahili / English")
    customer.choose("Kiswahili")
    card = customer.say(f"{town.url}/i/{token}")
    assert in_words("*Total: {amount}*", "sw", amount="KSh 3,000") in card.replace("*", "")
    customer.choose("Lipa KSh 3,000")
    customer.choose(in_words("Pay now", "sw"))
    told = merchant.read("🎉")
    assert "Asha" in told
    assert "✅" in customer.read("📄")
    facts = town.facts(token)
    assert (facts["status"], facts["balance"]) == ("paid", "0.00")
    states = "SELECT DISTINCT o.status FROM outbound o JOIN contacts c ON c.id = o.contact_id"
    until(
        lambda: town.rows(f"{states} WHERE c.channel = 'whatsapp'") == [("read",)],
        "every message was reported as read",
    )


def test_what_is_said_while_twilio_fails_is_said_once(town: Town) -> None:
    """An answer that never came leaves it open whether it was sent: the list tells (I-17)."""
    phone = Whats(town, "Njeri")
    phone.say("hi")
    for fault in ("500, sent", "lost answer", "500, not sent", "20429", "broken JSON"):
        heard = help_in_spite_of(fault, town, phone)
        assert len(heard) == len(set(heard)), fault


def help_in_spite_of(fault: str, town: Town, phone: Whats) -> list[str]:
    """What is heard when the next answer of Twilio's goes wrong; all that waits is sent."""
    town.does("switches", name="how often", value="next time only")
    town.does("switches", name="WhatsApp answer", value=fault)
    before = len(phone.said())
    phone.do("say", text="/help")
    until(lambda: len(phone.said()) > before, f"heard in spite of {fault}", 40)
    # Only replies: news may keep for the morning. The town's clock is not that of its database.
    still = "SELECT count(*) FROM outbound WHERE status = 'waiting' AND purpose = 'reply'"
    until(lambda: town.rows(still) == [(0,)], f"all is sent in spite of {fault}", 40)
    return phone.said()[before:]


@pytest.mark.parametrize("way", ["shuffled", "duplicate", "missing delivered"])
def test_statuses_in_disorder(town: Town, way: str) -> None:
    """Whatever order they come in, a message that was read is read (I-18)."""
    town.does("switches", name="WhatsApp status", value=way)
    phone = Whats(town, "Njoki")
    phone.say("hi")
    query = (
        "SELECT o.status FROM outbound o JOIN contacts c ON c.id = o.contact_id"
        f" WHERE c.address = '{phone.number}'"
    )
    until(lambda: town.rows(query) == [("read",)], "it is read")


def test_outside_the_window_the_merchant_is_told(town: Town) -> None:
    """Meta closes the window on us: the row is held, the merchant forwards, a word lets it out."""
    merchant, customer = shop(town, "en"), Whats(town, "Halima")
    first = bill(merchant, customer)
    customer.say(f"{town.url}/i/{first}")
    customer.do("window")
    merchant.say("/invoice Halima 2 braids @1500 due friday")
    merchant.choose("Send")
    second = link_in(merchant.read("/i/"))
    told = "\n".join(merchant.said())
    assert "*Halima* has not written to me for a day" in told
    assert merchant.said()[-1].startswith("Hello Halima")
    assert f"/i/{second}" in merchant.said()[-1]
    assert "INV-0002" not in "\n".join(customer.said())
    customer.do("say", text="hi")
    assert "Wambui Salon" in customer.read("INV-0002")


def test_a_lost_message_is_asked_for(town: Town) -> None:
    """Its webhook never came: the clock's hourly question finds it and it is answered."""
    phone = Whats(town, "Lost")
    town.does("switches", name="WhatsApp delivery", value="lost")
    phone.do("say", text="hi")
    town.does("switches", name="WhatsApp delivery", value="normal")
    catch_up(town)
    assert "Bili" in phone.read()


def test_a_contact_card(town: Town) -> None:
    """It is fetched with our login, and begins a new client."""
    merchant = shop(town, "en")
    said = merchant.act("forward_contact", name="Jane Mwangi", number="+254712345678")
    assert "Jane Mwangi" in said


def catch_up(town: Town) -> None:
    """What the clock does every hour."""
    with psycopg.connect(town.database_url()) as connection:
        connection.execute("SET search_path = jobs")
        connection.execute(
            "SELECT jobs.procrastinate_defer_jobs_v1(ARRAY[ROW('talk','bot.catch_up',0,NULL,NULL,"
            "'{}',NULL)]::jobs.procrastinate_job_to_defer_v1[])"
        )
