"""The methods that send files: sendDocument, sendPhoto, getFile."""

from typing import Any

import httpx

from . import telegram_text
from .post import is_loopback
from .telegram import Telegram
from .telegram_args import Args, Upload
from .telegram_errors import ApiError, bad
from .telegram_files import Stored
from .telegram_methods import chat_of, formatted, post

MOST_DOCUMENT = 50_000_000
MOST_PHOTO = 10_000_000
MOST_CAPTION = 1024


def send_document(telegram: Telegram, args: Args) -> dict[str, Any]:
    """A file by upload, file_id or address; the Message."""
    return _send(telegram, args, "document", MOST_DOCUMENT)


def send_photo(telegram: Telegram, args: Args) -> dict[str, Any]:
    """A picture by upload, file_id or address; the Message."""
    return _send(telegram, args, "photo", MOST_PHOTO)


def _send(telegram: Telegram, args: Args, kind: str, most_bytes: int) -> dict[str, Any]:
    with telegram.world.lock:
        chat = chat_of(telegram, args)
    caption, entities = formatted(args, "caption", "caption_entities")
    if telegram_text.units(caption) > MOST_CAPTION:
        raise bad("message caption is too long")
    content = _stored(telegram, args, kind, most_bytes).as_wire()
    content |= {"caption": caption} if caption else {}
    content |= {"caption_entities": entities} if entities else {}
    with telegram.world.lock:
        return post(telegram, chat, args, content)


def _stored(telegram: Telegram, args: Args, kind: str, most_bytes: int) -> Stored:
    upload = _upload(args, kind)
    if upload is not None:
        return _keep(telegram, upload, kind, most_bytes)
    value = args.text(kind)
    if not value:
        raise bad(f"there is no {kind} in the request")
    if value.startswith(("http://", "https://")):
        return _keep(telegram, _fetched(value), kind, most_bytes)
    stored = telegram.files.get(value)
    if stored.kind != kind:
        raise bad(f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}")
    return stored


def _upload(args: Args, kind: str) -> Upload | None:
    value = args.text(kind)
    if value.startswith("attach://"):
        return args.files.get(value.removeprefix("attach://"))
    return args.files.get(kind)


def _keep(telegram: Telegram, upload: Upload, kind: str, most_bytes: int) -> Stored:
    if not upload.content:
        raise bad("file must be non-empty")
    if len(upload.content) > most_bytes:
        raise ApiError(413, "Request Entity Too Large")
    return telegram.files.add(kind, upload.name, upload.mime_type, upload.content)


def _fetched(address: str) -> Upload:
    """What an address holds; only this machine is asked."""
    if not is_loopback(address):
        raise bad("failed to get HTTP URL content")
    try:
        response = httpx.get(address, timeout=10, trust_env=False)
        response.raise_for_status()
    except httpx.HTTPError:
        raise bad("failed to get HTTP URL content") from None
    name = address.partition("?")[0].rpartition("/")[2]
    mime_type = response.headers.get("content-type", "application/octet-stream").partition(";")[0]
    return Upload(name, mime_type, response.content)


def get_file(telegram: Telegram, args: Args) -> dict[str, Any]:
    """Telegram's File; the path is good for /file/bot<token>/<path>."""
    return telegram.files.described(args.text("file_id"))
