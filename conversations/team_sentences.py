"""What people say about a team in plain words: limits for Otieno, make her a manager; both languages.

As in `sentences`, a sentence counts only as the whole message.
"""

import re
from dataclasses import dataclass

from conversations.sentence_parts import NAME, SUM, whole

LONGEST = 100  # characters
_AMOUNT = rf"(?P<amount>{SUM})"
_ROLES = {
    "owner": r"owner|mmiliki",
    "manager": r"manager|meneja",
    "cashier": r"cashier|seller|mhudumu|muuzaji|keshia",
    "viewer": r"viewer|mtazamaji",
}
_PHONE = r"(?:phone|simu)"
_WAYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("member_limits", (
        rf"(?:set |change |show )?(?:the )?limits? (?:for|of) {NAME}(?: to {_AMOUNT})?",
        rf"(?:set |change )?{NAME}['’]s limits?(?: to {_AMOUNT})?",
        rf"limit {NAME} to {_AMOUNT}", rf"{NAME} (?:may|can) (?:only )?(?:bill|send) up to {_AMOUNT}",
        rf"(?:weka |badilisha )?(?:mipaka|kikomo) (?:ya|kwa|cha) {NAME}(?: (?:kuwa|iwe) {_AMOUNT})?",
    )),
    ("remove_member", (
        rf"(?:remove|delete|take) {NAME} (?:from|off|out of) (?:my |the |our )?team",
        rf"{NAME} (?:has left|left|no longer works)(?: (?:the team|here|us|for us|my team))?",
        rf"(?:mwondoe|muondoe|ondoa|mtoe|toa) {NAME} (?:kwenye|katika|kutoka) timu(?: yangu| yetu)?",
        rf"{NAME} (?:ameacha kazi|haufanyi kazi hapa tena|hafanyi kazi hapa tena)",
    )),
    ("recover", (
        rf"{NAME} (?:has )?lost (?:his|her|their|the) {_PHONE}",
        rf"{NAME} (?:amepoteza|ameibiwa|kapoteza) {_PHONE}(?: yake)?",
    )),
    ("approvals", (
        r"(?:my |show |the )*approvals", r"(?:what|which)(?: (?:invoices|ones))?(?: is| are|'s)? (?:waiting|waits|wait) for (?:my )?(?:approval|me|my yes)",
        r"what (?:do i|must i|should i) (?:need to |have to )?approve", r"approve(?: invoices)?",
        r"(?:zinazosubiri|yanayosubiri|nini kinasubiri) (?:idhini|idhini yangu|kibali)", r"(?:maombi ya )?idhini",
    )),
    ("report", (
        r"(?:i want to )?report (?:this |the |an |a |my )?(?:invoice|bill|business|merchant|seller|fraud|scam)",
        r"this (?:invoice |bill )?is (?:a )?(?:fraud|scam|fake)",
        r"(?:ripoti|nataka kuripoti) (?:ankara|bili|utapeli|ulaghai)(?: hii)?", r"(?:huu|hii) ni (?:utapeli|ulaghai)",
    )),
)  # fmt: skip
_COMPILED = [(flow, "", re.compile(way, re.IGNORECASE)) for flow, ways in _WAYS for way in ways] + [
    ("member_role", role, re.compile(way, re.IGNORECASE))
    for role, names in _ROLES.items()
    for way in (
        rf"(?:make|set) {NAME} (?:an? |the |as an? )?(?:{names})",
        rf"(?:change )?{NAME} is (?:now )?(?:an? |the )(?:{names})(?: now)?",
        rf"(?:mfanye|fanya) {NAME} (?:kuwa |awe )?(?:{names})",
    )
]
_NOBODY = {"i", "we", "you", "it", "this", "that", "me", "mimi", "sisi", "my", "the", "a"}


@dataclass(frozen=True)
class TeamSentence:
    """Which dialogue or errand is meant; `who` and `amount` as typed, `role` as it is stored."""

    flow: str
    who: str = ""
    role: str = ""
    amount: str = ""


def read(text: str) -> TeamSentence | None:
    """The sentence that a whole message is, or None."""
    words = whole(text, LONGEST)
    for flow, role, way in _COMPILED:
        if (found := way.fullmatch(words)) is None:
            continue
        said = {key: value.strip() for key, value in found.groupdict().items() if value}
        who = said.get("who", "")
        if not set(who.casefold().split()) & _NOBODY:
            return TeamSentence(flow, who, role, said.get("amount", ""))
    return None
