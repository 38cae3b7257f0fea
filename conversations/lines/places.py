"""The places in a typed line that may hold the client: label, behind the verb, head, or end."""

from collections.abc import Sequence
from dataclasses import dataclass

from conversations.lines.doubt import is_verb
from conversations.lines.kinds import kind_of
from conversations.lines.known import KnownClient
from conversations.lines.runs import Run, opens_business, run_from
from conversations.lines.split import goods_like, name_like, proud
from conversations.lines.tokens import Token, low, token_at
from conversations.lines.verbs import does_to, is_bill, makes
from conversations.lines.words import (
    ARTICLES,
    CLIENT_LABELS,
    FILLERS,
    HELP_VERBS,
    HELPERS,
    INVOICE_NOUN,
    MONTHS,
    ORG_HEADS,
    ORG_TAILS,
    STORY,
    STORY_TO,
    TITLES,
    WEEKDAYS,
    word_set,
)

_PASSED = ARTICLES | word_set(
    "new mpya hii hiyo ni please pls plz tafadhali tuma send itume iende niandikie tumia "
    "nitumie make it now leo-leo haraka am ka na and 's yangu this yule huyo huyu"
)
_TOLD_DAYS = word_set("leo jana juzi today yesterday")
_ASKS = word_set(
    "wants needs asked asks requested requests says said anataka anaomba ameomba anahitaji"
)
LEADS = frozenset(("kwa", "to", "for", "ya", "za", "give", "of", "la"))
TOWARD = frozenset(("kwa", "to", "give"))


@dataclass(slots=True)
class Line:
    """The line as the chooser sees it: its tokens, the verb's place, the runs that may hold a name."""

    text: str
    tokens: list[Token]
    clients: Sequence[KnownClient]
    gone: set[int]  # indexes that are no part of an item
    verb: int = -1
    behind: Run | None = None
    head: Run | None = None


# -- places -------------------------------------------------------------------------------------------
def read_verb(line: Line) -> None:
    """Finds the verb, drops it with its company, and the run behind it; or the run at the head."""
    tokens = line.tokens
    bills = [at for at, token in enumerate(tokens) if is_bill(token)]
    line.verb = bills[0] if bills else -1
    if line.verb < 0:
        _read_story(line)
        return
    first = line.verb
    if any(token.kind == "num" for token in tokens[:first]) and not _opens_name(tokens, first):
        line.gone |= {first, *_verbs_before(tokens, first)}
        _read_head(line)
        return
    start, lead = _pass(line, first)
    line.behind = run_from(tokens, start, lead)
    noun = line.behind.end  # andikia Tito *ankara ya* karatasi
    if line.behind.words and noun < len(tokens) and tokens[noun].low in INVOICE_NOUN:
        line.gone.add(noun)
    words = _without_fillers(line, range(first))
    line.head = Run(words[0], [tokens[at] for at in words]) if words else None
    if words and any(token.kind == "num" for token in tokens[:first]):
        line.head = None


def _verbs_before(tokens: list[Token], verb: int) -> set[int]:
    """…, *tuma* invoice: the verbs of help right before the noun of billing that ends a line."""
    begin = verb
    while begin and tokens[begin - 1].low in HELP_VERBS:
        begin -= 1
    return set(range(begin, verb))


def _opens_name(tokens: list[Token], verb: int) -> bool:
    """Whether words that are not courtesies stand behind a verb that comes late in the line."""
    return any(
        token.kind == "word" and token.low not in FILLERS | HELP_VERBS
        for token in tokens[verb + 1 : verb + 4]
    )


def _pass(line: Line, first: int) -> tuple[int, str]:
    """Walks over verbs, articles and a preposition behind the verb."""
    tokens, index, lead = line.tokens, first, ""
    while index < len(tokens):
        token = tokens[index]
        again = index == first or (
            token.low in INVOICE_NOUN and not lead and not _named_bill(tokens, index)
        )
        skip = (
            (token.low in _PASSED and not opens_business(tokens, index))
            or token.text in {":", ",", "-", "#", "."}
            or token.kind in {"nl", "cut", "phone"}
        )
        if token.low in LEADS and (not lead or token.low in TOWARD) and not again:
            lead = token.low
        elif not (again or skip):
            break
        line.gone.add(index)
        index += 1
    return index, lead


def _named_bill(tokens: list[Token], index: int) -> bool:
    """Invoice *Bill* Otieno: a verb of billing in capitals that a capital word follows."""
    after = token_at(tokens, index + 1)
    return tokens[index].text == "Bill" and after is not None and after.capital


def _read_story(line: Line) -> None:
    tokens = line.tokens
    for at, token in enumerate(tokens):
        if token.low in STORY_TO | STORY:
            line.gone |= _company(tokens, at)
        if token.low in STORY_TO:
            line.gone |= set(range(at + 1)) - {n for n in range(at) if tokens[n].kind == "num"}
            line.behind = run_from(tokens, at + 1, "kwa")
            return
        if token.low in STORY:
            line.gone.add(at)
            _read_head(line)
            return
    _read_head(line)


