"""Who may begin a dialogue: told at its first word, with who can do it; the acts stay the guard."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NoReturn

from sqlalchemy.orm import Session

from bot.acts.errand import ANYBODY, MAY_BILL, MAY_VOID, OWNER, refuse
from conversations.prompts import Prompt, Start
from invoicing import team
from invoicing.team import Standing
from models.errors import Refusal
from models.merchants import Role
from models.text import Text, _, raw

MOST_NAMES = 3  # people named as those who can do it
BEGINS: Mapping[tuple[Role, ...], tuple[str, ...]] = {
    ANYBODY: ("clients", "invoices", "items", "payments", "statement", "settings"),
    MAY_BILL: (
        "attach", "credit_payment", "edit_client", "match_payment", "new_client", "new_invoice",
        "new_quote", "record_payment", "resend", "use_credit", "void",
    ),
    MAY_VOID: (
        "archive_many", "block_client", "credit_note", "delete_client", "deposit", "erase_client",
        "merge_clients", "refund", "reverse_payment", "revise", "write_off",
    ),
    OWNER: ("invite", "member_limits", "member_role", "remove_member"),
}  # fmt: skip
# What a button does at once, or begins after a look: its act refuses whoever else presses it.
PRESSES: Mapping[tuple[Role, ...], tuple[str, ...]] = {
    MAY_BILL: (
        "confirm_contact", "copy", "credit_now", "delete_draft", "detach", "draft", "forget_item",
        "keep_item", "late", "match_money", "more", "not_mine", "quotes", "reminders_off",
        "reminders_on", "remind_all", "resend_quote", "restore_item", "undo", "unmatch",
    ),
    MAY_VOID: (
        "accept_denial", "archive_client", "client_more", "free_credit", "keep_payment",
        "restore_client", "revise_invoice", "undo_write_off", "why", "withdraw_quote",
    ),
    OWNER: ("approvals", "approve", "invites", "member", "recover", "refuse", "revoke_invite"),
}  # fmt: skip
NEEDS = {flow: roles for roles, flows in BEGINS.items() for flow in flows}
_PRESSED = {flow: roles for roles, flows in PRESSES.items() for flow in flows}
_WORDS = {
    OWNER: _("Only an owner can do that. You can ask {names}."),
    MAY_VOID: _("Only an owner or a manager can do that. You can ask {names}."),
    MAY_BILL: _("You may look at everything here, but not change it. You can ask {names}."),
}


def check(session: Session, person_id: int, start: Start) -> Standing | None:
    """What she may do here; None where it does not matter.

    Raises Refusal where the dialogue could only end in one, as things stand now.
    """
    if start.flow not in NEEDS:
        return None
    needed = needs(start)
    found = team.standing(session, person_id)
    if found.role is None:
        refuse(())
    if start.flow == "void" and found.role in MAY_BILL and not found.may_void:
        _tell(session, MAY_VOID)
    if found.role not in needed:
        _tell(session, needed)
    return found


def needs(start: Start) -> tuple[Role, ...]:
    """Which of a business's people may have it begun or done."""
    if start.flow == "new_invoice" and "revises" in start.answers:
        return MAY_VOID
    return NEEDS.get(start.flow) or _PRESSED.get(start.flow, ANYBODY)


def asks_for_a_role(prompt: Prompt) -> bool:
    """Whether somebody of a business might be refused a button of it."""
    return any(one.start is not None and needs(one.start) != ANYBODY for one in prompt.choices)


def pressable(prompt: Prompt, role: Role | None) -> Prompt:
    """Without the buttons that would refuse somebody of this role; None is no member, or not known."""
    if role is None:
        return prompt
    fit = tuple(one for one in prompt.choices if one.start is None or role in needs(one.start))
    return replace(prompt, choices=fit)


def _tell(session: Session, needed: tuple[Role, ...]) -> NoReturn:
    able = [person.called for row, person in team.members(session) if row.role in needed]
    if not able:
        refuse(needed)
    names = raw(", ".join(able[:MOST_NAMES]))
    raise Refusal(Text(_WORDS[needed].msgid, {"names": names}), "role")
