"""One JSON line per event on standard output, with phones, names, tokens and keys masked (I-23)."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

log = structlog.get_logger()

# Libraries that print what must not be seen: httpx the bot's token, twilio phones in addresses.
QUIET = ("httpx", "httpcore", "twilio.http_client", "telegram", "procrastinate", "apscheduler")
SECRET_KEYS = re.compile(
    r"(?i)token|secret|password|passkey|authorization|signature|api_?key|nonce"
)
PERSONAL_KEYS = re.compile(r"(?i)phone|msisdn|name$|address$|email")
PATTERNS = (
    # Postgres quotes the rows and values that it complains of.
    (
        re.compile(r"(?ms)^(DETAIL|CONTEXT): .*?(?=^\[SQL|^\(Background|^Traceback|^$|\Z)"),
        "\\1: <masked>\n",
    ),
    (re.compile(r"(invalid input syntax for type [\w ]+: ).*"), r"\1<masked>"),
    (re.compile(r"(?<!\d)\d{6,12}(?::|%3A)[A-Za-z0-9_-]{20,}"), "<bot token>"),
    (re.compile(r"(?i)(bearer|basic)\s+[a-z0-9._~+/=-]{8,}"), r"\1 <masked>"),
    (re.compile(r"(/i/)[A-Za-z0-9_-]{16,}"), r"\1<token>"),
    (re.compile(r"(/webhooks/[a-z]+/)[0-9a-fA-F]{8,}"), r"\1<secret>"),
    (re.compile(r"(/(?:stk|result|timeout)/)[0-9a-fA-F]{16,}"), r"\1<reference>"),
    (re.compile(r"(?i)(postgres(?:ql)?(?:\+psycopg)?://[^:/\s]+:)[^@\s]+@"), r"\1<masked>@"),
    (re.compile(r"(?<![\w.])\+?(?:254|255|256|234)\d{6}(\d{3})\b"), r"…\1"),
    (re.compile(r"(?<![\w.])0[17]\d{5}(\d{3})\b"), r"…\1"),
)


def mask(words: str) -> str:
    """Words with whatever looks like a secret or a phone number taken out."""
    for pattern, instead in PATTERNS:
        words = pattern.sub(instead, words)
    return words


def masked(value: Any, key: str = "") -> Any:
    """A value that may be written down, whatever its shape."""
    if SECRET_KEYS.search(key):
        return "<masked>"
    if isinstance(value, str):
        return "<masked>" if PERSONAL_KEYS.search(key) and key != "logger_name" else mask(value)
    if isinstance(value, Mapping):
        return {str(k): masked(v, str(k)) for k, v in value.items()}
    if isinstance(value, list | tuple | set):
        return [masked(item, key) for item in value]
    return value


def _mask_event(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    return {key: masked(value, key) for key, value in event.items()}


def set_up(level: str, sentry_dsn: str = "") -> None:
    """Send everything, our own and the libraries', through the mask to standard output."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _mask_event,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    if sentry_dsn:
        _report_to(sentry_dsn)


def _report_to(dsn: str) -> None:
    import sentry_sdk

    def scrub(event: Any, _hint: Any) -> Any:
        return masked(event)

    sentry_sdk.init(
        dsn=dsn, send_default_pii=False, before_send=scrub, max_request_body_size="never"
    )
