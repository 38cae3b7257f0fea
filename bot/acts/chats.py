"""Carries out what is asked about one's own account: its chats, linked by codes and let go again."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from bot import cards, chat_cards, chats, own_lookups, reach, team_words
from bot.acts.errand import Errand
from bot.team_cards import ROLE_WORDS, TEAM_BUTTON
from conversations.prompts import Choice, Prompt, Start
from invoicing import audit, linking, merchants, throttles
from invoicing import commands as asked
from models import db
from models.errors import Refusal
from models.merchants import Role
from models.people import Contact, LinkCode, Person
from models.text import Text, _

ACCOUNT_BUTTON = Choice("account", _("My account"), Start("account"))
HAVE_CODE = Choice("code", _("Type a code"), Start("link", {"how": "have"}))
MOST_SENT = 3  # codes an hour to one number


def _account(errand: Errand, _command: asked.ShowAccount) -> list[Prompt]:
    session, who = errand.session, errand.who
    person = session.get_one(Person, who.person_id)
    mine = linking.contacts(session, who.person_id)
    works_for = _works_for(errand)
    lines = [_("*{name}*", name=own_lookups.name(person))]
    lines += [_("Chat: {chat}", chat=own_lookups.chat_name(chat)) for chat in mine]
    lines += works_for
    choices = [Choice("link", _("Link another chat"), Start("link"))]
    if len(mine) > 1:
        choices.append(Choice("unlink", _("Take a chat off"), Start("unlink")))
    if len(works_for) > 1:
        choices.append(Choice("switch", _("Switch business"), Start("switch")))
    if who.merchant_id is not None:
        choices.append(TEAM_BUTTON)
    return [Prompt((cards.stack(*lines),), (*choices, cards.MENU_BUTTON), kind="card")]


def _works_for(errand: Errand) -> list[Text]:
    session, who, lines = errand.session, errand.who, []
    for merchant_id in merchants.merchants_of(session, who.person_id):
        with db.as_merchant(session, merchant_id):
            role = merchants.role_of(session, who.person_id) or Role.VIEWER
            facts = {"business": merchants.get(session).name, "role": ROLE_WORDS[role]}
        now = merchant_id == who.merchant_id
        lines.append(
            _("Business: *{business}* ({role}), now", **facts) if now
            else _("Business: {business} ({role})", **facts)
        )  # fmt: skip
    return lines


def _make_code(errand: Errand, _command: asked.MakeLinkCode) -> list[Prompt]:
    who = errand.who
    code = linking.new_code(errand.session, who.person_id, by=who.person_id)
    words = _("Your code: *{code}*\nOn your other chat with me, write: *link {code}*\nIt works once, "
              "for ten minutes. Show it to nobody: whoever types it becomes you.",
              code=linking.shown(code))  # fmt: skip
    return [Prompt((words,), _openers(errand, code), kind="card")]


def _openers(errand: Errand, code: str) -> tuple[Choice, ...]:
    """The other channels, with the code typed already."""
    house, found = errand.house, []
    if house.bot.telegram.token and errand.who.channel != "telegram":
        url = f"{house.bot_link}?start={code}"
        found.append(Choice("telegram", _("Open Telegram"), url=url))
    if house.bot.twilio.whatsapp_on and errand.who.channel != "whatsapp":
        number = house.bot.twilio.whatsapp_from.removeprefix("whatsapp:").lstrip("+")
        url = f"https://wa.me/{number}?text={quote(f'link {linking.shown(code)}')}"
        found.append(Choice("whatsapp", _("Open WhatsApp"), url=url))
    return tuple(found)


def _send_code(errand: Errand, command: asked.SendLinkCode) -> list[Prompt]:
    """The same answer whether the number is known or not, so that nobody learns who is here."""
    session, who = errand.session, errand.who
    tries = [
        throttles.count(session, "link_send", key, timedelta(hours=1))
        for key in (str(who.contact_id), command.phone)
    ]
    if max(tries) > MOST_SENT:
        words = _("That is enough codes for now. Please try again in an hour.")
        raise Refusal(words, "throttled")
    known = linking.by_phone(session, command.phone, who.person_id)
    if known is not None:
        code = linking.new_code(
            session, known.person_id, by=known.person_id, contact_id=who.contact_id
        )
        chats.say_to(session, known, _code_letter(code))
    words = _("If I know that number, I have just sent a code there. Type it here.")
    return [Prompt((words,), (HAVE_CODE, cards.MENU_BUTTON), kind="card")]


def _code_letter(code: str) -> Prompt:
    words = _("Someone wants to use your account from another chat. If that is you, type this code "
              "there: *{code}*. If not, do nothing and give the code to nobody.",
              code=linking.shown(code))  # fmt: skip
    return Prompt((words,))


def _link(errand: Errand, command: asked.LinkChat) -> list[Prompt]:
    session, who = errand.session, errand.who
    code = linking.use(session, command.code, who.contact_id)
    if code.person_id == who.person_id:
        raise Refusal(_("This chat is on that account already."), "linked")
    if code.purpose == linking.RECOVER:
        return _recovered(errand, code)
    before = linking.contacts(session, code.person_id)
    _become(errand, code.person_id)
    linking.note_in_all(session, "chat.linked", who.person_id, {"contact": who.contact_id})
    here = own_lookups.chat_name(session.get_one(Contact, who.contact_id))
    for chat in before:
        chats.say_to(session, chat, _news(here))
    db.enter(session, who.merchant_id)
    return [_linked(errand)]


def _become(errand: Errand, person_id: int) -> None:
    session, who = errand.session, errand.who
    linking.merge(session, person_id, who.person_id)
    chats.come_to(session, who, person_id)
    session.get_one(Contact, who.contact_id).cut_off_at = None
    session.flush()


def _news(chat: str) -> Prompt:
    words = _("*{chat}* is now on your account too. If that was not you, take it off at once.",
              chat=chat)  # fmt: skip
    return Prompt((words,), (Choice("unlink", _("Take a chat off"), Start("unlink")),), "card")


def _linked(errand: Errand) -> Prompt:
    names = [said for _id, said in own_lookups.businesses(errand.session, errand.who.person_id)]
    words = [_("Done. This chat and your other one are the same account now: go on wherever you "
               "like.")]  # fmt: skip
    if names:
        words.append(_("You work for: {businesses}", businesses=", ".join(names)))
    return Prompt(tuple(words), (ACCOUNT_BUTTON, cards.MENU_BUTTON), kind="card")


def _recovered(errand: Errand, code: LinkCode) -> list[Prompt]:
    """An owner vouched for her. Where she works for others too, only this business moves."""
    session, who = errand.session, errand.who
    merchant_id = code.merchant_id or 0
    with db.as_merchant(session, merchant_id):
        vouched = merchants.role_of(session, code.made_by) is Role.OWNER
        if not vouched or merchants.role_of(session, code.person_id) is None:
            raise Refusal(_("That code is used up or too old. Please take a new one."), "code")
        name = own_lookups.name(session.get_one(Person, code.person_id))
        facts = {"from": code.person_id, "contact": who.contact_id}
        audit.note(session, "member.recovered", person_id=code.made_by, facts=facts)
        alone = merchants.merchants_of(session, code.person_id) == [merchant_id]
        if not alone:
            linking.hand_over(session, code.person_id, who.person_id)
            chats.leave(session, code.person_id, merchant_id)
        team_words.tell(session, "recovered", f"recovered {code.code_hash.hex()}", {"who": name})
    if alone:
        old = linking.contacts(session, code.person_id)
        _become(errand, code.person_id)
        for chat in old:
            cut(errand, chat, lost=True)
    who.merchant_id = merchant_id
    db.enter(session, merchant_id)
    return [_linked(errand)]


def _unlink(errand: Errand, command: asked.UnlinkChat) -> list[Prompt]:
    session, who = errand.session, errand.who
    mine = linking.contacts(session, who.person_id)
    chat = next((one for one in mine if one.id == command.contact_id), None)
    if chat is None:
        raise Refusal(_("That chat is not on your account any more."), "chat")
    if len(mine) == 1:
        words = _("This is the only chat of your account. Link another one first, or you could "
                  "never come back.")  # fmt: skip
        raise Refusal(words, "only")
    here = chat.id == who.contact_id
    facts: dict[str, int | bool] = {"contact": chat.id, "lost": command.lost}
    linking.note_in_all(session, "chat.unlinked", who.person_id, facts)
    cut(errand, chat, lost=command.lost and not here)
    if here:
        words = _("This chat is signed out. To use your account here again, say *link*.")
        return [Prompt((words,))]
    words = _("*{chat}* is off your account.", chat=own_lookups.chat_name(chat))
    return [Prompt((words,), (ACCOUNT_BUTTON,), kind="card")]


def cut(errand: Errand, chat: Contact, *, lost: bool) -> None:
    """Split a chat off: what still waited to be said there is not said, and it hears why."""
    session, who = errand.session, errand.who
    reach.drop_waiting(session, chat.id, "unlinked")
    stranger = linking.detach(session, chat, lost=lost)
    if chat.id == who.contact_id:
        chats.put_down(session, who)
    chats.begin_anew(session, who.person_id, stranger.id)
    if chat.id == who.contact_id:
        chats.become_stranger(who, stranger.id)
    else:
        reach.put_out(session, chat.id, chat_cards.cut_off() if lost else chat_cards.signed_out())


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.ShowAccount: _account,
    asked.MakeLinkCode: _make_code,
    asked.SendLinkCode: _send_code,
    asked.LinkChat: _link,
    asked.UnlinkChat: _unlink,
}
ERRANDS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "account": lambda _said: asked.ShowAccount(),
}
