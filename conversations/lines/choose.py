"""Whom a typed line bills: which of the places that may hold a name does, and where the name ends.

The name may stand behind the verb ("invoice jane …"), before it ("asha invoice ya …"), at the head
of a line without a verb, behind kwa / to / for at the end, or behind a label ("client ni …"). Two
people, a name that fits several stored clients, or a cut that is not clear are asked.
"""

from collections.abc import Sequence

from conversations.lines.cuts import split_run
from conversations.lines.kinds import kind_of
from conversations.lines.known import KnownClient, Who, match
from conversations.lines.places import LEADS, TOWARD, Line, labelled_run, read_verb, runs_at_end
from conversations.lines.runs import Run, business, names_day, run_from
from conversations.lines.split import Cut, cut, goods_like, name_like
from conversations.lines.tokens import Token, as_typed, cut_at, low
from conversations.lines.verbs import takes_person

_OFFERED = 8  # words; what may be the name is offered no longer than this


def find(text: str, tokens: list[Token], clients: Sequence[KnownClient], phones: list[str]) -> Who:
    """The client of the line and the tokens left for the items."""
    who = _choose(text, tokens, clients)
    match(who, clients, phones)
    return who


def _choose(text: str, tokens: list[Token], clients: Sequence[KnownClient]) -> Who:
    """The name's words, taken out of the tokens; unsure cuts are marked."""
    line = Line(text, tokens, clients, set())
    read_verb(line)
    label = labelled_run(line)
    if label:
        return _take(line, label, sure=True, length=len(label.words))
    if line.behind and not line.behind.words:
        line.behind = None
    return _pick(line)


# -- choosing -----------------------------------------------------------------------------------------
def _pick(line: Line) -> Who:
    behind, ends = line.behind, runs_at_end(line)
    if behind is None:
        if ends:
            return _end(line, ends)
        return _head(line, line.head) if line.head else _nobody(line)
    second = _second_person(line, behind)
    if second:
        return _ask_two(line, behind, second)
    if behind.lead in TOWARD:
        also = [run for run in ends if run.lead in TOWARD and name_like(run.words)]
        rival = line.head or (also[0] if also else None)
        return _ask_two(line, behind, rival) if rival else _split(line, behind)
    named = name_like(behind.words)
    if ends and not named:
        unknown = line.verb >= 0 and kind_of(behind.words[0].low) == "unknown"
        delivered = unknown and ends[0].lead == "to"  # invoice Sila cement …, delivered to Rongai
        return _ask_two(line, behind, ends[0]) if delivered else _end(line, ends)
    if ends and (ends[0].lead != "ya" or name_like(ends[0].words)):
        return _ask_two(line, behind, ends[0])
    if line.head and not ends:
        return _head_or_behind(line, line.head, behind, named=named)
    return _split(line, behind)


def _second_person(line: Line, run: Run) -> Run | None:
    """Peter *and jane* 2 cakes: another name behind and, before anything is counted."""
    start = _behind_and(line.tokens, run)
    other = run_from(line.tokens, start) if start else None
    goods = goods_like(run.words[-1:])  # flour and rose water
    return other if other and name_like(other.words) and not goods else None


def _behind_and(tokens: list[Token], run: Run) -> int:
    """Where the words behind "and", a comma, or a phone and "and" begin; 0 where none stands."""
    if run.stop not in {"na", "and", "&", ",", "plus", "phone"}:
        return 0
    start = run.end + 1
    if low(tokens, start) in {"na", "and", "&"} and run.stop == "phone":
        return start + 1
    return start if run.stop != "phone" else 0


def _head_or_behind(line: Line, head: Run, behind: Run, *, named: bool) -> Who:
    """Words stand before the verb and behind it: talk, goods, or the one who is billed."""
    if named and not name_like(head.words):
        line.gone |= set(range(head.start, line.verb))
        return _split(line, behind)
    if named or not (goods_like(behind.words) or name_like(head.words)):
        return _ask_two(line, head, behind)
    return _split(line, behind) if goods_like(head.words) else _head(line, head)


def _head(line: Line, head: Run) -> Who:
    if goods_like(head.words):
        return _nobody(line)
    whole = cut(head.words, described=True, fixed=1) == Cut(len(head.words), sure=True)
    return _take(line, head, sure=whole, length=len(head.words))


def _end(line: Line, ends: list[Run]) -> Who:
    """The client stands behind kwa, to or for; several such runs are asked."""
    named = [run for run in ends if name_like(run.words)]
    if len(named) > 1:
        return _ask_two(line, named[0], named[1])
    run = (named or ends)[-1]
    made = cut(run.words, described=True, fixed=1)
    if run.lead in TOWARD and run.stop != "num" and business(run.words):
        made = Cut(len(run.words), sure=True)  # 3 jeans @ 800 kwa Java House
    byname = run.stop == "link" and line.tokens[run.end].low == "wa"  # Mama Ntilie wa stendi
    sure = made.sure and not byname and (bool(named) or len(ends) == 1)
    return _take(line, run, sure=sure, length=made.words)


def _split(line: Line, run: Run) -> Who:
    length, sure = split_run(run, line.tokens, line.clients)
    if not sure and _takes_person(line, run):
        return _take(line, run, sure=True, length=1)
    return _take(line, run, sure=sure, length=length)


def _takes_person(line: Line, run: Run) -> bool:
    """Bill X 5000, andikia X …, invoice *Purity* 1 dozen: one word that is billed, whoever it is."""
    word = run.words[0]
    if len(run.words) > 1 or (run.stop == "link" and line.tokens[run.end].low == "wa"):
        return False  # mdai mzee wa nyumba kumi
    verb = line.tokens[line.verb].low if line.verb >= 0 else ""
    counted = run.stop == "num" and (
        names_day(run) or (word.proper and kind_of(word.low) == "wordname")
    )
    return counted or (takes_person(verb) and not goods_like(run.words))


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
    who = Who(rest)
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
    who = _take(line, one, sure=True, length=first.words)
    named = other.words[: second.words]
    who.rest = [token for token in who.rest if token not in named]
    names = (as_typed(line.text, one.words[: first.words]), as_typed(line.text, named))
    who.name, who.asked, who.typed = None, True, tuple(name for name in names if name)
    who.items_asked = not (first.sure and second.sure and name_like(other.words))
    return who


def _nobody(line: Line) -> Who:
    rest = [token for at, token in enumerate(line.tokens) if at not in line.gone]
    return Who(rest)
