"""Which of the places in a typed line holds the client: label, behind the verb, head, or end."""

from collections.abc import Sequence
from dataclasses import dataclass

from conversations.one_line_clients import KnownClient, Run, Who, is_bill, run_from, split_run
from conversations.one_line_doubt import is_verb
from conversations.one_line_split import cut, goods_like, kind_of, name_like
from conversations.one_line_terms import cut_at
from conversations.one_line_tokens import Token, as_typed
from conversations.one_line_words import (
    ARTICLES,
    BILL_OBJECT,
    CLIENT_LABELS,
    FILLERS,
    HELP_VERBS,
    INVOICE_NOUN,
    MEASURES,
    ORG_HEADS,
    ORG_TAILS,
    STORY,
    STORY_TO,
    TITLES,
    word_set,
)

_PASSED = ARTICLES | word_set(
    "new mpya hii hiyo ni please pls plz tafadhali tuma send itume iende niandikie tumia "
    "nitumie make it now leo-leo haraka am na and 's yangu this"
)
_ASKS = word_set("wants needs asked asks requested requests says said anataka anaomba ameomba anahitaji")
_LEADS = frozenset(("kwa", "to", "for", "ya", "za", "give", "of", "la"))
_TOWARD = frozenset(("kwa", "to", "give"))


@dataclass(slots=True)
class _Line:
    """The line as the chooser sees it: its tokens, the verb's place, the runs that may hold a name."""

    text: str
    tokens: list[Token]
    clients: Sequence[KnownClient]
    gone: set[int]  # indexes that are no part of an item
    verb: int = -1
    behind: Run | None = None
    head: Run | None = None
    story: bool = False


def choose(text: str, tokens: list[Token], clients: Sequence[KnownClient]) -> Who:
    """The name's words, taken out of the tokens; unsure cuts are marked."""
    line = _Line(text, tokens, clients, set())
    _read_verb(line)
    label = _label(line)
    if label:
        return _take(line, label, sure=True, length=len(label.words))
    if line.story and not (line.behind and line.behind.words):
        line.behind = None
    return _pick(line)


# -- places -------------------------------------------------------------------------------------------
def _read_verb(line: _Line) -> None:
    """Finds the verb, drops it with its company, and the run behind it; or the run at the head."""
    tokens = line.tokens
    bills = [at for at, token in enumerate(tokens) if is_bill(token)]
    line.verb = bills[0] if bills else -1
    if line.verb < 0:
        _read_story(line)
        return
    first = line.verb
    if any(token.kind == "num" for token in tokens[:first]) and not _opens_name(tokens, first):
        line.gone.add(first)
        _read_head(line)
        return
    start, lead = _pass(line, first)
    line.behind = run_from(tokens, start, lead)
    words = _without_fillers(line, range(first))
    line.head = Run(words[0], [tokens[at] for at in words]) if words else None
    if words and any(token.kind == "num" for token in tokens[:first]):
        line.head = None


def _opens_name(tokens: list[Token], verb: int) -> bool:
    """Whether words that are not courtesies stand behind a verb that comes late in the line."""
    return any(
        token.kind == "word" and token.low not in FILLERS | HELP_VERBS for token in tokens[verb + 1 : verb + 4]
    )


def _pass(line: _Line, first: int) -> tuple[int, str]:
    """Walks over verbs, articles and a preposition behind the verb."""
    tokens, index, lead = line.tokens, first, ""
    while index < len(tokens):
        token = tokens[index]
        again = index == first or (token.low in INVOICE_NOUN and not lead)
        skip = token.low in _PASSED or token.text in {":", ",", "-", "#", "."} or token.kind in {"nl", "cut"}
        if token.low in _LEADS and (not lead or token.low in _TOWARD) and not again:
            lead = token.low
        elif not (again or skip):
            break
        line.gone.add(index)
        index += 1
    return index, lead


def _read_story(line: _Line) -> None:
    tokens = line.tokens
    for at, token in enumerate(tokens):
        if token.low in STORY_TO:
            line.story = True
            line.gone |= set(range(at + 1)) - {n for n in range(at) if tokens[n].kind == "num"}
            line.behind = run_from(tokens, at + 1, "kwa")
            return
        if token.low in STORY:
            line.story = True
            line.gone.add(at)
            _read_head(line)
            return
    _read_head(line)


