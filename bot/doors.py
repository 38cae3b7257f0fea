"""What someone finds who comes with a token or a code: an invoice, a team, her own account."""

from sqlalchemy.orm import Session

from bot import cards, commands, own_lookups
from bot.acts import team
from bot.acts.chats import HAVE_CODE
from bot.acts.errand import Errand
from bot.channel import Inbound, Kind
from bot.house import House
from bot.meeting import Who
from conversations import global_words
from conversations.global_words import Word
from conversations.prompts import Prompt, Start
from conversations.said import Need
from invoicing import invites, linking, links, quotes
from models import db
from models.errors import Refusal
from models.text import _


def behind(session: Session, who: Who, token: str, house: House) -> list[Prompt] | Start:
    """What a link's token opens, whatever it is; unknown, used and revoked look alike."""
    if linking.is_code(token):
        return code(session, who, token)
    ref = links.leads_to(session, token, (links.KIND, quotes.SERIES, invites.KIND))
    if ref is None:
        return [cards.dead_link()]
    where = links.InvoiceRef(ref.merchant_id, ref.target_id)
    if ref.kind == links.KIND:
        return commands.open_invoice(session, who, where, house)
    if ref.kind == quotes.SERIES:
        return commands.open_quote(session, who, where, house)
    db.enter(session, ref.merchant_id)
    try:
        return [team.door(Errand(session, who, house), ref.target_id)]
    except Refusal as closed:
        return [Prompt((closed.text,))]


def code(session: Session, who: Who, typed: str) -> list[Prompt] | Start:
    """A code that makes this chat someone's: she is asked whether she means it."""
    found = own_lookups.find(session, who, Need("link_codes", typed))
    if found is not None and found.exact is not None:
        return Start("link", {"how": "have", "code": found.exact.stored})
    unknown = _("I do not know that code. It may be too old: they last ten minutes.")
    words = found.card[0] if found is not None and found.card else unknown
    return [Prompt((words,), (HAVE_CODE, cards.MENU_BUTTON), kind="card")]


def waiting(session: Session, who: Who, house: House) -> list[Prompt]:
    """The teams that wait for this number, which the channel vouches for."""
    return team.doors(Errand(session, who, house), who.phone) if who.phone else []


def shut(who: Who, inbound: Inbound) -> bool:
    """Whether a chat that was cut off gets no answer but that: only a link or a code opens it."""
    if not who.cut_off or inbound.kind in (Kind.BLOCKED, Kind.JOINED):
        return False
    if who.journal is not None and who.journal.flow == "link":
        return False
    word = global_words.read(inbound.text) if inbound.text else None
    return word is None or not (
        word.word is Word.LINK or (word.word is Word.START and word.argument)
    )
