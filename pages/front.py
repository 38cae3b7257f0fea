"""What opens in a browser: hangs all pages on the application."""

from flask import Flask

from models.db import Database
from pages import files, health, home, invoice, quote
from pages.options import Options
from payments import options as payments_options


def register(
    app: Flask, database: Database, options: Options, money: payments_options.Options
) -> None:
    """Every page; the movable clock in development only."""
    app.register_blueprint(invoice.blueprint(database, options, money))
    app.register_blueprint(files.blueprint(database, options))
    app.register_blueprint(quote.blueprint(database, options))
    app.register_blueprint(health.blueprint(database, options))
    app.register_blueprint(home.blueprint(options))
    if not options.production:
        app.register_blueprint(home.clock(database))
