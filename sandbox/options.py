"""What the sandbox can be told when it starts; each field is a command line argument."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any


def _option(default: Any, meaning: str, kind: type | None = None) -> Any:
    return field(default=default, metadata={"help": meaning, "kind": kind or type(default)})


@dataclass(frozen=True)
class Options:
    """The arguments of `python -m sandbox`; all times are in seconds unless the name says ms."""

    port: int = _option(8100, "where to listen, on 127.0.0.1 only")
    app_url: str = _option("http://127.0.0.1:8000", "where the application answers")
    seed: int | None = _option(None, "makes ids, receipts and chance repeatable", int)
    bot_token: str = _option("700001:sandbox-bot-token-for-local-use", "the bot's token")
    bot_username: str = _option("bili_sandbox_bot", "the bot's name in links")
    bot_name: str = _option("Bili", "the bot's name as people see it")
    retry_scale: float = _option(1.0, "1 = Telegram's waits between deliveries; 0.01 for tests")
    tap_answer_s: float = _option(30.0, "how long a tap may wait for answerCallbackQuery")
    twilio_account: str = _option("AC5a4db0a5a4db0a5a4db0a5a4db0a5a4d", "Twilio's account SID")
    twilio_token: str = _option("sandbox-auth-token", "its auth token; signs webhooks too")
    twilio_from: str = _option("+14155238886", "our WhatsApp sender")
    twilio_webhook: str = _option(
        "", "where inbound WhatsApp messages go; empty: /webhooks/twilio of the app", str
    )
    twilio_status_ms: int = _option(250, "between two statuses of a WhatsApp message")
    daraja_key: str = _option("sandbox-key", "consumer key")
    daraja_secret: str = _option("sandbox-secret", "consumer secret")
    shortcode: str = _option("174379", "paybill, or the store number of the till")
    till: str = _option("5300001", "till number that belongs to the shortcode")
    passkey: str = _option(
        "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919", "passkey for STK"
    )
    business: str = _option("Wanjiru Hardware", "the name a payer reads")
    prompt_s: float = _option(60.0, "how long a prompt waits for a PIN before it ends as 1037")
    late_s: float = _option(30.0, "how late a late callback or confirmation is")
    hang_s: float = _option(30.0, "how long a hanging call keeps its caller waiting")
    slow_s: float = _option(3.0, "how long a slow call takes")
    lock_s: float = _option(60.0, "no second prompt on one phone within this time")
    repeat_s: float = _option(120.0, "the same amount again within this time ends as code 17")
    validation_s: float = _option(8.0, "how long a C2B validation may take")
    auto_payer_ms: int = _option(400, "how fast a payer without a phone on the page decides")


def read(arguments: Sequence[str] | None = None) -> Options:
    """Options from a command line (default: this process's own)."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    for item in fields(Options):
        parser.add_argument(
            "--" + item.name.replace("_", "-"),
            type=item.metadata["kind"],
            default=item.default,
            help=f"{item.metadata['help']} (default: {item.default})",
        )
    return Options(**vars(parser.parse_args(arguments)))
