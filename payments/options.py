"""What payments must be told: the gateways' addresses and our credentials there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DarajaOptions:
    """One M-Pesa shortcode at Safaricom's Daraja. Empty consumer key: the gateway is off."""

    url: str
    consumer_key: str
    consumer_secret: str
    shortcode: str
    till: str
    passkey: str
    callback_secret: str
    allowed_ips: tuple[str, ...]
    enforce_ips: bool
    merchant: int | None
    timeout_s: float = 20

    @property
    def on(self) -> bool:
        """Whether customers can be prompted at all."""
        return bool(self.consumer_key and self.shortcode and self.passkey)


@dataclass(frozen=True)
class Options:
    """Everything the room reads of the environment."""

    app_url: str
    production: bool
    daraja: DarajaOptions
