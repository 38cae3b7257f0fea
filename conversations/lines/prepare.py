"""Readies the tokens of a clause: ranges, corrections, minus signs and "about" join their number."""

from dataclasses import replace

from conversations.lines.tokens import Token
from conversations.lines.words import ABOUT, CORRECTION, MODEL_HEADS, OR, SOFT_FILLERS


# -- before reading -----------------------------------------------------------------------------------
def prepare(tokens: list[Token]) -> list[Token]:
    """Joins ranges, corrections, "about" and minus signs with their numbers; trims courtesies."""
    tokens = _dimensions(tokens)
    trimmed = _trim([token for token in tokens if token.kind != "cut"])
    made: list[Token] = []
    for token in trimmed:
        if token.kind == "num" and made and made[-1].kind != "num":
            _attach(made, token)
        made.append(token)
    return made


def _dimensions(tokens: list[Token]) -> list[Token]:
    """2x4 timber 30 @ 260: a dimension where the price stands elsewhere, not a count and a price."""
    numbers = sum(token.kind == "num" for token in tokens)
    if numbers < 3:
        return tokens
    made: list[Token] = []
    for at, token in enumerate(tokens):
        if (
            token.kind == "num"
            and token.tight
            and made
            and _sized(made[-1], token, tokens[at + 1 :])
        ):
            first = made.pop()
            text = first.text + token.text
            made.append(
                replace(first, kind="word", text=text, low=text.lower(), end=token.end, suffix="")
            )
            continue
        made.append(token)
    return made


def _sized(first: Token, second: Token, behind: list[Token]) -> bool:
    """Bed 6x6 850k: two small numbers around an x, and another that is not what they make."""
    if first.suffix != "x" or first.value is None or second.value is None:
        return False
    others = [token.value for token in behind if token.kind == "num"]
    small = max(first.value, second.value) <= 30 and first.value * second.value not in others
    return any(token.text == "@" for token in behind) or (small and bool(others))


def _trim(tokens: list[Token]) -> list[Token]:
    start, end = 0, len(tokens)
    while end > start and (tokens[end - 1].low in SOFT_FILLERS or tokens[end - 1].text in ".,!?:-"):
        if tokens[end - 1].low == "zote":
            break
        end -= 1
    while start < end and (
        tokens[start].text in ".,!:"
        or tokens[start].low in {"iko", "ni", "pls", "please", "na", "and"}
    ):
        start += 1
    return tokens[start:end]


def _attach(made: list[Token], token: Token) -> None:
    """What stands just before a number may spoil it: -5, 2-3, 3 sorry 4, about 5."""
    sign = made[-1]
    earlier = made[-2] if len(made) > 1 else None
    numbered = earlier is not None and earlier.low in MODEL_HEADS  # house no 5
    if (sign.low in CORRECTION | {"no"} and not numbered) or (
        sign.text in {",", "-"} and earlier and earlier.low in CORRECTION
    ):
        while (
            made
            and made[-1].kind != "num"
            and (made[-1].low in CORRECTION | {"no"} or made[-1].kind == "sym")
        ):
            made.pop()
        if made and made[-1].kind == "num":
            made.pop()
            token.bad = "corrected"
        return
    if sign.low in ABOUT:
        made.pop()
        token.bad = "about"
    elif (
        sign.text == "-" and token.tight and not (earlier and earlier.kind == "num" and sign.tight)
    ):
        made.pop()
        token.bad = "negative"
    elif earlier and earlier.kind == "num" and (sign.low in OR or sign.text in {"-", "/"}):
        del made[-2:]
        token.bad = "slash" if sign.text == "/" else "range"
