"""What is said of invoices that need putting right, and of quotes: credit INV-7, quote for Jane.

As in `conversations.sentences`, a sentence counts only as the whole message.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from conversations.lines.words import word_set
from conversations.sentence_parts import NAME, NUMBER, PLEASE, SUM, whole


class Wish(StrEnum):
    """What is wanted."""

    CREDIT = "credit"
    REVISE = "revise"
    WRITE_OFF = "write_off"
    DEPOSIT = "deposit"
    BILL_QUOTE = "bill_quote"
    SHOW_QUOTE = "show_quote"
    QUOTES = "quotes"
    QUOTE = "quote"


@dataclass(frozen=True)
class Correction:
    """A wish and what it is about, as typed; empty where nothing was said of it."""

    wish: Wish
    who: str = ""
    number: str = ""
    amount: str = ""


_OWN = rf"{NAME}['’]s"
_QUOTED = r"#?(?P<number>q[- ]?\d{1,7}|\d{1,7})"
_AMOUNT = rf"(?P<amount>{SUM}|\d{{1,2}} ?%)"
_BILL = r"(?:invoice|bill)"
_ANKARA = r"(?:ankara|bili)"
_MAKE = r"(?:(?:make|send|issue|create|write|give|new) )?(?:me )?(?:a |an |the )?(?:new )?"
_TOA = r"(?:(?:tengeneza|toa|tuma|andika|kutengeneza|kutoa|kutuma|kuandika) )?"
_MEMO = r"credit(?:[ -]?note| memo)"
_FIX = r"(?:correct|revise|fix|amend|change|edit|re-?issue)"
_SAHIHISHA = r"(?:sahihisha|rekebisha|badilisha|hariri|kusahihisha|kurekebisha)"
_WRITE_OFF = r"(?:write[ -]?off|forgive)"
_SAMEHE = r"(?:samehe|msamehe|kusamehe)"
_PAPER = r"(?:quote|quotation|estimate|pro ?forma)"
_PAPERS = r"(?:quotes|quotations|estimates|pro ?formas)"
_MAKADIRIO = r"(?:makadirio|kadirio|nukuu)(?: (?:ya|za) bei)?"

_WAYS: tuple[tuple[Wish, tuple[str, ...]], ...] = (
    (Wish.CREDIT, (
        rf"{PLEASE}credit (?:the )?{NUMBER}(?: (?:with|by|for) {_AMOUNT})?", rf"{PLEASE}take back {_AMOUNT} (?:of|off|from) {NUMBER}",
        rf"{PLEASE}credit {_AMOUNT} (?:on|off|to|from) {NUMBER}", rf"{PLEASE}credit {NAME}(?: (?:with )?{_AMOUNT})?",
        rf"{PLEASE}{_MAKE}{_MEMO}(?: (?:of|for) {_AMOUNT})?(?: (?:on|for|to|against) {NUMBER})?",
        rf"{PLEASE}{_MAKE}{_MEMO}(?: (?:for|to) {NAME})?",
        rf"{PLEASE}{_TOA}hati ya mkopo(?: ya {_AMOUNT})?(?: (?:ya|kwa|kwenye) {NUMBER})?", rf"{PLEASE}{_TOA}hati ya mkopo(?: (?:ya|kwa) {NAME})?",
        rf"{PLEASE}(?:punguza|rudisha) {_AMOUNT} (?:kwenye|ya|katika|kutoka) {NUMBER}",
    )),
    (Wish.REVISE, (
        rf"{PLEASE}{_FIX} (?:the )?{NUMBER}", rf"{PLEASE}{_FIX} {_OWN} {_BILL}",
        rf"{PLEASE}{_FIX} (?:an |the |my |a )?{_BILL}(?: (?:for|of|to) {NAME})?",
        rf"{PLEASE}{_SAHIHISHA} {NUMBER}", rf"{PLEASE}{_SAHIHISHA} {_ANKARA}(?: (?:ya|kwa) {NAME})?",
    )),
    (Wish.WRITE_OFF, (
        rf"{PLEASE}{_WRITE_OFF} (?:the )?{NUMBER}", rf"{PLEASE}write (?:the )?{NUMBER} off",
        rf"{PLEASE}{_WRITE_OFF} {_OWN} (?:{_BILL}|debt)", rf"{PLEASE}{_WRITE_OFF} (?:the )?(?:{_BILL}|debt) (?:of|for) {NAME}",
        rf"{PLEASE}{_WRITE_OFF} (?:an? |the )?(?:{_BILL}|debt)", rf"{PLEASE}{_WRITE_OFF} {NAME}", rf"{PLEASE}write {NAME} off",
        rf"{PLEASE}{_SAMEHE} {NUMBER}", rf"{PLEASE}{_SAMEHE} (?:deni|{_ANKARA})(?: (?:la|ya) {NAME})?", rf"{PLEASE}{_SAMEHE} {NAME}",
        rf"{PLEASE}futa deni la {NAME}",
    )),
    (Wish.DEPOSIT, (
        rf"{PLEASE}(?:ask (?:for )?|request |take |add )?(?:a )?deposit(?: of)?(?: {_AMOUNT})? (?:on|for) {NUMBER}",
        rf"{PLEASE}(?:ask (?:for )?|request |take )(?:a )?deposit", rf"{PLEASE}ask {NAME} for a deposit(?: of {_AMOUNT})?",
        rf"{PLEASE}(?:omba|weka|ongeza) amana(?: ya {_AMOUNT})? (?:ya|kwa|kwenye) {NUMBER}",
        rf"{PLEASE}(?:omba|weka) amana(?: (?:ya|kwa|kutoka kwa) {NAME})?",
    )),
    (Wish.BILL_QUOTE, (
        rf"{PLEASE}(?:bill|invoice|convert) (?:the )?{_PAPER} {_QUOTED}", rf"{PLEASE}(?:bill|invoice|convert) (?P<number>q[- ]?\d{{1,7}})",
        rf"{PLEASE}(?:turn|make|convert) (?:the )?(?:{_PAPER} )?{_QUOTED} (?:in)?to an? {_BILL}",
        rf"{PLEASE}(?:toa|tengeneza|fanya) {_ANKARA} (?:ya|kutoka) {_MAKADIRIO} {_QUOTED}",
    )),
    (Wish.SHOW_QUOTE, (
        rf"{PLEASE}(?:show|see|open|view|check)?(?: ?me)? ?(?:the )?{_PAPER} {_QUOTED}", r"(?P<number>q-\d{1,7})",
        rf"{PLEASE}(?:onyesha|nionyeshe|fungua|tazama|angalia)? ?{_MAKADIRIO} {_QUOTED}",
    )),
    (Wish.QUOTES, (
        rf"(?:show |list |see )?(?:me )?(?:my |the |all )*(?:open |sent )?{_PAPERS}(?: (?:for|to|of) {NAME})?", rf"(?:show |see ){_OWN} {_PAPERS}",
        rf"(?:onyesha |orodhesha |orodha ya )?{_MAKADIRIO} (?:yangu|yote|zangu|zote)(?: yote)?", rf"(?:onyesha|orodhesha) {_MAKADIRIO}(?: ya {NAME})?",
    )),
    (Wish.QUOTE, (
        rf"{PLEASE}{_MAKE}{_PAPER}(?: (?:for|to) {NAME})?", rf"{PLEASE}(?:send |give ){NAME} an? {_PAPER}", rf"{PLEASE}quote {NAME}",
        rf"{PLEASE}{_TOA}{_MAKADIRIO}(?: mapya)?(?: (?:ya|kwa) {NAME})?",
    )),
)  # fmt: skip
_COMPILED = tuple(
    (wish, tuple(re.compile(way, re.IGNORECASE) for way in ways)) for wish, ways in _WAYS
)
# Words that make a name no name: the sentence is then about something else.
_NO_NAMES = word_set(
    "i me he she they we you it him them us who whom what when where why how not a an the my this "
    "that these those invoice invoices bill bills note quote quotes payment client customer price "
    "name phone number date card limit language settings business draft logo terms reminder "
    "reminders tax currency please ankara bili deni mteja bei jina simu lugha hii hiyo yangu rasimu"
)
_QUOTE_LINE = re.compile(
    rf"{PLEASE}(?:{_MAKE}{_PAPER}|{_TOA}{_MAKADIRIO})[:,]?(?: (?:for|to|kwa|ya))? (?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)


def read(text: str) -> Correction | None:
    """The sentence that a whole message is, or None."""
    words = whole(text)
    for wish, ways in _COMPILED:
        for way in ways:
            if (found := way.fullmatch(words)) and _names_someone(found):
                given = {key: value.strip() for key, value in found.groupdict().items() if value}
                return Correction(wish, **given)
    return None


def _names_someone(found: re.Match[str]) -> bool:
    who = found.groupdict().get("who") or ""
    return not set(who.casefold().replace("’", "'").split()) & _NO_NAMES


def quote_line(text: str) -> str | None:
    """The rest of a line that asks for a quote: `quote Jane 3 bags cement @850`; None for others."""
    found = _QUOTE_LINE.fullmatch(text.strip())
    return found["rest"] if found else None
