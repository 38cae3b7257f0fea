"""The methods that say, change and remove messages, and what belongs to them."""

import re
import time
from typing import Any

from . import telegram_markup, telegram_text
from .telegram import Telegram
from .telegram_args import Args
from .telegram_chats import Chat, Message
from .telegram_errors import bad, blocked
from .telegram_markdown import from_markdown

MOST_TEXT = 4096
MOST_RAW_BYTES = 32_768
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def chat_of(telegram: Telegram, args: Args) -> Chat:
    """The chat a method is for; raises 400 when the bot does not know it, 403 when blocked."""
    if not args.given("chat_id"):
        raise bad("chat_id is empty")
    digits = re.fullmatch(r"-?\d{1,16}", args.text("chat_id").strip())
    chat = telegram.chats.find(int(digits[0])) if digits else None
    if chat is None or not chat.started:
        raise bad("chat not found")
    if chat.blocked:
        raise blocked()
    return chat


def formatted(args: Args, name: str, entities_name: str) -> tuple[str, list[dict[str, Any]]]:
    """Text after parse_mode or with the entities given, with what the server finds itself."""
    raw, mode = args.text(name), args.text("parse_mode").lower()
    if len(raw.encode()) > MOST_RAW_BYTES:
        raise bad("text is too long")
    if mode == "html":
        text, entities = telegram_text.from_html(raw)
    elif mode == "markdownv2":
        text, entities = from_markdown(raw)
    elif mode:
        raise bad("unsupported parse_mode")
    else:
        text, entities = raw, args.structure(entities_name, "entities") or []
    text, entities = telegram_text.trimmed(text, entities)
    return text, telegram_text.found_in(text, entities)


def _words(args: Args) -> dict[str, Any]:
    text, entities = formatted(args, "text", "entities")
    if not text:
        raise bad("message text is empty")
    if telegram_text.units(text) > MOST_TEXT:
        raise bad("message is too long")
    return {"text": text} | ({"entities": entities} if entities else {})


def send_message(telegram: Telegram, args: Args) -> dict[str, Any]:
    """A text to a chat; the Message."""
    chat = chat_of(telegram, args)
    return post(telegram, chat, args, _words(args))


def post(telegram: Telegram, chat: Chat, args: Args, content: dict[str, Any]) -> dict[str, Any]:
    """Put a message of the bot into the chat."""
    inline, keyboard = telegram_markup.read(args)
    wire: dict[str, Any] = {
        "message_id": telegram.chats.next_message_id(),
        "from": telegram.me(),
        "chat": chat.user.as_chat(),
        "date": int(telegram.world.now().timestamp()),
    }
    wire |= _reply(chat, args) | content
    if inline:
        wire["reply_markup"] = inline
    if args.flag("protect_content"):
        wire["has_protected_content"] = True
    telegram.chats.add(chat, Message(wire, status="delivered", keyboard=keyboard))
    return wire


def _reply(chat: Chat, args: Args) -> dict[str, Any]:
    wanted = args.structure("reply_parameters", "reply parameters") or {}
    if not wanted.get("message_id"):
        return {}
    found = chat.messages.get(int(wanted["message_id"]))
    if found is not None:
        shown = {key: value for key, value in found.wire.items() if key != "reply_to_message"}
        return {"reply_to_message": shown}
    if wanted.get("allow_sending_without_reply"):
        return {}
    raise bad("message to be replied not found")


def _own_message(telegram: Telegram, args: Args) -> tuple[Chat, Message]:
    if args.given("inline_message_id"):
        raise bad("MESSAGE_ID_INVALID")
    chat = chat_of(telegram, args)
    message = chat.messages.get(args.integer("message_id") or 0)
    if message is None:
        raise bad("message to edit not found")
    if message.mine:
        raise bad("message can't be edited")
    return chat, message


def _change(telegram: Telegram, args: Args, names: tuple[str, ...], new: dict[str, Any]) -> Any:
    chat, message = _own_message(telegram, args)
    inline, _ = telegram_markup.read(args, only_inline=True)
    new = new | ({"reply_markup": inline} if inline else {})
    names = (*names, "reply_markup")
    if {name: message.wire.get(name) for name in names} == {name: new.get(name) for name in names}:
        raise bad(NOT_MODIFIED)
    kept = {name: value for name, value in message.wire.items() if name not in names}
    message.wire = kept | {"edit_date": int(telegram.world.now().timestamp())} | new
    message.edited = message.edited or len(names) > 1
    telegram.chats.touch(chat, message)
    return message.wire


def edit_text(telegram: Telegram, args: Args) -> Any:
    """Other words, and another or no inline keyboard; the Message."""
    if args.structure("rich_message", "rich message"):
        raise bad("rich messages are not played here")
    _, message = _own_message(telegram, args)
    if "text" not in message.wire:
        raise bad("there is no text in the message to edit")
    return _change(telegram, args, ("text", "entities"), _words(args))


def edit_markup(telegram: Telegram, args: Args) -> Any:
    """Another inline keyboard, or none; the Message."""
    return _change(telegram, args, (), {})


def edit_caption(telegram: Telegram, args: Args) -> Any:
    """Another caption; the Message."""
    _, message = _own_message(telegram, args)
    if "text" in message.wire:
        raise bad("there is no caption in the message to edit")
    caption, entities = formatted(args, "caption", "caption_entities")
    if telegram_text.units(caption) > 1024:
        raise bad("message caption is too long")
    new: dict[str, Any] = {"caption": caption} if caption else {}
    new |= {"caption_entities": entities} if entities else {}
    return _change(telegram, args, ("caption", "caption_entities"), new)


def delete_message(telegram: Telegram, args: Args) -> bool:
    """Gone for both; True."""
    chat = chat_of(telegram, args)
    if chat.messages.pop(args.integer("message_id") or 0, None) is None:
        raise bad("message to delete not found")
    telegram.chats.touch(chat)
    return True


def answer_tap(telegram: Telegram, args: Args) -> bool:
    """Stops the spinner and shows a toast; raises 400 when too late, unknown or done."""
    if len(args.text("text")) > 200:
        raise bad("MESSAGE_TOO_LONG")
    tap = telegram.taps.get(args.text("callback_query_id"))
    patience_s = telegram.world.options.tap_answer_s
    if tap is None or tap.answered or time.monotonic() - tap.asked_at > patience_s:
        raise bad(TOO_OLD)
    tap.answered = True
    if args.given("text"):
        tap.chat.toast = {"text": args.text("text"), "alert": args.flag("show_alert")}
    telegram.chats.touch(tap.chat)
    return True


def chat_action(telegram: Telegram, args: Args) -> bool:
    """Shows the bot typing for five seconds; True."""
    chat = chat_of(telegram, args)
    if args.text("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    telegram.chats.typing(chat)
    return True


def get_chat(telegram: Telegram, args: Args) -> dict[str, Any]:
    """Telegram's ChatFullInfo, the part that is known here."""
    chat = telegram.chats.find(args.integer("chat_id") or 0)
    if chat is None or not chat.started:
        raise bad("chat not found")
    limits = {"max_reaction_count": 11, "accent_color_id": 0, "accepted_gift_types": {}}
    return chat.user.as_chat() | limits
