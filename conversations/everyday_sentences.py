"""What is said of invoices day by day: copy INV-12, finish the draft for Asha, send it again.

As in `conversations.sentences`, a sentence counts only as the whole message.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from conversations.sentence_parts import NAME, NUMBER, PLEASE, SUM, whole


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
_AMOUNT = rf"(?P<amount>{SUM})"
_ATTACH = (
    r"(?:attach|add)(?: (?:an? |the |this |my |some )?(?:file|photo|picture|document|pdf|image)s?)?"
)
_AMBATISHA = r"(?:ambatisha|ambatanisha|weka|ongeza)(?: (?:faili|picha|hati|pdf|waraka))?"
_FILES = r"(?:files|attachments|photos|pictures)"
_FAILI = r"(?:faili|picha|viambatisho)"
_THINGS = r"(?:items|products|goods|services|prices|price list|catalogue|catalog)"

_WAYS: tuple[tuple[Wish, tuple[str, ...]], ...] = (
    (Wish.COPY, (
        rf"{PLEASE}{_COPY} (?:the )?(?:invoice |bill )?{NUMBER}", rf"{PLEASE}(?:same as|like) {NUMBER}(?: again)?",
        rf"{PLEASE}{_COPY} {NAME}['’]s (?:last |latest )?{_BILL}",
        rf"{PLEASE}{_COPY} (?:the )?(?:last |latest )?{_BILL} (?:of|for|to) {NAME}",
        rf"{PLEASE}(?:copy|duplicate) an (?:invoice|bill)",
        rf"{PLEASE}(?:{_NAKALA}|rudia|kama) {NUMBER}",
        rf"{PLEASE}{_NAKALA} (?:ankara|bili)(?: ya mwisho)? (?:ya|kwa) {NAME}",
        rf"{PLEASE}(?:nakili|fanya nakala ya|tengeneza nakala ya) (?:ankara|bili)",
    )),
    (Wish.DRAFT, (
        rf"{PLEASE}{_FINISH} (?:the |my )?(?:last )?draft(?: (?:invoice )?(?:for|of|to) {NAME})?",
        rf"{PLEASE}{_FINISH} {NAME}['’]s draft",
        rf"{PLEASE}{_MALIZA} rasimu(?: (?:ya|kwa) {NAME})?",
    )),
    (Wish.DRAFT_CARD, (
        rf"{PLEASE}{_AWAY} (?:the |my )?(?:last )?draft(?: (?:for|of|to) {NAME})?", rf"{PLEASE}{_AWAY} {NAME}['’]s draft",
        rf"{NAME}['’]s draft", rf"draft (?:for|of) {NAME}",
        rf"{PLEASE}{_FUTA} rasimu(?: (?:ya|kwa) {NAME})?", rf"rasimu (?:ya|kwa) {NAME}",
    )),
    (Wish.RESEND, (
        rf"{PLEASE}{_AGAIN} (?:the )?{NUMBER}(?: to [^\d]{{1,40}})?", rf"{PLEASE}send (?:the )?{NUMBER} (?:once )?(?:again|more)",
        rf"{PLEASE}{_AGAIN} {NAME}['’]s (?:invoice|bill)", rf"{PLEASE}{_AGAIN} (?:the )?(?:invoice|bill) (?:to|for|of) {NAME}",
        rf"{PLEASE}{_AGAIN} (?:an |the )?(?:invoice|bill)",
        rf"{PLEASE}{_TUMA} {NUMBER}", rf"{PLEASE}{_TUMA} (?:ankara|bili) (?:ya|kwa) {NAME}",
        rf"{PLEASE}{_TUMA} (?:ankara|bili)",
    )),
    (Wish.ATTACH, (
        rf"{PLEASE}{_ATTACH} (?:to|with|on) (?:the )?{NUMBER}", rf"{PLEASE}{_ATTACH} (?:to|with|on) {NAME}['’]s {_BILL}",
        rf"{PLEASE}attach (?:an? |the )?(?:file|photo|picture|document|pdf|image)(?: (?:to|with) an {_BILL})?",
        rf"{PLEASE}{_AMBATISHA} (?:kwa|kwenye|na) {NUMBER}", rf"{PLEASE}{_AMBATISHA} (?:kwa|kwenye) (?:ankara|bili) ya {NAME}",
        rf"{PLEASE}(?:ambatisha|ambatanisha) (?:faili|picha|hati|pdf|waraka)(?: (?:kwa|kwenye) (?:ankara|bili))?",
    )),
    (Wish.FILES, (
        rf"(?:show |see |view )?(?:me )?(?:the )?{_FILES} (?:of|for|on|with) (?:the )?{NUMBER}",
        rf"(?:onyesha |nionyeshe |tazama )?{_FAILI} (?:za|ya|kwenye|vya) {NUMBER}",
    )),
    (Wish.ITEMS, (
        rf"{PLEASE}(?:show |list |see )?(?:me )?(?:my |the |all )*{_THINGS}(?: and prices)?",
        r"(?:onyesha |nionyeshe |orodhesha )?(?:bidhaa|bei)(?: (?:zangu|na bei|zangu na bei))?", r"orodha ya (?:bei|bidhaa)",
    )),
    (Wish.ITEM_PRICE, (
        rf"{PLEASE}(?:change|set|update|make) (?:the )?price of {_ITEM} (?:to|at|=) {_AMOUNT}",
        rf"{PLEASE}(?:the )?price of {_ITEM} is (?:now )?{_AMOUNT}", rf"{PLEASE}(?:add|save) (?:an )?item:? {_ITEM},? (?:at |@ ?|for )?{_AMOUNT}",
        rf"{PLEASE}(?:badilisha|weka|rekebisha) bei ya {_ITEM} (?:iwe|kuwa|ni) {_AMOUNT}",
        rf"{PLEASE}bei ya {_ITEM} (?:ni|sasa ni|iwe) {_AMOUNT}", rf"{PLEASE}ongeza bidhaa:? {_ITEM},? (?:kwa |@ ?|ya )?{_AMOUNT}",
    )),
    (Wish.ITEM_FORGET, (
        rf"{PLEASE}(?:forget|delete|remove) (?:the )?item:? {_ITEM}", rf"{PLEASE}(?:remove|delete) {_ITEM} from (?:my |the )?{_THINGS}",
        rf"{PLEASE}(?:sahau|futa|ondoa) bidhaa:? {_ITEM}", rf"{PLEASE}(?:futa|ondoa) {_ITEM} kwenye (?:bidhaa|bei|orodha)(?: zangu)?",
    )),
    (Wish.ITEM, (
        rf"(?:what is |what's |whats )?(?:the )?(?:last )?price of {_ITEM}", rf"(?:edit|change|show) (?:the )?(?:item|price of) {_ITEM}",
        rf"(?:hariri|onyesha) bidhaa {_ITEM}", rf"bei ya {_ITEM}(?: ni (?:ngapi|gani))?",
    )),
)  # fmt: skip
_COMPILED = tuple(
    (wish, tuple(re.compile(way, re.IGNORECASE) for way in ways)) for wish, ways in _WAYS
)


def read(text: str) -> Everyday | None:
    """The sentence that a whole message is, or None."""
    words = whole(text)
    for wish, ways in _COMPILED:
        for way in ways:
            if found := way.fullmatch(words):
                given = {key: value.strip() for key, value in found.groupdict().items() if value}
                return Everyday(wish, **given)
    return None
