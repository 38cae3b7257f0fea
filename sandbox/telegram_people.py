"""What people do in Telegram: each act is seen in their chat and becomes an update."""

from collections.abc import Hashable
from typing import Any

from . import telegram_text
from .made_files import made
from .state import Refused
from .telegram import Telegram
from .telegram_chats import Chat, Message
from .telegram_files import picture

LONGEST = 4096  # a phone cuts a longer text into several messages; here the rest is cut off


def _base(telegram: Telegram, chat: Chat) -> dict[str, Any]:
    return {
        "message_id": telegram.chats.next_message_id(),
        "from": chat.user.as_json(),
        "chat": chat.user.as_chat(),
        "date": int(telegram.world.now().timestamp()),
    }


def _send(telegram: Telegram, chat: Chat, content: dict[str, Any]) -> dict[str, Any]:
    """A message of this person into the chat and on its way; raises Refused when blocked."""
    if chat.blocked:
        raise Refused("this person has blocked the bot: unblock it first")
    chat.started = True
    message = Message(_base(telegram, chat) | content, mine=True)
    telegram.chats.add(chat, message)
    update_id = telegram.courier.put(
        ("chat", chat.user.id),
        {"message": message.wire},
        lambda: _delivered(telegram, chat, message),
    )
    return {"message_id": message.id, "update_id": update_id}


def _delivered(telegram: Telegram, chat: Chat, message: Message) -> None:
    with telegram.world.lock:
        message.status = "delivered"
        telegram.chats.touch(chat, message)


def _text(words: str) -> dict[str, Any]:
    if not words.strip():
        raise Refused("nothing to say")
    text, entities = telegram_text.trimmed(words[:LONGEST], [])
    entities = telegram_text.found_in(text, entities)
    return {"text": text} | ({"entities": entities} if entities else {})


def say(telegram: Telegram, chat: Chat, words: str) -> dict[str, Any]:
    """Type a text; /start unblocks as it does on a real phone."""
    if chat.blocked and words.startswith("/start"):
        block(telegram, chat, on=False)
    return _send(telegram, chat, _text(words))


def edit(telegram: Telegram, chat: Chat, message_id: int, words: str) -> dict[str, Any]:
    """Correct an own message."""
    message = chat.messages.get(message_id)
    if message is None or not message.mine or "text" not in message.wire:
        raise Refused("only an own text can be edited")
    kept = {key: value for key, value in message.wire.items() if key != "entities"}
    now = int(telegram.world.now().timestamp())
    message.wire = kept | {"edit_date": now} | _text(words)
    message.edited = True
    telegram.chats.touch(chat, message)
    update_id = telegram.courier.put(("chat", chat.user.id), {"edited_message": message.wire})
    return {"message_id": message_id, "update_id": update_id}


def press(telegram: Telegram, chat: Chat, message_id: int, data: str) -> dict[str, Any]:
    """Tap an inline key; a message that is gone arrives as InaccessibleMessage."""
    if chat.blocked:
        raise Refused("this person has blocked the bot: unblock it first")
    message = chat.messages.get(message_id)
    if message is None and not telegram.chats.was_used(message_id):
        raise Refused("there never was such a message")
    chat.toast = None
    query_id = telegram.new_tap(chat)
    hidden = telegram.world.switches["taps"] == "inaccessible"
    shown = None if hidden or message is None else message.wire
    gone = {"chat": chat.user.as_chat(), "message_id": message_id, "date": 0}
    query = {
        "id": query_id,
        "from": chat.user.as_json(),
        "message": shown or gone,
        "chat_instance": str(chat.user.id * 7919),
        "data": data,
    }
    key: Hashable = ("tap", chat.user.id)
    update_id = telegram.courier.put(key, {"callback_query": query})
    telegram.chats.touch(chat)
    return {"callback_query_id": query_id, "update_id": update_id}


def share_contact(telegram: Telegram, chat: Chat) -> dict[str, Any]:
    """Press "share my number": the own contact, as an answer to the message that asked."""
    request = chat.keyboard_request()
    reply = {"reply_to_message": request.wire} if request else {}
    return _send(telegram, chat, {"contact": _own_card(telegram, chat)} | reply)


