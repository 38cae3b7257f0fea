"""Which of the places in a typed line holds the client, and where its name ends."""

from collections.abc import Sequence

from conversations.lines.address import asked_for
from conversations.lines.clients import split_run
from conversations.lines.kinds import kind_of
from conversations.lines.known import KnownClient, Who
from conversations.lines.places import LEADS, TOWARD, Line, labelled_run, read_verb, runs_at_end
from conversations.lines.runs import Run, business, names_day, run_from
from conversations.lines.split import Cut, cut, goods_like, name_like
from conversations.lines.tokens import Token, as_typed, cut_at
from conversations.lines.verbs import takes_person
from conversations.lines.words import FILLERS, MEASURES, ORG_TAILS, TITLES

_OFFERED = 8  # words; what may be the name is offered no longer than this


def choose(text: str, tokens: list[Token], clients: Sequence[KnownClient]) -> Who:
    """The name's words, taken out of the tokens; unsure cuts are marked."""
    line = Line(text, tokens, clients, set())
    read_verb(line)
    label = labelled_run(line)
    if label:
        return _take(line, label, sure=True, length=len(label.words))
    if line.story and not (line.behind and line.behind.words):
        line.behind = None
    return _pick(line)


# -- choosing -----------------------------------------------------------------------------------------
def _pick(line: Line) -> Who:
    behind, ends = line.behind, runs_at_end(line)
    if _mere_talk(line):
        line.gone |= {at for at in range(line.verb) if line.tokens[at].kind == "word"}
        line.head = None
    second = _second_person(line, behind) if behind and behind.words else None
    if behind and second:
        return _ask_two(line, behind, second)
    if behind and behind.words and behind.lead in TOWARD:
        if line.head:
            return _ask_two(line, line.head, behind)
        rivals = [run for run in ends if name_like(run.words) and run.lead in TOWARD]
        return _ask_two(line, behind, rivals[0]) if rivals else _split(line, behind)
    named = bool(behind and behind.words) and _holds_name(line, behind)
    if ends and not (named and not name_like(ends[0].words)):
        if named and behind:
            return _ask_two(line, behind, ends[0])
        if _rivals(line, behind, ends[0]):
            return _ask_two(line, behind or ends[0], ends[0])
        return _end(line, ends)
    if named and behind and ends:
        return _ask_two(line, behind, ends[0]) if ends[0].lead != "ya" else _split(line, behind)
    if line.head:
        return _with_head(line, named=named)
    return _split(line, behind) if behind and behind.words else _nobody(line)


def _rivals(line: Line, behind: Run | None, end: Run) -> bool:
    """Invoice *Sila* cement …, delivered to *Rongai*: two unknown words, each of them billed perhaps."""
    if line.verb < 0 or behind is None or not behind.words or name_like(end.words):
        return False
    return end.lead == "to" and kind_of(behind.words[0].low) == "unknown"


def _mere_talk(line: Line) -> bool:
    """Whether the words before the verb are talk: the name stands behind it."""
    head, behind = line.head, line.behind
    if head is None or behind is None or not behind.words or name_like(head.words):
        return False
    return behind.lead in TOWARD or _holds_name(line, behind)


def _second_person(line: Line, run: Run) -> Run | None:
    """Peter *and jane* 2 cakes: another name behind and, before anything is counted."""
    start, joined = _behind_and(line.tokens, run)
    other = run_from(line.tokens, start) if start else None
    if other is None or not other.words or goods_like(other.words) or goods_like(run.words[-1:]):
        return None
    kinds = {kind_of(word.low) for word in other.words}
    if joined == "phone":
        return other
    if joined == ",":
        people = name_like(other.words) and name_like(run.words)
        return other if people and not kinds & {"goods", "measure"} else None
    lone = len(run.words) == 1 and kinds == {"unknown"}
    return other if name_like(other.words) or lone else None


