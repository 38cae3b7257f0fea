"""An invoice's life on its card: a few short lines, the newest last, in the merchant's time."""

from collections.abc import Callable, Mapping, Sequence

from bot import why, why_words
from bot.history import Happening
from bot.sharing import CHANNEL_NAMES
from models import clock
from models.money import Money
from models.text import Text, _

MOST = 8  # the newest; /why has them all


def words(happenings: Sequence[Happening], zone: str) -> Text | None:
    """The lines in one paragraph, or None where nothing is worth a line."""
    told = [(one, said) for one in happenings if (said := _short(one)) is not None]
    lines = [_line(one, said, zone) for one, said in told[-MOST:]]
    if len(told) > MOST:
        lines.insert(0, Text("…"))
    return Text("{lines}", {"lines": tuple(lines)}) if lines else None


def _line(one: Happening, said: Text, zone: str) -> Text:
    local = clock.local_time(one.at, zone)
    about = {"day": local.date(), "time": f"{local:%H:%M}", "what": said}
    return Text("{day} {time} {what}", about)


def _short(one: Happening) -> Text | None:
    say = SAYS.get(one.kind)
    return say(one) if say else None


def _audit(one: Happening) -> Text | None:
    if one.facts["action"] == "invoice.sent":  # by us: the message itself tells when it went
        by_us = (one.facts.get("more") or {}).get("channel")
        return None if by_us else _("Given to you to pass on")
    return AUDITED.get(str(one.facts["action"]))


def _sent(one: Happening) -> Text | None:
    """The invoice itself, once it is out or as long as it may still be taken back."""
    if one.facts.get("notice") is not None:
        return None
    channel = CHANNEL_NAMES.get(str(one.facts.get("channel")), "")
    if one.kind == "message.waiting":
        return _("Waits to go out on {channel}", channel=channel)
    return _("Sent on {channel}", channel=channel)


def _arrived(one: Happening) -> Text | None:
    """Only the invoice itself: what a notice said has its own line."""
    if one.facts.get("notice") is not None:
        return None
    return _("Read") if one.kind == "message.read" else _("Delivered")


def _prompt(one: Happening) -> Text:
    return _("Prompt for {amount}", amount=_money(one))


def _ended(one: Happening) -> Text:
    return _("Prompt ended: {state}", state=why_words.STATES[one.kind.partition(".")[2]])


def _booked(one: Happening) -> Text:
    return _("{amount} paid", amount=_money(one))


def _reminded(one: Happening) -> Text | None:
    return _("Reminded") if one.facts["audience"] == "client" else None


def _money(one: Happening) -> Money:
    return Money(int(one.facts["amount"]), str(one.facts["currency"]))


AUDITED: Mapping[str, Text] = {
    "invoice.voided": _("Made void"),
    "invoice.undone": _("Undone"),
    "file.attached": _("File attached"),
    "file.removed": _("File removed"),
    "invoice.reported": _("Your customer says something is wrong"),
}
SAYS: Mapping[str, Callable[[Happening], Text | None]] = {
    "made": lambda _one: _("Written"),
    "audit": _audit,
    "message.waiting": _sent,
    "message.sent": _sent,
    "message.delivered": _arrived,
    "message.read": _arrived,
    "opened": lambda _one: _("Opened"),
    "opened.last": lambda _one: _("Opened again"),
    "prompt": _prompt,
    "prompt.failed": _ended,
    "prompt.expired": _ended,
    "prompt.rejected": _ended,
    "booked": _booked,
    "released": lambda one: why.say(one, ""),
    "adjusted.credit": lambda one: why.say(one, ""),
    "adjusted.write_off": lambda one: why.say(one, ""),
    "reminder": _reminded,
}
