"""Behind `bin/bili`: every command that an operator or newcomer types.

Each command imports what it needs when it runs, so that all of them start fast.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.house import House
    from models.db import Database
    from settings import Settings

WRONG_CALL = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it went well, 1 when not, 2 for a wrong call."""
    chosen = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = chosen.run
    try:
        return command(chosen)
    except BrokenPipeError:  # whoever read our lines has had enough of them
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bili", description="Bili at the terminal.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_parse(commands)
    add = commands.add_parser
    add("doctor", help="what is configured, missing, broken").set_defaults(run=_doctor)
    add("migrate", help="bring the database to the newest schema").set_defaults(run=_migrate)
    add("webhooks", help="tell the providers where we are").set_defaults(run=_webhooks)
    return parser


def _add_parse(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parse = commands.add_parser("parse", help="what the one-line parser understands, as JSON")
    parse.add_argument("text", nargs="*", metavar="TEXT", help="the line, as typed in a chat")
    parse.add_argument("--today", type=_day, help="YYYY-MM-DD; default: today there")
    parse.add_argument("--region", default="KE", help="KE, TZ, UG, NG … (default KE)")
    parse.add_argument("--currency", help="the merchant's own; default: the region's")
    parse.add_argument("--clients", type=Path, metavar="FILE", help='JSON: [{"name", "phone"}]')
    parse.add_argument("--jsonl", action="store_true", help="one JSON object a line on both ends")
    parse.set_defaults(run=_parse)


def _migrate(_chosen: argparse.Namespace) -> int:
    from desk import migrate

    migrate.migrate(_ready()[0].database_options().url)
    return 0


def _webhooks(_chosen: argparse.Namespace) -> int:
    from desk import webhooks

    with _opened() as (database, house):
        return 0 if webhooks.register(database, house.bot, house.payments, print) else 1


def _doctor(_chosen: argparse.Namespace) -> int:
    import logs
    import settings as environment
    from desk import doctor, doctor_line

    logs.set_up("CRITICAL")  # the doctor says it in other words
    try:
        found, wrong = environment.load(), None
    except environment.SettingsError as error:
        wrong = str(error)
        try:  # production's demands are one thing; whether the rest is right is still to be seen
            found = environment.Settings(app_env="development")
        except ValueError:
            return _complain(wrong)
    try:
        database = found.database_options()
    except environment.SettingsError as error:
        database, wrong = None, wrong or str(error)
    setup = doctor_line.Setup(
        production=os.environ.get("APP_ENV") == "production",
        given=frozenset(name.upper() for name in found.model_fields_set),
        wrong=wrong,
        database=database,
        bot=found.bot_options(),
        payments=found.payments_options(),
    )
    return 0 if doctor.examine(setup, print) else 1


def _ready() -> "tuple[Settings, House]":
    """The environment, checked. Ends the process with one line where it is wrong."""
    import settings as environment
    from bot.house import House

    try:
        found = environment.load()
        found.database_options()
    except environment.SettingsError as wrong:
        sys.exit(_complain(str(wrong)))
    return found, House(found.bot_options(), found.payments_options())


@contextmanager
def _opened() -> "Iterator[tuple[Database, House]]":
    """The database and the house, for one command."""
    from models.db import Database

    settings, house = _ready()
    database = Database(settings.database_options())
    try:
        yield database, house
    finally:
        database.close()


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{words}” is no day like 2026-11-27") from None


def _parse(chosen: argparse.Namespace) -> int:
    import json

    from desk import parse

    try:
        clients = parse.read_clients(chosen.clients) if chosen.clients else ()
    except (OSError, ValueError) as wrong:
        return _complain(f"parse: {chosen.clients}: {wrong}", WRONG_CALL)
    merchant = parse.Merchant(chosen.today, chosen.region, chosen.currency, clients)
    if chosen.jsonl:
        parse.stream(sys.stdin.buffer, sys.stdout.buffer, merchant)
        return 0
    if not chosen.text:
        return _complain("parse: give a TEXT, or --jsonl with lines to read", WRONG_CALL)
    try:
        got = parse.understand(" ".join(chosen.text), merchant)
    except ValueError as wrong:
        return _complain(f"parse: {wrong}", WRONG_CALL)
    print(json.dumps(got, ensure_ascii=not _writes_everything()))
    return 0


def _writes_everything() -> bool:
    """Whether the terminal takes every letter there is."""
    return sys.stdout.encoding.lower().replace("-", "") == "utf8"


def _complain(words: str, code: int = 1) -> int:
    print(f"bili: {words}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
