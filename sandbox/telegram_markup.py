"""Keyboards: what the Bot API accepts, and how a phone shows it."""

from typing import Any

from .telegram_args import Args
from .telegram_errors import bad

Markup = dict[str, Any]
ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
MOST_BUTTONS = 100
MOST_REPLY_KEYS = 300


def read(args: Args, only_inline: bool = False) -> tuple[Markup | None, Markup | None]:
    """(inline keyboard, anything else) of `reply_markup`; raises 400 with the server's reason."""
    markup = args.structure("reply_markup", "reply keyboard markup")
    if not markup:
        return None, None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"], "InlineKeyboard")
        keys = [[_inline_key(key) for key in row] for row in rows]
        _not_too_many(keys, MOST_BUTTONS)
        keys = [row for row in keys if row]
        return ({"inline_keyboard": keys} if keys else None), None
    if only_inline:
        raise bad("inline keyboard expected")
    return None, _reply_markup(markup)


def _rows(rows: Any, name: str) -> list[list[Any]]:
    if not isinstance(rows, list):
        raise bad(f'field "{name.replace("K", "_k").lower()}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad(f'field "{name}" must be an Array of Arrays')
    return rows


def _not_too_many(rows: list[list[Any]], most: int) -> None:
    if sum(len(row) for row in rows) > most:
        raise bad("reply markup is too long")


def _inline_key(key: Any) -> Markup:
    if not isinstance(key, dict):
        raise bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not str(key.get("text", "")).strip():
        raise bad("can't parse inline keyboard button: button text must be non-empty")
    chosen = [name for name in ACTIONS if name in key]
    if not chosen:
        raise bad(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if "callback_data" in chosen and not 1 <= len(str(key["callback_data"]).encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in chosen and not _is_link(str(key["url"])):
        raise bad(f"inline keyboard button URL '{key['url']}' is invalid: Wrong HTTP URL")
    if "copy_text" in chosen and not 1 <= len(str((key["copy_text"] or {}).get("text", ""))) <= 256:
        raise bad("BUTTON_COPY_TEXT_INVALID")
    return key


def _is_link(address: str) -> bool:
    scheme, found, rest = address.partition("://")
    return bool(found) and scheme.lower() in {"http", "https", "tg", "ton"} and bool(rest.strip())


def _reply_markup(markup: Markup) -> Markup:
    if "keyboard" in markup:
        rows = _rows(markup["keyboard"], "keyboard")
        keys = [[_reply_key(key) for key in row] for row in rows]
        _not_too_many(keys, MOST_REPLY_KEYS)
        markup = markup | {"keyboard": keys}
    elif not (markup.get("remove_keyboard") or markup.get("force_reply")):
        raise bad("object expected as reply markup")
    if len(str(markup.get("input_field_placeholder", ""))) > 64:
        raise bad("input field placeholder is too long")
    return markup


def _reply_key(key: Any) -> Markup:
    if isinstance(key, str):
        key = {"text": key}
    if not isinstance(key, dict) or not str(key.get("text", "")).strip():
        raise bad("can't parse keyboard button: KeyboardButton must have a text")
    return dict(key)


def shown_buttons(markup: Markup | None) -> list[list[dict[str, Any]]]:
    """Inline keys as the page draws them."""
    return [[_shown(key) for key in row] for row in (markup or {}).get("inline_keyboard", [])]


def _shown(key: Markup) -> dict[str, Any]:
    shown = {"label": key["text"]}
    if "callback_data" in key:
        return shown | {"data": key["callback_data"]}
    if "url" in key:
        return shown | {"url": key["url"]}
    if "web_app" in key:
        return shown | {"url": key["web_app"].get("url", "")}
    if "copy_text" in key:
        return shown | {"copy": key["copy_text"].get("text", "")}
    return shown | {"switch": str(key.get("switch_inline_query", ""))}


def shown_reply_keys(markup: Markup | None) -> list[list[dict[str, Any]]] | None:
    """Keys under the text field: None = leave them, [] = take them away."""
    if markup is None or "force_reply" in markup:
        return None
    return [
        [
            {"label": key["text"]} | ({"contact": True} if key.get("request_contact") else {})
            for key in row
        ]
        for row in markup.get("keyboard", [])
    ]