def _company(tokens: list[Token], at: int) -> set[int]:
    """The small words around the verb of a story: *don* carry, *wey* buy, owes *me*."""
    before = {at - 1} if at and tokens[at - 1].low in HELPERS else set()
    after = at + 1 < len(tokens) and tokens[at + 1].low in {"me", "us"}
    return before | ({at + 1} if after else set())


def _read_head(line: Line) -> None:
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
    if (
        token.low in TITLES | ORG_HEADS
        and index + 1 < len(tokens)
        and tokens[index + 1].kind == "word"
    ):
        return False
    told = token.low in _TOLD_DAYS and low(tokens, index + 1) in HELP_VERBS  # leo nimeuza …
    return (told or token.low in FILLERS | HELP_VERBS) and not opens_business(tokens, index)


def _without_fillers(line: Line, places: range) -> list[int]:
    """Indexes of words that are no courtesy; the courtesies are dropped from the line."""
    kept: list[int] = []
    for at in places:
        token, after = line.tokens[at], line.tokens[at + 1]
        if token.kind != "word":
            continue
        done = does_to(token) and name_like([after])  # mchape Brian invoice
        if (
            token.low in FILLERS | HELP_VERBS | _ASKS
            or makes(token.low)
            or done
            or is_verb(token.low)
        ):
            line.gone.add(at)
        else:
            kept.append(at)
    return kept


def labelled_run(line: Line) -> Run | None:
    """Client ni X, customer: X, mteja X; Kwa: X or To: X."""
    tokens = line.tokens
    for at, token in enumerate(tokens):
        follows = low(tokens, at + 1)
        labelled = token.low in CLIENT_LABELS
        if not labelled and not (token.low in {"kwa", "to", "name", "jina"} and follows == ":"):
            continue
        start = at + 1
        while (
            not opens_business(tokens, start)
            and start < len(tokens)
            and tokens[start].low
            in {
                "ni",
                "is",
                ":",
                "-",
                "name",
                "jina",
                "wangu",
                "my",
                "wa",
                "new",
                "mpya",
            }
        ):
            start += 1
        run = run_from(tokens, start, "label")
        if tokens[at + 1].text == ":" and run.stop == "link":
            run = _to_line_end(tokens, run)
        if run.words:
            line.gone |= set(range(at, start))
            return run
    return None


def _to_line_end(tokens: list[Token], run: Run) -> Run:
    """Mteja: Bi Mkubwa *wa Chake*: where the name has its own line, the line is the name."""
    end = run.end
    while end < len(tokens) and tokens[end].kind == "word":
        end += 1
    if end < len(tokens) and tokens[end].kind == "nl" and end - run.start < 7:
        return Run(run.start, tokens[run.start : end], run.lead, "nl")
    return run


def runs_at_end(line: Line) -> list[Run]:
    """Runs behind kwa, to, for, ya further on in the line."""
    found: list[Run] = []
    tokens = line.tokens
    begin = line.behind.start if line.behind else 0
    for at in range(begin, len(tokens)):
        if (
            tokens[at].low not in TOWARD | {"for", "ya"}
            or at in line.gone
            or tokens[at].kind != "word"
        ):
            continue
        if any(
            run.start <= at < run.end for run in (*found, *([line.behind] if line.behind else []))
        ):
            continue
        run = run_from(tokens, at + 1, tokens[at].low)
        if run.words and _may_be_client(run):
            found.append(run)
    closing = None if found or (line.behind and name_like(line.behind.words)) else _closing(line)
    return [closing] if closing else found


def _closing(line: Line) -> Run | None:
    """2 tyres @ 7800 *Paul Maina*: a name that ends the line right behind a price."""
    tokens = line.tokens
    last = max((at for at, token in enumerate(tokens) if token.kind == "num"), default=-1)
    parted = last > 0 and low(tokens, last + 1) in {"-", ":", ",", "each", "kila"}
    if last < 1 or not (parted or tokens[last - 1].low == "@"):
        return None
    run = run_from(tokens, last + 1 + parted + (low(tokens, last + 2) in {"-", ":", ",", "moja"}))
    ended = all(token.kind in {"phone", "cut", "nl", "sym"} for token in tokens[run.end :])
    kinds = {"name" if word.low in TITLES else kind_of(word.low) for word in run.words}
    named = kinds <= {"name", "wordname"} and "name" in kinds
    business = proud(run.words) and run.words[-1].low in ORG_TAILS
    return run if run.words and ended and (named or business) else None


def _may_be_client(run: Run) -> bool:
    first = run.words[0]
    if run.lead in TOWARD and proud(run.words):
        return True  # to Mount Kenya Dairies
    dated = first.low in MONTHS or first.low in WEEKDAYS
    if goods_like(run.words) or (run.lead == "for" and dated and goods_like(run.words[1:2])):
        return False  # for april rent, for sunday catering
    return run.lead in TOWARD or name_like(run.words)
