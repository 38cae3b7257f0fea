"""One turn of a dialogue, purely: a journal and what was said in, a journal and what to ask out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

from conversations.engine import ASK, OPEN, Move, Question, Walk, digest, present, walk, walk_on
from conversations.files import Going, with_one
from conversations.flows import FLOWS
from conversations.opening import Opening
from conversations.prompts import Prompt
from conversations.said import NOTHING_FOUND, Found, Need, Option, Said
from invoicing.commands import Command
from models.errors import Refusal
from models.text import Text, _, ngettext

__all__ = [
    "FIRST",
    "Found",
    "Journal",
    "Need",
    "Option",
    "Said",
    "Turn",
    "again",
    "back",
    "begin",
    "edit",
    "in_language",
    "is_free_text",
    "joined",
    "language_of",
    "need_to_show",
    "needs",
    "noted",
    "prompt",
    "take",
    "takes_file",
]  # fmt: skip

FIRST = _("This is the first question. To stop, say *cancel*.")


@dataclass(frozen=True)
class Journal:
    """All that is kept of a dialogue between turns; every field is JSON.

    `answers` by key, as stored by the questions. `asked` and `digest` name the question now shown,
    `path` the keys passed to get there, `opened` the one being asked again out of turn. `doubts` are
    asked whatever would be assumed, since what began the dialogue left them open. `said_before` are
    the words that ended the dialogue before this one, which came back by itself.
    """

    flow: str
    version: int
    opening: Mapping[str, Any]
    answers: Mapping[str, Any] = field(default_factory=dict)
    asked: str | None = None
    digest: str | None = None
    path: tuple[str, ...] = ()
    opened: str | None = None
    doubts: tuple[str, ...] = ()
    said_before: str | None = None

    @cached_property
    def walked(self) -> Walk[Command]:
        """How far the answers reach; walked once, however often it is asked."""
        return walk(_make(self), _known(self), self.opened)

    def answered(self, answers: Mapping[str, Any]) -> "Journal":
        """The journal with these answers; where the way so far is the same it is not walked again."""
        after = replace(self, answers=answers, opened=None)
        if all(answers.get(key) == self.answers.get(key) for key in self.walked.path):
            after.has_walked(walk_on(self.walked, _known(after)))
        return after

    def has_walked(self, at: Walk[Command] | None) -> None:
        """Take a walk as this journal's own; None: it is still to be walked."""
        if at is not None:
            vars(self)["walked"] = at  # where `cached_property` looks

    def to_json(self) -> dict[str, Any]:
        """The journal as it is stored."""
        stored = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**stored, "path": list(self.path), "doubts": list(self.doubts)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Journal":
        """The inverse of `to_json`; fields of another release are ignored or left at rest."""
        known = {name: stored[name] for name in cls.__dataclass_fields__ if name in stored}
        tuples = {name: tuple(stored.get(name, ())) for name in ("path", "doubts")}
        return cls(**{**known, **tuples})


@dataclass(frozen=True)
class Turn:
    """What a turn came to: the question to ask now, or (question None) the command to carry out.

    `notes` are said before the question: why something was refused, what changed.
    """

    journal: Journal
    question: Question[Any] | None
    command: Command | None
    notes: tuple[Text, ...] = ()


def begin(flow: str, opening: Mapping[str, Any], answers: Mapping[str, Any] | None = None) -> Turn:
    """Begin a dialogue with frozen facts and answers already known. KeyError: no such flow."""
    known = answers or {}
    doubts = tuple(key for key, stored in known.items() if stored == OPEN)
    return _settle(Journal(flow, FLOWS[flow].version, opening, known, doubts=doubts))


def take(journal: Journal, said: Said, found: Found = NOTHING_FOUND) -> Turn:
    """Read what was said as the answer to the question shown, and walk on.

    What cannot be read becomes a note, and the same question stands again.
    """
    now = _settle(journal)
    if now.question is None:
        return now
    if note := _not_for(journal, now, said):
        return _noted(now, note)
    try:
        read = now.question.read(said, found)
    except Refusal as refusal:
        return _noted(now, refusal.text)
    if isinstance(read, Move):
        return _moved(now.journal, read)
    return _answered(now.journal, now.question, read)


def _not_for(journal: Journal, now: Turn, said: Said) -> Text | None:
    """Why this message must not answer the question that stands now, or None."""
    asked, shown = now.journal.asked, now.journal.digest
    if said.key is not None and said.key != asked:
        return _("That button is from an earlier question. Here is where we are now:")
    if said.digest != shown and (said.choice is not None or said.digest is not None):
        return _("That button is from before something changed. Please look again:")
    if journal.asked not in (None, asked):
        return _("Something has changed here since I asked. Please look again:")
    if said.digest is None and journal.digest not in (None, shown):
        return _("Something has changed here since I asked. Please look again:")
    return None


