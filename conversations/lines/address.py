"""How a typed line addresses the one who writes the invoice: "bana fanya hivi, tuma invoice …"."""

from conversations.lines.kinds import kind_of
from conversations.lines.tokens import Token, low
from conversations.lines.verbs import helps, is_bill
from conversations.lines.words import FILLERS, HELP_VERBS, word_set

_GREETING = 5  # words; a longer opening is a message of its own


def address_end(tokens: list[Token]) -> int:
    """The index of the comma that ends an opening of unknown words before a verb; 0 where none is."""
    verb = next((at for at, token in enumerate(tokens) if is_bill(token)), 0)
    comma = next((at for at in range(verb - 1, 0, -1) if tokens[at].text in {",", "."}), 0)
    before = tokens[:comma]
    if any(token.kind != "word" and token.text not in {",", "."} for token in before):
        return 0
    known = any(kind_of(token.low) not in {"unknown", "wordname"} for token in before)
    return 0 if known or len(before) > _GREETING else comma


def called_end(tokens: list[Token]) -> int:
    """The index behind *wueh bro* tuma invoice …: one unknown word, then whom one speaks to; or 0."""
    if len(tokens) < 5 or tokens[0].kind != "word" or tokens[0].capital:
        return 0
    called = tokens[1].low in _CALLED and tokens[2].low in HELP_VERBS
    return 2 if called and kind_of(tokens[0].low) == "unknown" else 0


_CALLED = word_set("bro boss bosi buda maze manze msee mkuu chief oga brathe fam kaka dada")


def asked_for(tokens: list[Token], comma: int) -> bool:
    """Whether a verb of help stands right behind the comma, as it does when somebody is spoken to."""
    after = low(tokens, comma + 1)
    return after in HELP_VERBS | FILLERS or helps(after)
