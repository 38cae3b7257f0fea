"""Behind `bin/bili`: every command a person types; each imports its own, so that all start fast."""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.house import House
    from models.db import Database
    from settings import Settings

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no other

Run = Callable[[argparse.Namespace], int]
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
    _add(commands, "doctor", _doctor, "what is configured, what is missing, what is broken")
    _add(commands, "migrate", _migrate, "bring the database to the newest schema")
    _add(commands, "webhooks", _webhooks, "tell the providers where we are")
    _add_talk(commands)
    _add_parse(commands)
    _add_lists(commands)
    _add_keeping(commands)
    return parser


def _add(commands: "Commands", name: str, run: Run, about: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=about, description=about)
    command.set_defaults(run=run)
    return command


def _add_group(commands: "Commands", name: str, about: str) -> "Commands":
    group = commands.add_parser(name, help=about, description=about)
    return group.add_subparsers(required=True, metavar="WHAT")


def _add_talk(commands: "Commands") -> None:
    talk = _add(commands, "talk", _talk, "chat with the bot here")
    talk.add_argument("--as", dest="name", default="you", metavar="NAME", help="who you are")
    talk.add_argument("--language", choices=("en", "sw"), help="of a new person (default en)")
    talk.add_argument("--out", type=Path, metavar="DIR", help="where documents are saved")


def _add_lists(commands: "Commands") -> None:
    events = _add_group(commands, "events", "what gateways told us")
    listed = _add(events, "list", _events_list, "the newest events")
    listed.add_argument("--unhandled", action="store_true", help="those on which nothing was done")
    listed.add_argument("--most", type=int, default=100, metavar="N", help="how many (100)")
    replay = _add(events, "replay", _events_replay, "settle an event again; twice is once")
    replay.add_argument("id", type=int, metavar="ID")
    dialogues = _add_group(commands, "dialogues", "what people were in the middle of")
    parked = _add(dialogues, "parked", _listed("list_parked"), "set aside, by a bug first")
    outbound = _add_group(commands, "outbound", "what we say to people")
    dead = _add(outbound, "dead", _outbound_dead, "messages that will not be sent by themselves")
    dead.add_argument("--retry", type=int, metavar="ID", help="send this one again")
    merchants = _add(commands, "merchants", _merchants, "who invoices, and how much")
    for act, about in (
        ("trust", "no daily limit for this new merchant any more"),
        ("pause", "nothing goes to this merchant's clients until it is released"),
        ("release", "looked into: her messages go out again"),
    ):
        merchants.add_argument(f"--{act}", type=int, metavar="ID", help=about)
    reports = _add(commands, "reports", _listed("list_reports"), "invoices called dishonest")
    for command in (parked, dead, merchants, reports):
        command.add_argument("--show", action="store_true", help="show names, numbers and words")
    _add(commands, "verify", _verify, "whether the books and the audit chain hold")


def _add_keeping(commands: "Commands") -> None:
    export = _add(commands, "export", _export, "clients, invoices, lines, payments as CSV")
    whose = export.add_mutually_exclusive_group(required=True)
    whose.add_argument("--merchant", type=int, metavar="ID", help="this merchant's books")
    whose.add_argument("--all", action="store_true", help="everybody's")
    export.add_argument("--out", type=Path, metavar="DIR", help="a folder, or a name in .zip")
    backup = _add(commands, "backup", _backup, "the whole database into one file")
    backup.add_argument("file", type=Path, metavar="FILE")
    restore = _add(commands, "restore", _restore, "the database from such a file")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--force", action="store_true", help="empty a database that is not empty")
    keys = _add_group(commands, "keys", "ENCRYPTION_KEYS")
    _add(keys, "rotate", _keys_rotate, "seal stored secrets anew with the first key")


def _add_parse(commands: "Commands") -> None:
    parse = _add(commands, "parse", _parse, "what the one-line parser understands, as JSON")
    parse.add_argument("text", nargs="*", metavar="TEXT", help="the line, as typed in a chat")
    parse.add_argument("--today", type=_day, help="YYYY-MM-DD; default: today there")
    parse.add_argument("--region", default="KE", help="KE, TZ, UG, NG … (default KE)")
    parse.add_argument("--currency", help="the merchant's own; default: the region's")
    parse.add_argument("--clients", type=Path, metavar="FILE", help='JSON: [{"name", "phone"}]')
    parse.add_argument("--jsonl", action="store_true", help="one JSON object a line on both ends")


