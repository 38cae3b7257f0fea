"""The only reader of our environment: names, defaults, checks, and each room's options.

A wrong value stops the start with one clear line that names it. `.env.example` is generated from
this file (`python -m settings`) and a test holds the two equal.
"""

import ipaddress
import sys
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from pydantic import Field, Json, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

import bot.options
import models.db
import pages.options
import payments.options
from invoicing.trust import Limits

# Daraja refuses callback addresses that contain one of these, in any case (facts: daraja 2.2).
FORBIDDEN_WORDS = ("m-pesa", "mpesa", "safaricom", "exe", "exec", "cmd", "sql", "query")
REAL_BOT_API = "https://api.telegram.org"


class SettingsError(ValueError):
    """A value of the environment is wrong or missing; its text is one line for the operator."""


def env(default: Any, about: str, group: str) -> Any:
    """A setting with the comment and the heading it has in `.env.example`."""
    return Field(default=default, description=about, json_schema_extra={"group": group})


class Settings(BaseSettings):
    """Every name we read; empty means off or default."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    app_env: Literal["development", "production"] = env(
        "development", "production refuses to start with anything important missing", "Application"
    )
    port: int = env(8000, "where the web process listens", "Application")
    app_url: str = env(
        "", "the public address: links, signatures and callbacks are made with it", "Application"
    )
    database_url: str = env("", "postgresql://…; empty starts the embedded one", "Application")
    bili_home: str = env("./var", "embedded database and development secrets", "Application")
    secret_key: str = env("", "signs links; made in BILI_HOME in development", "Application")
    encryption_keys: str = env(
        "", "comma list of Fernet keys for secrets at rest; the first encrypts", "Application"
    )
    bili_undo_seconds: int = env(
        20, "how long a sent invoice can be taken back; its customer waits; 0: not", "Application"
    )
    trusted_proxies: int = env(0, "how many proxies stand in front", "Application")
    log_level: str = env("INFO", "DEBUG, INFO, WARNING or ERROR", "Application")
    metrics_token: str = env("", "bearer token for /metrics; empty: loopback only", "Application")
    support_contact: str = env(
        "",
        "a person to write to when the bot does not understand: number, @name or address",
        "Application",
    )
    sentry_dsn: str = env("", "error tracker; empty: off", "Application")

    new_merchant_invoices: int = env(
        50, "invoices a day of a merchant nobody has paid through us yet; 0: any number", "Trust"
    )
    new_merchant_clients: int = env(30, "and clients she bills in a day; 0: any number", "Trust")
    new_merchant_paid: int = env(3, "so many invoices paid through a gateway end both", "Trust")
    fraud_reporters: int = env(
        3, "different people who call a merchant a fraud pause her; 0: never", "Trust"
    )

    telegram_bot_token: str = env("", "from @BotFather", "Telegram")
    telegram_bot_username: str = env("", "without the @", "Telegram")
    telegram_webhook_secret: str = env("", "A-Z a-z 0-9 _ -, up to 256 characters", "Telegram")
    telegram_api_url: str = env(REAL_BOT_API, "methods and files", "Telegram")

    twilio_account_sid: str = env("", "AC…", "Twilio: WhatsApp and SMS")
    twilio_auth_token: str = env(
        "", "also checks the signature of webhooks", "Twilio: WhatsApp and SMS"
    )
    twilio_whatsapp_from: str = env("", "+14155238886", "Twilio: WhatsApp and SMS")
    twilio_sms_from: str = env(
        "", "a number or a registered sender name", "Twilio: WhatsApp and SMS"
    )
    twilio_api_url: str = env("https://api.twilio.com", "messages", "Twilio: WhatsApp and SMS")
    twilio_content_url: str = env(
        "https://content.twilio.com", "templates", "Twilio: WhatsApp and SMS"
    )
    twilio_templates: Json[dict[str, dict[str, str]]] = env(
        "{}",
        'JSON: kind and language to content SID: {"reminder": {"en": "HX…"}}',
        "Twilio: WhatsApp and SMS",
    )

    daraja_url: str = env(
        "https://sandbox.safaricom.co.ke", "or https://api.safaricom.co.ke", "M-Pesa Kenya (Daraja)"
    )
    daraja_consumer_key: str = env("", "of the Daraja app", "M-Pesa Kenya (Daraja)")
    daraja_consumer_secret: str = env("", "of the Daraja app", "M-Pesa Kenya (Daraja)")
    daraja_shortcode: str = env(
        "", "paybill, or the store number of a till", "M-Pesa Kenya (Daraja)"
    )
    daraja_till: str = env(
        "", "set it for Buy Goods: the till number customers see", "M-Pesa Kenya (Daraja)"
    )
    daraja_passkey: str = env("", "of the shortcode", "M-Pesa Kenya (Daraja)")
    daraja_callback_secret: str = env(
        "", "hex; a path segment of every callback", "M-Pesa Kenya (Daraja)"
    )
    daraja_allowed_ips: str = env(
        "", "comma list; callbacks from others are flagged", "M-Pesa Kenya (Daraja)"
    )
    daraja_enforce_ips: bool = env(False, "refuse the flagged ones", "M-Pesa Kenya (Daraja)")
    daraja_merchant: int | None = env(
        None,
        "id of the merchant these credentials serve; empty: the first",
        "M-Pesa Kenya (Daraja)",
    )
    daraja_initiator: str = env("", "for status and reversal calls", "M-Pesa Kenya (Daraja)")
    daraja_initiator_password: str = env("", "of the initiator", "M-Pesa Kenya (Daraja)")
    daraja_certificate: str = env("", "path of Safaricom's certificate", "M-Pesa Kenya (Daraja)")
    daraja_pull_number: str = env(
        "", "nominated number for Pull Transactions", "M-Pesa Kenya (Daraja)"
    )

    paystack_url: str = env("https://api.paystack.co", "", "Paystack")
    paystack_secret_key: str = env("", "sk_…", "Paystack")
    flutterwave_url: str = env("https://api.flutterwave.com/v3", "", "Flutterwave")
    flutterwave_secret_key: str = env("", "FLWSECK…", "Flutterwave")
    flutterwave_secret_hash: str = env("", "verif-hash of webhooks", "Flutterwave")

    smtp_url: str = env("", "smtp://user:pass@host:587", "E-mail")
    mail_from: str = env("", "Bili <bills@example.com>", "E-mail")

    @field_validator(
        "trusted_proxies",
        "new_merchant_invoices",
        "new_merchant_clients",
        "new_merchant_paid",
        "fraud_reporters",
    )
    @classmethod
    def _not_negative(cls, value: int) -> int:
        if value < 0:
            raise ValueError("must be 0 or more")
        return value

    @field_validator("bili_undo_seconds")
    @classmethod
    def _a_moment(cls, value: int) -> int:
        longest_s = 300  # a customer who waits longer would be rung up meanwhile
        if not 0 <= value <= longest_s:
            raise ValueError(f"must be 0 to {longest_s}")
        return value

    @field_validator("daraja_allowed_ips")
    @classmethod
    def _addresses(cls, value: str) -> str:
        for address in filter(None, (part.strip() for part in value.split(","))):
            ipaddress.ip_network(address, strict=False)
        return value

    @field_validator("daraja_callback_secret")
    @classmethod
    def _hex(cls, value: str) -> str:
        if any(sign not in "0123456789abcdefABCDEF" for sign in value):
            raise ValueError("must be hex")
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> "Settings":
        if self.app_env == "production":
            self._check_production()
        host = urlsplit(self.public_url).hostname or ""
        for word in FORBIDDEN_WORDS:
            if self.daraja_consumer_key and word in host.lower():
                raise ValueError(f"APP_URL: Safaricom refuses callback hosts that contain “{word}”")
        return self

    def _check_production(self) -> None:
        for name in ("secret_key", "encryption_keys", "database_url", "app_url"):
            if not getattr(self, name):
                raise ValueError(f"{name.upper()} is required in production")
        if not self.app_url.startswith("https://"):
            raise ValueError("APP_URL must begin with https:// in production")
        if not (self.telegram_bot_token or self.twilio_account_sid):
            raise ValueError("TELEGRAM_BOT_TOKEN or TWILIO_ACCOUNT_SID is required in production")
        if self.telegram_bot_token and not self.telegram_webhook_secret:
            raise ValueError("TELEGRAM_WEBHOOK_SECRET is required with TELEGRAM_BOT_TOKEN")
        if self.daraja_consumer_key and not self.daraja_callback_secret:
            raise ValueError("DARAJA_CALLBACK_SECRET is required with DARAJA_CONSUMER_KEY")

    @property
    def production(self) -> bool:
        """Whether real people and real money are at the other end."""
        return self.app_env == "production"

    @property
    def public_url(self) -> str:
        """The address that links are made with, without a slash at its end."""
        return (self.app_url or f"http://127.0.0.1:{self.port}").rstrip("/")

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Fernet keys; raises SettingsError for one that is none."""
        found = tuple(part.strip() for part in self.encryption_keys.split(",") if part.strip())
        for key in found:
            try:
                Fernet(key)
            except ValueError:
                raise SettingsError("ENCRYPTION_KEYS: not a Fernet key") from None
        if not found:
            raise SettingsError("ENCRYPTION_KEYS is empty: bin/run makes one in development")
        return found

    def database_options(self) -> models.db.Options:
        """For `models.db`. Raises SettingsError without DATABASE_URL."""
        if not self.database_url:
            raise SettingsError("DATABASE_URL is empty: start through bin/run or bin/bili")
        if self.database_url.split("://", 1)[0] not in ("postgresql", "postgres"):
            raise SettingsError("DATABASE_URL must begin with postgresql:// or postgres://")
        return models.db.Options(
            url=self.database_url, keys=self.keys, clock_moves=not self.production
        )

    def trust_limits(self) -> Limits:
        """How far a new merchant is trusted, for `bot` and `pages`."""
        return Limits(
            invoices_a_day=self.new_merchant_invoices,
            clients_a_day=self.new_merchant_clients,
            paid=self.new_merchant_paid,
            reporters=self.fraud_reporters,
        )

    def bot_options(self) -> bot.options.Options:
        """For `bot`."""
        real = self.telegram_api_url.rstrip("/") == REAL_BOT_API
        return bot.options.Options(
            app_url=self.public_url,
            telegram=bot.options.TelegramOptions(
                token=self.telegram_bot_token,
                username=self.telegram_bot_username,
                webhook_secret=self.telegram_webhook_secret,
                api_url=self.telegram_api_url.rstrip("/"),
                chat_per_s=1 if real else None,
                bot_per_s=25 if real else None,
            ),
            twilio=bot.options.TwilioOptions(
                account_sid=self.twilio_account_sid,
                auth_token=self.twilio_auth_token,
                whatsapp_from=self.twilio_whatsapp_from.removeprefix("whatsapp:"),
                sms_from=self.twilio_sms_from,
                api_url=self.twilio_api_url.rstrip("/"),
                content_url=self.twilio_content_url.rstrip("/"),
                templates=self.twilio_templates,
            ),
            signing_key=self.secret_key,
            support_contact=self.support_contact,
            undo_s=self.bili_undo_seconds,
        )

    def payments_options(self) -> payments.options.Options:
        """For `payments`."""
        return payments.options.Options(
            app_url=self.public_url,
            production=self.production,
            daraja=payments.options.DarajaOptions(
                url=self.daraja_url.rstrip("/"),
                consumer_key=self.daraja_consumer_key,
                consumer_secret=self.daraja_consumer_secret,
                shortcode=self.daraja_shortcode,
                till=self.daraja_till,
                passkey=self.daraja_passkey,
                callback_secret=self.daraja_callback_secret,
                allowed_ips=tuple(filter(None, map(str.strip, self.daraja_allowed_ips.split(",")))),
                enforce_ips=self.daraja_enforce_ips,
                merchant=self.daraja_merchant,
            ),
        )

    def pages_options(self) -> pages.options.Options:
        """For `pages`."""
        return pages.options.Options(
            app_url=self.public_url,
            production=self.production,
            metrics_token=self.metrics_token,
            bot_username=self.telegram_bot_username,
            whatsapp_number=self.twilio_whatsapp_from.removeprefix("whatsapp:").lstrip("+")
            if self.twilio_account_sid
            else "",
            daraja_on=bool(self.daraja_consumer_key and self.daraja_shortcode),
            trust=self.trust_limits(),
        )


def load() -> Settings:
    """Read the environment once. Raises SettingsError with one line that names the culprit."""
    try:
        return Settings()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = ".".join(str(part) for part in first["loc"]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{name}: {reason}" if name else reason) from None


def example() -> str:
    """The text of `.env.example`."""
    lines = ["# Every name that Bili reads. Empty means off or default.", ""]
    group = None
    for name, field in Settings.model_fields.items():
        extra = field.json_schema_extra
        heading = extra["group"] if isinstance(extra, dict) else ""
        if heading != group:
            lines += ["", f"# --- {heading}"] if group else [f"# --- {heading}"]
            group = heading
        shown = "" if field.default in (None, "", False, 0) else field.default
        if field.description:
            lines.append(f"# {field.description}" + (f" (default {shown})" if shown else ""))
        lines.append(f"{name.upper()}=")
    return "\n".join(lines) + "\n"


def write_example() -> None:
    """Generate the example file anew."""
    Path(__file__).with_name(".env.example").write_text(example(), encoding="utf-8")


if __name__ == "__main__":
    write_example()
    sys.stdout.write("wrote .env.example\n")