def _own_card(telegram: Telegram, chat: Chat) -> dict[str, Any]:
    number = chat.user.number or f"+2547{chat.user.id % 10**8:08d}"
    if telegram.world.switches["contact number"] == "without +":
        number = number.removeprefix("+")
    card: dict[str, Any] = {"phone_number": number, "first_name": chat.user.first_name}
    return card | {"user_id": chat.user.id}


def forward_contact(
    telegram: Telegram, chat: Chat, name: str, number: str, forwarded: bool = True
) -> dict[str, Any]:
    """Somebody's card, or without a number an old own one; `forwarded` adds where it came from."""
    card = _own_card(telegram, chat) if not number else _card(telegram, name, number)
    origin = {
        "forward_origin": {
            "type": "user",
            "sender_user": chat.user.as_json(),
            "date": int(telegram.world.now().timestamp()) - 86_400,
        }
    }
    return _send(telegram, chat, {"contact": card} | (origin if forwarded else {}))


def _card(telegram: Telegram, name: str, number: str) -> dict[str, Any]:
    owner = telegram.chats.by_number(number)
    card: dict[str, Any] = {"phone_number": number, "first_name": name or "Somebody"}
    return card | ({"user_id": owner.user.id} if owner else {})


def send_photo(telegram: Telegram, chat: Chat, caption: str = "") -> dict[str, Any]:
    """A small picture."""
    stored = telegram.files.add("photo", "photo.png", "image/png", picture())
    content = stored.as_wire() | ({"caption": caption} if caption else {})
    return _send(telegram, chat, content)


def send_document(
    telegram: Telegram, chat: Chat, kind: str, caption: str = "", size: int = 0
) -> dict[str, Any]:
    """A file from the phone's memory: a PDF, a picture as a file, or something else."""
    name, mime_type, content = made(kind, size)
    stored = telegram.files.add("document", name, mime_type, content)
    return _send(telegram, chat, stored.as_wire() | ({"caption": caption} if caption else {}))


def send_voice(telegram: Telegram, chat: Chat) -> dict[str, Any]:
    """A voice message; its bytes only begin like one."""
    sound = b"OggS" + bytes(2000)
    return _send(telegram, chat, telegram.files.add("voice", "v.oga", "audio/ogg", sound).as_wire())


def send_sticker(telegram: Telegram, chat: Chat) -> dict[str, Any]:
    """A sticker."""
    stored = telegram.files.add("sticker", "s.webp", "image/webp", b"RIFF" + bytes(500))
    return _send(telegram, chat, stored.as_wire())


def block(telegram: Telegram, chat: Chat, on: bool) -> dict[str, Any]:
    """Stop the bot or let it in again: my_chat_member; None when nothing changes."""
    if chat.blocked == on:
        return {"update_id": None}
    chat.blocked = on
    bot = telegram.me()
    member = {"user": bot, "status": "member"}
    kicked = {"user": bot, "status": "kicked", "until_date": 0}
    change = {
        "chat": chat.user.as_chat(),
        "from": chat.user.as_json(),
        "date": int(telegram.world.now().timestamp()),
        "old_chat_member": member if on else kicked,
        "new_chat_member": kicked if on else member,
    }
    telegram.chats.touch(chat)
    key: Hashable = ("member", chat.user.id)
    return {"update_id": telegram.courier.put(key, {"my_chat_member": change})}


def inject(telegram: Telegram, update: dict[str, Any]) -> dict[str, Any]:
    """Any update as it stands, numbered here; queued as the real server would queue it."""
    body = {name: value for name, value in update.items() if name != "update_id"}
    kind, content = next(iter(body.items()), ("", None))
    if not isinstance(content, dict) or len(body) != 1:
        raise Refused("an update holds exactly one kind")
    key: Hashable = (kind, (content.get("chat") or content.get("from") or {}).get("id"))
    if kind in {"message", "edited_message"}:
        key = ("chat", (content.get("chat") or {}).get("id"))
    if kind == "callback_query":
        key = ("tap", (content.get("from") or {}).get("id"))
    return {"update_id": telegram.courier.put(key, body)}
