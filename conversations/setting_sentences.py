"""What somebody wants to set, in plain words: “change my business name”, “zima ripoti ya wiki”.

A sentence counts only as the whole message. What a thing is called stands in one table; around the
name may stand a verb, whose it is, and what it shall be.
"""

import re
from dataclasses import dataclass

from conversations.questions import clean
from invoicing.commands import Setting

LONGEST = 300  # an address or a note may stand behind the name
SURE, VAGUE = True, False  # whether the bare name is enough, without a verb or “my”


@dataclass(frozen=True)
class Wished:
    """A setting, or a section of them when `setting` is None; `value` as typed, None if not said.

    `plain` is whether a verb says that something is to be set, `empty` that it is to be taken away.
    """

    section: str | None = None
    setting: Setting | None = None
    value: str | None = None
    plain: bool = False
    empty: bool = False


_INVOICE = r"(?:(?:on |of )?(?:my |the )?invoices?|invoicing)"
_CALLED: tuple[tuple[Setting | str, bool, str], ...] = (
    (Setting.NAME, SURE, (r"(?:business|shop|company|trading) name|name of (?:my|the|our) (?:business|shop|company)"
     r"|jina la (?:biashara|duka|kampuni)")),
    (Setting.ADDRESS, VAGUE, r"(?:business |shop |company )?address|anwani(?: ya (?:biashara|duka))?"),
    (Setting.CITY, VAGUE, r"(?:business |shop )?(?:town|city)|mji(?: wa (?:biashara|duka))?"),
    (Setting.PHONE, VAGUE, (r"(?:business |shop |company )?(?:phone|telephone|mobile)(?: number)?"
     r"|(?:namba|nambari) ya simu(?: ya (?:biashara|duka))?|simu(?: ya (?:biashara|duka))?")),
    (Setting.EMAIL, VAGUE, r"(?:business |shop |company )?e-?mail(?: address)?|barua pepe(?: ya (?:biashara|duka))?"),
    (Setting.TAX_NUMBER, SURE, (r"(?:tax|vat|kra|tra|ura) (?:pin|number|no\.?)|pin number|tin(?: number)?"
     r"|(?:namba|nambari) ya kodi|pin ya (?:kra|kodi)")),
    (Setting.CONTACT, SURE, r"contact person|mtu wa kuulizi(?:a|wa)"),
    (Setting.LOGO, SURE, r"(?:business |shop |company )?logo|nembo(?: ya (?:biashara|duka))?"),
    (Setting.DESIGN, SURE, (rf"(?:{_INVOICE} )?(?:templates?|designs?|layout)(?: {_INVOICE})?"
     r"|(?:how|the way) my invoices? looks?|(?:muundo|kiolezo|mwonekano)(?: wa ankara| cha ankara)?")),
    (Setting.PREFIX, SURE, r"(?:invoice )?(?:number(?:ing)? )?prefix|invoice (?:numbers|numbering)|herufi za (?:namba|nambari)"),
    (Setting.TERMS, SURE, (r"(?:default |usual )?payment terms|(?:default|usual) terms|default due (?:date|day)"
     r"|muda wa kulipa|masharti ya malipo")),
    (Setting.PAY_NOTE, SURE, r"payment (?:note|instructions)|maelezo ya (?:kulipa|malipo)"),
    (Setting.NOTE, SURE, rf"(?:default |usual )note|{_INVOICE} note|maelezo ya ankara"),
    (Setting.FOOTER, SURE, r"(?:invoice )?footer|last line|mstari wa mwisho"),
    (Setting.REMINDERS, SURE, (r"remind(?:er|ing) (?:days|schedule|times|settings)|siku za (?:kukumbusha|vikumbusho)"
     r"|(?:(?:stop|no|no more|turn off|switch off|pause) )?(?:the |all |all the |automatic )?reminders(?: off| on)?"
     r"|(?:(?:acha|zima|sitisha) )?vikumbusho(?: vyote)?")),
    (Setting.TAX_LABEL, SURE, r"(?:tax (?:name|label)|name of (?:the |my )?tax)|jina la kodi"),
    (Setting.TAX_MODE, SURE, r"tax and prices|tax mode|kodi na bei"),
    (Setting.TAX_RATE, SURE, r"(?:tax|vat)(?: rate| percentage)|kiwango cha (?:kodi|vat)"),
    (Setting.TAX_RATE, VAGUE, r"tax|vat|kodi"),
    (Setting.DISCOUNT, SURE, r"ask(?:ing)? for (?:a )?discounts?|kuuliza punguzo"),
    (Setting.CURRENCY, SURE, r"(?:business |invoice )?currency|sarafu"),
    (Setting.PAPER_LANGUAGE, SURE, r"invoice language|language of (?:my |the )?invoices|lugha ya ankara"),
    (Setting.ZONE, SURE, r"time ?zone|saa za eneo|majira ya saa"),
    (Setting.QUIET, SURE, r"quiet (?:hours|time)|do not disturb|(?:saa|muda) (?:za|wa) (?:kimya|utulivu)"),
    (Setting.HEAR_WEEKLY, SURE, r"(?:the )?weekly reports?|ripoti (?:ya|za) (?:kila )?wiki"),
    (Setting.HEAR_MONTHLY, SURE, r"(?:the )?monthly reports?|ripoti (?:ya|za) (?:kila )?mwezi"),
    (Setting.HEAR_PAID, SURE, r"payment (?:notifications?|alerts?|messages|news)|arifa za malipo"),
    (Setting.HEAR_OVERDUE, SURE, r"overdue (?:notifications?|alerts?|messages|notices?|news)|arifa za (?:zilizochelewa|kuchelewa)"),
    (Setting.HEAR_REMINDED, SURE, r"reminder (?:notifications?|alerts?|notices?)|arifa za vikumbusho"),
    (Setting.HEAR_CLIENT, SURE, r"(?:new )?(?:client|customer) (?:notifications?|alerts?)|arifa za wateja(?: wapya)?"),
    ("business", SURE, r"(?:business |company |shop )?(?:profile|details)|(?:wasifu|taarifa|maelezo) (?:wa|za|ya) biashara"),
    ("invoices", SURE, r"invoice settings|mipangilio ya ankara"),
    ("tax", SURE, r"tax settings|mipangilio ya kodi"),
    ("pay", SURE, (r"(?:payment (?:methods?|options?|details|settings)|ways? to pay|how (?:do |can )?(?:my )?(?:customers|clients) (?:can )?pay(?: me)?"
     r"|how i (?:am|get|want to be) paid|(?:my |the )?(?:paybill|till|bank account)(?: number)?"
     r"|njia za (?:malipo|kulipa|kulipwa)|ninavyolipwa|(?:jinsi )?wateja wanavyonilipa|(?:namba|nambari) ya (?:till|paybill))")),
    ("news", SURE, r"(?:notifications?|alerts)(?: settings)?|what i hear|arifa(?: zangu)?|ninachoambiwa"),
    ("place", SURE, r"language and time|lugha na saa"),
)  # fmt: skip
_PLEASE = r"(?:(?:please|pls|kindly|tafadhali|naomba|can you|could you|i want to|i would like to|i need to|nataka|ningependa) )*"
_VERB = (
    r"(?:change|edit|set|update|choose|pick|select|upload|put|use|correct|fix|show(?: me)?|see|view|add"
    r"|ku?badili(?:sha)?|badili(?:sha)?|hariri|ku?weka|weka|ongeza|kuongeza|chagua|sasisha|rekebisha|onyesha|nionyeshe|ona)"
)
_WHOSE = r"(?:(?:my|our|the|your|a|an|new|another) )*"
_MINE = r"(?: (?:yangu|zangu|langu|wangu|yetu|zetu|letu|wetu|mpya|jipya))*"
_TO = (
    r"(?:\s*(?:[:=]|\bto\b|\bas\b|\bis\b|\bkuwa\b|\biwe\b|\bliwe\b|\bni\b)\s*(?P<value>.{1,260}))?"
)
_NAMES = tuple(
    (what, sure, re.compile(rf"{_PLEASE}(?:(?P<verb>{_VERB}) )?(?P<whose>{_WHOSE})(?:{name})(?P<mine>{_MINE}){_TO}",
                            re.IGNORECASE))
    for what, sure, name in _CALLED
)  # fmt: skip
_TAKE = r"(?:remove|delete|clear|take away|ondoa|futa|kuondoa)"
_TAKEN = tuple(
    (what, re.compile(rf"{_PLEASE}{_TAKE} {_WHOSE}(?:{name}){_MINE}", re.IGNORECASE))
    for what, _sure, name in _CALLED
    if isinstance(what, Setting) and not what.startswith("hear.")
)
_ON = r"(?:turn on|switch on|enable|start|washa|anzisha|send me|nitumie)"
_OFF = (
    r"(?:turn off|switch off|disable|stop(?: sending(?: me)?)?|no(?: more)?|don'?t send(?: me)?"
    r"|zima|acha|sitisha|sitaki|usinitumie)"
)
_SWITCHED = tuple(
    (what, re.compile(
        rf"{_PLEASE}(?:(?P<on>{_ON})|(?P<off>{_OFF})) {_WHOSE}(?:{name}){_MINE}"
        rf"|{_PLEASE}(?:turn|switch) {_WHOSE}(?:{name}) (?:(?P<on2>on)|(?P<off2>off))", re.IGNORECASE))
    for what, _sure, name in _CALLED
    if isinstance(what, Setting) and (what.startswith("hear.") or what is Setting.QUIET)
)  # fmt: skip
_TAILS = re.compile(r"[\s?!.]+$")


