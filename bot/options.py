"""What the bot must be told: its names and addresses on the channels, and how hard to send."""

from dataclasses import dataclass, field

from invoicing.trust import Limits


@dataclass(frozen=True)
class TelegramOptions:
    """One bot at one Bot API. Empty token: the channel is off."""

    token: str
    username: str
    webhook_secret: str
    api_url: str
    # Token buckets: on for the real Bot API, which limits one chat to about 1 message a second
    # and a bot to about 30 (facts: chat-channels 1.7); off for any other address.
    chat_per_s: float | None
    bot_per_s: float | None


@dataclass(frozen=True)
class TwilioOptions:
    """One WhatsApp sender at Twilio. Empty account: the channel is off."""

    account_sid: str
    auth_token: str
    whatsapp_from: str
    sms_from: str
    api_url: str
    content_url: str
    templates: dict[str, dict[str, str]]

    @property
    def whatsapp_on(self) -> bool:
        """Whether people can be written to on WhatsApp."""
        return bool(self.account_sid and self.whatsapp_from)

    def template(self, kind: str, language: str) -> str | None:
        """The content SID for a kind, in the language or one that everybody gets; None: none."""
        by_language = self.templates.get(kind, {})
        return by_language.get(language) or by_language.get("*") or by_language.get("en")


@dataclass(frozen=True)
class Options:
    """Everything the room reads of the environment."""

    app_url: str
    telegram: TelegramOptions
    twilio: TwilioOptions
    sends_in_flight: int = 64
    support_contact: str = ""  # whom people may write to; empty: nobody is offered
    undo_s: int = 20  # how long a sent invoice can be taken back; 0: not at all
    trust: Limits = field(default_factory=Limits)
    signing_key: str = ""  # for the short-lived addresses where a channel fetches documents
