"""The control interface: what the page and test programs ask of the sandbox."""

import time
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

import httpx
from flask import Blueprint, Response, jsonify, request

from . import daraja_c2b, daraja_stk, telegram_page, telegram_people, twilio_control
from .phones import Shelf
from .state import Refused
from .telegram_chats import Chat, User

MOST_WAIT_S = 25.0
SHOWN = {"application/pdf", "image/png", "image/jpeg", "image/webp", "image/gif"}
COALESCE_S = 0.03
MONEY_ACTS = {"pin", "stk_cancel", "paybill", "balance"}
Act = Callable[[Chat, dict[str, Any]], dict[str, Any]]


def blueprint(shelf: Shelf) -> Blueprint:
    """All of /sandbox/."""
    routes = Blueprint("control", __name__, url_prefix="/sandbox")
    _state(routes, shelf)
    _chats(routes, shelf)
    _phones(routes, shelf)
    _payers(routes, shelf)
    _world(routes, shelf)
    twilio_control.hang(routes, shelf.twilio, _wait)

    @routes.before_request
    def only_from_here() -> Response | None:
        """A page of another site must not press buttons here."""
        if request.headers.get("Sec-Fetch-Site", "same-origin") in {"cross-site", "same-site"}:
            return _refused("only from this page", 403)
        return None

    @routes.errorhandler(ValueError)
    def refused(error: ValueError) -> Response:
        return _refused(str(error))

    return routes


def _refused(reason: str, code: int = 400) -> Response:
    response = jsonify({"error": reason})
    response.status_code = code
    return response


def _done(found: dict[str, Any] | None = None) -> Response:
    return jsonify({"ok": True} | (found or {}))


def _body() -> dict[str, Any]:
    if not request.get_data():
        return {}
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Refused("a JSON object is expected, with Content-Type application/json")
    return body


def _wait() -> float:
    return min(MOST_WAIT_S, max(0.0, float(request.args.get("wait_s", 0))))


def _state(routes: Blueprint, shelf: Shelf) -> None:
    world = shelf.world

    @routes.get("/state")
    def state() -> Response:
        after, wait_s = int(request.args.get("after", -1)), _wait()
        if wait_s:
            world.wait(after, wait_s)
            time.sleep(COALESCE_S)  # what happens together is shown together
        with world.lock:
            shown = {
                "seq": world.seq,
                "app_url": world.options.app_url,
                "bot": {"name": world.options.bot_name, "username": world.options.bot_username},
                "clock_offset_s": world.clock_offset_s,
                "switches": world.switches.as_json(),
                "phones": list(shelf.shown()),
                "log": list(world.log),
                "ledger": shelf.daraja.shown_ledger(),
            }
        return jsonify(shown)

    @routes.get("/ledger")
    def ledger() -> Response:
        with world.lock:
            return jsonify({"ledger": shelf.daraja.shown_ledger()})

    @routes.get("/files/<token>")
    def file(token: str) -> Response:
        stored = shelf.telegram.files.find(token=token)
        if stored is None:
            return _refused("no such file", 404)
        # Whatever could run in this page's name is saved, never shown.
        how = "inline" if stored.mime_type in SHOWN else "attachment"
        headers = {
            "Content-Disposition": f'{how}; filename="{_plain(stored.name)}"',
            "X-Content-Type-Options": "nosniff",
        }
        return Response(stored.content, mimetype=stored.mime_type, headers=headers)


def _plain(name: str) -> str:
    return "".join(sign for sign in name if sign.isascii() and sign.isprintable() and sign != '"')


def _acts(shelf: Shelf) -> dict[str, Act]:
    telegram, people = shelf.telegram, telegram_people
    return {
        "say": lambda chat, body: people.say(telegram, chat, str(body.get("text", ""))),
        "press": lambda chat, body: people.press(
            telegram, chat, int(body["message_id"]), str(body["data"])
        ),
        "edit": lambda chat, body: people.edit(
            telegram, chat, int(body["message_id"]), str(body.get("text", ""))
        ),
        "contact": lambda chat, _body: people.share_contact(telegram, chat),
        "forward_contact": lambda chat, body: people.forward_contact(
            telegram,
            chat,
            str(body.get("name", "")),
            str(body.get("number", "")),
            bool(body.get("forwarded", True)),
        ),
        "photo": lambda chat, body: people.send_photo(telegram, chat, str(body.get("caption", ""))),
        "document": lambda chat, body: people.send_document(
            telegram,
            chat,
            str(body.get("kind", "pdf")),
            str(body.get("caption", "")),
            int(body.get("size", 0)),
        ),
        "voice": lambda chat, _body: people.send_voice(telegram, chat),
        "sticker": lambda chat, _body: people.send_sticker(telegram, chat),
        "block": lambda chat, body: people.block(telegram, chat, bool(body.get("on", True))),
    }


def _act(acts: dict[str, Act], name: str, chat: Chat) -> Response:
    if name not in acts:
        return _refused("no such act", 404)
    try:
        return _done(acts[name](chat, _body()))
    except KeyError as missing:
        raise Refused(f"{missing} is missing") from None


