"""Carries out what is asked about a team: who works here, in which role, within which limits."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import cards, chats, own_lookups, team_cards, team_words
from bot.acts.errand import ANYBODY, OWNER, Errand, must
from bot.elsewhere import GO_OVER
from conversations.prompts import Prompt
from invoicing import commands as asked
from invoicing import invites, linking, merchants, team
from models import db
from models.errors import Refusal
from models.merchants import Role
from models.people import Person
from models.text import _


def _team(errand: Errand, command: asked.ShowTeam) -> list[Prompt]:
    owner = must(errand, ANYBODY).role is Role.OWNER
    session, people = errand.session, team.members(errand.session)
    waiting = invites.standing_open(session) if owner else ()
    merchant = merchants.get(session)
    return [team_cards.team(merchant, people, waiting, command.page, owner=owner)]


def _member(errand: Errand, command: asked.ShowMember) -> list[Prompt]:
    must(errand, OWNER)
    return [_card(errand, command.member_id)]


def _card(errand: Errand, member_id: int) -> Prompt:
    row = team.get(errand.session, member_id)
    person = errand.session.get_one(Person, row.person_id)
    alone = team.owners(errand.session) == [row.person_id]
    return team_cards.member(merchants.get(errand.session), row, person, alone=alone)


def _invite(errand: Errand, command: asked.InviteMember) -> list[Prompt]:
    must(errand, OWNER)
    row, token = invites.invite(errand.session, command, errand.who.person_id)
    merchant = merchants.get(errand.session)
    if row.phone is not None:
        known = linking.by_phone(errand.session, row.phone, errand.who.person_id)
        if known is not None:
            chats.say_to(errand.session, known, team_cards.door(merchant, row))
    return team_cards.invited(errand.house, merchant, row, token)


def _invites(errand: Errand, _command: asked.ShowInvites) -> list[Prompt]:
    must(errand, OWNER)
    return [team_cards.open_invites(invites.standing_open(errand.session))]


def _revoke(errand: Errand, command: asked.RevokeInvite) -> list[Prompt]:
    must(errand, OWNER)
    invites.revoke(errand.session, command.invite_id, errand.who.person_id)
    words = _("The invitation is taken back. Its link opens nothing any more.")
    return [Prompt((words,), (team_cards.TEAM_BUTTON,), kind="card")]


def _join(errand: Errand, command: asked.JoinTeam) -> list[Prompt]:
    session, who = errand.session, errand.who
    member = invites.accept(session, command.invite_id, who.person_id, who.phone)
    who.merchant_id = member.merchant_id
    business = merchants.get(session).name
    facts = {"who": _name(errand), "role": member.role, "member": member.id}
    team_words.tell(session, "joined", f"joined {member.id}", facts)
    words = _("Welcome to *{business}*! You work here as *{role}*.", business=business,
              role=team_cards.ROLE_WORDS[member.role])  # fmt: skip
    return [Prompt((words,), cards.likeliest(), kind="card")]


def _name(errand: Errand) -> str:
    return own_lookups.name(errand.session.get_one(Person, errand.who.person_id))


def _change_role(errand: Errand, command: asked.ChangeRole) -> list[Prompt]:
    must(errand, OWNER)
    team.change_role(errand.session, command, errand.who.person_id)
    return [_card(errand, command.member_id)]


def _set_limits(errand: Errand, command: asked.SetLimits) -> list[Prompt]:
    must(errand, OWNER)
    team.set_limits(errand.session, command, errand.who.person_id)
    return [_card(errand, command.member_id)]


def _remove(errand: Errand, command: asked.RemoveMember) -> list[Prompt]:
    must(errand, OWNER)
    session, merchant_id = errand.session, db.merchant_id(errand.session)
    person_id = team.remove(session, command.member_id, errand.who.person_id)
    if person_id == errand.who.person_id:
        return _left(errand, merchant_id)
    chats.leave(session, person_id, merchant_id)
    name = own_lookups.name(session.get_one(Person, person_id))
    words = _("*{name}* is no longer in your team.", name=name)
    return [Prompt((words,), (team_cards.TEAM_BUTTON,), kind="card")]


def _left(errand: Errand, merchant_id: int) -> list[Prompt]:
    """She took herself off: what she was doing for the business goes with it."""
    who = errand.who
    others = merchants.merchants_of(errand.session, who.person_id)
    if who.merchant_id == merchant_id:
        who.merchant_id = others[0] if others else None
    who.parked = [kept for kept in who.parked if chats.tenant_of(kept.journal) != merchant_id]
    return [Prompt((_("You have left this business."),), (cards.MENU_BUTTON,), kind="card")]


def _recover(errand: Errand, command: asked.RecoverMember) -> list[Prompt]:
    must(errand, OWNER)
    session, by = errand.session, errand.who.person_id
    member = team.get(session, command.member_id)
    if member.person_id == by:
        words = _("That is you. To take off a chat you lost, open *account*.")
        raise Refusal(words, "self")
    code = linking.new_code(
        session, member.person_id, by=by, purpose=linking.RECOVER, merchant_id=member.merchant_id
    )
    name = own_lookups.name(session.get_one(Person, member.person_id))
    words = _("Call *{name}* and make sure it is really them. Then read them this code: *{code}*. On "
              "their new phone they write to me: *link {code}*. It works once, for ten minutes; "
              "their old chat is cut off then.", name=name, code=linking.shown(code))  # fmt: skip
    return [Prompt((words,), (team_cards.TEAM_BUTTON,), kind="card")]


def _switch(errand: Errand, command: asked.SwitchBusiness) -> list[Prompt]:
    session, who = errand.session, errand.who
    if command.merchant_id not in merchants.merchants_of(session, who.person_id):
        raise Refusal(_("You do not work for this business."), "role")
    who.merchant_id = command.merchant_id
    db.enter(session, command.merchant_id)
    words = _("You now work for *{business}*.", business=merchants.get(session).name)
    return [Prompt((words,), cards.likeliest(), kind="card")]


def door(errand: Errand, invite_id: int) -> Prompt:
    """An invitation as whoever opened it sees it. Raises Refusal for one that is closed."""
    row = invites.get_open(errand.session, invite_id)
    return team_cards.door(merchants.get(errand.session), row)


def doors(errand: Errand, phone: str) -> list[Prompt]:
    """The invitations that wait for the number a channel vouches for."""
    found = []
    for merchant_id, invite_id in invites.for_phone(errand.session, phone):
        with db.as_merchant(errand.session, merchant_id):
            try:
                found.append(door(errand, invite_id))
            except Refusal:
                continue  # too old; the next who is invited takes its place
    return found


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.ShowTeam: _team,
    asked.ShowMember: _member,
    asked.InviteMember: _invite,
    asked.ShowInvites: _invites,
    asked.RevokeInvite: _revoke,
    asked.JoinTeam: _join,
    asked.ChangeRole: _change_role,
    asked.SetLimits: _set_limits,
    asked.RemoveMember: _remove,
    asked.RecoverMember: _recover,
    asked.SwitchBusiness: _switch,
}
ERRANDS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    GO_OVER: lambda said: asked.SwitchBusiness(int(said["business"])),
    "team": lambda said: asked.ShowTeam(int(said.get("page", 1))),
    "member": lambda said: asked.ShowMember(int(said["member"]["id"])),
    "invites": lambda _said: asked.ShowInvites(),
    "revoke_invite": lambda said: asked.RevokeInvite(int(said["invite"])),
    "join_team": lambda said: asked.JoinTeam(int(said["invite"])),
    "recover": lambda said: asked.RecoverMember(int(said["member"]["id"])),
}
