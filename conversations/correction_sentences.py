"""What is said of invoices that need putting right, and of quotes: credit INV-7, quote for Jane.

As in `conversations.sentences`, a sentence counts only as the whole message.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from conversations.lines.words import word_set
from conversations.questions import clean

LONGEST = 160  # characters; a longer message is no plain order


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


_NAME = r"(?P<who>[^\W\d_][\w'’.&-]*?(?: [^\W\d_][\w'’.&-]*?){0,4}?)"
_OWN = rf"{_NAME}['’]s"
_NUMBER = r"(?:(?:invoice|ankara|bili|no|namba)\.? )?#?(?P<number>(?:[a-z]{2,6}[- ]?)?\d{1,7})"
_QUOTED = r"#?(?P<number>q[- ]?\d{1,7}|\d{1,7})"
_AMOUNT = (
    r"(?P<amount>(?:(?:ksh|kshs|kes|tsh|tzs|ush|ugx|ngn|sh|shs|₦)\.? ?)?\d[\d.,]*(?: ?[km])?"
    r"(?: ?/[=-])?(?: (?:bob|shillings|shilingi|naira))?|\d{1,2} ?%)"
)
_PLEASE = r"(?:please |pls |kindly |tafadhali |naomba |can you |could you |i want to |nataka )?"
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
        rf"{_PLEASE}credit (?:the )?{_NUMBER}(?: (?:with|by|for) {_AMOUNT})?", rf"{_PLEASE}take back {_AMOUNT} (?:of|off|from) {_NUMBER}",
        rf"{_PLEASE}credit {_AMOUNT} (?:on|off|to|from) {_NUMBER}", rf"{_PLEASE}credit {_NAME}(?: (?:with )?{_AMOUNT})?",
        rf"{_PLEASE}{_MAKE}{_MEMO}(?: (?:of|for) {_AMOUNT})?(?: (?:on|for|to|against) {_NUMBER})?",
        rf"{_PLEASE}{_MAKE}{_MEMO}(?: (?:for|to) {_NAME})?",
        rf"{_PLEASE}{_TOA}hati ya mkopo(?: ya {_AMOUNT})?(?: (?:ya|kwa|kwenye) {_NUMBER})?", rf"{_PLEASE}{_TOA}hati ya mkopo(?: (?:ya|kwa) {_NAME})?",
        rf"{_PLEASE}(?:punguza|rudisha) {_AMOUNT} (?:kwenye|ya|katika|kutoka) {_NUMBER}",
    )),
    (Wish.REVISE, (
        rf"{_PLEASE}{_FIX} (?:the )?{_NUMBER}", rf"{_PLEASE}{_FIX} {_OWN} {_BILL}",
        rf"{_PLEASE}{_FIX} (?:an |the |my |a )?{_BILL}(?: (?:for|of|to) {_NAME})?",
        rf"{_PLEASE}{_SAHIHISHA} {_NUMBER}", rf"{_PLEASE}{_SAHIHISHA} {_ANKARA}(?: (?:ya|kwa) {_NAME})?",
    )),
    (Wish.WRITE_OFF, (
        rf"{_PLEASE}{_WRITE_OFF} (?:the )?{_NUMBER}", rf"{_PLEASE}write (?:the )?{_NUMBER} off",
        rf"{_PLEASE}{_WRITE_OFF} {_OWN} (?:{_BILL}|debt)", rf"{_PLEASE}{_WRITE_OFF} (?:the )?(?:{_BILL}|debt) (?:of|for) {_NAME}",
        rf"{_PLEASE}{_WRITE_OFF} (?:an? |the )?(?:{_BILL}|debt)", rf"{_PLEASE}{_WRITE_OFF} {_NAME}", rf"{_PLEASE}write {_NAME} off",
        rf"{_PLEASE}{_SAMEHE} {_NUMBER}", rf"{_PLEASE}{_SAMEHE} (?:deni|{_ANKARA})(?: (?:la|ya) {_NAME})?", rf"{_PLEASE}{_SAMEHE} {_NAME}",
        rf"{_PLEASE}futa deni la {_NAME}",
    )),
    (Wish.DEPOSIT, (
        rf"{_PLEASE}(?:ask (?:for )?|request |take |add )?(?:a )?deposit(?: of)?(?: {_AMOUNT})? (?:on|for) {_NUMBER}",
        rf"{_PLEASE}(?:ask (?:for )?|request |take )(?:a )?deposit", rf"{_PLEASE}ask {_NAME} for a deposit(?: of {_AMOUNT})?",
        rf"{_PLEASE}(?:omba|weka|ongeza) amana(?: ya {_AMOUNT})? (?:ya|kwa|kwenye) {_NUMBER}",
        rf"{_PLEASE}(?:omba|weka) amana(?: (?:ya|kwa|kutoka kwa) {_NAME})?",
    )),
    (Wish.BILL_QUOTE, (
        rf"{_PLEASE}(?:bill|invoice|convert) (?:the )?{_PAPER} {_QUOTED}", rf"{_PLEASE}(?:bill|invoice|convert) (?P<number>q[- ]?\d{{1,7}})",
        rf"{_PLEASE}(?:turn|make|convert) (?:the )?(?:{_PAPER} )?{_QUOTED} (?:in)?to an? {_BILL}",
        rf"{_PLEASE}(?:toa|tengeneza|fanya) {_ANKARA} (?:ya|kutoka) {_MAKADIRIO} {_QUOTED}",
    )),
    (Wish.SHOW_QUOTE, (
        rf"{_PLEASE}(?:show|see|open|view|check)?(?: ?me)? ?(?:the )?{_PAPER} {_QUOTED}", r"(?P<number>q-\d{1,7})",
        rf"{_PLEASE}(?:onyesha|nionyeshe|fungua|tazama|angalia)? ?{_MAKADIRIO} {_QUOTED}",
    )),
    (Wish.QUOTES, (
        rf"(?:show |list |see )?(?:me )?(?:my |the |all )*(?:open |sent )?{_PAPERS}(?: (?:for|to|of) {_NAME})?", rf"(?:show |see ){_OWN} {_PAPERS}",
        rf"(?:onyesha |orodhesha |orodha ya )?{_MAKADIRIO} (?:yangu|yote|zangu|zote)(?: yote)?", rf"(?:onyesha|orodhesha) {_MAKADIRIO}(?: ya {_NAME})?",
    )),
    (Wish.QUOTE, (
        rf"{_PLEASE}{_MAKE}{_PAPER}(?: (?:for|to) {_NAME})?", rf"{_PLEASE}(?:send |give ){_NAME} an? {_PAPER}", rf"{_PLEASE}quote {_NAME}",
        rf"{_PLEASE}{_TOA}{_MAKADIRIO}(?: mapya)?(?: (?:ya|kwa) {_NAME})?",
    )),
)  # fmt: skip
_COMPILED = tuple(
    (wish, tuple(re.compile(way, re.IGNORECASE) for way in ways)) for wish, ways in _WAYS
)
_TAILS = re.compile(r"[\s?!.,;:👍🙏😊]+$")
# Words that make a name no name: the sentence is then about something else.
_NO_NAMES = word_set(
    "i me he she they we you it him them us who whom what when where why how not a an the my this "
    "that these those invoice invoices bill bills note quote quotes payment client customer price "
    "name phone number date card limit language settings business draft logo terms reminder "
    "reminders tax currency please ankara bili deni mteja bei jina simu lugha hii hiyo yangu rasimu"
)
_QUOTE_LINE = re.compile(
    rf"{_PLEASE}(?:{_MAKE}{_PAPER}|{_TOA}{_MAKADIRIO})[:,]?(?: (?:for|to|kwa|ya))? (?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)


def read(text: str) -> Correction | None:
    """The sentence that a whole message is, or None."""
    words = _TAILS.sub("", clean(text[: LONGEST + 1]))
    if not words or len(text.strip()) > LONGEST or "\n" in text.strip():
        return None
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
