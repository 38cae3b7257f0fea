"""The Bot API over HTTP: /bot<token>/<method> and /file/bot<token>/<path>."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Request, Response, jsonify, request
from werkzeug.test import EnvironBuilder

from . import line, telegram_menu, telegram_methods, telegram_uploads, telegram_webhook
from .post import Answer
from .telegram import Telegram
from .telegram_args import Args, from_request
from .telegram_errors import ApiError, blocked, too_many

Run = Callable[[Telegram, Args], Any]
NOT_IN_ANSWERS = {"setwebhook", "deletewebhook", "close", "logout"}


@dataclass(frozen=True)
class Method:
    """One method: its parameters as the Bot API names them; `locked` while it runs."""

    name: str
    run: Run
    required: frozenset[str]
    optional: frozenset[str]
    locked: bool = True


def _method(name: str, run: Run, parameters: str = "", locked: bool = True) -> Method:
    words = parameters.split()
    required = frozenset(word[:-1] for word in words if word.endswith("!"))
    return Method(name, run, required, frozenset(words) - {f"{n}!" for n in required}, locked)


_SENT = (
    " business_connection_id message_thread_id direct_messages_topic_id disable_notification"
    " protect_content allow_paid_broadcast message_effect_id suggested_post_parameters"
    " reply_parameters reply_markup"
)
_CAPTION = " caption parse_mode caption_entities"
_EDITED = "business_connection_id chat_id message_id inline_message_id reply_markup"
_HOOK = "url! certificate ip_address max_connections allowed_updates drop_pending_updates "
_TAP = "callback_query_id! text show_alert url cache_time"


def _hook(run: Callable[..., tuple[bool, str]]) -> Run:
    return lambda telegram, args: run(telegram.courier, args)


METHODS = {
    method.name.lower(): method
    for method in (
        _method("getMe", telegram_menu.get_me),
        _method("setWebhook", _hook(telegram_webhook.set_webhook), _HOOK + "secret_token"),
        _method("deleteWebhook", _hook(telegram_webhook.delete_webhook), "drop_pending_updates"),
        _method(
            "getUpdates",
            lambda tg, args: telegram_webhook.get_updates(tg.world, tg.courier, args),
            "offset limit timeout allowed_updates",
            locked=False,
        ),
        _method("getWebhookInfo", lambda tg, _: telegram_webhook.webhook_info(tg.courier)),
        _method("setMyCommands", telegram_menu.set_commands, "commands! scope language_code"),
        _method("getMyCommands", telegram_menu.get_commands, "scope language_code"),
        _method("deleteMyCommands", telegram_menu.delete_commands, "scope language_code"),
        _method("setMyName", telegram_menu.accept, "name language_code"),
        _method("setMyDescription", telegram_menu.accept, "description language_code"),
        _method("setMyShortDescription", telegram_menu.accept, "short_description language_code"),
        _method(
            "sendMessage",
            telegram_methods.send_message,
            "chat_id! text! parse_mode entities link_preview_options" + _SENT,
        ),
        _method(
            "sendDocument",
            telegram_uploads.send_document,
            "chat_id! document! thumbnail disable_content_type_detection" + _CAPTION + _SENT,
            locked=False,
        ),
        _method(
            "sendPhoto",
            telegram_uploads.send_photo,
            "chat_id! photo! show_caption_above_media has_spoiler" + _CAPTION + _SENT,
            locked=False,
        ),
        _method(
            "editMessageText",
            telegram_methods.edit_text,
            _EDITED + " text parse_mode entities link_preview_options rich_message",
        ),
        _method("editMessageReplyMarkup", telegram_methods.edit_markup, _EDITED),
        _method(
            "editMessageCaption",
            telegram_methods.edit_caption,
            _EDITED + _CAPTION + " show_caption_above_media",
        ),
        _method("deleteMessage", telegram_methods.delete_message, "chat_id! message_id!"),
        _method("answerCallbackQuery", telegram_methods.answer_tap, _TAP),
        _method(
            "sendChatAction",
            telegram_methods.chat_action,
            "business_connection_id chat_id! message_thread_id action!",
        ),
        _method("getFile", telegram_uploads.get_file, "file_id!"),
        _method("getChat", telegram_methods.get_chat, "chat_id!"),
    )
}


def call(telegram: Telegram, method: Method, args: Args) -> dict[str, Any]:
    """Carry a method out and word the answer; raises ApiError."""
    for name in sorted(set(args.values) - method.required - method.optional):
        telegram.world.note("telegram", f"{method.name} has no parameter {name!r}: ignored")
    if method.locked:
        with telegram.world.lock:
            result = method.run(telegram, args)
    else:
        result = method.run(telegram, args)
    if isinstance(result, tuple):
        return {"ok": True, "result": result[0], "description": result[1]}
    return {"ok": True, "result": result}


def execute_answer(telegram: Telegram, answer: Answer) -> None:
    """Carry out the method that a webhook's 2xx answer names; nobody learns how it went."""
    if not answer.body.strip():
        return
    builder = EnvironBuilder(method="POST", data=answer.body, content_type=answer.content_type)
    try:
        args = from_request(Request(builder.get_environ()))
    except ApiError:
        return
    name = str(args.values.get("method", ""))
    if not name:
        return
    done = _executed(telegram, name, args)
    telegram.world.note("telegram", f"in the webhook's answer: {name}: {done}")


