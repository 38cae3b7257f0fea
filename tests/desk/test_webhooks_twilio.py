"""What an operator pastes at Twilio is printed with the retry rules in it."""

from dataclasses import replace
from typing import Any

from desk import webhooks
from tests import world


def printed(**twilio: Any) -> list[str]:
    """The lines for an installation that has WhatsApp and nothing else."""
    house = world.house(consumer_key="")
    bot = replace(house.bot, telegram=replace(house.bot.telegram, token=""))
    bot = replace(bot, twilio=replace(bot.twilio, **twilio))
    lines: list[str] = []
    nothing: Any = None
    assert webhooks.register(nothing, bot, house.payments, lines.append)
    return lines


def test_the_addresses_with_their_retries() -> None:
    """By default Twilio would not try again after an error of ours (facts: chat-channels 2.3)."""
    said = "\n".join(printed())
    assert "https://bili.test/webhooks/twilio#rc=5&rp=all" in said
    assert "https://bili.test/webhooks/twilio/status#rc=5&rp=all" in said


def test_nothing_where_whatsapp_is_off() -> None:
    """No sender, nothing to paste."""
    assert printed(whatsapp_from="") == []
