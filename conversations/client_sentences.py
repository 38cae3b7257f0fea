"""What is asked about clients in plain words: show Jane, statement for Asha, archive Otieno.

As in `conversations.sentences`, a sentence counts only as the whole message. Whether the name is a
client's is for whoever calls to find out; only where `sure` may he say that there is none.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from conversations.questions import clean
from conversations.sentences import LONGEST
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


_NAME = r"(?P<who>[^\W\d_][\w'’.&-]*(?: [^\W\d_][\w'’.&-]*){0,4}?)"
_OTHER = _NAME.replace("who", "other")
_PHONE = r"(?P<phone>\+?\d[\d ().-]{6,18}\d)"
_PLEASE = r"(?:please |pls |kindly |tafadhali |naomba |can you |could you |i want to )?"
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
        rf"(?:{_PLEASE}(?:show|list|see|view)(?: me)? )?(?:all )?(?:my |the |our )?(?:clients|customers)(?: list)?",
        rf"(?:{_PLEASE}(?:onyesha|orodhesha|nionyeshe) )?(?:orodha ya )?wateja(?: (?:wangu|wetu|wote))?",
        r"who are my (?:clients|customers)",
    )),
    (Wish.MY_STATEMENT, True, (
        rf"(?:{_PLEASE}(?:show|send|give)(?: me)? )?my (?:account )?(?:statement|account|balance|debt)",
        r"(?:how much|what) do i owe(?: you)?(?: now)?",
        r"(?:naomba |nipe |nitumie |nionyeshe )?(?:taarifa yangu|deni langu|akaunti yangu|salio langu)(?: ni ngapi)?",
        r"(?:nadaiwa|ninadaiwa|unanidai)(?: pesa)?(?: (?:ngapi|kiasi gani|shilingi ngapi))?",
    )),
    (Wish.STATEMENT, True, (
        rf"{_PLEASE}(?:(?:send|show|give|make|prepare)(?: me)? )?{_ACCOUNT} (?:for|of|ya|kwa|la) {_MAYBE_CLIENT}{_NAME}{_WHEN}",
        rf"{_PLEASE}(?:(?:send|show|give)(?: me)? )?{_NAME}['’]s? (?:account )?statement{_WHEN}",
        rf"{_PLEASE}(?:nipe|nitumie|tuma|onyesha|nionyeshe) taarifa ya {_MAYBE_CLIENT}{_NAME}{_WHEN}",
        rf"{_ACCOUNT}{_WHEN}",
        rf"(?:statement|taarifa) {_NAME}{_WHEN}",
    )),
    (Wish.ARCHIVE_MANY, True, (
        rf"{_PLEASE}archive (?:my |the |all )*(?:old|idle|inactive|unused) (?:clients|customers|ones)",
        rf"{_PLEASE}weka wateja (?:wa zamani|wasionunua) kwenye kumbukumbu",
    )),
    (Wish.ARCHIVE, True, (
        rf"{_PLEASE}archive {_MAYBE_CLIENT}{_NAME}",
        rf"{_PLEASE}(?:weka|mweke) {_MAYBE_CLIENT}{_NAME} (?:kwenye|katika) kumbukumbu",
    )),
    (Wish.RESTORE, True, (
        rf"{_PLEASE}(?:restore|unarchive|unblock) {_MAYBE_CLIENT}{_NAME}",
        rf"{_PLEASE}(?:rudisha|mrudishe|fungulia|mfungulie) {_MAYBE_CLIENT}{_NAME}",
    )),
    (Wish.BLOCK, True, (
        rf"{_PLEASE}block {_MAYBE_CLIENT}{_NAME}", rf"{_PLEASE}(?:zuia|mzuie) {_MAYBE_CLIENT}{_NAME}",
    )),
    (Wish.MERGE, True, (
        rf"{_PLEASE}merge {_MAYBE_CLIENT}{_NAME} (?:and|with|into|to) {_OTHER}",
        rf"{_PLEASE}unganisha {_MAYBE_CLIENT}{_NAME} (?:na|kwa) {_OTHER}",
        rf"{_NAME} and {_OTHER} are the same(?: person| client)?", rf"{_NAME} na {_OTHER} ni mtu mmoja",
    )),
    (Wish.ERASE, True, (
        rf"{_PLEASE}(?:erase|delete|remove|forget) {_MAYBE_CLIENT}{_NAME}['’]s (?:personal )?(?:data|details|information)",
        rf"{_PLEASE}(?:erase|forget) {_CLIENT}{_NAME}",
        rf"{_PLEASE}(?:futa|ondoa) taarifa (?:binafsi )?za {_MAYBE_CLIENT}{_NAME}",
        rf"{_PLEASE}(?:msahau|sahau) {_MAYBE_CLIENT}{_NAME}",
    )),
    (Wish.DELETE, True, (
        rf"{_PLEASE}(?:delete|remove) {_CLIENT}{_NAME}", rf"{_PLEASE}(?:futa|ondoa) mteja {_NAME}",
    )),
    (Wish.PHONE, True, (
        rf"{_NAME}['’]s? (?:new )?(?:phone(?: number)?|number|no\.?)(?: is)?(?: now)? {_PHONE}",
        rf"{_PLEASE}(?:change|update|set) {_NAME}['’]s? (?:phone(?: number)?|number) to {_PHONE}",
        rf"(?:namba|nambari|simu)(?: mpya)? ya {_NAME} (?:ni|sasa ni) {_PHONE}",
        rf"{_NAME} (?:namba|simu) yake (?:ni )?{_PHONE}",
    )),
    (Wish.RENAME, True, (
        rf"{_PLEASE}rename {_MAYBE_CLIENT}{_NAME} to {_OTHER}",
        rf"{_PLEASE}(?:change|update) {_NAME}['’]s name to {_OTHER}",
        rf"{_PLEASE}badilisha jina la {_NAME} (?:kuwa|liwe) {_OTHER}",
    )),
    (Wish.EDIT, True, (
        rf"{_PLEASE}(?:edit|change|update) {_CLIENT}{_NAME}", rf"{_PLEASE}(?:hariri|badilisha) mteja {_NAME}",
    )),
    (Wish.EDIT, False, (rf"{_PLEASE}(?:edit|hariri) {_NAME}",)),
    (Wish.SHOW, True, (
        rf"(?:{_PLEASE}{_SHOW} )?{_CLIENT}{_NAME}", rf"{_PLEASE}{_ONYESHA} mteja {_NAME}",
    )),
    (Wish.SHOW, False, (
        rf"{_PLEASE}{_SHOW} {_NAME}", rf"{_PLEASE}{_ONYESHA} {_NAME}", rf"who is {_NAME}", rf"{_NAME} ni nani",
    )),
)  # fmt: skip
_COMPILED = tuple(
    (wish, sure, tuple(re.compile(way, re.IGNORECASE) for way in ways))
    for wish, sure, ways in _WAYS
)
_TAILS = re.compile(r"[\s?!.,;:👍🙏😊]+$")


def read(text: str) -> ClientSentence | None:
    """The sentence that a whole message is, or None."""
    words = _TAILS.sub("", clean(text[: LONGEST + 1]))
    if not words or len(text.strip()) > LONGEST or "\n" in text.strip():
        return None
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