def _behind_and(tokens: list[Token], run: Run) -> tuple[int, str]:
    """Where the words behind "and", a comma, or a phone and "and" begin; 0 where none stands."""
    joined = run.stop
    if joined not in {"na", "and", "&", ",", "plus", "phone"}:
        return 0, ""
    start = run.end + (joined != "phone")
    while start < len(tokens) and (
        tokens[start].kind == "phone" or tokens[start].text in {",", "-"}
    ):
        joined = "phone"
        start += 1
    if joined != "phone":
        return start, joined
    if start >= len(tokens) or tokens[start].low not in {"na", "and", "&"}:
        return 0, ""
    return start + 1, joined


def _holds_name(line: Line, run: Run | None) -> bool:
    """Whether a run opens with a name for sure, not merely an unknown word."""
    if run is None or not name_like(run.words):
        return False
    length, _ = split_run(run, line.tokens, line.clients)
    return length > 0


def _with_head(line: Line, *, named: bool) -> Who:
    head, behind = line.head, line.behind
    assert head is not None  # noqa: S101 - the caller saw it
    if named and behind:
        return _ask_two(line, head, behind) if name_like(head.words) else _drop_head(line, behind)
    parted = head.end < len(line.tokens) and line.tokens[head.end].text == ":"
    if parted and behind and behind.words:
        return _ask_two(line, head, behind)  # butcher: invoice fish point …
    rival = behind is not None and bool(behind.words) and not goods_like(behind.words)
    spoken = head.end < len(line.tokens) and line.tokens[head.end].text == ","
    if behind and rival and spoken and asked_for(line.tokens, head.end):
        return _ask_two(line, head, behind)  # john, tuma invoice ya vero: spoken to, or billed
    if behind and rival and not name_like(head.words) and len(head.words) < 3:
        return _ask_two(line, head, behind)  # an unknown word, or the one who is billed
    if goods_like(head.words):
        return _split(line, behind) if behind and behind.words else _nobody(line)
    made = cut(head.words, described=True, fixed=True)
    return _take(
        line, head, sure=made.sure and made.words == len(head.words), length=len(head.words)
    )


def _drop_head(line: Line, behind: Run) -> Who:
    if line.head:
        line.gone |= set(range(line.head.start, line.verb))
    return _split(line, behind)


def _end(line: Line, ends: list[Run]) -> Who:
    """The client stands behind kwa, to or for; several such runs are asked."""
    sure_names = [run for run in ends if name_like(run.words)]
    if len(sure_names) > 1:
        return _ask_two(line, sure_names[0], sure_names[1])
    run = (sure_names or ends)[-1]
    others = [
        token for at, token in enumerate(line.tokens)
        if token.kind == "word" and at not in line.gone and not run.start - 1 <= at < run.end
        and token.low not in MEASURES | FILLERS
    ]  # fmt: skip
    made = cut(run.words, described=bool(others), fixed=bool(others))
    if run.lead in TOWARD and run.stop != "num" and business(run.words):
        made = Cut(len(run.words), sure=True)  # 3 jeans @ 800 kwa Java House
    if not others and run.lead in TOWARD and run.stop == "end" and not _sold(run.words):
        made = Cut(len(run.words), sure=True)
    sure = (made.sure and (bool(sure_names) or run.lead in TOWARD) and len(ends) == 1) or (
        made.sure and bool(sure_names)
    )
    byname = run.stop == "link" and line.tokens[run.end].low == "wa"  # Mama Ntilie wa stendi
    return _take(line, run, sure=sure and not byname, length=made.words)


def _sold(words: list[Token]) -> bool:
    """Whether any word may be goods: 7500 kwa *mayai* names no client."""
    return any(kind_of(word.low) in {"goods", "measure", "both"} for word in words)


def _split(line: Line, run: Run | None) -> Who:
    if run is None or not run.words:
        return _nobody(line)
    length, sure = split_run(run, line.tokens, line.clients)
    if not sure and _takes_person(line, run):
        return _take(line, run, sure=True, length=1)
    return _take(line, run, sure=sure, length=length)


