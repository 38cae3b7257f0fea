"""Walks a dialogue: a plain generator that asks questions by key and returns one command.

The whole dialogue is run again each turn; every question whose key has an answer gets it without
being asked. So a dialogue needs no state of its own, an answer can be changed without losing the
others, and a new release may add or reorder questions under people's feet. Keys are for ever.
"""

import hashlib
import json
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from conversations.prompts import Choice, Prompt
from conversations.said import Found, Need, Said
from models import text as texts
from models.errors import Refusal
from models.text import Text

T = TypeVar("T")
R = TypeVar("R")

ASK: Any = object()  # stands where a stored answer could: there is none, ask
OPEN = {
    "$": "ask"
}  # an answer given beforehand that says: in doubt, so ask even where one is assumed
LONGEST = 1_000  # questions in one pass; far above any bill, stops a dialogue that never ends


@dataclass(frozen=True)
class Move:
    """Read instead of an answer: go to another question, or set its answer and walk on.

    `known` are answers to other questions that were given with it, by key.
    """

    key: str
    answer: Any = ASK
    known: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Question(Generic[T]):
    """Something to ask. `T` is what the dialogue receives; answers are stored as JSON.

    With `assumed` (a stored answer) the question is passed over until someone opens it by a Move.
    """

    key: str
    words: Text
    assumed: Any = field(default=ASK, kw_only=True)

    @property
    def free_text(self) -> bool:
        """Is any sentence an answer, even one that looks like a command?"""
        return False

    @property
    def takes_file(self) -> bool:
        """Does a photo or PDF sent now belong to this question?"""
        return False

    def read(self, said: Said, found: Found) -> Any:
        """What was said as a stored answer or a Move. Raises Refusal."""
        raise NotImplementedError

    def load(self, stored: Any) -> T:
        """A stored answer as the dialogue's value. Raises Refusal when it is valid no longer."""
        raise NotImplementedError

    def guesses(self) -> tuple[T, ...]:
        """Values that together take every way the dialogue could go on from here."""
        raise NotImplementedError

    def choices(self, found: Found) -> tuple[Choice, ...]:
        """What can be tapped, in the order typed numbers count."""
        del found
        return ()

    def shown(self) -> tuple[Text, ...]:
        """The paragraphs a person sees, and a confirmation is bound to."""
        return (self.words,)

    def prompt(self, found: Found) -> Prompt:
        """The question as shown."""
        return Prompt(self.shown(), self.choices(found), kind="question")

    def need(self, said: Said) -> Need | None:
        """What must be looked up before `read`."""
        del said
        return None

    def need_to_show(self) -> Need | None:
        """What must be looked up before `prompt`."""
        return None

    def forgets(self, stored: Any) -> tuple[str, ...]:
        """Keys whose answers were about the old answer and go when this one replaces it."""
        del stored
        return ()


Dialogue = Generator[Question[Any], Any, R]
Make = Callable[[], Dialogue[R]]


class AskedTwiceError(RuntimeError):
    """Two questions of one pass share a key: a mistake in the dialogue."""


def ask(question: Question[T]) -> Dialogue[T]:
    """Ask within a dialogue, with types.

    As in `price = yield from ask(Amount("line.1.price", …))`.
    """
    answer: T = yield question
    return answer


@dataclass(frozen=True)
class Walk(Generic[R]):
    """How far the answers reach: the keys passed, and the question waiting or the result.

    `refused` says why the waiting question's stored answer is valid no longer. `rest` holds the
    dialogue itself where it waits, until somebody goes on from there.
    """

    path: tuple[str, ...]
    question: Question[Any] | None = None
    refused: Text | None = None
    result: R | None = None
    rest: list[Dialogue[R]] = field(default_factory=list, compare=False, repr=False)


class _WaitError(Exception):
    def __init__(self, refused: Text | None = None) -> None:
        super().__init__()
        self.refused = refused


def walk(make: Make[R], answers: Mapping[str, Any], opened: str | None = None) -> Walk[R]:
    """Walk as far as the answers reach, or to the `opened` question, which is asked again."""

    def supply(question: Question[Any]) -> Any:
        if question.key == opened:
            raise _WaitError
        return _known(question, answers)

    return _pass(make(), supply)


def walk_on(at: Walk[R], answers: Mapping[str, Any]) -> Walk[R] | None:
    """The walk that these answers make, gone on with where another waits, instead of from the start.

    Only for answers that are the same on the way there. None: somebody went on from there before.
    """
    if at.question is None or not at.rest:
        return None
    return _pass(at.rest.pop(), lambda question: _known(question, answers), at.path, at.question)


def _known(question: Question[Any], answers: Mapping[str, Any]) -> Any:
    stored = answers.get(question.key, question.assumed)
    if stored is ASK or stored == OPEN:
        raise _WaitError
    try:
        return question.load(stored)
    except Refusal as refusal:
        raise _WaitError(refusal.text) from refusal


def _pass(
    dialogue: Dialogue[R],
    supply: Callable[[Question[Any]], Any],
    before: tuple[str, ...] = (),
    waiting: Question[Any] | None = None,
) -> Walk[R]:
    path = dict.fromkeys(before)
    try:
        question = waiting or next(dialogue)
        while len(path) < LONGEST:
            if question.key in path:
                raise AskedTwiceError(question.key)
            try:
                value = supply(question)
            except _WaitError as wait:
                return Walk(tuple(path), question, wait.refused, rest=[dialogue])
            path[question.key] = None
            question = dialogue.send(value)
    except StopIteration as stop:
        return Walk(tuple(path), result=stop.value)
    raise RuntimeError("the dialogue does not end")


def present(make: Make[R], answers: Mapping[str, Any], at: Walk[R]) -> dict[str, Any]:
    """The answers that the way walked, or some way on from its waiting question, still reaches.

    All others belong to a branch left behind, and must not come back to life unasked when that
    branch is taken again.
    """
    reached = set(at.path)
    if at.question is not None and not reached.issuperset(answers):
        for guess in _ways_on(at.question, answers):
            reached.update(_look_ahead(make, answers, at.question.key, guess))
    return {key: stored for key, stored in answers.items() if key in reached}


def _ways_on(question: Question[Any], answers: Mapping[str, Any]) -> tuple[Any, ...]:
    try:
        return (_known(question, answers), *question.guesses())
    except _WaitError:
        return question.guesses()


def _look_ahead(make: Make[R], answers: Mapping[str, Any], key: str, guess: Any) -> set[str]:
    reached: set[str] = set()

    def supply(question: Question[Any]) -> Any:
        reached.add(question.key)
        if question.key == key:
            return guess
        try:
            return _known(question, answers)
        except _WaitError:
            return question.guesses()[0]

    _pass(make(), supply)
    return reached


def digest(question: Question[Any], path: tuple[str, ...], answers: Mapping[str, Any]) -> str:
    """A short name for exactly this question as shown, after exactly these answers."""
    shown = [texts.to_json(words) for words in question.shown()]
    before = [[key, answers.get(key)] for key in path]
    told = json.dumps([question.key, shown, before], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]
