"""What a word looks like: a person's name, goods or work, a measure, or nothing known.

Evidence for the one-line parser, never proof: a word in no list is simply unknown, and where the
evidence does not settle a split the parser asks.
"""

import re

from conversations.lines.lexicon.english_goods import ENGLISH_GOODS
from conversations.lines.lexicon.names import NAMES
from conversations.lines.lexicon.swahili_goods import SWAHILI_GOODS
from conversations.lines.words import MEASURES, MODEL_HEADS, MONTHS, WEEKDAYS, word_set

GOODS = ENGLISH_GOODS | SWAHILI_GOODS
ONLY_ENGLISH = ENGLISH_GOODS - SWAHILI_GOODS
ONLY_SWAHILI = SWAHILI_GOODS - ENGLISH_GOODS - MEASURES
ALSO_WORDS = word_set(  # rose, grace: as a name they need a better reason
    "amani amber angel april august bahati baraka bill blessing charity comfort dan destiny "
    "divine efe fadhili faith faraja favour frank gift glory godbless godlisten grace happiness "
    "happy hope imani immaculate innocent iris isa ivy jack jasmine jay job joy june justice "
    "karani kato kim ladi lavender loveness lucky makena malkia mambo maore mark mashaka mati "
    "mato max may melody mercy miracle miti neema nuru obi olive oti patience peace pendo praise "
    "precious prince promise prosper purity queen riziki robin rose said salama seun shade shish "
    "siwema sola subira success summer sunday tabu tausi temi titi treasure tumaini upendo "
    "victory violet wisdom zawadi "
)
LOOKS = word_set(  # what a thing is like: it opens a description, not a name
    "big small large medium new used old fresh dry dried red blue green white black brown pink yellow "
    "orange purple grey heavy light full double single plastic wooden metal metallic electric electrical "
    "digital hot cold frozen fried smoked long short monthly weekly daily annual yearly hard soft power "
    "flash lawn men's women's ladies gents kids baby office kitchen wall outdoor indoor ceramic second-hand "
    "live deep general full-time half-day broken extra special standard basic premium local imported organic "
    "kubwa ndogo dogo mpya nyekundu nyeusi nyeupe kijani bluu refu fupi kavu mbichi"
)
_GOODS_SHAPES = re.compile(
    r"(?:ku[b-df-hj-np-tv-zaeio][a-z]{2,}a|[a-z]{3,}(?:ing|tion|tions|sion|ment|ments|ography|ware|"
    r"ance|ology|ery)|[a-z]{2,}-[a-z]{2,}s)$"
)
_NAME_SHAPES = re.compile(
    r"(?:kip(?:ro|ko|ke|la|le|ch|t|s|ng)|chep|jep|cheru|chebe|njer|njo|njug|ng'|wanj|wamb|wair|waith|"
    r"muth|mutw|mwak|mwang|nyamb|nyaw|nyok|nans|naki|nalu|namu|nabi|sse|tumu|tusi|byar|ade[bckmostwy]|"
    r"ayo|olu|ola[dnjoty]|chuk|nwa|onye|okaf|okon|ogun|ezek|abdul|abdi|otie|ochi|odhi|onya|omo|owu|"
    r"achi|akin|atie|awuo|adhi)[a-z']{2,}$"
)
_PLURAL = re.compile(r"(?:[a-z]{3,}[^aiousy']s|ma[a-z]{4,}|vi[a-z]{3,}|mi[a-z]{4,})$")
_BULK = """
bricks brick blocks block matofali tofali eggs mayai chicks vifaranga seedlings miche seeds chairs
viti stones mawe poles tiles vigae cards kadi flyers stickers copies photocopies invitations
"""
BULK = frozenset(_BULK.split())  # counted by the hundred as often as priced so


def looks_like_goods(word: str) -> bool:
    """Whether `word` (lower case) is commonly sold or done, or has the shape of such a word."""
    return word in GOODS or bool(_GOODS_SHAPES.match(word))


def looks_plural(word: str) -> bool:
    """Whether `word` has an English or Swahili plural's shape."""
    return bool(_PLURAL.match(word))


def looks_like_name(word: str) -> bool:
    """Whether `word` (lower case) is a common name of the region or has the shape of one."""
    return word in NAMES or bool(_NAME_SHAPES.match(word))


def kind_of(word: str) -> str:
    """name, goods, both, measure or unknown: what `word` (lower case) looks like."""
    if word in MEASURES and len(word) > 1:
        return "measure"
    if word in MODEL_HEADS or word in LOOKS:
        return "goods"
    if (word in WEEKDAYS or word in MONTHS) and word not in ALSO_WORDS and len(word) > 3:
        return "goods"
    named, sold = word in NAMES or word in ALSO_WORDS, word in GOODS
    if word in ALSO_WORDS and not sold:
        return "wordname"
    if named and sold:
        return "both"
    if named or sold:
        return "name" if named else "goods"
    named, sold = looks_like_name(word), looks_like_goods(word)
    if named == sold:
        return "unknown"
    return "name" if named else "goods"
