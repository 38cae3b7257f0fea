"""Why an invoice is as it is: one line for each thing that happened, with its reason and its doer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.history import Happening
from bot.sharing import CHANNEL_NAMES
from invoicing.phones import masked
from invoicing.ways import METHODS
from models import clock
from models.money import Money
from models.text import Text, _, ngettext, raw
from payments import serving
from payments.evidence import Settled

AUDIT: Mapping[str, Text] = {
    "invoice.issued": _("Issued with its number and its link"),
    "invoice.undone": _("Taken back within {seconds} seconds; nothing had gone out"),
    "invoice.voided": _("Made void"),
    "file.attached": _("File attached"),
    "file.removed": _("File removed"),
    "invoice.reported": _("Reported: something is wrong with it ({reason})"),
    "link.renewed": _("The link was changed"),
    "link.revoked": _("The link was closed"),
    "reminders.on": _("Reminders switched on"),
    "reminders.off": _("Reminders switched off"),
    "reminders.snoozed": _("Reminders put off for three days"),
    "attempt.opened": _("A payment was asked for"),
    "attempt.doubted": _("M-Pesa told two different things; needs your eyes"),
    "attempt.failed": _("The payment request ended without money"),
    "attempt.rejected": _("The payment request could not be sent"),
    "attempt.expired": _("The payment request ran out"),
    "approval.asked": _("Put before an owner for a yes"),
    "approval.approved": _("Approved"),
    "approval.refused": _("Not approved; it stays a draft"),
    "draft.changed": _("Draft changed"),
    "reminder.asked": _("A reminder was asked for"),
    "cash.confirmed": _("The customer confirmed the cash"),
    "cash.denied": _("The customer says that it was not paid"),
    "cash.kept": _("The payment stays, though the customer denied it"),
    "payment.landed": _("Money arrived and found this invoice"),
    "payment.joined": _("The same money, told a second time; counted once"),
    "payment.second": _("Money arrived a second time for one prompt; needs your eyes"),
    "payment.elsewhere": _("The receipt belongs to another invoice; needs your eyes"),
    "payment.recorded": _("Payment written down by hand"),
    "payment.matched": _("Money without an invoice was put on this one"),
    "payment.reversed": _("Payment taken back"),
    "payment.unmatched": _("Money was taken off this invoice again"),
    "payment.refunded": _("Money was given back"),
    "payment.credited": _("What came in too much is kept for the next invoice"),
    "credit.used": _("Credit was used for it"),
    "credit.freed": _("The credit that paid it was taken off again"),
    "invoice.credited": _("Credited, in full or in part"),
    "invoice.revised": _("Issued in place of a wrong one"),
    "invoice.written_off": _("Written off as a loss"),
    "invoice.owed_again": _("No longer written off: owed again"),
}
WHAT: Mapping[str | None, Text] = {
    None: _("The invoice"),
    "paid": _("The word that money came"),
    "part_paid": _("The word that money came"),
    "reminder": _("A reminder"),
    "overdue": _("The word that it is overdue"),
    "remind_yourself": _("A reminder to pass on"),
    "voided": _("The word that it is void"),
    "attempt_failed": _("The word that the prompt failed"),
    "arrived": _("The question who opened it"),
    "unreached": _("The word that someone was not reached"),
    "reported": _("The word that something is wrong"),
    "review": _("The word that money needs your eyes"),
    "overpaid": _("The word that too much came"),
    "file": _("A file"),
}
REASONS: Mapping[str, Text] = {
    "issued late": _("its day was over when it was issued"),
    "overtaken": _("a later one was due by then"),
    "switched off": _("reminders are off"),
    "disputed": _("there is a dispute"),
    "paid": _("it is paid"),
    "void": _("it is void"),
    "written off": _("it is written off"),
    "settled": _("it was settled before"),
    "undone": _("it was taken back in time"),
    "again": _("it was sent once more instead"),
    "opened": _("they opened it before"),
    "removed": _("it was removed before"),
    "blocked": _("they blocked the chat"),
    "stopped": _("they asked for silence"),
    "nobody to tell": _("nobody may be written to"),
}
STATES: Mapping[str, Text] = {
    "succeeded": _("paid"),
    "failed": _("no payment"),
    "rejected": _("refused"),
    "expired": _("no answer in time"),
    "unknown": _("not known yet"),
}
UNPAID = ("failed", "rejected", "expired")
GATEWAYS: Mapping[str, Text] = {"daraja": raw("M-Pesa")}
# What a gateway told, by what became of it; None: not handled yet.
HEARD: Mapping[str | None, Text] = {
    None: _("{gateway} told me something; I have not read it yet"),
    Settled.BOOKED: _("{gateway} confirmed the payment"),
    Settled.UNALLOCATED: _("{gateway} told of money that belongs to no invoice yet"),
    Settled.REVIEW: _("{gateway} told of money that needs your eyes"),
    Settled.JOINED: _("{gateway} confirmed the same payment once more; it counts once"),
    Settled.ALREADY: _("{gateway} confirmed the same payment once more; it counts once"),
    Settled.FAILED: _("{gateway} said that nothing was paid"),
    Settled.IGNORED: _("{gateway} said that nothing was paid; that was known or no longer true"),
    Settled.EARLY: _("Word of a payment came; I asked {gateway} before I believed it"),
    Settled.EARLY: _("Word of a payment came very early; I wait until {gateway} names it"),
    Settled.ASKED: _("Word of a payment came; I asked {gateway} before I believed it"),
    Settled.CONTRARY: _("{gateway} took back its word; needs your eyes"),
    Settled.NOBODY: _("{gateway} told of a payment that I never asked for"),
}
STEPS: Mapping[str, Text] = {
    "before_3": _("3 days before"),
    "due": _("on the due day"),
    "after_3": _("3 days after"),
    "after_7": _("7 days after"),
    "after_14": _("14 days after"),
    "overdue": _("overdue"),
    "snoozed": _("after the pause"),
}


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
              "seconds": more.get("seconds", 20)}  # fmt: skip
    return _by(Text(known.msgid, params), one)


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
        return _("{what} sent to {who} on {channel} at try {n}", **about, n=tries)
    return Text(MESSAGES[state].msgid, about)


MESSAGES = {
    "waiting": _("{what} for {who} waits to go out on {channel}"),
    "held": _("{what} for {who} is held until they write: WhatsApp allows no message after a day"),
    "sent": _("{what} sent to {who} on {channel}"),
    "delivered": _("{what} delivered to {who} on {channel}"),
    "read": _("{what} read by {who} on {channel}"),
    "failed": _("{what} could not be delivered to {who} on {channel}: {why}"),
    "dropped": _("{what} was not sent to {who}: {why}"),
}


def what(notice: Any) -> Text:
    """Which message it was."""
    return WHAT.get(notice) or raw(str(notice).replace("_", " ").capitalize())


def reason(code: Any) -> Text:
    """A reason in words, or the channel's own code where there are none."""
    return REASONS.get(str(code)) or raw(str(code or "?"))


def _not_told(one: Happening, client: str) -> Text:
    del client
    notice, why = what(one.facts["notice"]), reason(one.facts["reason"])
    return _("{what} was told to nobody: {why}", what=notice, why=why)


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


ADJUSTED = {
    "rounding": _("{amount} rounded off"),
    "credit": _("{amount} credited"),
    "write_off": _("{amount} written off"),
}


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
