"""What a turn needs besides its session: addresses to print and which gateways are on."""

from dataclasses import dataclass

import bot.options
import payments.options


@dataclass(frozen=True)
class House:
    """Our options and those of the room below that words must name."""

    bot: bot.options.Options
    payments: payments.options.Options

    @property
    def app_url(self) -> str:
        """The public address that links are made with."""
        return self.bot.app_url

    @property
    def bot_link(self) -> str:
        """Where a person opens the bot on Telegram."""
        return f"https://t.me/{self.bot.telegram.username}"
