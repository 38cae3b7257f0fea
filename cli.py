"""Behind `bin/bili`: every command that an operator or newcomer types."""

import argparse
import sys
from collections.abc import Callable, Sequence

import settings as environment
from bot.house import House
from models.db import Database


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it went well, 1 when not, 2 for a wrong call."""
    chosen = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = chosen.run
    try:
        return command(chosen)
    except environment.SettingsError as wrong:
        print(f"bili: {wrong}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bili", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add = commands.add_parser
    add("migrate", help="bring the database to the newest schema").set_defaults(run=_migrate)
    add("webhooks", help="tell the providers where we are").set_defaults(run=_webhooks)
    return parser


def _migrate(_chosen: argparse.Namespace) -> int:
    from desk import migrate

    migrate.migrate(environment.load().database_options().url)
    return 0


def _webhooks(_chosen: argparse.Namespace) -> int:
    from desk import webhooks

    settings = environment.load()
    database = Database(settings.database_options())
    house = House(settings.bot_options(), settings.payments_options())
    well = webhooks.register(database, house.bot, house.payments, print)
    database.close()
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