def _takes_person(line: Line, run: Run) -> bool:
    """Bill X 5000, andikia X …: these verbs bill the word behind them, whoever that is."""
    verb = line.tokens[line.verb].low if line.verb >= 0 else ""
    if run.stop == "link" and line.tokens[run.end].low == "wa":
        return False  # mdai mzee wa nyumba kumi
    counted = run.stop == "num" and names_day(run)  # invoice Friday 2 goats
    named = run.stop == "num" and kind_of(run.words[0].low) == "name"  # invoice Liz three bags
    named = named or (counted or (run.stop == "num" and _proud_word(run.words[0])))
    lone = len(run.words) == 1 and (not goods_like(run.words) or counted)
    return lone and (takes_person(verb) or run.lead in TOWARD or named)


def _proud_word(word: Token) -> bool:
    """*Purity* 1 dozen plates: a word that is also a name, in capitals."""
    capital = word.proper
    return capital and kind_of(word.low) == "wordname"


def _take(line: Line, run: Run, *, sure: bool, length: int) -> Who:
    words = run.words[:length]
    spots = range(run.start, run.end if not sure else run.start + length)
    rest: list[Token] = []
    leads = {run.start - 1} if run.start and line.tokens[run.start - 1].low in LEADS else set()
    for at, token in enumerate(line.tokens):
        if at in spots:
            if at == run.start:
                rest.append(cut_at(token))
        elif at not in line.gone and at not in leads:
            rest.append(token)
    who = Who(rest, billed=line.verb >= 0, told=line.story)
    if not sure:
        who.asked = who.items_asked = True
        who.typed = tuple(
            as_typed(line.text, run.words[:size])
            for size in range(1, min(len(run.words), _OFFERED) + 1)
        )
    elif words:
        who.name, who.words = as_typed(line.text, words), words
        who.typed = (who.name,)
    return who


def _ask_two(line: Line, one: Run, other: Run) -> Who:
    """Two people stand in the line: whom it bills must be asked."""
    first = cut(one.words, described=True)
    second = cut(other.words, described=True)
    if not second.sure:
        second = Cut(*split_run(other, line.tokens, line.clients))
    who = _take(line, one, sure=True, length=first.words)
    names = (
        as_typed(line.text, one.words[: first.words]),
        as_typed(line.text, other.words[: second.words]),
    )
    gone = {id(token) for token in other.words[: second.words]}
    before = line.tokens[other.start - 1] if other.start else None
    gone |= (
        {id(before)}
        if before is not None and before.low in LEADS | {"na", "and", "&", ","}
        else set()
    )
    who.rest = [token for token in who.rest if id(token) not in gone]
    who.name, who.asked, who.typed = None, True, tuple(name for name in names if name)
    whole = _all_names(one.words[: first.words]) and _all_names(other.words[: second.words])
    route = other.lead == "to" and not name_like(other.words)  # taxi to airport
    who.items_asked = route or not (first.sure and second.sure and whole)
    return who


def _all_names(words: list[Token]) -> bool:
    """Whether no word taken for a name may be goods, which would then be missing from the items."""
    return all(
        kind_of(word.low) in {"name", "unknown"}
        or word.low in TITLES
        or (kind_of(word.low) == "wordname" and word.capital)
        for word in words
    )


def _hidden_name(line: Line) -> bool:
    """4 wheels garage 2 jacks: a business's word behind a number at the head may make it a name."""
    if line.behind is None or line.behind.words or line.behind.stop != "num":
        return False
    ahead = line.tokens[line.behind.start + 1 : line.behind.start + 5]
    for at, token in enumerate(ahead):
        if token.kind == "num" or token.low in {"for", "kwa", "to", "@"}:
            return False
        if at and token.low in ORG_TAILS:
            return any(other.kind == "num" for other in ahead[at + 1 :])
    return False


def _nobody(line: Line) -> Who:
    rest = [token for at, token in enumerate(line.tokens) if at not in line.gone]
    return Who(rest, billed=line.verb >= 0, told=line.story, items_asked=_hidden_name(line))