def _chats(routes: Blueprint, shelf: Shelf) -> None:
    telegram, acts = shelf.telegram, _acts(shelf)

    def met(chat_id: int) -> Chat:
        body = _body() if request.method == "POST" else {}
        known = telegram.chats.find(chat_id)
        user = User(
            chat_id,
            str(body.get("first_name", f"User {chat_id}")),
            language_code=str(body.get("language_code", "en")),
            number=str(body.get("number", "")),
        )
        return known or telegram.chats.meet(user)

    @routes.post("/chats/<int:chat_id>/<act>")
    def on_chat(chat_id: int, act: str) -> Response:
        with telegram.world.lock:
            return _act(acts, act, met(chat_id))

    @routes.get("/chats/<int:chat_id>")
    def chat(chat_id: int) -> Response:
        after = int(request.args.get("after", 0))
        with telegram.world.lock:
            found = met(chat_id)
            if wait_s := _wait():
                found.changed.wait_for(lambda: _news(found, after), wait_s)
            return jsonify(telegram_page.shown_chat(telegram, found, after))

    @routes.post("/telegram/update")
    def update() -> Response:
        with telegram.world.lock:
            return _done(telegram_people.inject(telegram, _body()))


def _news(chat: Chat, after: int) -> bool:
    return any(message.seq > after and not message.mine for message in chat.messages.values())


def _phones(routes: Blueprint, shelf: Shelf) -> None:
    world, acts, on_whatsapp = shelf.world, _acts(shelf), twilio_control.acts(shelf.twilio)

    @routes.post("/phones/<phone_id>/<act>")
    def on_phone(phone_id: str, act: str) -> Response:
        phone = shelf.find(phone_id)
        if phone is None:
            return _refused("no such phone", 404)
        if act in MONEY_ACTS:
            return _done(_money(shelf, phone.msisdn, act, _body()))
        with world.lock:
            if phone.channel == "whatsapp":
                return _done(twilio_control.run(on_whatsapp, act, shelf.person(phone), _body()))
            return _act(acts, act, shelf.chat(phone))


def _payers(routes: Blueprint, shelf: Shelf) -> None:
    daraja = shelf.daraja

    @routes.post("/payers/<msisdn>/<act>")
    def on_payer(msisdn: str, act: str) -> Response:
        if act not in MONEY_ACTS:
            return _refused("no such act", 404)
        return _done(_money(shelf, msisdn, act, _body()))

    @routes.get("/payers/<msisdn>")
    def payer(msisdn: str) -> Response:
        with shelf.world.lock:
            return jsonify(
                {
                    "balance": f"{daraja.wallet(msisdn).balance:.2f}",
                    "stk": daraja_stk.shown_prompt(daraja, msisdn),
                    "sms": list(shelf.world.sms.get(msisdn, ())),
                }
            )

    @routes.get("/prompts")
    def prompts() -> Response:
        with shelf.world.lock:
            return jsonify({"prompts": daraja_stk.shown_prompts(daraja)})


def _money(shelf: Shelf, msisdn: str, act: str, body: dict[str, Any]) -> dict[str, Any]:
    daraja = shelf.daraja
    missing = {"pin": ("stk_id", "pin"), "stk_cancel": ("stk_id",)}.get(act, ())
    if any(name not in body for name in missing):
        raise Refused(f"{' and '.join(missing)} must be given")
    if act == "pin":
        return daraja_stk.enter_pin(daraja, msisdn, str(body["stk_id"]), str(body["pin"]))
    if act == "stk_cancel":
        return daraja_stk.cancel(daraja, msisdn, str(body["stk_id"]))
    try:
        amount = Decimal(str(body["amount"]))
    except (InvalidOperation, KeyError):
        raise Refused("an amount is missing") from None
    if act == "balance":
        with daraja.world.lock:
            daraja.wallet(msisdn).balance = amount
            daraja.world.touch()
        return {}
    payment = daraja_c2b.Paid(
        msisdn, str(body.get("shortcode", "")), str(body.get("account", "")), amount
    )
    return daraja_c2b.pay(daraja, payment)


def _world(routes: Blueprint, shelf: Shelf) -> None:
    world = shelf.world

    @routes.post("/switches")
    def switches() -> Response:
        body = _body()
        with world.lock:
            shelf.daraja.switched(str(body.get("name")), str(body.get("value")))
            world.touch()
        return _done()

    @routes.post("/clock")
    def clock() -> Response:
        advance_s = _body().get("advance_s")
        if not isinstance(advance_s, int) or advance_s < 0:
            raise Refused("advance_s is a whole number of seconds, forward only")
        try:
            answer = httpx.post(
                f"{world.options.app_url}/dev/clock",
                json={"advance_s": advance_s},
                trust_env=False,
                timeout=10,
            )
        except httpx.HTTPError as error:
            return _refused(f"the app does not answer: {error}", 502)
        if not answer.is_success:
            return _refused(f"the app answered {answer.status_code}", 502)
        with world.lock:
            world.clock_offset_s += advance_s
            world.note("clock", f"moved on by {advance_s} s")
        return _done()

    @routes.post("/reset")
    def reset() -> Response:
        with world.lock:
            shelf.telegram.reset()
            shelf.twilio.reset()
            shelf.daraja.reset()
            world.switches.reset()
            world.sms.clear()
            world.log.clear()
            shelf.lay_out()
            world.touch()
        return _done()
