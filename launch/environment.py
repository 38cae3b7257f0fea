"""The environment our processes get: the real one, then .env, then what development fills in."""

import base64
import fcntl
import os
import secrets
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parents[1]
LOOPBACK = "127.0.0.1"

Environment = dict[str, str]


@dataclass(frozen=True)
class Service:
    """Somebody else's machine that the sandbox stands in for."""

    label: str
    # All unset means that nobody has chosen yet. What we make up ourselves (the secrets of our
    # own addresses) and our own policy say nothing about whose service is meant.
    names: tuple[str, ...]
    values: dict[str, str]  # with {url} for the sandbox's address


SANDBOX_SERVICES = (
    Service(
        "Telegram",
        ("TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_USERNAME", "TELEGRAM_API_URL"),
        {
            "TELEGRAM_BOT_TOKEN": "700001:sandbox-bot-token-for-local-use",
            "TELEGRAM_BOT_USERNAME": "bili_sandbox_bot",
            "TELEGRAM_API_URL": "{url}",
        },
    ),
    Service(
        "WhatsApp (Twilio)",
        (
            *("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_WHATSAPP_FROM"),
            *("TWILIO_SMS_FROM", "TWILIO_API_URL", "TWILIO_CONTENT_URL"),
        ),
        {
            "TWILIO_ACCOUNT_SID": "AC5a4db0a5a4db0a5a4db0a5a4db0a5a4d",
            "TWILIO_AUTH_TOKEN": "sandbox-auth-token",
            "TWILIO_WHATSAPP_FROM": "+14155238886",
            "TWILIO_API_URL": "{url}",
            "TWILIO_CONTENT_URL": "{url}",
        },
    ),
    Service(
        "M-Pesa (Daraja)",
        (
            *("DARAJA_URL", "DARAJA_CONSUMER_KEY", "DARAJA_CONSUMER_SECRET", "DARAJA_SHORTCODE"),
            *("DARAJA_TILL", "DARAJA_PASSKEY", "DARAJA_INITIATOR", "DARAJA_INITIATOR_PASSWORD"),
        ),
        {
            "DARAJA_URL": "{url}",
            "DARAJA_CONSUMER_KEY": "sandbox-key",
            "DARAJA_CONSUMER_SECRET": "sandbox-secret",
            "DARAJA_SHORTCODE": "174379",
            "DARAJA_PASSKEY": "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919",
        },
    ),
)


def load() -> Environment:
    """The real environment, filled up from .env, with a home and, in development, secrets.

    A name that is set for real, be it to nothing, is never overridden.
    """
    written = dotenv_values(ROOT / ".env", interpolate=False)
    environment = {name: value for name, value in written.items() if value is not None}
    if environment.get("BILI_HOME"):
        environment["BILI_HOME"] = str(ROOT / environment["BILI_HOME"])
    environment |= os.environ
    environment["BILI_HOME"] = str(Path(environment.get("BILI_HOME") or ROOT / "var").absolute())
    environment["PATH"] = os.pathsep.join([f"{sys.prefix}/bin", environment.get("PATH", "")])
    environment["PYTHONUNBUFFERED"] = "1"
    if not is_production(environment):
        fill_up(environment, development_secrets(home(environment)))
    return environment


def is_production(environment: Environment) -> bool:
    """Whether real people are at the other end, for whom nothing is made up."""
    return environment.get("APP_ENV") == "production"


def home(environment: Environment) -> Path:
    """BILI_HOME, absolute."""
    return Path(environment["BILI_HOME"])


def port(environment: Environment, name: str, default: int) -> int:
    """A port from the environment; ends with one line where it is none."""
    value = environment.get(name) or str(default)
    if not value.isdecimal() or not 0 < int(value) < 65536:
        sys.exit(f"{name} must be a number from 1 to 65535, not “{value}”.")
    environment[name] = value
    return int(value)


def fill_up(environment: Environment, values: Environment) -> None:
    """Set what is unset or empty."""
    environment |= {name: value for name, value in values.items() if not environment.get(name)}


def wire(environment: Environment, url: str) -> list[str]:
    """Point each service that nobody has chosen to the sandbox at `url`; the labels of those."""
    wired = [
        service
        for service in SANDBOX_SERVICES
        if not any(environment.get(name) for name in service.names)
    ]
    for service in wired:
        fill_up(
            environment, {name: value.format(url=url) for name, value in service.values.items()}
        )
    return [service.label for service in wired]


def is_open(number: int) -> bool:
    """Whether somebody listens on this port of this machine."""
    with socket.socket() as caller:
        caller.settimeout(1)
        return caller.connect_ex((LOOPBACK, number)) == 0


def development_secrets(folder: Path) -> Environment:
    """The secrets of this machine, made at first use and kept: what they encrypted needs them."""
    folder.mkdir(parents=True, exist_ok=True)
    file = os.open(folder / "secrets.env", os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with open(file, "r+", encoding="utf-8") as kept:  # noqa: PTH123 - it is a descriptor
        fcntl.flock(kept, fcntl.LOCK_EX)
        text = kept.read()
        parts = (line.partition("=") for line in text.splitlines())
        known = {name: value for name, _, value in parts if value}
        new = {name: value for name, value in fresh_secrets().items() if name not in known}
        added = "".join(f"{name}={value}\n" for name, value in new.items())
        kept.write("\n" + added if text and not text.endswith("\n") else added)
    return known | new


def fresh_secrets() -> Environment:
    """New secrets, each in the form that its use demands."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(32),
        "ENCRYPTION_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "TELEGRAM_WEBHOOK_SECRET": secrets.token_urlsafe(24),
        "DARAJA_CALLBACK_SECRET": secrets.token_hex(16),
    }