def _answered(journal: Journal, question: Question[Any], stored: Any) -> Turn:
    answers = {**journal.answers, question.key: stored}
    if journal.answers.get(question.key, stored) != stored:
        for key in question.forgets(stored):
            answers.pop(key, None)
    return _settle(journal.answered(answers))


def _moved(journal: Journal, move: Move) -> Turn:
    if move.answer is ASK:
        return edit(journal, move.key)
    answers = {**journal.answers, move.key: move.answer, **move.known}
    return _settle(journal.answered(answers))


def edit(journal: Journal, key: str) -> Turn:
    """Ask one question again; every other answer stays while it is valid."""
    return _settle(replace(journal, opened=key))


def back(journal: Journal) -> Turn:
    """One step back: leave a question opened out of turn, otherwise drop the last answer walked."""
    if journal.opened is not None:
        return _settle(replace(journal, opened=None))
    walked = [key for key in _where(journal).path if key in journal.answers]
    if not walked:
        return _noted(_settle(journal), FIRST)
    kept = {key: stored for key, stored in journal.answers.items() if key != walked[-1]}
    return _settle(replace(journal, answers=kept))


def again(journal: Journal) -> Turn:
    """The question that stands, once more."""
    return _settle(journal)


def joined(journal: Journal, file: Mapping[str, str]) -> Turn:
    """The invoice that is being made, with one more file to go with it."""
    try:
        files = with_one(Going("files", FIRST).load(journal.answers.get("files")), file)
    except Refusal as refusal:
        return _noted(_settle(journal), refusal.text)
    words = ngettext("📎 Your file goes with this invoice.",
                     "📎 Your {n} files go with this invoice.", len(files))  # fmt: skip
    return _noted(_moved(journal, Move("files", files)), words)


def noted(turn: Turn, note: Text) -> Turn:
    """The turn with one more thing said before its question."""
    return _noted(turn, note)


def is_free_text(journal: Journal) -> bool:
    """Whether any sentence, even one that looks like a command, answers the question shown."""
    question = _where(journal).question
    return question is not None and question.free_text


def takes_file(journal: Journal) -> bool:
    """Whether a photo or PDF sent now belongs to the question shown."""
    question = _where(journal).question
    return question is not None and question.takes_file


def needs(journal: Journal, said: Said) -> Need | None:
    """What must be looked up before this message can be taken."""
    question = _where(journal).question
    return question.need(said) if question else None


def need_to_show(turn: Turn) -> Need | None:
    """What must be looked up before the turn's question can be shown."""
    return turn.question.need_to_show() if turn.question else None


def prompt(turn: Turn, found: Found = NOTHING_FOUND) -> Prompt:
    """The notes and the question, with its choices."""
    if turn.question is None:
        return Prompt(turn.notes)
    asked = turn.question.prompt(found)
    return replace(asked, paragraphs=(*turn.notes, *asked.paragraphs))


def language_of(journal: Journal) -> str | None:
    """The language chosen in this dialogue so far: from then on its own questions speak it."""
    chosen = journal.answers.get("language")
    return chosen if isinstance(chosen, str) else None


def in_language(journal: Journal, language: str) -> Journal:
    """A dialogue taken up again in the language that its person has come to speak meanwhile."""
    if language_of(journal) in (None, language):
        return journal
    return replace(journal, answers={**journal.answers, "language": language})


def _make(journal: Journal) -> Callable[[], Any]:
    dialogue = FLOWS[journal.flow].dialogue
    return lambda: dialogue(Opening.from_json(journal.opening))


def _known(journal: Journal) -> dict[str, Any]:
    return {**dict.fromkeys(journal.doubts, OPEN), **journal.answers}


def _where(journal: Journal) -> Walk[Command]:
    return journal.walked


def _settle(journal: Journal) -> Turn:
    """Walk, and drop what the walk shows to be invalid or left behind."""
    at = _where(journal)
    answers, notes = dict(journal.answers), tuple[Text, ...]()
    if at.question is not None and at.refused is not None:
        answers.pop(at.question.key, None)
        if at.question.assumed is not ASK:
            answers[at.question.key] = OPEN  # or the next pass would assume it unasked
        notes = (_("Sorry, one answer does not fit any more: {why}", why=at.refused),)
    kept = present(_make(journal), answers, at)
    settled = partial(replace, journal, answers=kept, path=at.path)
    if at.question is None:
        done = settled(asked=None, digest=None, opened=None)
        return Turn(done, None, at.result, notes)
    shown = digest(at.question, at.path, kept)
    opened = journal.opened if at.question.key == journal.opened else None
    stands = settled(asked=at.question.key, digest=shown, opened=opened)
    stands.has_walked(at if at.refused is None else None)
    return Turn(stands, at.question, None, notes)


def _noted(turn: Turn, note: Text) -> Turn:
    return replace(turn, notes=(*turn.notes, note))
