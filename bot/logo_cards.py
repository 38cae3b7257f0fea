"""A picture out of the blue: it may be meant as the business's logo."""

from collections.abc import Mapping
from typing import Any

from bot import cards
from conversations.prompts import Choice, Prompt, Start
from conversations.said import Said
from conversations.setting_fields import path_to
from invoicing.commands import Setting
from models.text import _


def cannot_read(said: Said) -> Prompt:
    """A photo or voice note out of the blue; a picture may be meant as the logo."""
    logo = (
        (Choice("logo", _("Use it as my logo"), Start("settings", path_to_logo(said.file))),)
        if said.file is not None
        else ()
    )
    return Prompt(
        (_("I cannot read that yet. Please type it, or say *menu*."),),
        (*logo, cards.MENU_BUTTON),
        kind="card",
    )


def path_to_logo(file: Mapping[str, str]) -> dict[str, Any]:
    """The answers by which a picture becomes the logo."""
    return {**path_to(Setting.LOGO), f"value.{Setting.LOGO.value}": dict(file)}
