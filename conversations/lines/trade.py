"""Doubts where the first thing behind a name may be the trade of the business that bears it."""

from conversations.lines.items import Items
from conversations.lines.kinds import ENGLISH_GOODS, LOOKS, SWAHILI_GOODS, kind_of
from conversations.lines.runs import BORNE
from conversations.lines.seam import is_work
from conversations.lines.spelled import SWAHILI_ONES
from conversations.lines.split import MONTHLY
from conversations.lines.tokens import Token, token_at, touching, what_follows
from conversations.lines.words import (
    BARE_COUNTERS,
    MEASURES,
    MODEL_HEADS,
    MONTHS,
    OF,
    ORG_TAILS,
    PARENTS,
    TITLES,
    word_set,
)


def bears_trade(tokens: list[Token], name: list[Token], found: Items, *, billed: bool) -> bool:
    """Whether the name of the line of `tokens` may go on in its goods, or the goods begin in it."""
    words = found.items[0].words if found.items else []
    if not name:
        return False
    if _counts_in(name) or _title_of_goods(tokens, name) or _month_of(name, words):
        return True
    if not words or not touching(tokens, name[-1], words[0]):
        return False
    acronym = not billed and _acronym(name) and not all(t.text.isupper() for t in words)
    return acronym or _two_tongues(name, words) or _complete_behind(tokens, words)


def _counts_in(name: list[Token]) -> bool:
    """Kina mama *mbili* unga 5: a number that ends a name may count somebody or something."""
    return len(name) > 1 and name[-1].low in SWAHILI_ONES


def _title_of_goods(tokens: list[Token], name: list[Token]) -> bool:
    """Pastor *suits* 2 @ 9000: goods behind a title, and none behind the number."""
    if len(name) != 2 or name[0].low not in TITLES - PARENTS or not name[1].text.islower():
        return False
    after = token_at(what_follows(tokens, name[1]), 0)
    return kind_of(name[1].low) == "goods" and after is not None and after.kind == "num"


def _month_of(name: list[Token], words: list[Token]) -> bool:
    """*August* rent 3500: a person, or the month that is billed."""
    lone = len(name) == 1 and name[0].low in MONTHS
    return lone and bool(words) and words[0].low in MONTHLY


def names_paper(found: Items) -> bool:
    """…, *lpo 4521*: the number of a paper is no price."""
    return any(item.words and item.words[-1].low in _PAPERS for item in found.items)


_PAPERS = word_set("lpo po lso ref reference grn dnote quotation quote receipt")


def _acronym(name: list[Token]) -> bool:
    """*KRA* returns 2 @ 1500, without a verb: an office that is billed, or what kind of returns."""
    return len(name) == 1 and name[0].text.isupper() and len(name[0].text) > 1


def _two_tongues(name: list[Token], words: list[Token]) -> bool:
    """Pwani *oil* samaki: no thing is called by an English noun and then by a Swahili one."""
    if len(words) < 2 or kind_of(name[-1].low) == "name" or words[0].low in LOOKS | MODEL_HEADS:
        return False
    one, two = words[0], words[1]
    beside = two.start - one.end == 1
    english = one.low in ENGLISH_GOODS - SWAHILI_GOODS and not is_work(one.low)
    return beside and english and two.low in SWAHILI_GOODS - ENGLISH_GOODS - MEASURES


def _complete_behind(tokens: list[Token], words: list[Token]) -> bool:
    """Baraka *timber* 25 pieces of cypress: what is counted is named in full behind the number."""
    at = next((n for n, token in enumerate(tokens) if token.start == words[0].start), -1)
    ahead = tokens[at + 1 : at + 5]
    if at < 0 or len(ahead) < 4 or is_work(words[0].low) or words[0].low in MEASURES:
        return False
    number, measure, link, thing = ahead
    held = measure.low in MEASURES | BARE_COUNTERS and link.low in OF
    told = thing.kind == "word" and thing.text.isalpha() and thing.low not in LOOKS
    return number.kind == "num" and not number.money and held and told


def opens_with_business(found: Items) -> bool:
    """*Kahawa house* maziwa 3, no client: goods and a business's word may be the name."""
    words = found.items[0].words if found.items else []
    if len(words) < 3 or kind_of(words[0].low) != "goods":
        return False
    shop = (ORG_TAILS | BORNE) - LOOKS - MEASURES
    borne = words[1].low in shop and kind_of(words[2].low) in {"goods", "measure"}
    return borne and words[2].low in SWAHILI_GOODS | MEASURES and not is_work(words[1].low)
