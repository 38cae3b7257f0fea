"""Where a name ends and the goods begin, when nothing stands between them: "jane cement 3 bags".

Every place to cut is weighed by what each word looks like: a person's name, part of a business's
name, goods or work, or unknown. The cut is made only where it is clearly better than any other.
"""

from dataclasses import dataclass

from conversations.lines.kinds import LOOKS, kind_of
from conversations.lines.tokens import Token
from conversations.lines.words import (
    MEASURES,
    MODEL_HEADS,
    MONTHS,
    OF,
    ORG_HEADS,
    ORG_TAILS,
    STRONG_TAILS,
    TITLES,
    word_set,
)

COMPOUND = word_set(  # these open a description as readily as they close a business's name
    "hotel school church shop studio farm club dairy hospital garage bank gym clinic center centre "
    "court restaurant cafe college university primary secondary mosque store apartment apartments "
    "estates duka inn pub"
)
_FEES = word_set(  # a school's, gym's or hotel's, whoever pays: no part of its name
    "fees fee rent uniform uniforms booking bookings membership subscription transport bus trip bag van"
)
_LONGEST = 20  # words; no name and its goods are longer
_CLEAR = 1.5  # how much better the best cut must be


@dataclass(frozen=True, slots=True)
class Cut:
    """How many words of a run are the name; `sure` says whether any other cut comes close."""

    words: int
    sure: bool


_LEVELS = word_set(
    "msingi sekondari upili awali chekechea ufundi wasichana wavulana primary secondary"
)
PARTICLES = word_set("bin binti bint ibn ole arap")  # whose child: Ali bin Said, ole Sankale


_JOBS = word_set(
    "fundi teacher nurse engineer captain sheikh chief major judge father advocate duka"
)


def _titled(words: list[str], at: int) -> bool:
    """Whether a title at `at` opens a name: a trade before goods ("fundi umeme") does not."""
    if words[at] not in TITLES:
        return False
    follows = words[at + 1] if at + 1 < len(words) else ""
    return not (words[at] in _JOBS and kind_of(follows) in {"goods", "measure"})


def proud(words: list[Token]) -> bool:
    """Two or more words, each with a capital, not shouted: Mount Kenya Dairies."""
    capital = all(word.capital or (at and word.low in OF) for at, word in enumerate(words))
    return len(words) > 1 and capital and not words[0].text.isupper()


def name_like(words: list[Token]) -> bool:
    """Whether a run of words opens like a person's or a business's name."""
    if not words:
        return False
    first = words[0].low
    if _titled([word.low for word in words[:2]], 0) or (first in ORG_HEADS and len(words) > 1):
        return True
    tails = [at for at, word in enumerate(words) if at and word.low in ORG_TAILS]
    if any(words[at].low in STRONG_TAILS for at in tails):
        return True  # Friday Ltd
    whole = bool(tails) and proud(words[: tails[-1] + 1])  # Green Valley Farm
    whole = whole or (first in LOOKS and bool(tails) and tails[-1] == len(words) - 1)
    if tails and (kind_of(first) != "goods" or whole) and first not in MONTHS:
        return any(words[at].low not in COMPOUND or at == len(words) - 1 for at in tails)
    return kind_of(first) in {"name", "wordname"} and first not in MEASURES


def goods_like(words: list[Token]) -> bool:
    """Whether a run of words opens like goods or work."""
    return bool(words) and kind_of(words[0].low) in {"goods", "measure"} and not name_like(words)


def cut(run: list[Token], *, described: bool, fixed: int = 0) -> Cut:
    """How many words of `run` are the name.

    `described`: what follows the run names the goods itself, so the run needs none.
    `fixed`: what stands behind the run ends a name: 0 nothing, 1 usually (comma, for), 2 a line's end.
    """
    words = [token.low for token in run]
    if not words:
        return Cut(0, sure=True)
    if len(words) > _LONGEST:
        return Cut(len(words), sure=False)
    least = _structure(words)
    if least > len(words):
        return Cut(len(words), sure=False)
    if not described and _all_goods(words):
        return Cut(0, sure=True)
    case = _Case(run)
    costs = sorted(
        (_cost(words, split, case, described=described, fixed=fixed), split)
        for split in range(len(words) + 1)
        if split >= least and not _inside_link(words, split)
    )
    best = costs[0]
    second = costs[1][0] if len(costs) > 1 else 99.0
    return Cut(
        best[1],
        sure=second - best[0] >= _CLEAR and _has_grounds(words, best[1], case, described=described),
    )


def _all_goods(words: list[str]) -> bool:
    """Taxi rides, mayai trei: nothing in a run is a name."""
    kinds = [kind_of(word) for word in words]
    sold = all(kind in {"goods", "measure"} for kind in kinds) and kinds[0] == "goods"
    return sold and not any(word in ORG_TAILS | ORG_HEADS | TITLES for word in words)


