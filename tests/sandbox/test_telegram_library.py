"""python-telegram-bot, unchanged, talks to the sandbox."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.request import HTTPXRequest

from tests.sandbox.conftest import App, Outside

TOKEN = "700001:sandbox-bot-token-for-local-use"
JANE = 700102


@asynccontextmanager
async def bot_for(outside: Outside, token: str = TOKEN) -> AsyncIterator[Bot]:
    """The library's Bot, not initialised, its connections closed in the end."""
    requests = [HTTPXRequest(httpx_kwargs={"trust_env": False}) for _ in range(2)]
    yield Bot(
        token,
        base_url=f"{outside.url}/bot",
        base_file_url=f"{outside.url}/file/bot",
        request=requests[0],
        get_updates_request=requests[1],
    )
    for request in requests:
        await request.shutdown()


def test_says_shows_and_sends(outside: Outside) -> None:
    """getMe, a keyboard, a document by bytes and by file_id, a download, a menu."""
    outside.does("phones/jane/say", text="/start")

    async def talk() -> bytes:
        async with bot_for(outside) as bot:
            await bot.initialize()
            assert bot.username == "bili_sandbox_bot"
            keys = InlineKeyboardMarkup([[InlineKeyboardButton("Pay", callback_data="x.1")]])
            sent = await bot.send_message(JANE, "<b>Hi</b>", parse_mode="HTML", reply_markup=keys)
            assert sent.text == "Hi"
            assert await bot.set_my_commands([BotCommand("menu", "Menu")])
            edited = await bot.edit_message_text("Ho", JANE, sent.message_id)
            assert getattr(edited, "text", "") == "Ho"
            first = await bot.send_document(JANE, b"%PDF-1.7 x", filename="INV-1.pdf")
            assert first.document is not None
            assert first.document.file_name == "INV-1.pdf"
            second = await bot.send_document(JANE, first.document.file_id, caption="again")
            assert second.document == first.document
            file = await bot.get_file(first.document.file_id)
            return bytes(await file.download_as_bytearray())

    assert asyncio.run(talk()) == b"%PDF-1.7 x"
    shown = outside.phone("jane")["messages"]
    assert [message["html"] for message in shown[1:]] == ["Ho", "", "again"]
    assert shown[2]["document"]["name"] == "INV-1.pdf"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("429", RetryAfter),
        ("403 blocked", Forbidden),
        ("502", NetworkError),
        ("reset", NetworkError),
    ],
)
def test_faults_surface_as_its_errors(
    outside: Outside, monkeypatch: pytest.MonkeyPatch, fault: str, error: type[Exception]
) -> None:
    """Each fault becomes the error that the library has for it."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # else RetryAfter warns, and warnings are errors
    outside.does("phones/jane/say", text="/start")
    outside.switch("Telegram answer", fault)

    async def talk() -> None:
        async with bot_for(outside) as bot:
            with pytest.raises(error):
                await bot.send_message(JANE, "x")

    asyncio.run(talk())


def test_refusals_surface_as_its_errors(outside: Outside) -> None:
    """An unknown chat and a wrong token are told apart."""

    async def talk() -> None:
        async with bot_for(outside) as bot:
            with pytest.raises(BadRequest, match="Chat not found"):
                await bot.send_message(1, "x")
        async with bot_for(outside, "1:abc") as stranger:
            with pytest.raises(InvalidToken):
                await stranger.get_me()

    asyncio.run(talk())


def test_reads_our_updates(hooked: Outside, app: App) -> None:
    """What the sandbox delivers parses into whole Update objects."""
    said = hooked.does("phones/jane/say", text="/start x")["message_id"]
    hooked.does("phones/jane/contact")
    hooked.does("phones/jane/photo")
    hooked.does("phones/jane/voice")
    hooked.does("phones/jane/sticker")
    hooked.does("phones/jane/press", message_id=said, data="x.1")
    hooked.does("phones/jane/block", on=True)
    updates = [Update.de_json(one.json, None) for one in app.wait(7)]
    assert all(not update.api_kwargs for update in updates)
    kinds = {name for update in updates for name in update.to_dict() if name != "update_id"}
    assert kinds == {"message", "callback_query", "my_chat_member"}
