"""Why an invoice is as it is: one line for each thing that happened, with its reason and its doer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.history import Happening
from bot.sharing import CHANNEL_NAMES
from bot.why_words import (
    ADJUSTED,
    AUDIT,
    GATEWAYS,
    HEARD,
    MESSAGES,
    REASONS,
    STATES,
    STEPS,
    UNPAID,
    WHAT,
)
from invoicing.phones import masked
from invoicing.ways import METHODS
from models import clock
from models.money import Money
from models.text import Text, _, ngettext, raw
from payments import serving


def lines(happenings: Sequence[Happening], zone: str, client: str) -> list[Text]:
    """One line each, oldest first, in the merchant's time."""
    return [_line(one, zone, client) for one in happenings]


def _line(one: Happening, zone: str, client: str) -> Text:
    local = clock.local_time(one.at, zone)
    return Text(
        "{day} {time} · {what}",
        {"day": local.date(), "time": f"{local:%H:%M}", "what": say(one, client)},
    )


def say(one: Happening, client: str) -> Text:
    """What happened, in words, with who did it."""
    family = one.kind.partition(".")[0]
    return SAYS[family](one, client)


def _by(words: Text, one: Happening) -> Text:
    if one.name is None:
        return words
    return _("{what}, by {who}", what=words, who=one.name)


def _made(one: Happening, client: str) -> Text:
    del client
    return _by(_("Written"), one)


def _audit(one: Happening, client: str) -> Text:
    action, more = str(one.facts["action"]), one.facts.get("more") or {}
    if action == "invoice.sent":
        return _sent(one, more, client)
    known = AUDIT.get(action)
    if known is None:
        return _by(raw(action.replace(".", " ").replace("_", " ").capitalize()), one)
    params = {"reason": str(more.get("reason", "")).replace("_", " "),
              "n": more.get("seconds", 20)}  # fmt: skip
    return _by(Text(known.msgid, params, known.plural), one)


def _sent(one: Happening, more: Mapping[str, Any], client: str) -> Text:
    channel = CHANNEL_NAMES.get(str(more.get("channel")))
    if channel:
        return _by(_("On its way to {client} on {channel}", client=client, channel=channel), one)
    who = one.name or _("you")
    if more.get("why") == "window":
        return _("Given to {who} to pass on: WhatsApp lets nobody write first after a day of silence",
                 who=who)  # fmt: skip
    return _(
        "Given to {who} to pass on: {client} has not written to me yet", who=who, client=client
    )


def _message(one: Happening, client: str) -> Text:
    facts = one.facts
    about = {
        "what": what(facts.get("notice")),
        "who": client if facts.get("audience") == "client" else one.name or "",
        "channel": CHANNEL_NAMES.get(str(facts.get("channel")), str(facts.get("channel"))),
        "why": reason(facts.get("error")),
    }
    state, tries = one.kind.partition(".")[2], int(facts.get("tries") or 0)
    if state == "sent" and tries > 1:
        return _("{what}: sent to {who} on {channel}, at try {n}", **about, n=tries)
    return Text(MESSAGES[state].msgid, about)


def what(notice: Any) -> Text:
    """Which message it was."""
    return WHAT.get(notice) or raw(str(notice).replace("_", " ").capitalize())


def reason(code: Any) -> Text:
    """A reason in words; a code of theirs that has none is named, for whoever asks them."""
    known = REASONS.get(str(code))
    return known or _("the app refused it (code {code})", code=str(code or "?"))


def _not_told(one: Happening, client: str) -> Text:
    del client
    notice, why = what(one.facts["notice"]), reason(one.facts["reason"])
    return _("{what}: told to nobody, {why}", what=notice, why=why)


def _opened(one: Happening, client: str) -> Text:
    del client
    return _("Opened last") if one.kind == "opened.last" else _("Opened for the first time")


def _prompt(one: Happening, client: str) -> Text:
    amount, phone = _money(one), masked(str(one.facts.get("phone") or ""))
    state = one.kind.partition(".")[2]
    if not state:
        return _("Prompt of {amount} for {phone}", amount=amount, phone=phone)
    if state == "sent":
        return _("The prompt went to {phone}", phone=phone)
    ended = _("The prompt of {amount} ended: {state}", amount=amount,
              state=STATES.get(state) or raw(state))  # fmt: skip
    if asked := int(one.facts.get("queries") or 0):
        ended = ngettext(
            "{what}. I asked {gateway} {n} time",
            "{what}. I asked {gateway} {n} times",
            asked,
            what=ended,
            gateway=_gateway(one),
        )
    if state in UNPAID and (code := one.facts.get("code")):
        read = serving.explain(str(one.facts["gateway"]), str(code)).text
        return _("{what}. {client} reads: “{words}”", what=ended, client=client, words=read)
    return ended


def _callback(one: Happening, client: str) -> Text:
    del client
    words = HEARD.get(one.facts.get("outcome"), HEARD[None])
    heard = Text(words.msgid, {"gateway": _gateway(one)})
    if one.facts.get("flagged"):
        return _("{what}. It came from an address I do not know", what=heard)
    return heard


def _gateway(one: Happening) -> Text:
    name = str(one.facts.get("gateway") or one.facts.get("provider"))
    return GATEWAYS.get(name) or raw(name.capitalize())


def _booked(one: Happening, client: str) -> Text:
    del client
    facts = one.facts
    how = METHODS.get(str(facts["method"])) or raw(str(facts["method"]))
    words = (
        _(
            "{amount} booked: {how}, {receipt}",
            amount=_money(one),
            how=how,
            receipt=facts["receipt"],
        )
        if facts.get("receipt")
        else _("{amount} booked: {how}", amount=_money(one), how=how)
    )
    return _by(words, one)


def _released(one: Happening, client: str) -> Text:
    del client
    return _("{amount} taken off again", amount=_money(one))


def _adjusted(one: Happening, client: str) -> Text:
    del client
    kind = one.kind.partition(".")[2]
    words = Text(ADJUSTED.get(kind, ADJUSTED["credit"]).msgid, {"amount": _money(one)})
    return _by(words, one)


def _reminder(one: Happening, client: str) -> Text:
    step = STEPS.get(str(one.facts["step"])) or raw(str(one.facts["step"]))
    who = client if one.facts["audience"] == "client" else _("you")
    if one.kind == "reminder":
        return _("Reminder due for {who}: {step}", who=who, step=step)
    why = reason(one.facts["reason"])
    return _("Reminder for {who} skipped ({step}): {why}", who=who, step=step, why=why)


def _money(one: Happening) -> Money:
    return Money(int(one.facts["amount"]), str(one.facts["currency"]))


SAYS: Mapping[str, Callable[[Happening, str], Text]] = {
    "made": _made,
    "audit": _audit,
    "message": _message,
    "not_told": _not_told,
    "opened": _opened,
    "prompt": _prompt,
    "callback": _callback,
    "booked": _booked,
    "released": _released,
    "adjusted": _adjusted,
    "reminder": _reminder,
}
