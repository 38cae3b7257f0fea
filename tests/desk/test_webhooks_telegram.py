"""Telegram is told where we are, with our secret, and shows our commands in both languages."""

from typing import Any

import pytest
from telegram.request import RequestData

from bot.telegram_http import Http
from conversations import global_words
from desk import webhooks
from models.text import LANGUAGES
from tests import world

Call = tuple[str, dict[str, Any]]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    """What the Bot API is asked for while an operator registers: the method and its values."""
    heard: list[Call] = []

    class Heard(Http):
        async def do_request(
            self,
            url: str,
            method: str,
            request_data: RequestData | None = None,
            *_rest: Any,
            **_more: Any,
        ) -> tuple[int, bytes]:
            del method
            heard.append((url.rsplit("/", 1)[1], request_data.parameters if request_data else {}))
            return 200, b'{"ok": true, "result": true}'

    monkeypatch.setattr(webhooks, "Http", Heard)
    house = world.house(consumer_key="")
    said: list[str] = []
    nothing: Any = None
    assert webhooks.register(nothing, house.bot, house.payments, said.append)
    assert any("commands set in English and Swahili" in line for line in said)
    return heard


def test_the_address_comes_with_our_secret(calls: list[Call]) -> None:
    """Only the kinds of updates that we read are asked for."""
    method, values = calls[0]
    assert method == "setWebhook"
    assert values["url"] == "https://bili.test/webhooks/telegram"
    assert values["secret_token"] == "hush"
    assert set(values["allowed_updates"]) == {
        "message", "edited_message", "callback_query", "my_chat_member",
    }  # fmt: skip


def test_commands_are_shown_in_both_languages(calls: list[Call]) -> None:
    """Each language has its own words for the same commands; English is for everyone else."""
    menus = {values.get("language_code"): values["commands"] for _method, values in calls[1:]}
    assert menus.keys() == {*LANGUAGES, None}
    assert menus[None] == menus["en"]
    names = [[one["command"] for one in menus[language]] for language in LANGUAGES]
    assert names[0] == names[1]
    words = {language: {one["description"] for one in menus[language]} for language in LANGUAGES}
    assert {"New invoice", "Settings"} <= words["en"]
    assert {"Ankara mpya", "Mipangilio"} <= words["sw"]


def test_every_command_shown_is_understood() -> None:
    """None of the menu leads nowhere."""
    assert [name for name, _words in webhooks.COMMANDS if not global_words.read(f"/{name}")] == []
