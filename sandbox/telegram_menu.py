"""The bot's own data: getMe, its menu of commands, its name and description."""

import re
from typing import Any

from .telegram import Telegram
from .telegram_args import Args
from .telegram_errors import bad

SCOPES = {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
}


def get_me(telegram: Telegram, _args: Args) -> dict[str, Any]:
    """The bot as a User with everything that getMe alone tells."""
    return telegram.me() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _where(args: Args) -> tuple[str, str]:
    scope = args.structure("scope", "BotCommandScope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    language = args.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad("invalid language code specified")
    kind = str(scope["type"])
    return (f"{kind}:{scope['chat_id']}" if "chat_id" in scope else kind), language


def set_commands(telegram: Telegram, args: Args) -> bool:
    """The menu for a scope and a language; True."""
    commands = args.structure("commands", "commands")
    if not isinstance(commands, list):
        raise bad('parameter "commands" is required')
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    telegram.commands[_where(args)] = [_command(item) for item in commands]
    telegram.world.touch()
    return True


def _command(item: Any) -> dict[str, str]:
    if not isinstance(item, dict):
        raise bad("can't parse BotCommand: expected an Object")
    command = str(item.get("command", "")).removeprefix("/")
    description = str(item.get("description", "")).strip()
    if not re.fullmatch(r"[a-z0-9_]{1,32}", command):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def get_commands(telegram: Telegram, args: Args) -> list[dict[str, str]]:
    """The menu exactly as set for this scope and language."""
    return telegram.commands.get(_where(args), [])


def delete_commands(telegram: Telegram, args: Args) -> bool:
    """No menu for this scope and language; True."""
    telegram.commands.pop(_where(args), None)
    telegram.world.touch()
    return True


def accept(_telegram: Telegram, _args: Args) -> bool:
    """Names and descriptions are taken and shown nowhere."""
    return True
