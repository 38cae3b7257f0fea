"""What is said of invoices day by day: copy INV-12, finish the draft for Asha, send it again.

As in `conversations.sentences`, a sentence counts only as the whole message.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from conversations.questions import clean
from conversations.sentences import LONGEST


class Wish(StrEnum):
    """What is wanted."""

    COPY = "copy"
    DRAFT = "draft"
    DRAFT_CARD = "draft_card"
    RESEND = "resend"
    ITEMS = "items"
    ITEM = "item"
    ITEM_PRICE = "item_price"
    ITEM_FORGET = "item_forget"
    ATTACH = "attach"
    FILES = "files"


@dataclass(frozen=True)
class Everyday:
    """A wish and what it is about, as typed; empty where nothing was said of it."""

    wish: Wish
    who: str = ""
    number: str = ""
    item: str = ""
    amount: str = ""


_NAME = r"(?P<who>[^\W\d_][\w'’.&-]*?(?: [^\W\d_][\w'’.&-]*?){0,4}?)"
_NUMBER = r"(?:(?:invoice|ankara|bili|no|namba)\.? )?#?(?P<number>(?:[a-z]{2,6}[- ]?)?\d{1,7})"
_PLEASE = r"(?:please |pls |kindly |tafadhali |naomba |can you |could you |i want to )?"
_COPY = r"(?:copy|duplicate|clone|redo|make a copy of|copy of)"
_NAKALA = r"(?:nakala ya|nakili|tengeneza nakala ya|fanya nakala ya|nataka nakala ya|toa nakala ya)"
_BILL = r"(?:invoice|bill|one)"
_FINISH = r"(?:open|finish|continue|edit|change|complete|send|resume)(?: with)?"
_MALIZA = r"(?:maliza|malizia|endelea na|endeleza|hariri|badilisha|rekebisha|tuma|fungua)"
_AWAY = r"(?:show|see|view|delete|remove|discard|throw away|drop)"
_FUTA = r"(?:onyesha|nionyeshe|tazama|futa|tupa|ondoa)"
_AGAIN = r"(?:resend|send again|re-send)"
_TUMA = r"(?:tuma tena|tuma upya|rudia kutuma|mtumie tena)"
_ITEM = r"(?P<item>[^\n:]{1,80}?)"
_AMOUNT = (
    r"(?P<amount>(?:(?:ksh|kshs|kes|tsh|tzs|ush|ugx|ngn|sh|shs|₦)\.? ?)?\d[\d.,]*(?: ?[km])?"
    r"(?: ?/[=-])?(?: (?:bob|ksh|kes|sh|shs|shillings|shilingi|naira))?)"
)
_ATTACH = (
    r"(?:attach|add)(?: (?:an? |the |this |my |some )?(?:file|photo|picture|document|pdf|image)s?)?"
)
_AMBATISHA = r"(?:ambatisha|ambatanisha|weka|ongeza)(?: (?:faili|picha|hati|pdf|waraka))?"
_FILES = r"(?:files|attachments|photos|pictures)"
_FAILI = r"(?:faili|picha|viambatisho)"
_THINGS = r"(?:items|products|goods|services|prices|price list|catalogue|catalog)"

_WAYS: tuple[tuple[Wish, tuple[str, ...]], ...] = (
    (Wish.COPY, (
        rf"{_PLEASE}{_COPY} (?:the )?(?:invoice |bill )?{_NUMBER}", rf"{_PLEASE}(?:same as|like) {_NUMBER}(?: again)?",
        rf"{_PLEASE}{_COPY} {_NAME}['’]s (?:last |latest )?{_BILL}",
        rf"{_PLEASE}{_COPY} (?:the )?(?:last |latest )?{_BILL} (?:of|for|to) {_NAME}",
        rf"{_PLEASE}(?:copy|duplicate) an (?:invoice|bill)",
        rf"{_PLEASE}(?:{_NAKALA}|rudia|kama) {_NUMBER}",
        rf"{_PLEASE}{_NAKALA} (?:ankara|bili)(?: ya mwisho)? (?:ya|kwa) {_NAME}",
        rf"{_PLEASE}(?:nakili|fanya nakala ya|tengeneza nakala ya) (?:ankara|bili)",
    )),
    (Wish.DRAFT, (
        rf"{_PLEASE}{_FINISH} (?:the |my )?(?:last )?draft(?: (?:invoice )?(?:for|of|to) {_NAME})?",
        rf"{_PLEASE}{_FINISH} {_NAME}['’]s draft",
        rf"{_PLEASE}{_MALIZA} rasimu(?: (?:ya|kwa) {_NAME})?",
    )),
    (Wish.DRAFT_CARD, (
        rf"{_PLEASE}{_AWAY} (?:the |my )?(?:last )?draft(?: (?:for|of|to) {_NAME})?", rf"{_PLEASE}{_AWAY} {_NAME}['’]s draft",
        rf"{_NAME}['’]s draft", rf"draft (?:for|of) {_NAME}",
        rf"{_PLEASE}{_FUTA} rasimu(?: (?:ya|kwa) {_NAME})?", rf"rasimu (?:ya|kwa) {_NAME}",
    )),
    (Wish.RESEND, (
        rf"{_PLEASE}{_AGAIN} (?:the )?{_NUMBER}(?: to [^\d]{{1,40}})?", rf"{_PLEASE}send (?:the )?{_NUMBER} (?:once )?(?:again|more)",
        rf"{_PLEASE}{_AGAIN} {_NAME}['’]s (?:invoice|bill)", rf"{_PLEASE}{_AGAIN} (?:the )?(?:invoice|bill) (?:to|for|of) {_NAME}",
        rf"{_PLEASE}{_AGAIN} (?:an |the )?(?:invoice|bill)",
        rf"{_PLEASE}{_TUMA} {_NUMBER}", rf"{_PLEASE}{_TUMA} (?:ankara|bili) (?:ya|kwa) {_NAME}",
        rf"{_PLEASE}{_TUMA} (?:ankara|bili)",
    )),
    (Wish.ATTACH, (
        rf"{_PLEASE}{_ATTACH} (?:to|with|on) (?:the )?{_NUMBER}", rf"{_PLEASE}{_ATTACH} (?:to|with|on) {_NAME}['’]s {_BILL}",
        rf"{_PLEASE}attach (?:an? |the )?(?:file|photo|picture|document|pdf|image)(?: (?:to|with) an {_BILL})?",
        rf"{_PLEASE}{_AMBATISHA} (?:kwa|kwenye|na) {_NUMBER}", rf"{_PLEASE}{_AMBATISHA} (?:kwa|kwenye) (?:ankara|bili) ya {_NAME}",
        rf"{_PLEASE}(?:ambatisha|ambatanisha) (?:faili|picha|hati|pdf|waraka)(?: (?:kwa|kwenye) (?:ankara|bili))?",
    )),
    (Wish.FILES, (
        rf"(?:show |see |view )?(?:me )?(?:the )?{_FILES} (?:of|for|on|with) (?:the )?{_NUMBER}",
        rf"(?:onyesha |nionyeshe |tazama )?{_FAILI} (?:za|ya|kwenye|vya) {_NUMBER}",
    )),
    (Wish.ITEMS, (
        rf"{_PLEASE}(?:show |list |see )?(?:me )?(?:my |the |all )*{_THINGS}(?: and prices)?",
        r"(?:onyesha |nionyeshe |orodhesha )?(?:bidhaa|bei)(?: (?:zangu|na bei|zangu na bei))?", r"orodha ya (?:bei|bidhaa)",
    )),
    (Wish.ITEM_PRICE, (
        rf"{_PLEASE}(?:change|set|update|make) (?:the )?price of {_ITEM} (?:to|at|=) {_AMOUNT}",
        rf"{_PLEASE}(?:the )?price of {_ITEM} is (?:now )?{_AMOUNT}", rf"{_PLEASE}(?:add|save) (?:an )?item:? {_ITEM},? (?:at |@ ?|for )?{_AMOUNT}",
        rf"{_PLEASE}(?:badilisha|weka|rekebisha) bei ya {_ITEM} (?:iwe|kuwa|ni) {_AMOUNT}",
        rf"{_PLEASE}bei ya {_ITEM} (?:ni|sasa ni|iwe) {_AMOUNT}", rf"{_PLEASE}ongeza bidhaa:? {_ITEM},? (?:kwa |@ ?|ya )?{_AMOUNT}",
    )),
    (Wish.ITEM_FORGET, (
        rf"{_PLEASE}(?:forget|delete|remove) (?:the )?item:? {_ITEM}", rf"{_PLEASE}(?:remove|delete) {_ITEM} from (?:my |the )?{_THINGS}",
        rf"{_PLEASE}(?:sahau|futa|ondoa) bidhaa:? {_ITEM}", rf"{_PLEASE}(?:futa|ondoa) {_ITEM} kwenye (?:bidhaa|bei|orodha)(?: zangu)?",
    )),
    (Wish.ITEM, (
        rf"(?:what is |what's |whats )?(?:the )?(?:last )?price of {_ITEM}", rf"(?:edit|change|show) (?:the )?(?:item|price of) {_ITEM}",
        rf"(?:hariri|onyesha) bidhaa {_ITEM}", rf"bei ya {_ITEM}(?: ni (?:ngapi|gani))?",
    )),
)  # fmt: skip
_COMPILED = tuple(
    (wish, tuple(re.compile(way, re.IGNORECASE) for way in ways)) for wish, ways in _WAYS
)
_TAILS = re.compile(r"[\s?!.,;:👍🙏😊]+$")


def read(text: str) -> Everyday | None:
    """The sentence that a whole message is, or None."""
    words = _TAILS.sub("", clean(text[: LONGEST + 1]))
    if not words or len(text.strip()) > LONGEST or "\n" in text.strip():
        return None
    for wish, ways in _COMPILED:
        for way in ways:
            if found := way.fullmatch(words):
                given = {key: value.strip() for key, value in found.groupdict().items() if value}
                return Everyday(wish, **given)
    return None