def read(text: str) -> Wished | None:
    """What is to be set or seen, or None."""
    words = _TAILS.sub("", clean(text[: LONGEST + 1]))
    if not words or len(text.strip()) > LONGEST or "\n" in text.strip():
        return None
    return _switched(words) or _taken(words) or _named(words)


def _taken(words: str) -> Wished | None:
    for setting, way in _TAKEN:
        if way.fullmatch(words):
            return Wished(setting=setting, plain=True, empty=True)
    return None


def _switched(words: str) -> Wished | None:
    for setting, way in _SWITCHED:
        if found := way.fullmatch(words):
            on = bool(found["on"] or found["on2"])
            if setting is Setting.QUIET:  # which hours, if any, is asked
                return Wished(setting=setting, value=None if on else "off", plain=True)
            return Wished(setting=setting, value="on" if on else "off", plain=True)
    return None


def _named(words: str) -> Wished | None:
    for what, sure, way in _NAMES:
        found = way.fullmatch(words)
        if found is None:
            continue
        plain = bool(found["verb"] or found["value"])
        if not (sure or plain or found["whose"] or found["mine"]):
            continue
        if isinstance(what, Setting):
            return Wished(setting=what, value=found["value"], plain=plain)
        return Wished(section=what, plain=plain)
    return None
