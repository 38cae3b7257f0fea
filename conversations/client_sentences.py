"""What is asked about clients in plain words: show Jane, statement for Asha, archive Otieno.

As in `conversations.sentences`, a sentence counts only as the whole message. Whether the name is a
client's is for whoever calls to find out; only where `sure` may he say that there is none.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from conversations.sentence_parts import NAME, PLEASE, whole
from invoicing.commands import Period


class Wish(StrEnum):
    """What is wanted."""

    LIST = "list"
    SHOW = "show"
    STATEMENT = "statement"
    MY_STATEMENT = "my_statement"
    ARCHIVE = "archive"
    ARCHIVE_MANY = "archive_many"
    RESTORE = "restore"
    BLOCK = "block"
    MERGE = "merge"
    DELETE = "delete"
    ERASE = "erase"
    PHONE = "phone"
    RENAME = "rename"
    EDIT = "edit"


@dataclass(frozen=True)
class ClientSentence:
    """A wish, whom it is about and what was said with it, as typed; empty where nothing was.

    `sure`: it can only be about a client, found or not.
    """

    wish: Wish
    who: str = ""
    other: str = ""
    phone: str = ""
    period: Period | None = None
    sure: bool = True


_OTHER = NAME.replace("who", "other")
_PHONE = r"(?P<phone>\+?\d[\d ().-]{6,18}\d)"
_CLIENT = r"(?:(?:the |my )?(?:client |customer )|mteja (?:wangu )?)"
_MAYBE_CLIENT = rf"{_CLIENT}?"
_SHOW = r"(?:show|see|open|view|check)(?: me)?"
_ONYESHA = r"(?:onyesha|nionyeshe|fungua|tazama|angalia)"
_PERIODS = {
    Period.THIS_MONTH: r"(?:for |of |ya )?(?:this month|mwezi huu)",
    Period.LAST_MONTH: r"(?:for |of |ya )?(?:last month|mwezi (?:uliopita|jana|uliyopita))",
    Period.THIS_YEAR: r"(?:for |of |ya )?(?:this year|mwaka huu)",
    Period.ALL: r"(?:for |of |ya )?(?:all(?: time)?|everything|from the (?:beginning|start)"
                r"|yote|tangu mwanzo|(?:miaka|muda) yote)",
}  # fmt: skip
_WHEN = "(?:,? (?:" + "|".join(f"(?P<{period}>{way})" for period, way in _PERIODS.items()) + "))?"
_ACCOUNT = r"(?:(?:an? |the )?(?:account )?statement|taarifa(?: ya akaunti)?)"

_WAYS: tuple[tuple[Wish, bool, tuple[str, ...]], ...] = (
    (Wish.LIST, True, (
        rf"(?:{PLEASE}(?:show|list|see|view)(?: me)? )?(?:all )?(?:my |the |our )?(?:clients|customers)(?: list)?",
        rf"(?:{PLEASE}(?:onyesha|orodhesha|nionyeshe) )?(?:orodha ya )?wateja(?: (?:wangu|wetu|wote))?",
        r"who are my (?:clients|customers)",
    )),
    (Wish.MY_STATEMENT, True, (
        rf"(?:{PLEASE}(?:show|send|give)(?: me)? )?my (?:account )?(?:statement|account|balance|debt)",
        r"(?:how much|what) do i owe(?: you)?(?: now)?",
        r"(?:naomba |nipe |nitumie |nionyeshe )?(?:taarifa yangu|deni langu|akaunti yangu|salio langu)(?: ni ngapi)?",
        r"(?:nadaiwa|ninadaiwa|unanidai)(?: pesa)?(?: (?:ngapi|kiasi gani|shilingi ngapi))?",
    )),
    (Wish.STATEMENT, True, (
        rf"{PLEASE}(?:(?:send|show|give|make|prepare)(?: me)? )?{_ACCOUNT} (?:for|of|ya|kwa|la) {_MAYBE_CLIENT}{NAME}{_WHEN}",
        rf"{PLEASE}(?:(?:send|show|give)(?: me)? )?{NAME}['’]s? (?:account )?statement{_WHEN}",
        rf"{PLEASE}(?:nipe|nitumie|tuma|onyesha|nionyeshe) taarifa ya {_MAYBE_CLIENT}{NAME}{_WHEN}",
        rf"{_ACCOUNT}{_WHEN}",
        rf"(?:statement|taarifa) {NAME}{_WHEN}",
    )),
    (Wish.ARCHIVE_MANY, True, (
        rf"{PLEASE}archive (?:my |the |all )*(?:old|idle|inactive|unused) (?:clients|customers|ones)",
        rf"{PLEASE}weka wateja (?:wa zamani|wasionunua) kwenye kumbukumbu",
    )),
    (Wish.ARCHIVE, True, (
        rf"{PLEASE}archive {_MAYBE_CLIENT}{NAME}",
        rf"{PLEASE}(?:weka|mweke) {_MAYBE_CLIENT}{NAME} (?:kwenye|katika) kumbukumbu",
    )),
    (Wish.RESTORE, True, (
        rf"{PLEASE}(?:restore|unarchive|unblock) {_MAYBE_CLIENT}{NAME}",
        rf"{PLEASE}(?:rudisha|mrudishe|fungulia|mfungulie) {_MAYBE_CLIENT}{NAME}",
    )),
    (Wish.BLOCK, True, (
        rf"{PLEASE}block {_MAYBE_CLIENT}{NAME}", rf"{PLEASE}(?:zuia|mzuie) {_MAYBE_CLIENT}{NAME}",
    )),
    (Wish.MERGE, True, (
        rf"{PLEASE}merge {_MAYBE_CLIENT}{NAME} (?:and|with|into|to) {_OTHER}",
        rf"{PLEASE}unganisha {_MAYBE_CLIENT}{NAME} (?:na|kwa) {_OTHER}",
        rf"{NAME} and {_OTHER} are the same(?: person| client)?", rf"{NAME} na {_OTHER} ni mtu mmoja",
    )),
    (Wish.ERASE, True, (
        rf"{PLEASE}(?:erase|delete|remove|forget) {_MAYBE_CLIENT}{NAME}['’]s (?:personal )?(?:data|details|information)",
        rf"{PLEASE}(?:erase|forget) {_CLIENT}{NAME}",
        rf"{PLEASE}(?:futa|ondoa) taarifa (?:binafsi )?za {_MAYBE_CLIENT}{NAME}",
        rf"{PLEASE}(?:msahau|sahau) {_MAYBE_CLIENT}{NAME}",
    )),
    (Wish.DELETE, True, (
        rf"{PLEASE}(?:delete|remove) {_CLIENT}{NAME}", rf"{PLEASE}(?:futa|ondoa) mteja {NAME}",
    )),
    (Wish.PHONE, True, (
        rf"{NAME}['’]s? (?:new )?(?:phone(?: number)?|number|no\.?)(?: is)?(?: now)? {_PHONE}",
        rf"{PLEASE}(?:change|update|set) {NAME}['’]s? (?:phone(?: number)?|number) to {_PHONE}",
        rf"(?:namba|nambari|simu)(?: mpya)? ya {NAME} (?:ni|sasa ni) {_PHONE}",
        rf"{NAME} (?:namba|simu) yake (?:ni )?{_PHONE}",
    )),
    (Wish.RENAME, True, (
        rf"{PLEASE}rename {_MAYBE_CLIENT}{NAME} to {_OTHER}",
        rf"{PLEASE}(?:change|update) {NAME}['’]s name to {_OTHER}",
        rf"{PLEASE}badilisha jina la {NAME} (?:kuwa|liwe) {_OTHER}",
    )),
    (Wish.EDIT, True, (
        rf"{PLEASE}(?:edit|change|update) {_CLIENT}{NAME}", rf"{PLEASE}(?:hariri|badilisha) mteja {NAME}",
    )),
    (Wish.EDIT, False, (rf"{PLEASE}(?:edit|hariri) {NAME}",)),
    (Wish.SHOW, True, (
        rf"(?:{PLEASE}{_SHOW} )?{_CLIENT}{NAME}", rf"{PLEASE}{_ONYESHA} mteja {NAME}",
    )),
    (Wish.SHOW, False, (
        rf"{PLEASE}{_SHOW} {NAME}", rf"{PLEASE}{_ONYESHA} {NAME}", rf"who is {NAME}", rf"{NAME} ni nani",
    )),
)  # fmt: skip
_COMPILED = tuple(
    (wish, sure, tuple(re.compile(way, re.IGNORECASE) for way in ways))
    for wish, sure, ways in _WAYS
)


def read(text: str) -> ClientSentence | None:
    """The sentence that a whole message is, or None."""
    words = whole(text)
    for wish, sure, ways in _COMPILED:
        for way in ways:
            if found := way.fullmatch(words):
                return _said(wish, found, sure=sure)
    return None


def _said(wish: Wish, found: re.Match[str], *, sure: bool) -> ClientSentence:
    given = {key: value.strip() for key, value in found.groupdict().items() if value}
    when = [period for period in Period if period.value in given]
    return ClientSentence(
        wish,
        who=given.get("who", ""),
        other=given.get("other", ""),
        phone=given.get("phone", ""),
        period=when[0] if when else None,
        sure=sure,
    )
