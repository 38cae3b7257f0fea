"""Cuts what is left of a line into clauses, and clauses into the parts of one item each."""

from conversations.lines.marks import Part
from conversations.lines.parts import Clause
from conversations.lines.tokens import Token, low, token_at
from conversations.lines.words import CORRECTION


def clauses_of(tokens: list[Token]) -> tuple[list[list[Part]], bool]:
    """The parts of each clause, those that continue the one before joined; whether any is odd."""
    read = [Clause(group) for group in _clauses(tokens)]
    parts = [clause.read() for clause in read]
    return _merge(parts), any(clause.odd for clause in read)


# -- clauses ------------------------------------------------------------------------------------------
def _clauses(tokens: list[Token]) -> list[list[Token]]:
    """Cuts at line ends, commas, plus signs, and at "and" where both sides stand alone."""
    groups: list[list[Token]] = [[]]
    for at, token in enumerate(tokens):
        follows = low(tokens, at + 1)
        if token.text == "," and follows in CORRECTION:
            continue
        if (
            token.kind == "nl"
            or token.text in {",", ";", "+"}
            or _is_dash(tokens, at)
            or _is_stop(tokens, at)
            or (
                token.low in {"na", "and", "&", "plus", "pia", "then"}
                and token.kind != "num"
                and _both_stand(groups[-1], tokens[at + 1 :])
            )
        ):
            groups.append([])
        else:
            groups[-1].append(token)
    return [group for group in groups if any(token.kind not in {"cut", "phone"} for token in group)]


def _is_dash(tokens: list[Token], at: int) -> bool:
    after = token_at(tokens, at + 1)
    lone = sum(token.text in {"-", "/"} for token in tokens) == 1
    if lone and at and after and tokens[at - 1].kind == after.kind == "num":
        return False  # 5 - 6 chairs
    return tokens[at].text in {"-", "/"} and not tokens[at].tight and not (after and after.tight)


def _is_stop(tokens: list[Token], at: int) -> bool:
    after = token_at(tokens, at + 1)
    return (
        tokens[at].text == "."
        and (after is None or not after.tight)
        and not (at and len(tokens[at - 1].text) < 3 and tokens[at - 1].kind == "word")
    )


def _both_stand(left: list[Token], right: list[Token]) -> bool:
    """Whether both sides of an "and" hold a number: two items, not one name for a thing."""
    numbered = any(token.kind == "num" for token in left)
    ahead = 0
    for token in right:
        if token.kind == "nl" or token.text in {",", ";", "+"}:
            break
        ahead += token.kind == "num"
    return numbered and (ahead > 0 or bool(right))


def _has(parts: list[Part], *kinds: str) -> bool:
    return any(part.kind in kinds for part in parts)


def _merge(clauses: list[list[Part]]) -> list[list[Part]]:
    """Puts a clause that only continues the item before it back: "cement, 3 bags, 850 each"."""
    merged: list[list[Part]] = []
    for parts in clauses:
        before = merged[-1] if merged else None
        if before and parts and _continues(before, parts):
            before.extend(parts)
        elif parts:
            merged.append(list(parts))
    return merged


def _ends_dear(parts: list[Part]) -> bool:
    """Whether a clause ends in what reads as a price: the total behind it is of the whole line."""
    last = parts[-1]
    return (
        last.kind == "bare" and parts[0] is not last and (last.value is None or last.value >= 100)
    )


def _lone_amount(parts: list[Part]) -> bool:
    """Whether a clause is nothing but an amount."""
    only = parts[0] if len(parts) == 1 else None
    if only is None or only.kind not in {"bare", "money"}:
        return False
    return only.value is not None and only.value >= 100


def _continues(before: list[Part], parts: list[Part]) -> bool:
    uncounted = _has(before, "unit") and not _has(before, "quantity", "bare", "total", "money")
    if uncounted and [part.kind for part in parts] == ["quantity", "measure"]:
        return True
    if _lone_amount(before) and [part.kind for part in parts] == ["words"]:
        return True  # elfu tisini, mashua kukarabati
    if _has(parts, "words") or _has(before, "unit", "total", "money"):
        return False
    if not _has(before, "words") and not _has(before, "measure"):
        return False
    numbers = sum(part.number is not None for part in before)
    if _has(parts, "total") and not _has(parts, "quantity", "bare") and _ends_dear(before):
        return False
    if _has(parts, "total"):
        return numbers > 0 or _has(parts, "quantity", "bare")
    return numbers == 0 or (
        _has(parts, "unit", "money", "bare") and numbers == 1 and not _has(parts, "measure")
    )


# -- groups -------------------------------------------------------------------------------------------
def groups_of(parts: list[Part]) -> list[list[Part]]:
    """Cuts a clause where an item is complete and another begins."""
    groups: list[list[Part]] = [[]]
    for at, part in enumerate(parts):
        current = groups[-1]
        if (
            current
            and _begins(parts, at)
            and (_complete(current, part) or _unpriced(current, parts, at))
        ):
            groups.append([])
            current = groups[-1]
        current.append(part)
    return [group for group in groups if group]


def _begins(parts: list[Part], at: int) -> bool:
    """Whether an item may begin at a part: with words, or with a number and then words."""
    if parts[at].kind == "words":
        return True
    if parts[at].kind == "measure" and at and at + 1 < len(parts):
        before, behind = parts[at - 1].value, parts[at + 1].value
        return before is not None and before >= 1000 and behind is not None and behind >= 100
    if parts[at].number is None:
        return False
    ahead = [part.kind for part in parts[at + 1 : at + 3]]
    return bool(ahead) and (ahead[0] == "words" or ahead == ["measure", "words"])


def _complete(group: list[Part], following: Part) -> bool:
    if not any(part.words for part in group):
        return False
    if _has(group, "unit", "total"):
        return True
    numbers = [part for part in group if part.number is not None]
    if not numbers:
        return False
    last = numbers[-1]
    worded = group[0].kind in {"words", "measure"} or len(numbers) > 1
    size = last.value
    dear = last.kind == "money" or (last.kind == "bare" and (size is None or size >= 100))
    return worded and dear and (following.kind == "words" or group[-1] is last)


def _unpriced(group: list[Part], parts: list[Part], at: int) -> bool:
    """2 shirts | 3 trousers: a number with words follows a number with words."""
    part = parts[at]
    small = part.kind in {"quantity", "bare"} and (part.value is None or part.value < 100)
    counted = group[0].number is not None and _has(group, "words")
    return small and counted and part.number is not None
