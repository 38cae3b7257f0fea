"""What is configured, what is missing and what that costs, and whether each service answers."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from desk import doctor_house, doctor_services
from desk.doctor_line import Line, Mark, Setup


@dataclass(frozen=True)
class Service:
    """Somebody else's machine: what must be set for it, and what goes without it.

    `made_up` are names that development fills in by itself: they say nothing of what is wanted.
    """

    label: str
    needs: tuple[str, ...]
    cost: str
    ask: Callable[[Setup], Iterator[Line]]
    made_up: tuple[str, ...] = ()


SERVICES = (
    Service(
        "Telegram",
        ("TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_USERNAME"),
        "nobody can chat with the bot there",
        doctor_services.telegram_bot,
        ("TELEGRAM_WEBHOOK_SECRET",),
    ),
    Service(
        "WhatsApp",
        ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_WHATSAPP_FROM"),
        "nobody can chat with the bot there",
        doctor_services.whatsapp,
    ),
    Service(
        "M-Pesa",
        (
            *("DARAJA_CONSUMER_KEY", "DARAJA_CONSUMER_SECRET"),
            *("DARAJA_SHORTCODE", "DARAJA_PASSKEY"),
        ),
        "customers get no prompt; they read how to pay, and payments are recorded by hand",
        doctor_services.mpesa,
        ("DARAJA_CALLBACK_SECRET",),
    ),
)

# Names that stand alone: what it costs to leave them empty.
ALONE = (
    ("TWILIO_SMS_FROM", "SMS", "who has no chat app is not reached by text message"),
    ("SUPPORT_CONTACT", "A person to ask", "who is not understood is offered nobody"),
    ("SENTRY_DSN", "Error tracker", "errors are seen in the log only"),
    ("METRICS_TOKEN", "Metrics", "/metrics answers to this machine only"),
)

# Settings whose service this version does not have: setting them changes nothing yet.
LATER = (
    ("PAYSTACK_SECRET_KEY", "Paystack", "no cards by Paystack"),
    ("FLUTTERWAVE_SECRET_KEY", "Flutterwave", "no cards by Flutterwave"),
    ("SMTP_URL", "E-mail", "invoices and receipts go by chat and link alone"),
)

# Without these, production refuses to start.
REQUIRED = (
    ("SECRET_KEY", "links cannot be signed"),
    ("ENCRYPTION_KEYS", "secrets cannot be stored"),
    ("DATABASE_URL", "there is nowhere to store anything"),
    ("APP_URL", "no link and no callback can be made"),
)


def examine(setup: Setup, say: Callable[[str], None]) -> bool:
    """Say one line about each thing; whether no fault was found."""
    faults = 0
    for line in _lines(setup):
        say(f"{line.mark.value:<5}  {line.words}")
        faults += line.mark is Mark.FAULT
    counted = {0: "No fault.", 1: "1 fault."}.get(faults, f"{faults} faults.")
    say(f"{counted} (ok: works; off: not set; note: worth knowing; FAULT: must be put right)")
    return not faults


def _lines(setup: Setup) -> Iterator[Line]:
    """In reading order; the slow questions are all asked at once."""
    checks: list[Callable[[Setup], Iterator[Line]]] = [
        _settings,
        doctor_house.database,
        doctor_house.running,
        *(_checked(service) for service in SERVICES),
        doctor_house.callbacks,
        _rest,
    ]
    with ThreadPoolExecutor(len(checks)) as pool:
        yield from (line for found in pool.map(lambda c: list(c(setup)), checks) for line in found)


def _settings(setup: Setup) -> Iterator[Line]:
    kind = "production" if setup.production else "development: the sandbox may stand in for others"
    yield Line(Mark.OK, f"Settings: {kind}; our address is {setup.bot.app_url}")
    missing = [(name, cost) for name, cost in REQUIRED if name not in setup.given]
    if setup.production:
        yield from (Line(Mark.FAULT, f"{name} is not set: {cost}") for name, cost in missing)
        if not {"TELEGRAM_BOT_TOKEN", "TWILIO_ACCOUNT_SID"} & setup.given:
            yield Line(Mark.FAULT, "No channel is set: nobody can reach the bot at all")
    if setup.wrong and not (setup.production and any(name in setup.wrong for name, _ in missing)):
        yield Line(Mark.FAULT, f"Settings: {setup.wrong}")


def _checked(service: Service) -> Callable[[Setup], Iterator[Line]]:
    """Off, half set, or asked whether it answers."""

    def check(setup: Setup) -> Iterator[Line]:
        missing = [name for name in service.needs if name not in setup.given]
        if len(missing) == len(service.needs):
            names = ", ".join((*service.needs, *service.made_up))
            yield Line(Mark.OFF, f"{service.label}: {service.cost} (set {names})")
            return
        missing += [name for name in service.made_up if name not in setup.given]
        if missing:
            yield Line(Mark.FAULT, f"{service.label}: also set {', '.join(missing)}")
        else:
            yield from service.ask(setup)

    return check


def _rest(setup: Setup) -> Iterator[Line]:
    for name, label, cost in ALONE:
        if name not in setup.given:
            yield Line(Mark.OFF, f"{label}: {cost} (set {name})")
        else:
            yield Line(Mark.OK, f"{label}: {name} is set")
    for name, label, cost in LATER:
        if name in setup.given:
            yield Line(Mark.NOTE, f"{label}: {name} is set, but this version does not use it yet")
        else:
            yield Line(Mark.OFF, f"{label}: {cost}")
