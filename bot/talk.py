"""One turn with one person: from what she did or said to what we say back."""

from sqlalchemy.orm import Session

from bot import cards, chat_cards, chats, doors, meeting, misunderstood, openings, plain_words
from bot.acts import people
from bot.channel import Inbound, Kind
from bot.dialogues import Dialogues, only_looked_at
from bot.house import House
from bot.keeping import Kept, Reply
from bot.meeting import Shown, Who
from bot.sent_files import begun_with, joined, said_with
from conversations import global_words, turn
from conversations.global_words import Global, Word
from conversations.prompts import Choice, Prompt, Start, choose
from conversations.said import Said
from conversations.turn import Journal
from invoicing import merchants
from models.text import Text, _, render

OFFERED = -1  # stands in `puzzled`: the last thing we asked was an offer


class Talk(Dialogues):
    """One turn with one person."""

    def __init__(self, session: Session, who: Who, house: House) -> None:
        super().__init__(session, who, house)
        self.actions = {
            "menu": self._menu,
            "help": self._help,
            "cancel": self._cancel,
            "back": self._back,
            "resume": self._resume,
            "stop": self._stop,
            "unstop": self._unstop,
        }

    def hear(self, inbound: Inbound) -> Kept:
        """Decide what it is, in order: a tap, a link, a command word, an answer, something new."""
        if doors.shut(self.who, inbound):
            self.say(chat_cards.cut_off())
        elif inbound.kind is Kind.BLOCKED:
            people.blocked(self.session, self.who)
            self.kept.outcome = "blocked"
        elif inbound.kind is Kind.EDITED:
            self.say(cards.edited())
        elif inbound.kind is Kind.PRESS:
            self._pressed(inbound)
        elif inbound.kind is Kind.TEXT and inbound.text is not None:
            self._typed(inbound.text)
        elif inbound.kind is Kind.JOINED:
            self.kept.outcome = "joined"
        else:
            self._gave(inbound)
        return self.kept

    # --- Taps ---

    def _pressed(self, inbound: Inbound) -> None:
        row = None
        if inbound.pressed_id is not None:
            row = meeting.shown(self.session, self.who, inbound.pressed_id)
        choice = row.choice(inbound.choice) if row and inbound.choice is not None else None
        if row is None or choice is None:
            self._toast(_("That button is no longer in use."))
            return
        if row.asked_key is None:
            self._start_choice(choice, row)
            return
        said = Said(choice=choice.value, key=row.asked_key, digest=row.digest)
        self._answer_tap(row, said)

    def _answer_tap(self, row: Shown, said: Said) -> None:
        journal = self.who.journal
        if row.consumed and (journal is None or journal.digest != row.digest):
            self._toast(_("You have answered this already."))
            return
        if journal is None:
            self._toast(_("That question is closed."))
            return
        self.kept.pressed_id = row.outbound_id
        stands = (row.asked_key, row.digest) == (journal.asked, journal.digest)
        if stands and self._offer_taken(row, said.choice or ""):
            return
        self._take(journal, said)

    def _toast(self, text: Text) -> None:
        self.kept.toast = render(text, self.who.language)
        self.kept.outcome = "stale"
        if self.who.channel != "telegram":
            self.say(Prompt((text,)))

    def _start_choice(self, choice: Choice, row: Shown | None) -> None:
        if choice.start is not None:
            self.tapped(choice.start, row)

    # --- Words ---

    def _typed(self, text: str) -> None:
        word = global_words.read(text)
        offered, self.who.puzzled = self.who.puzzled == OFFERED, max(self.who.puzzled, 0)
        if word is not None and word.word is Word.START and self._is_start(word):
            self._arrived(word.argument)
        elif offered and self._answered_offer(text):
            return
        elif word is not None and (word.slash or not self._in_free_text()):
            self._global(word)
        elif word is not None and self.who.journal is not None:
            self.who.puzzled = OFFERED
            journal = self.who.journal
            self.kept.replies.append(Reply(global_words.offer(text), journal.asked, journal.digest))
        elif self.who.journal is not None:
            if (named := self._named(text)) is not None:
                self._start_choice(*named)
            elif (meant := self._digression(text)) is not None:
                self.mean(meant)
            else:
                self._take(self.who.journal, Said(text=text))
        else:
            self._idle(text)

    def _digression(self, text: str) -> plain_words.Meant | None:
        """Plain words while a question stands; a list that was only looked at stops nobody."""
        journal = self.who.journal
        if journal is None or not any(map(str.isalpha, text)) or self._in_free_text():
            return None  # a figure is no order
        if only_looked_at(journal) and self.who.merchant_id is not None:
            return plain_words.understand(self.session, self.who, text)
        return plain_words.digression(self.session, self.who, text)

    def _is_start(self, word: Global) -> bool:
        """The bare word is an answer like any other while a question takes free text."""
        return word.slash or not self._in_free_text()

    def _named(self, text: str) -> tuple[Choice, Shown | None] | None:
        """What hangs on a message that came between, by its label: its number may be an answer."""
        shown_id = self.who.shown_id or 0
        if shown_id <= (self.who.asked_id or 0) or text.strip()[:1].isdigit():
            return None
        row = meeting.shown(self.session, self.who, shown_id)
        choice = choose(row.prompt.choices, text) if row and row.asked_key is None else None
        return (choice, row) if choice is not None and choice.start is not None else None

    def _in_free_text(self) -> bool:
        """Whether any word, even “menu”, may be the answer to the question that stands."""
        journal = self.who.journal
        return journal is not None and turn.is_free_text(journal)

    def _answered_offer(self, text: str) -> bool:
        """We had asked whether “menu” was meant as an answer: a number or label says so now."""
        row = (
            meeting.shown(self.session, self.who, self.who.asked_id) if self.who.asked_id else None
        )
        choice = choose(row.prompt.choices, text) if row else None
        return bool(row and choice and self._offer_taken(row, choice.value))

    def _offer_taken(self, row: Shown, value: str) -> bool:
        meant = global_words.offered(value)
        if meant is None or self.who.journal is None:
            return False
        as_answer, typed = meant
        word = global_words.read(typed)
        if as_answer or word is None:
            said = row.prompt.paragraphs[0].params.get("word", typed)  # as she wrote it
            self._take(self.who.journal, Said(text=said))
        else:
            self._global(word)
        return True

    def _arrived(self, token: str) -> None:
        """`/start`, with a link's token behind it or without."""
        if token:
            self._found(doors.behind(self.session, self.who, token, self.house))
        elif self.who.stopped:
            self._unstop()
        elif self.who.journal is not None:
            self._ask_again(turn.again(self.who.journal))
        else:
            self._welcome()

    def _found(self, behind: list[Prompt] | Start) -> None:
        """What a token or code opened: shown, then back to the question that stood, or begun."""
        if isinstance(behind, Start):
            self.begin(behind)
        else:
            self.kept.replies += map(Reply, behind)
            self._stand()

    def _global(self, word: Global) -> None:
        start = openings.STARTS.get(word.word)
        if start is None:
            self._puzzled()
        elif word.word is Word.LINK and word.argument:
            self._found(doors.code(self.session, self.who, word.argument))
        elif (meant := plain_words.behind(self.session, self.who, word)) is not None:
            self.mean(meant)
        elif start.flow in openings.MERCHANTS_ONLY and self.who.merchant_id is None:
            self.begin(Start("onboarding"))
        else:
            self.begin(start)

    def _welcome(self) -> None:
        if self.who.merchant_id is not None:
            self._menu()
        else:
            waiting = doors.waiting(self.session, self.who, self.house)
            self._found(waiting or Start("onboarding"))

    def _menu(self) -> None:
        meeting.park(self.who, detour=False)
        business = merchants.name_of_several(self.session, self.who.person_id, self.who.merchant_id)
        self.say(cards.menu(self.who, _setaside(self.who), business))

    def _help(self) -> None:
        self.say(cards.help_card(self.who))
        self._stand()

    def _cancel(self, *, stopping: bool = False) -> None:
        was = self.who.journal
        meeting.park(self.who, detour=False)
        self.say(cards.cancelled(was, stopping=stopping))

    def _back(self) -> None:
        if self.who.journal is None:
            self._menu()
        else:
            self._go_on(self.before(self.who.journal))

    def _resume(self) -> None:
        journal = self.who.journal or chats.take_up(self.session, self.who)
        if journal is None:
            self._menu()
        else:
            self._ask_again(turn.again(journal))

    def _stop(self) -> None:
        if self.who.journal is not None:
            self._cancel(stopping=True)
        else:
            self.say(people.stop(self.session, self.who))

    def _unstop(self) -> None:
        self.say(people.unstop(self.session, self.who))

    def _idle(self, text: str) -> None:
        """No question stands: a number or label of the last card, or something new."""
        row = meeting.last_shown(self.session, self.who)
        choice = choose(row.prompt.choices, text) if row and row.asked_key is None else None
        if choice is not None and choice.start is not None:
            self._start_choice(choice, row)
        elif self.who.merchant_id is None and row is None:
            self._welcome()
        elif (meant := plain_words.understand(self.session, self.who, text)) is not None:
            self.mean(meant)
        else:
            self._puzzled()

    def _puzzled(self) -> None:
        self.who.puzzled += 1
        self.kept.outcome = "puzzled"
        self.say(misunderstood.out_of_the_blue(self.who, self.house))

    def _gave(self, inbound: Inbound) -> None:
        """A contact card, a photo, a sticker."""
        if inbound.contact_is_own and inbound.contact_phone:
            people.know_phone(self.session, self.who, inbound.contact_phone)
        said, journal = said_with(inbound), self.who.journal
        mine = self.who.merchant_id is not None
        if said.file and mine and not (journal and turn.takes_file(journal)):
            at = joined(journal, said)
            self._go_on(at) if at else self.mean(begun_with(self.session, self.who, inbound))
        elif journal is not None:
            self._take(journal, said)
        elif inbound.contact_is_own:
            self._found([cards.phone_known(), *doors.waiting(self.session, self.who, self.house)])
        elif inbound.contact_phone and mine:
            self.begin(openings.new_client(self.session, self.who, inbound))
        elif mine:
            self.mean(begun_with(self.session, self.who, inbound))
        else:
            self._welcome()


def _setaside(who: Who) -> Journal | None:
    return who.parked[-1].journal if who.parked else None
