"""Cards about a team: who works here, what each may do, invitations, what waits for an owner."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from bot import cards, own_lookups
from bot.house import House
from bot.openings import TENANT
from conversations.prompts import Choice, Prompt, Start
from models.invoices import Invoice
from models.merchants import Member, Merchant, Role
from models.money import Money
from models.people import Person
from models.team import Approval, Invite
from models.text import Text, _, ngettext, raw

ROLE_WORDS: dict[str, Text] = {
    Role.OWNER: _("Owner"),
    Role.MANAGER: _("Manager"),
    Role.CASHIER: _("Cashier"),
    Role.VIEWER: _("Viewer"),
}
PAGE = 8  # people on one card
TEAM_BUTTON = Choice("team", _("My team"), Start("team"))


def team(
    merchant: Merchant,
    people: Sequence[tuple[Member, Person]],
    invites: Sequence[Invite],
    page: int,
    *,
    owner: bool,
) -> Prompt:
    """Everybody by name and role; owners can tap each, and invite."""
    shown = people[(page - 1) * PAGE : page * PAGE]
    lines = [
        _("{name}: {role}", name=own_lookups.name(person), role=ROLE_WORDS[member.role])
        for member, person in shown
    ]
    words = [_("*The team of {business}*", business=merchant.name), cards.stack(*lines)]
    if invites and owner:
        words.append(_("Invitations that are still open: {n}", n=len(invites)))
    choices = [_person(member, person) for member, person in shown] if owner else []
    if owner:
        choices.append(Choice("invite", _("Invite someone"), Start("invite")))
    more = len(people) > page * PAGE
    if more:
        choices.append(Choice("more", _("More"), Start("team", {"page": page + 1})))
    elif invites and owner:
        choices.append(Choice("invites", _("Open invitations"), Start("invites")))
    elif not owner:
        choices.append(cards.MENU_BUTTON)
    return Prompt(tuple(words), tuple(choices), kind="list")


def _person(member: Member, person: Person) -> Choice:
    label = own_lookups.name(person)
    short = label if len(label) <= 20 else f"{label[:19]}…"
    return Choice(f"m.{member.id}", raw(short), Start("member", {"member": {"id": member.id}}))


def member(merchant: Merchant, row: Member, person: Person, *, alone: bool) -> Prompt:
    """One of us, what she may do, and what an owner can change."""
    name = own_lookups.name(person)
    about = {"member": {"id": row.id, "name": name}}
    words = [
        _("*{name}*, {role}", name=name, role=ROLE_WORDS[row.role]),
        limits(row, merchant.currency),
    ]
    choices = [Choice("role", _("Change role"), Start("member_role", about))]
    if row.role != Role.OWNER:
        choices.append(Choice("limits", _("Limits"), Start("member_limits", about)))
    if not alone:
        choices.append(Choice("phone", _("Lost their phone"), Start("recover", about)))
        choices.append(Choice("remove", _("Remove"), Start("remove_member", about)))
    return Prompt(tuple(words), (*choices, TEAM_BUTTON), kind="card")


def limits(row: Member, currency: str) -> Text:
    """What she may do without asking, a line each."""
    if row.role == Role.OWNER:
        return _("No limits: an owner may do everything.")
    if row.role == Role.VIEWER:
        return _("May look at everything and change nothing.")
    most = row.most_invoice_minor
    void = row.may_void if row.may_void is not None else row.role == Role.MANAGER
    return cards.stack(
        _("Invoices up to {amount}", amount=Money(most, currency)) if most
        else _("Invoices of any amount"),
        _("Discounts up to {n}%", n=row.most_discount.normalize())
        if row.most_discount is not None else _("Discounts of any size"),
        _("May void invoices") if void else _("May not void invoices"),
    )  # fmt: skip


def invited(house: House, merchant: Merchant, row: Invite, token: str) -> list[Prompt]:
    """What the owner passes on, and how to take it back."""
    role = ROLE_WORDS[row.role]
    revoke = Choice("revoke", _("Take it back"), Start("revoke_invite", {"invite": row.id}))
    words = _("Here is the invitation as *{role}*. Please forward my next message to them. It works "
              "for one person, for two days.", role=role)  # fmt: skip
    lines = [_("Join *{business}* on Bili as {role}:", business=merchant.name, role=role)]
    lines += [raw(link) for link in links(house, token)]
    return [
        Prompt((words,), (revoke, TEAM_BUTTON), kind="card"),
        Prompt((cards.stack(*lines),)),
    ]


def links(house: House, token: str) -> list[str]:
    """Where an invitation is opened: on each channel that is on."""
    found = []
    if house.bot.telegram.token:
        found.append(f"{house.bot_link}?start={token}")
    if house.bot.twilio.whatsapp_on:
        number = house.bot.twilio.whatsapp_from.removeprefix("whatsapp:").lstrip("+")
        found.append(f"https://wa.me/{number}?text={quote(f'join {token}')}")
    return found


def door(merchant: Merchant, row: Invite) -> Prompt:
    """The invitation as the one who is invited sees it."""
    words = _("*{business}* invites you to join as *{role}*.", business=merchant.name,
              role=ROLE_WORDS[row.role])  # fmt: skip
    about = {TENANT: row.merchant_id, "invite": row.id}
    choices = (
        Choice("join", _("Join"), Start("join_team", about)),
        Choice("no", _("No, thanks"), Start("menu")),
    )
    return Prompt((words,), choices, kind="card")


def open_invites(rows: Sequence[Invite]) -> Prompt:
    """Doors that stand open, each to be shut by a tap."""
    lines = [
        _("{role}, until {day}: {who}", role=ROLE_WORDS[row.role], day=row.expires_at.date(),
          who=row.name or _("by link"))
        for row in rows[:PAGE]
    ]  # fmt: skip
    choices = [
        Choice(f"i.{row.id}", _("Take back no. {n}", n=at),
               Start("revoke_invite", {"invite": row.id}))
        for at, row in enumerate(rows[:PAGE], start=1)
    ]  # fmt: skip
    words = _("*Open invitations*") if rows else _("No invitation is open.")
    return Prompt(
        (words, cards.stack(*lines)) if rows else (words,), (*choices, TEAM_BUTTON), "list"
    )


def waiting(invoice: Invoice, client: str) -> Prompt:
    """What the one who asked sees: nothing went out yet."""
    words = _(
        "{amount} for *{client}* is above what you may send by yourself, so I asked the owner. "
        "It waits as a draft; I tell you as soon as they answer.",
        amount=invoice.total,
        client=client,
    )
    return Prompt((words,), (cards.MENU_BUTTON,), kind="card")


def to_approve(
    merchant: Merchant, invoice: Invoice, client: str, facts: dict[str, Any], behind: int = 0
) -> Prompt:
    """The card every owner gets; `behind` counts those that wait after it."""
    head = _("*{who}* asks to send *{amount}* to *{client}*.", who=facts["who"],
             amount=Money(int(facts["total_minor"]), invoice.currency), client=client)  # fmt: skip
    lines = [head]
    if facts.get("discount"):
        lines.append(_("With a discount of {n}%.", n=facts["discount"]))
    lines.append(_("It is above their limit. Nothing is sent until you say so."))
    about = {TENANT: merchant.id, "approval": facts["approval"]}
    choices: tuple[Choice, ...] = (
        Choice("approve", _("Approve"), Start("approve", about)),
        Choice("refuse", _("Refuse"), Start("refuse", about)),
    )
    words = [cards.stack(*lines), cards.stack(*cards.line_words(invoice))]
    if behind:
        words.append(ngettext("Behind it waits {n} more.", "Behind it wait {n} more.", behind))
        after = {TENANT: merchant.id, "after": facts["approval"]}
        choices = (*choices, Choice("next", _("Next"), Start("approvals", after)))
    return Prompt(tuple(words), choices, "card")


def approval_of(row: Approval, who: str) -> dict[str, Any]:
    """The facts of a notice about an approval."""
    percent = row.discount_percent
    return {
        "approval": row.id,
        "who": who,
        "total_minor": row.total_minor,
        "discount": f"{percent.normalize():f}" if percent is not None else None,
    }