def _has_grounds(words: list[str], split: int, case: "_Case", *, described: bool) -> bool:
    """A cut amid words that are all unknown rests on nothing."""
    if split in {0, len(words)} and (described or split == 0 or len(words) > 1):
        return split > 0 or kind_of(words[0]) in {"goods", "measure", "both"} or described
    if any(kind_of(word) != "unknown" for word in words) or case.tells:
        return True
    return _structure(words) > 0 or any(word in ORG_TAILS for word in words[:split])


def _structure(words: list[str]) -> int:
    """How many words the name has at least: a title or "duka la" needs what follows it."""
    least = 0
    while least < len(words):
        word = words[least]
        if _titled(words, least) or (word in ORG_HEADS and least + 1 < len(words)):
            least += 1
            if word in ORG_HEADS and least < len(words) and words[least] in OF:
                least += 1
            if least == len(words) or words[least] not in TITLES | ORG_HEADS:
                least += 1 + (least + 1 < len(words) and words[least] in _LEVELS)
                break
            continue
        break
    for at, word in enumerate(words):
        if at and word in STRONG_TAILS:
            least = max(least, at + 1)
        if at and word.strip(".").isalpha() and len(word.strip(".")) == 1 and at <= max(least, 1):
            least = max(least, at + 1)
        if word in PARTICLES and at < 3:
            least = max(least, at + 2)
        if word in {"&", "of"} and 0 < at < 3 and words[0] not in MEASURES:
            least = max(least, at + 2)
    return least


def _inside_link(words: list[str], split: int) -> bool:
    return 0 < split < len(words) and (
        words[split] in OF or words[split - 1] in OF or words[split - 1] == "&"
    )


class _Case:
    """What capital letters say: something only where the run has both kinds."""

    def __init__(self, run: list[Token]) -> None:
        self.capital = [token.capital for token in run]
        self.acronym = [token.text.isupper() and len(token.text) > 1 for token in run]
        self.tells = bool(run) and self.capital[0] and not all(self.capital)

    def name(self, at: int) -> float:
        if not self.tells:
            return 0.8 if at and self.acronym[at] and not self.acronym[0] else 0.0
        return -0.6 if self.capital[at] else 1.8

    def goods(self, at: int) -> float:
        if not self.tells:
            return 0.0
        return 1.5 if self.capital[at] else -0.7


_AS_NAME = {"name": 0.0, "wordname": 0.2, "both": 0.5, "unknown": 0.6, "goods": 3.0, "measure": 4.0}
_AS_GOODS = {
    "name": 4.0,
    "wordname": 1.5,
    "both": 0.5,
    "unknown": 1.0,
    "goods": 0.0,
    "measure": 0.0,
}


_PENALTY = {0: 1.5, 1: 3.0, 2: 6.0}  # for a name cut short of where something ends it


def _cost(words: list[str], split: int, case: _Case, *, described: bool, fixed: int) -> float:
    forced = _structure(words)
    total = 0.0
    for at, word in enumerate(words):
        if at < split:
            cost = 0.0 if at < forced else _name_cost(words, at, split, case)
            total += (
                min(cost, 0.5) if any(word in ORG_TAILS for word in words[at + 1 : split]) else cost
            )
        else:
            total += _goods_cost(words, at, case)
    if split == 0:
        total += 2.0
    if split == len(words) and not described:
        total += 2.0
    if split < len(words) and described:
        total += _PENALTY[fixed]
    return total


def _is_period(words: list[str], at: int) -> bool:
    """Augustine Mutiso *august* rent: a month before what is billed by the month."""
    follows = words[at + 1] if at + 1 < len(words) else ""
    return at > 0 and words[at] in MONTHS and follows in MONTHLY


MONTHLY = word_set(
    "rent fee fees salary wages school transport electricity water internet wifi subscription garbage "
    "security cleaning tuition service services retainer maintenance hosting bill parking kodi mshahara karo"
)


def _is_fee(words: list[str], at: int) -> bool:
    """Monica *school* transport; St. Monica School bears its own."""
    follows = words[at + 1] if at + 1 < len(words) else ""
    return words[at] in COMPOUND and follows in _FEES and words[0] not in {"st", "saint"}


def _name_cost(words: list[str], at: int, split: int, case: _Case) -> float:
    word = words[at]
    if _is_period(words, at):
        return 3.0
    if word in ORG_TAILS and at:
        if _is_fee(words, at):
            return 3.0
        return (
            1.0 if word in COMPOUND and kind_of(words[0]) == "name" and split < len(words) else 0.0
        )
    if word in OF or word in TITLES or word in ORG_HEADS:
        return 0.0
    if any(char.isdigit() for char in word):
        return 2.5
    return max(0.0, _AS_NAME[kind_of(word)] + case.name(at))


def _goods_cost(words: list[str], at: int, case: _Case) -> float:
    word = words[at]
    digits = any(char.isdigit() for char in word)
    if word in OF or digits or word in MODEL_HEADS or _is_period(words, at):
        return 0.0
    if word in ORG_TAILS and at:
        if _is_fee(words, at):
            return 0.0
        plain = 1.0 if word in COMPOUND and at + 1 < len(words) else 2.0
        return plain + max(0.0, case.goods(at))
    return max(0.0, _AS_GOODS[kind_of(word)] + case.goods(at))
