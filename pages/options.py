"""What the pages must be told: where they are seen, and who may look at the numbers."""

from dataclasses import dataclass, field

from invoicing.trust import Limits


@dataclass(frozen=True)
class Options:
    """Everything the room reads of the environment."""

    app_url: str
    production: bool
    metrics_token: str
    bot_username: str
    daraja_on: bool = False
    whatsapp_number: str = ""  # digits alone, as wa.me wants them
    trust: Limits = field(default_factory=Limits)
