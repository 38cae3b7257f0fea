"""Dialogues of one turn: begun, asked on, carried out, set aside and taken up again."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.orm import Session

from bot import (
    accounts,
    cards,
    chat_cards,
    chats,
    commands,
    elsewhere,
    lookups,
    meeting,
    misunderstood,
    openings,
    own_lookups,
    own_settings,
    payables,
    rights,
    taken_up,
)
from bot.acts import people, taken_back
from bot.acts.errand import Errand
from bot.house import House
from bot.keeping import Kept, Reply
from bot.meeting import Shown, Who
from bot.plain_words import Meant
from conversations import turn
from conversations.prompts import Prompt, Start
from conversations.said import NOTHING_FOUND, Found, Said
from conversations.turn import Journal, Turn
from invoicing import merchants
from models import db
from models.errors import Refusal
from models.text import Text, _


def only_looked_at(journal: Journal) -> bool:
    """Whether it is a list or a card of settings of which nothing was chosen yet: it can wait."""
    asked = journal.asked or ""
    return journal.flow in meeting.LISTS or (
        journal.flow == "settings" and (asked == "section" or asked.startswith("field."))
    )


class RefusedError(Exception):
    """A command could not be carried out; what it did is to be rolled back before it is said."""

    def __init__(self, at: Turn, why: Text) -> None:
        super().__init__(why.msgid)
        self.at = at
        self.why = why


class Dialogues:
    """What one person has under way; `actions` are the starts that need no dialogue."""

    actions: dict[str, Callable[[], None]]
    typed: str | None = None

    def __init__(self, session: Session, who: Who, house: House) -> None:
        self.session = session
        self.who = who
        self.house = house
        self.kept = Kept()

    def say(self, prompt: Prompt) -> None:
        """Words that ask nothing, without buttons that she may not press where she works."""
        if self.who.merchant_id is not None and rights.asks_for_a_role(prompt):
            db.enter(self.session, self.who.merchant_id)
            prompt = rights.pressable(prompt, merchants.role_of(self.session, self.who.person_id))
        self.kept.replies.append(Reply(prompt))

    def mean(self, meant: Meant) -> None:
        """Do what a message in plain words came to."""
        if meant.prompt is not None:
            self.who.puzzled = 0
            self.say(meant.prompt)
            self._stand()
        elif meant.start is not None:
            self._leave(meeting.LOOKED_AT)
            self.begin(meant.start, meant.note)

    def _leave(self, flows: tuple[str, ...]) -> None:
        """A list that was only looked at is not waited for."""
        if self.who.journal is not None and self.who.journal.flow in flows:
            self.who.journal = None

    def tapped(self, start: Start, row: Shown | None) -> None:
        """What a card's button says, unless the card is another business's."""
        other = elsewhere.instead(self.session, self.who, row, start) if row else None
        if other is None:
            self.begin(start)
        else:
            self.say(other)
            self._stand()

    def _go_over(self, start: Start) -> None:
        """To another of her businesses, and on with what she wanted there."""
        self._run_errand(start)
        if self.who.merchant_id == start.answers["business"]:
            self.begin(elsewhere.then(start))

    def _act_of(self, start: Start) -> Callable[[Start], None] | None:
        """What a start does that asks nothing first."""
        if start.flow in commands.ERRANDS:
            return self._go_over if start.flow == elsewhere.GO_OVER else self._run_errand
        if start.flow == taken_back.FLOW:
            return self._take_back
        return self._take_up if start.flow in taken_up.FLOWS else None

    def begin(self, start: Start, note: Text | None = None) -> None:
        """Begin a dialogue; the one under way is set aside and taken up again afterwards."""
        if (action := self.actions.get(start.flow)) is not None:
            action()
            return
        self._leave(("payments",))
        if (act := self._act_of(start)) is not None:
            act(start)
            return
        if start.flow == accounts.MINE:
            mine = accounts.which(self.session, self.who)
            self.mean(Meant(prompt=mine)) if isinstance(mine, Prompt) else self.begin(mine)
            return
        if start.flow in openings.PAYER_FLOWS and "invoice" not in start.answers:
            which = payables.which(self.session, self.who, start.flow)
            self.mean(Meant(prompt=which)) if isinstance(which, Prompt) else self.begin(which)
            return
        if start.flow == "settings" and self.who.merchant_id is None:
            start = Start("language")  # all that someone without a business has to set
        running = self.who.journal
        if running is not None and running.flow == start.flow in meeting.LOOKED_AT:
            self.who.journal = None  # begun again from its head
        elif running is not None and running.flow == start.flow and not start.answers:
            self._ask_again(turn.again(running), _("We are in the middle of this one:"))
            return
        try:
            opening = openings.opening(self.session, self.who, start)
        except Refusal as refusal:
            self.say(Prompt((refusal.text,)))
            return
        meeting.park(self.who, detour=True)
        answers = openings.answers(self.session, self.who, start)
        self._ask_again(turn.begin(start.flow, opening, answers), note)

    def _take_up(self, start: Start) -> None:
        """A draft or a copy: the talk that makes an invoice, begun with what the invoice says now."""
        try:
            found = taken_up.begun(self.session, self.who, start)
        except Refusal as refusal:
            found = Prompt((refusal.text,), (cards.MENU_BUTTON,), kind="card")
        self.mean(Meant(prompt=found) if isinstance(found, Prompt) else Meant(found))

    def _run_errand(self, start: Start) -> None:
        """A card's button that asks nothing: done at once, then back to the question that stood."""
        tenant = start.answers.get(openings.TENANT, self.who.merchant_id)
        if tenant is None and start.flow not in openings.ANYBODYS:
            self.say(chat_cards.not_yours())
            self._stand()
            return
        db.enter(self.session, tenant)
        here = self.who.merchant_id
        try:
            with db.nested(self.session):
                prompts = commands.run_errand(self.session, self.who, start, self.house)
        except Refusal as refusal:
            prompts = [Prompt((refusal.text,))]
        self._say_of(tenant if self.who.merchant_id == here else None, prompts)
        if start.flow != elsewhere.GO_OVER:
            self._stand()

    def _say_of(self, tenant: int | None, prompts: list[Prompt]) -> None:
        """Words about one business; where it is not the one she works for now, they know whose."""
        other = tenant if tenant != self.who.merchant_id else None
        if other is not None and not openings.is_hers(self.session, self.who, other):
            other = None  # to a customer they are just what a shop says
        self.kept.replies += [Reply(prompt, merchant_id=other) for prompt in prompts]

    def _take_back(self, start: Start) -> None:
        """A sent invoice is undone: what it said stands there once more, to be put right."""
        db.enter(self.session, start.answers.get(openings.TENANT, self.who.merchant_id))
        done = taken_back.take_back(Errand(self.session, self.who, self.house), start)
        self.mean(Meant(prompt=done) if isinstance(done, Prompt) else Meant(*done))

    def _stand(self) -> None:
        """After a digression: the question under way, once more (C-13)."""
        if self.who.journal is not None:
            self._ask_again(turn.again(self.who.journal))

    def _take(self, journal: Journal, said: Said) -> None:
        self.typed = said.text
        if (before := journal.said_before) is not None:
            journal = replace(journal, said_before=None)  # a new one would be walked anew
        found = self._find(journal, turn.needs(journal, said))
        at = turn.take(journal, said, found)
        if at.command is not None and said.text and _says(before, at, journal, found):
            # Said twice in a hurry: the second was not meant for what came back meanwhile.
            self._ask_again(
                turn.again(journal), _("You said that for the one before. This one too?")
            )
        elif said.choice is None and at.notes and _stands_still(journal, at):
            self._not_understood(at)
        else:
            self._go_on(at)

    def _not_understood(self, at: Turn) -> None:
        """The same question again; the second time in a row with the ways out of it."""
        times = max(self.who.puzzled, 0) + 1
        self._ask_again(at, misunderstood.once_more(self.house) if times > 1 else None)
        self.who.puzzled = times

    def before(self, journal: Journal) -> Turn:
        """One step back; a customer not as far as to what her button had answered."""
        found = turn.back(journal)
        if self._foreign(journal) and turn.need_to_show(found) is not None:
            return turn.noted(turn.again(journal), turn.FIRST)
        return found

    def _foreign(self, journal: Journal) -> bool:
        """Whether the dialogue is about somebody else's business: she is its customer."""
        tenant: int | None = journal.opening.get(openings.TENANT, self.who.merchant_id)
        return not openings.is_hers(self.session, self.who, tenant)

    def _find(self, journal: Journal, need: turn.Need | None) -> Found:
        """A customer is shown nothing of the shop's but what her button gave her."""
        if need is None or self._foreign(journal):
            return NOTHING_FOUND
        openings.enter(self.session, self.who, journal)
        own = own_lookups.find(self.session, self.who, need)
        return own if own is not None else lookups.find(self.session, need)

    def _ask_again(self, at: Turn, note: Text | None = None) -> None:
        self._go_on(turn.noted(at, note) if note else at)

    def _go_on(self, at: Turn) -> None:
        """Show the question, or carry the command out and take up what was set aside."""
        self.who.journal = at.journal
        if (language := turn.language_of(at.journal)) not in (None, self.who.language):
            people.speak(self.session, self.who, str(language))  # from the next word on
        if at.question is not None:
            found = self._find(at.journal, turn.need_to_show(at))
            prompt = turn.prompt(at, found)
            self.kept.replies += [
                Reply(p)
                for p in own_settings.pictures(at, openings.tenant_of(self.who, at.journal))
            ]
            self.kept.replies.append(Reply(prompt, at.journal.asked, at.journal.digest))
            self.who.puzzled = 0
            return
        assert at.command is not None  # noqa: S101 - a walk ends in a question or a command
        self._carry_out(at)

    def _carry_out(self, at: Turn) -> None:
        openings.enter(self.session, self.who, at.journal)
        here = self.who.merchant_id
        try:
            with self.session.begin_nested():  # for a flush that fails; a refusal undoes the turn
                replies = commands.carry_out(self.session, self.who, at, self.house)
        except Refusal as refusal:
            raise RefusedError(at, refusal.text) from refusal
        self.who.journal, self.who.puzzled = None, 0
        self.kept.replies += [Reply(Prompt(at.notes))] if at.notes else []
        tenant = openings.tenant_of(self.who, at.journal)
        self._say_of(tenant if self.who.merchant_id == here else None, replies)
        if not self.who.parked or not self.who.parked[-1].detour:
            return
        if (journal := chats.take_up(self.session, self.who)) is not None:
            journal = replace(journal, said_before=self.typed)
            self._ask_again(turn.again(journal), _("Back to where we were:"))

    def refuse(self, at: Turn, why: Text) -> Kept:
        """It could not be done: the last question stands again, every other answer is kept."""
        before = turn.back(at.journal)
        if before.question is not None and before.journal.answers != at.journal.answers:
            self._go_on(turn.noted(replace(before, notes=()), why))
        else:
            self.who.journal = None
            self.say(Prompt((why,), (cards.MENU_BUTTON,), kind="card"))
        return self.kept


def _says(before: str | None, at: Turn, journal: Journal, found: Found) -> bool:
    """Whether the words that ended the dialogue before mean here what was said now."""
    if before is None:
        return False
    return turn.take(journal, Said(text=before), found).journal.answers == at.journal.answers


def _stands_still(journal: Journal, at: Turn) -> bool:
    """Whether the question that stood is asked again, unchanged."""
    return (journal.asked, journal.digest) == (at.journal.asked, at.journal.digest)