def _executed(telegram: Telegram, name: str, args: Args) -> str:
    method = METHODS.get(name.lower())
    if method is None or name.lower().startswith("get") or name.lower() in NOT_IN_ANSWERS:
        return "refused"
    values = {key: value for key, value in args.values.items() if key != "method"}
    try:
        call(telegram, method, Args(values, args.files))
    except ApiError as error:
        return error.description
    return "done"


def _fault(fault: str) -> None:
    """The faults that happen instead of the call."""
    if fault == "429":
        raise too_many(3)
    if fault == "403 blocked":
        raise blocked()
    if fault == "migrated":
        reason = "group chat was upgraded to a supergroup chat"
        raise ApiError(400, f"Bad Request: {reason}", {"migrate_to_chat_id": -1001234567890})
    if fault == "500":
        raise ApiError(500, "sent to test what happens then")
    if fault == "502":
        raise ApiError(502, "Bad Gateway")


def _answered(telegram: Telegram, token: str, name: str) -> dict[str, Any]:
    options = telegram.world.options
    if not re.fullmatch(r"\d+:[\w-]+", token):
        raise ApiError(401, "Unauthorized: invalid token specified")
    if token != options.bot_token:
        raise ApiError(401, "Unauthorized")
    method = METHODS.get(name.lower())
    if method is None:
        raise ApiError(404, "Not Found: method not found")
    fault = telegram.world.fault("Telegram answer")
    if fault in {"slow", "hang"}:
        time.sleep(options.slow_s if fault == "slow" else options.hang_s)
    if fault == "reset":
        line.cut()
        return {}
    _fault(fault)
    answer = call(telegram, method, from_request(request))
    if fault == "lost answer":
        line.cut()
    return answer


def blueprint(telegram: Telegram) -> Blueprint:
    """The routes of api.telegram.org, on this bot's data."""
    routes = Blueprint("telegram", __name__)
    telegram.execute = lambda answer: execute_answer(telegram, answer)

    @routes.route("/bot<token>/<method>", methods=["GET", "POST"])
    @routes.route("/bot<token>/test/<method>", methods=["GET", "POST"])
    def called(token: str, method: str) -> Response:
        tell = telegram.world.timed("telegram")
        try:
            response = jsonify(_answered(telegram, token, method))
        except ApiError as error:
            response = refusal(error)
        refused = "" if response.status_code == 200 else f" {response.get_json()['description']}"
        tell(f"{request.method} {method} {response.status_code}{refused}")
        return response

    @routes.get("/file/bot<token>/<path:path>")
    def download(token: str, path: str) -> Response:
        if token != telegram.world.options.bot_token:
            return refusal(ApiError(401, "Unauthorized"))
        stored = telegram.files.find(path=path)
        if stored is None:
            return refusal(ApiError(404, "Not Found"))
        return Response(stored.content, mimetype="application/octet-stream")

    return routes


def refusal(error: ApiError) -> Response:
    """An ok=false answer; 429 carries Retry-After too."""
    response = jsonify(error.as_json())
    response.status_code = error.code
    if "retry_after" in error.parameters:
        response.headers["Retry-After"] = str(error.parameters["retry_after"])
    return response


def not_found() -> Response:
    """What the server says to any other path."""
    return refusal(ApiError(404, "Not Found"))
