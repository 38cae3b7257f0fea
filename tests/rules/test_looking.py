"""Statements that are said to write nothing do not: no point to come back to is made for them."""

import ast
import importlib
import re

from tests.rules.source import ROOT, imports, name, product, tree

WRITES = re.compile(
    r"\b(INSERT|UPDATE|DELETE|MERGE|INTO|SHARE|NOTIFY|set_config|nextval|setval|procrastinate_\w+"
    r"|\w*advisory\w*|pg_notify)\b",
    re.IGNORECASE,
)
BY_NAME = {"models.db.look", "models.db.hot"}  # always called as `db.look`, where we find them


def looked() -> dict[str, str]:
    """Where `db.look` is called, and the statement that it sends."""
    found = {}
    for path in product():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "db.look":
                module = importlib.import_module(
                    ".".join(path.relative_to(ROOT).with_suffix("").parts)
                )
                expression = compile(ast.Expression(node.args[1]), str(path), "eval")
                found[f"{name(path)}:{node.lineno}"] = eval(expression, vars(module))
    return found


def test_who_looks_writes_nothing() -> None:
    """Each is one SELECT, with none of the words that change or lock anything."""
    statements = looked()
    assert len(statements) > 15
    guilty = {
        place: said
        for place, said in statements.items()
        if WRITES.search(said) or not said.lstrip().startswith(("SELECT", "WITH"))
    }
    assert guilty == {}


def test_nobody_looks_in_disguise() -> None:
    """`db.look` and `db.hot` are called by these names."""
    assert [name(path) for path in product() if BY_NAME & set(imports(path))] == []
