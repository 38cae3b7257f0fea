"""setWebhook, deleteWebhook, getWebhookInfo, and getUpdates as the other way."""

import re
import time
from typing import Any
from urllib.parse import urlsplit

from .post import is_loopback
from .state import World
from .telegram_args import Args
from .telegram_delivery import Courier, Webhook
from .telegram_errors import ApiError, bad, too_many

KINDS = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "managed_bot",
]

WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook "
    "first"
)
TWO_POLLERS = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


def set_webhook(courier: Courier, args: Args) -> tuple[bool, str]:
    """Take a new address; raises 400 for a bad one and 429 for a second call within a second."""
    hook = courier.webhook
    if time.monotonic() - hook.set_at < 1.0:
        raise too_many(1)
    if not args.given("url"):
        return delete_webhook(courier, args)
    wanted = Webhook(
        url=_address(args.text("url").strip()),
        secret=_secret(args.text("secret_token")),
        max_connections=_connections(args.integer("max_connections")),
        allowed=_kinds(args, hook.allowed),
        set_at=time.monotonic(),
    )
    same = _told(wanted) == _told(hook)
    if not same:
        courier.webhook = wanted
    if args.flag("drop_pending_updates"):
        courier.drop_all()
    courier.start()
    return True, "Webhook is already set" if same else "Webhook was set"


def _told(hook: Webhook) -> tuple[Any, ...]:
    return hook.url, hook.secret, hook.max_connections, hook.allowed


def _address(url: str) -> str:
    """Loopback by http or https, as a local server allows; the rest as in the cloud."""
    if any(sign.isspace() for sign in url) or not urlsplit(url).hostname:
        raise bad("invalid webhook URL specified")
    if is_loopback(url):
        return url
    if urlsplit(url).scheme != "https":
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    raise bad("bad webhook: Failed to resolve host: the sandbox calls loopback addresses only")


def _secret(secret: str) -> str:
    if len(secret) > 256:
        raise bad("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad("secret token contains unallowed characters")
    return secret


def _connections(wanted: int | None) -> int:
    return min(100, max(1, wanted)) if wanted is not None else 40


def _kinds(args: Args, before: list[str]) -> list[str]:
    kinds = args.structure("allowed_updates", "allowed updates")
    if kinds is None:
        return before
    if not isinstance(kinds, list):
        raise bad("can't parse allowed updates JSON object")
    return [kind for kind in kinds if kind in KINDS]


def delete_webhook(courier: Courier, args: Args) -> tuple[bool, str]:
    """Forget the address; the chosen kinds stay."""
    was = courier.webhook.url
    courier.webhook = Webhook(allowed=courier.webhook.allowed)
    if args.flag("drop_pending_updates"):
        courier.drop_all()
    return True, "Webhook was deleted" if was else "Webhook is already deleted"


def webhook_info(courier: Courier) -> dict[str, Any]:
    """Telegram's WebhookInfo."""
    hook = courier.webhook
    info: dict[str, Any] = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": courier.waiting(),
    }
    if hook.url:
        info |= {"max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
    if hook.last_error_at is not None:
        info["last_error_date"] = int(hook.last_error_at.timestamp())
        info["last_error_message"] = hook.last_error
    return info | ({"allowed_updates": hook.allowed} if hook.allowed else {})


def get_updates(world: World, courier: Courier, args: Args) -> list[dict[str, Any]]:
    """Long polling; raises 409 while a webhook is set or when another poller comes."""
    offset, limit = args.integer("offset"), args.integer("limit")
    wait_s = min(50, max(0, args.integer("timeout") or 0))
    me = courier.poller = object()
    with world.lock:
        if courier.webhook.url:
            raise ApiError(409, WEBHOOK_ACTIVE)
        courier.webhook.allowed = _kinds(args, courier.webhook.allowed)
        courier.forget_below(offset or 0)
        world.changed.wait_for(lambda: courier.poller is not me or courier.pending(), wait_s)
        if courier.poller is not me:
            raise ApiError(409, TWO_POLLERS)
        return courier.pending()[: min(100, max(1, limit or 100))]