def _migrate(_chosen: argparse.Namespace) -> int:
    from desk import migrate

    with _plainly():
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
        production = found.production
    except environment.SettingsError as error:
        wrong = str(error)
        try:  # production's demands are one thing; whether the rest is right is still to be seen
            found, production = environment.Settings(app_env="development"), True
        except ValueError:
            return _complain(wrong)
    try:
        database = found.database_options()
    except environment.SettingsError as error:
        database, wrong = None, wrong or str(error)
    setup = doctor_line.Setup(
        production=production,
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


@contextlib.contextmanager
def _opened() -> "Iterator[tuple[Database, House]]":
    """The database and the house, for one command."""
    from models.db import Database

    settings, house = _ready()
    database = Database(settings.database_options())
    with contextlib.closing(database), _plainly():
        yield database, house


@contextlib.contextmanager
def _plainly() -> Iterator[None]:
    """Trouble with the database becomes one line."""
    from desk import trouble

    try:
        yield
    except trouble.TROUBLE as error:
        sys.exit(_complain(trouble.in_words(error)))


def _talk(chosen: argparse.Namespace) -> int:
    import logs
    from desk import migrate, talk

    settings, _house = _ready()
    logs.set_up("ERROR")
    if not settings.production:
        with _plainly():
            migrate.catch_up(settings.database_options().url)
    folder = chosen.out or Path(settings.bili_home) / "papers"
    with _opened() as (database, house), contextlib.suppress(KeyboardInterrupt):
        talking = talk.Talk(database, house, chosen.name, chosen.language, folder)
        talking.run(talk.typed(), print, echo=not sys.stdin.isatty())
    return 0


def _events_list(chosen: argparse.Namespace) -> int:
    from desk import lists

    with _opened() as (database, _house):
        lists.list_events(database, print, unhandled=chosen.unhandled, most=chosen.most)
    return 0


def _events_replay(chosen: argparse.Namespace) -> int:
    from desk import acts

    with _opened() as (database, _house):
        return 0 if acts.replay(database, chosen.id, print) else 1


def _listed(name: str) -> Run:
    """The command that prints one of the lists of `desk.lists`."""

    def run(chosen: argparse.Namespace) -> int:
        from desk import lists

        with _opened() as (database, _house):
            getattr(lists, name)(database, print, show=chosen.show)
        return 0

    return run


def _merchants(chosen: argparse.Namespace) -> int:
    from desk import lists, trust

    with _opened() as (database, _house):
        for act, do in trust.ACTS.items():
            if (merchant_id := getattr(chosen, act)) is not None:
                return 0 if do(database, merchant_id, print) else 1
        lists.list_merchants(database, print, show=chosen.show)
    return 0


def _outbound_dead(chosen: argparse.Namespace) -> int:
    from desk import acts, lists

    with _opened() as (database, _house):
        if chosen.retry is not None:
            return 0 if acts.send_again(database, chosen.retry, print) else 1
        lists.list_dead(database, print, show=chosen.show)
    return 0


def _verify(_chosen: argparse.Namespace) -> int:
    from desk import verify

    with _opened() as (database, _house):
        return 0 if verify.verify(database, print) else 1


def _export(chosen: argparse.Namespace) -> int:
    from desk import export

    target = chosen.out or Path(f"export-{'all' if chosen.all else chosen.merchant}")
    with _opened() as (database, _house):
        try:
            counts = export.export(database, None if chosen.all else chosen.merchant, target)
        except (LookupError, OSError) as wrong:
            return _complain(f"export: {wrong.args[0] if wrong.args else wrong}")
    sizes = ", ".join(f"{count} {name}" for name, count in reversed(counts.items()))
    print(f"{target.absolute()}: {sizes}")
    return 0


def _backup(chosen: argparse.Namespace) -> int:
    from desk import backup

    try:
        size = backup.backup(_ready()[0].database_options().url, chosen.file)
    except (backup.BackupError, OSError) as wrong:
        return _complain(f"backup: {wrong}")
    print(f"{chosen.file.absolute()}: {size:,} bytes")
    return 0


def _restore(chosen: argparse.Namespace) -> int:
    from desk import backup

    url = _ready()[0].database_options().url
    try:
        waiting = backup.restore(url, chosen.file, force=chosen.force)
    except (backup.BackupError, OSError) as wrong:
        return _complain(f"restore: {wrong}")
    print("Restored. Before anything is started: bin/bili migrate, then bin/bili verify.")
    for line in waiting:
        print(f"As soon as a worker runs it goes on: {line}.")
    return 0


def _keys_rotate(_chosen: argparse.Namespace) -> int:
    from desk import keys

    with _opened() as (database, _house):
        return 0 if keys.rotate(database, print) else 1


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
    print(json.dumps(got, ensure_ascii=sys.stdout.encoding.lower() != "utf-8"))
    return 0


def _complain(words: str, code: int = 1) -> int:
    print(f"bili: {words}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
