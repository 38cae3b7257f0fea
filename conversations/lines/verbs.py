"""The verbs and nouns of billing: invoice, ankara, mdai, namdai, with a typing slip or two."""

import re
from functools import lru_cache

from conversations.lines.kinds import kind_of
from conversations.lines.tokens import Token, slips
from conversations.lines.words import BILL, BILL_LONG, BILL_OBJECT, NOT_BILL


def is_bill(token: Token) -> bool:
    """Whether a word is a verb or noun of billing, allowing one typing slip in the long ones."""
    return token.kind == "word" and _bills(token.low)


_CLAIMS = (
    re.compile(  # kubill, nadai, namdai, umlipishe, tuwatoze: the verbs of billing, conjugated
        r"(?:n[ai]|nina|tu|tuna|u|ku|nita|tuta)?(?:m|mw|wa|ni)?"
        r"(?:bill(?:ie|ia)?|dai|daie|lipish[eai]+|chaji|chajie|toz[ea]+|andiki[ae]|andikish[ie]+)$"
    )
)


def takes_person(word: str) -> bool:
    """Whether a verb of billing takes the person as its object: bill X, mdai X, namdai X."""
    return word in BILL_OBJECT or bool(_CLAIMS.match(word))


_HELPS = re.compile(  # uniandikie, tengenezea, kupata, kumtumia: the verbs of help, conjugated
    r"(?:u|ku|ni|m|mu|tu|n|uni|utu|umu|um|tum|tumu|nim|nimu|uka|naku|kum|kumu|kuwa|kutu|kuni)?"
    r"(?:andik|teng(?:en)?e?z|pat|tum|fany|saidi|pelek|wek|tol|omb|lipish|chaj)[a-z]{1,5}$"
)
_MAKES = re.compile(r"(?:u|m|uni|um|ni|nim|kum|ku)?(?:tengenez|andik|pelek|fanyi|weke)[a-z]{1,5}$")


def helps(word: str) -> bool:
    """Whether a Swahili word is a verb of help in any person: send, make, write, give out."""
    return bool(_HELPS.match(word))


def makes(word: str) -> bool:
    """Whether a word is a verb of making and sending out, which no name is: *tengenezea* rehema."""
    return bool(_MAKES.match(word)) and kind_of(word) != "name"


_OBJECT = re.compile(r"(?:m|mw|mu|wa)[b-df-hj-np-tvwyz][a-z]+[^aeiou]e$")


def does_to(token: Token) -> bool:
    """Whether a small unknown word has the shape of "do this to her": *mchape* Brian invoice."""
    return (
        token.text.islower() and bool(_OBJECT.match(token.low)) and kind_of(token.low) == "unknown"
    )


@lru_cache(maxsize=4096)
def _bills(word: str) -> bool:
    if word.removeprefix("ka-") in BILL or _CLAIMS.match(word):
        return True
    if len(word) < 5 or word in NOT_BILL or kind_of(word) in {"name", "goods"}:
        return False
    return any(
        slips(word, verb) <= 1 + (len(verb) > 6 and word[0] == verb[0]) for verb in BILL_LONG
    )
