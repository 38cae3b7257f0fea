"""The merchant's stored clients: which of them a typed name or phone means, and when to ask."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from conversations.lines.split import goods_like
from conversations.lines.tokens import Token, slips
from conversations.lines.words import HONORIFICS, PARENTS, TITLES


@dataclass(frozen=True, slots=True)
class KnownClient:
    """A client the merchant has stored."""

    name: str
    phone: str | None = None
    id: int | None = None


@dataclass(slots=True)
class Who:
    """The client found, what may be meant where it must be asked, and the tokens that are left."""

    rest: list[Token]
    name: str | None = None
    known: KnownClient | None = None
    asked: bool = False
    candidates: tuple[KnownClient, ...] = ()
    typed: tuple[str, ...] = ()  # names as typed that may be meant
    items_asked: bool = False  # the cut between name and goods is not clear
    words: list[Token] = field(default_factory=list)  # the name's words


def stored_length(words: list[Token], clients: Sequence[KnownClient]) -> int:
    """How many words at the head of a run are the full name of a stored client."""
    lows = [word.low for word in words]
    best = 0
    for client in clients:
        wanted = name_words(client.name)
        skip = len(lows) - len(_bare(lows))
        if len(wanted) > 1 and _bare(lows)[: len(wanted)] == _bare(wanted):
            best = max(best, len(_bare(wanted)) + (skip if lows[0] in HONORIFICS else 0))
        spoken = _bare(lows)[: len(wanted)]
        whole = " ".join(wanted)
        if len(wanted) > 1 and 0 < slips(" ".join(spoken), whole) <= 1 + (len(whole) > _LONG):
            best = max(best, len(spoken) + skip)  # a slip in it: the client will be asked
        shared = _shared(_bare(lows), _bare(wanted))
        if (
            shared
            and shared + skip < len(lows)
            and goods_like(words[shared + skip : shared + skip + 1])
        ):
            best = max(best, shared + skip)
    return best


_LONG = 9  # letters; a longer name may have two slips


def _shared(left: list[str], right: list[str]) -> int:
    """How many words two names have in common from the first on."""
    return next(
        (at for at, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]),
        min(len(left), len(right)),
    )


# -- matching ------------------------------------------------------------------------------------
def name_words(name: str) -> list[str]:
    """The words of a name for comparing: lower case, without dots and signs."""
    return "".join(
        char if char.isalnum() or char in "'&-" else " " for char in name.lower()
    ).split()


def _bare(words: list[str]) -> list[str]:
    return [word for word in words if word not in HONORIFICS]


def match(who: Who, clients: Sequence[KnownClient], phones: list[str]) -> None:
    """Decides between a new client, a stored one, and asking."""
    if who.asked:
        who.candidates = who.candidates or _near(who.typed, clients)
        return
    if who.name is None:
        _by_phone(who, clients, phones)
        return
    typed = name_words(who.name)
    same, fitting, near = _compare(typed, clients)
    chosen = same or fitting
    if len(chosen) == 1 and not (near and not same):
        who.known = chosen[0]
    elif chosen or near:
        who.asked, who.candidates = True, tuple(chosen + near)
    holders = [client for client in clients if client.phone and client.phone in phones]
    if who.known and phones and who.known.phone and who.known.phone not in phones:
        who.asked, who.candidates = True, (who.known, *holders)
    elif not who.known and not who.asked and holders:
        who.asked, who.candidates = True, tuple(holders)
    elif who.known and holders and who.known not in holders:
        who.asked, who.candidates = True, (who.known, *holders)


def _by_phone(who: Who, clients: Sequence[KnownClient], phones: list[str]) -> None:
    holders = [client for client in clients if client.phone and client.phone in phones]
    if len(holders) == 1:
        who.known, who.name = holders[0], holders[0].name
    else:
        who.asked, who.candidates = True, tuple(holders)


def _near(typed: tuple[str, ...], clients: Sequence[KnownClient]) -> tuple[KnownClient, ...]:
    found: list[KnownClient] = []
    for name in typed:
        for group in _compare(name_words(name), clients):
            found.extend(client for client in group if client not in found)
    return tuple(found)


def _compare(
    typed: list[str], clients: Sequence[KnownClient]
) -> tuple[list[KnownClient], list[KnownClient], list[KnownClient]]:
    """Stored clients of the same words, those a shorter name fits, and those that come close."""
    same, fitting, near = [], [], []
    for client in clients:
        relation = _relation(typed, name_words(client.name))
        if relation == "same":
            same.append(client)
        elif relation == "fits":
            fitting.append(client)
        elif relation == "near":
            near.append(client)
    return same, fitting, near


def _relation(typed: list[str], stored: list[str]) -> str:
    if _run_together(typed, stored):
        return "near"
    parent = [word for word in typed if word in PARENTS] != [
        word for word in stored if word in PARENTS
    ]
    mine, theirs = _bare(typed), _bare(stored)
    if parent or _titles(mine) != _titles(theirs):
        plain = [word for word in mine if word not in TITLES]
        other = [word for word in theirs if word not in TITLES]
        return "near" if plain and other and plain[0] == other[0] else ""
    if mine == theirs:
        return "same"
    if mine and len(mine) < len(theirs) and mine == theirs[: len(mine)]:
        return "fits"
    if _initialled(mine, theirs):
        return "fits"
    return _closeness(mine, theirs)


def _run_together(typed: list[str], stored: list[str]) -> bool:
    """MamaZuri: the words of a stored name without their blank, perhaps with a slip in its place."""
    if len(typed) != 1 or len(stored) < 2 or len(typed[0]) <= max(map(len, stored)) + 1:
        return False
    return slips(typed[0], "".join(stored)) <= 1


def _titles(words: list[str]) -> list[str]:
    return [word for word in words if word in TITLES - HONORIFICS]


def _initialled(mine: list[str], theirs: list[str]) -> bool:
    if len(mine) != len(theirs) or not any(len(word) == 1 for word in mine):
        return False
    return all(
        a == b or (len(a) == 1 and b.startswith(a)) for a, b in zip(mine, theirs, strict=True)
    )


def _closeness(mine: list[str], theirs: list[str]) -> str:
    if not mine or not theirs:
        return ""
    whole = " ".join(mine)
    if 0 < slips(whole, " ".join(theirs)) <= 1 + (len(whole) > 9) or sorted(mine) == sorted(theirs):
        return "near"
    part = theirs[: len(mine)]
    if len(mine) < len(theirs) and slips(" ".join(mine), " ".join(part)) == 1:
        return "near"
    return "near" if len(mine) == 1 and mine[0] in theirs[1:] else ""
