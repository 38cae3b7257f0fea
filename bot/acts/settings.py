"""Carries out what is asked about settings: one thing at a time, said with what it was before."""

from collections.abc import Callable
from typing import Any

from bot import cards, own_settings
from bot.acts.errand import MAY_VOID, Errand, must
from conversations.pay_ways import ways_shown
from conversations.prompts import Choice, Prompt, Start
from conversations.setting_fields import BY_SETTING, SECTION_OF, path_to
from invoicing import commands as asked
from invoicing import pay_ways, settings
from invoicing.commands import OWN, Setting
from models import db, jobs
from models.merchants import Role
from models.text import Text, _

OWNER = (Role.OWNER,)
SAYS_MORE = {
    Setting.CURRENCY: _("Invoices that are out already stay in their own currency."),
    Setting.PREFIX: _("The count goes on from where it is."),
    Setting.REMINDERS: _("It holds for invoices you send from now on."),
    Setting.DESIGN: _("It holds for invoices you send from now on."),
}


def change(errand: Errand, command: asked.ChangeSetting) -> list[Prompt]:
    """Set one thing, if this person may."""
    setting, by = command.setting, errand.who.person_id
    must(errand, tuple(Role) if setting in OWN else MAY_VOID)
    if setting is Setting.QUIET:
        before, after = own_settings.set_quiet(errand.session, by, command.value or "off")
    elif setting is Setting.LANGUAGE:
        before, after = own_settings.set_language(errand.session, errand.who, command.value or "")
    else:
        before, after = settings.change(errand.session, setting, command.value, by)
    return [_done(setting, before, after)]


def _done(setting: Setting, before: Any, after: Any) -> Prompt:
    row = BY_SETTING[setting]
    now = _("✅ *{what}* is now: *{value}*", what=row.label, value=row.shows(after))
    lines = [now]
    if before != after:
        lines.append(_("Before: {value}", value=row.shows(before)))
    more = (SAYS_MORE[setting],) if setting in SAYS_MORE and before != after else ()
    again = Choice("again", _("Change it again"), Start("settings", path_to(setting)))
    return Prompt((cards.stack(*lines), *more), (again, more_button(SECTION_OF[setting])), "card")


def more_button(section: str) -> Choice:
    """Back to the section."""
    return Choice("more", _("More settings"), Start("settings", {"section": section}))


def change_ways(errand: Errand, command: asked.ChangeWays) -> list[Prompt]:
    """How customers pay is for the owner alone to change."""
    must(errand, OWNER)
    now = pay_ways.change(errand.session, command, errand.who.person_id)
    words = (
        _("✅ This is how customers pay you on new invoices:"),
        Text("{lines}", {"lines": ways_shown(tuple(now))}),
    )
    return [Prompt((cards.stack(*words),), (more_button("pay"), cards.MENU_BUTTON), "card")]


def set_logo(errand: Errand, command: asked.SetLogo) -> list[Prompt]:
    """A worker fetches the picture; what came of it is said then."""
    must(errand, MAY_VOID)
    who = errand.who
    jobs.defer(
        errand.session,
        "bot.fetch_logo",
        merchant_id=db.merchant_id(errand.session),
        person_id=who.person_id,
        contact_id=who.contact_id,
        channel=command.channel,
        file=command.file,
    )
    return [Prompt((_("Thank you! I am looking at your picture."),))]


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.ChangeSetting: change,
    asked.ChangeWays: change_ways,
    asked.SetLogo: set_logo,
}
