"""How files are made: short, opening with a sentence, without floats or clocks of their own."""

import ast
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from tests.rules.source import ROOT, everything, name, product, tree

MOST_LINES = 350
MOST_OF_A_FUNCTION = 50
MONEY_ROOMS = ("models", "invoicing", "payments", "conversations")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_files_are_a_page_or_two() -> None:
    """Past 350 lines a file holds two ideas."""
    sizes = {name(path): len(path.read_text("utf-8").splitlines()) for path in everything()}
    long = [f"{path}: {lines}" for path, lines in sizes.items() if lines > MOST_LINES]
    assert not long, "\n".join(long)


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield node


def length(function: Function) -> int:
    """From its `def` to its last line."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_functions_fit_a_screen() -> None:
    """No function is longer than 50 lines."""
    long = [
        f"{name(path)}:{function.lineno} {function.name}: {length(function)}"
        for path in everything()
        for function in functions(path)
        if length(function) > MOST_OF_A_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_modules_say_what_they_answer_for() -> None:
    """Every module that holds anything opens with a sentence."""
    dumb = [
        name(path)
        for path in everything()
        if tree(path).body and not (ast.get_docstring(tree(path)) or "").strip()
    ]
    assert not dumb, "\n".join(dumb)


def test_tests_say_what_they_hold() -> None:
    """Every test opens with the behaviour in one line."""
    dumb = [
        f"{name(path)}::{function.name}"
        for path in everything()
        if path.name.startswith("test_")
        for function in functions(path)
        if function.name.startswith("test_") and not ast.get_docstring(function)
    ]
    assert not dumb, "\n".join(dumb)


def floats(path: Path) -> Iterator[str]:
    """Each mention of float in a file: calls, annotations, and literals with a point."""
    for node in ast.walk(tree(path)):
        found = isinstance(node, ast.Name) and node.id == "float"
        found = found or (isinstance(node, ast.Constant) and isinstance(node.value, float))
        if found:
            yield f"{name(path)}:{getattr(node, 'lineno', 0)}"


# Seconds and shares of a picture, never money: each with the reason why it may be a float.
MAY_FLOAT = {
    "models/db.py": "pool_timeout_s, seconds",
    "models/embedded.py": "seconds of waiting",
    "models/postmaster.py": "seconds of waiting",
    "conversations/lines/split.py": "how likely a reading is",
    "payments/options.py": "seconds of waiting",
    "payments/outside.py": "seconds of waiting",
    "payments/reconcile.py": "seconds of waiting",
    "payments/tokens.py": "seconds of waiting",
    "payments/upcoming.py": "seconds of waiting",
}


def test_no_float_holds_money() -> None:
    """In the rooms where money is, only seconds and shares are floats, file by file (I-4)."""
    rooms = [path for path in product() if path.relative_to(ROOT).parts[0] in MONEY_ROOMS]
    guilty = [line for path in rooms if name(path) not in MAY_FLOAT for line in floats(path)]
    assert not guilty, "\n".join(guilty)


def test_money_columns_are_whole_numbers() -> None:
    """Whatever ends in _minor is a bigint; no column anywhere is a float or a bare numeric (I-4)."""
    from models import invoices, merchants, payments, people, platform, told, traffic  # noqa: F401
    from models.base import Base

    wrong = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, sa.Float)
        or (column.name.endswith("_minor") and not isinstance(column.type, sa.BigInteger))
    ]
    assert not wrong, "\n".join(wrong)
    assert len(Base.metadata.tables) > 20


# Heartbeats tell whether a process is alive: real time by design, and one statement each.
MAY_ASK_SQL = {"worker.py", "scheduler/beat.py", "models/base.py"}
OWN_WORLD = ("sandbox/", "launch/", "models/postmaster.py", "models/embedded.py")


def test_only_the_clock_asks_the_time() -> None:
    """datetime.now, date.today and SQL now() stand in models/clock.py alone."""
    asking = {
        (name(path), word)
        for path in product()
        for word in ("datetime.now(", "date.today(", "datetime.utcnow(", "time.time(")
        if word in code(path)
    }
    allowed = {entry for entry in asking if entry[0].startswith(OWN_WORLD)}
    assert asking - allowed == {("models/clock.py", "datetime.now(")}


def test_business_times_are_not_the_databases() -> None:
    """No statement of ours asks Postgres for the time, heartbeats apart."""
    words = ("now()", "CURRENT_TIMESTAMP", "current_timestamp", "clock_timestamp")
    asking = {
        name(path)
        for path in product()
        for word in words
        if any(word in said for said in sentences(path))
    }
    assert asking - MAY_ASK_SQL == set()


def code(path: Path) -> str:
    """A file's code alone, as its tree unparses: no comments."""
    return ast.unparse(tree(path))


def sentences(path: Path) -> Iterator[str]:
    """The strings of a file that are no docstrings."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.ClassDef | Function)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


CATCHES_ALL = {
    "bot/dispatch.py", "bot/courier.py", "worker.py", "app.py", "scheduler/audit.py",
    "scheduler/reminders.py",
    "scheduler/reports.py", "scheduler/timeouts.py", "desk/parse.py",
}  # fmt: skip


def test_only_edges_catch_everything() -> None:
    """`except Exception` stands at dispatch, a job, a delivery, a sweep's row, the WSGI edge."""
    rooms = [p for p in product() if not name(p).startswith(OWN_WORLD)]
    catching = {
        name(path)
        for path in rooms
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and isinstance(node.type, ast.Name)
        and node.type.id == "Exception"
    }
    bare = {
        name(path)
        for path in rooms
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and node.type is None
    }
    assert catching - CATCHES_ALL == set()
    assert bare == set()