def _read_head(line: _Line) -> None:
    """The run at the head of a line, behind courtesies."""
    tokens, index, lead = line.tokens, 0, ""
    while index < len(tokens):
        token = tokens[index]
        if token.low in {"kwa", "for", "to"} and not lead:
            lead = token.low
        elif not _is_courtesy(tokens, index):
            break
        line.gone.add(index)
        index += 1
    line.behind = run_from(tokens, index, lead)


def _is_courtesy(tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    if token.kind in {"nl", "cut"} or token.text in {",", ":", "-", "!", "."}:
        return True
    if token.low in TITLES | ORG_HEADS and index + 1 < len(tokens) and tokens[index + 1].kind == "word":
        return False
    return token.low in FILLERS | HELP_VERBS


def _without_fillers(line: _Line, places: range) -> list[int]:
    """Indexes of words that are no courtesy; the courtesies are dropped from the line."""
    kept: list[int] = []
    for at in places:
        token = line.tokens[at]
        after = line.tokens[at + 1] if at + 1 < len(line.tokens) else None
        titled = token.low in TITLES and after is not None and name_like([after])
        if token.kind == "word" and (is_verb(token.low) or token.low in _ASKS):
            line.gone.add(at)
        elif token.kind == "word" and (titled or token.low not in FILLERS | HELP_VERBS) and not is_bill(token):
            kept.append(at)
        elif token.kind == "word" and not any(t.kind == "num" for t in line.tokens[:at]):
            line.gone.add(at)
    return kept


def _label(line: _Line) -> Run | None:
    """Client ni X, customer: X, mteja X; Kwa: X or To: X."""
    tokens = line.tokens
    for at, token in enumerate(tokens):
        follows = tokens[at + 1].low if at + 1 < len(tokens) else ""
        labelled = token.low in CLIENT_LABELS
        if not labelled and not (token.low in {"kwa", "to"} and follows == ":"):
            continue
        start = at + 1
        while start < len(tokens) and tokens[start].low in {"ni", "is", ":", "-", "name", "jina", "wangu", "my", "wa"}:
            start += 1
        run = run_from(tokens, start, "label")
        if run.words:
            line.gone |= set(range(at, start))
            return run
    return None


def _ends(line: _Line) -> list[Run]:
    """Runs behind kwa, to, for, ya further on in the line."""
    found: list[Run] = []
    tokens = line.tokens
    begin = line.behind.start if line.behind else 0
    for at in range(begin, len(tokens)):
        if tokens[at].low not in _TOWARD | {"for", "ya"} or at in line.gone or tokens[at].kind != "word":
            continue
        if any(run.start <= at < run.end for run in (*found, *([line.behind] if line.behind else []))):
            continue
        run = run_from(tokens, at + 1, tokens[at].low)
        if run.words and _may_be_client(run):
            found.append(run)
    return found


def _may_be_client(run: Run) -> bool:
    if goods_like(run.words) or kind_of(run.words[0].low) == "measure":
        return False
    return run.lead in _TOWARD or name_like(run.words)


# -- choosing -----------------------------------------------------------------------------------------
def _pick(line: _Line) -> Who:
    behind, ends = line.behind, _ends(line)
    if line.head and behind and behind.words and not name_like(line.head.words):
        if behind.lead in _TOWARD or _holds_name(line, behind):
            line.gone |= {at for at in range(line.verb) if line.tokens[at].kind == "word"}
            line.head = None
    second = _second_person(line, behind) if behind and behind.words else None
    if behind and second:
        return _ask_two(line, behind, second)
    if behind and behind.words and behind.lead in _TOWARD:
        if line.head:
            return _ask_two(line, line.head, behind)
        rivals = [run for run in ends if name_like(run.words) and run.lead in _TOWARD]
        return _ask_two(line, behind, rivals[0]) if rivals else _split(line, behind)
    named = bool(behind and behind.words) and _holds_name(line, behind)
    if ends and not (named and not name_like(ends[0].words)):
        if named and behind:
            return _ask_two(line, behind, ends[0])
        return _end(line, ends)
    if named and behind and ends:
        return _ask_two(line, behind, ends[0]) if ends[0].lead != "ya" else _split(line, behind)
    if line.head:
        return _with_head(line, named=named)
    return _split(line, behind) if behind and behind.words else _nobody(line)


def _second_person(line: _Line, run: Run) -> Run | None:
    """peter *and jane* 2 cakes: another name behind and, before anything is counted."""
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
    while start < len(tokens) and (tokens[start].kind == "phone" or tokens[start].text in {",", "-"}):
        joined = "phone"
        start += 1
    if joined != "phone":
        return start, joined
    if start >= len(tokens) or tokens[start].low not in {"na", "and", "&"}:
        return 0, ""
    return start + 1, joined


def _holds_name(line: _Line, run: Run | None) -> bool:
    """Whether a run opens with a name for sure, not merely an unknown word."""
    if run is None or not name_like(run.words):
        return False
    length, _ = split_run(run, line.tokens, line.clients)
    return length > 0


def _with_head(line: _Line, *, named: bool) -> Who:
    head, behind = line.head, line.behind
    assert head is not None  # noqa: S101 - the caller saw it
    if named and behind:
        return _ask_two(line, head, behind) if name_like(head.words) else _drop_head(line, behind)
    if goods_like(head.words):
        return _split(line, behind) if behind and behind.words else _nobody(line)
    made = cut(head.words, described=True, fixed=True)
    return _take(line, head, sure=made.sure and made.words == len(head.words), length=len(head.words))


def _drop_head(line: _Line, behind: Run) -> Who:
    if line.head:
        line.gone |= set(range(line.head.start, line.verb))
    return _split(line, behind)


def _end(line: _Line, ends: list[Run]) -> Who:
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
    sure = (made.sure and (bool(sure_names) or run.lead in _TOWARD) and len(ends) == 1) or (made.sure and bool(sure_names))
    return _take(line, run, sure=sure, length=made.words)


def _split(line: _Line, run: Run | None) -> Who:
    if run is None or not run.words:
        return _nobody(line)
    length, sure = split_run(run, line.tokens, line.clients)
    if not sure and _takes_person(line, run):
        return _take(line, run, sure=True, length=1)
    return _take(line, run, sure=sure, length=length)


def _takes_person(line: _Line, run: Run) -> bool:
    """Bill X 5000, andikia X …: these verbs bill the word behind them, whoever that is."""
    verb = line.tokens[line.verb].low if line.verb >= 0 else ""
    lone = len(run.words) == 1 and not goods_like(run.words)
    return lone and (verb in BILL_OBJECT or run.lead in _TOWARD)


def _take(line: _Line, run: Run, *, sure: bool, length: int) -> Who:
    words = run.words[:length]
    spots = range(run.start, run.end if not sure else run.start + length)
    rest: list[Token] = []
    leads = {run.start - 1} if run.start and line.tokens[run.start - 1].low in _LEADS else set()
    for at, token in enumerate(line.tokens):
        if at in spots:
            if at == run.start:
                rest.append(cut_at(token))
        elif at not in line.gone and at not in leads:
            rest.append(token)
    who = Who(rest, billed=line.verb >= 0, told=line.story)
    if not sure:
        who.asked = who.items_asked = True
        who.typed = tuple(as_typed(line.text, run.words[:size]) for size in range(1, len(run.words) + 1))
    elif words:
        who.name = as_typed(line.text, words)
        who.typed = (who.name,)
    return who


def _ask_two(line: _Line, one: Run, other: Run) -> Who:
    """Two people stand in the line: whom it bills must be asked."""
    first = cut(one.words, described=True)
    second = cut(other.words, described=True)
    who = _take(line, one, sure=True, length=first.words)
    names = (as_typed(line.text, one.words[: first.words]), as_typed(line.text, other.words[: second.words]))
    gone = {id(token) for token in other.words[: second.words]}
    before = line.tokens[other.start - 1] if other.start else None
    gone |= {id(before)} if before is not None and before.low in _LEADS | {"na", "and", "&", ","} else set()
    who.rest = [token for token in who.rest if id(token) not in gone]
    who.name, who.asked, who.typed = None, True, tuple(name for name in names if name)
    who.items_asked = not (first.sure and second.sure)
    return who


def _hidden_name(line: _Line) -> bool:
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


def _nobody(line: _Line) -> Who:
    rest = [token for at, token in enumerate(line.tokens) if at not in line.gone]
    return Who(rest, billed=line.verb >= 0, told=line.story, items_asked=_hidden_name(line))


