"""Our own files as the rules read them: paths, texts and syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "api", "bot", "conversations", "desk", "documents", "invoicing", "launch", "models", "pages",
    "payments", "sandbox", "scheduler", "webhooks",
)  # fmt: skip
NOT_OURS = (".venv", "var", ".git", "__pycache__")


def product() -> list[Path]:
    """Every module that runs in production or in the sandbox: the rooms and what starts them."""
    rooms = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return sorted(ROOT.glob("*.py")) + rooms


def everything() -> list[Path]:
    """Every Python file of the project but migrations, which are never changed afterwards."""
    return [path for path in ours("*.py") if path.relative_to(ROOT).parts[0] != "migrations"]


def ours(pattern: str) -> list[Path]:
    """The paths that were written here, not installed or generated.

    Nobody looks into the other folders: while the tests run, databases come and go in them.
    """
    tops = [path for path in ROOT.iterdir() if path.name not in NOT_OURS]
    inner = [path for top in tops if top.is_dir() for path in top.rglob(pattern)]
    found = [*(path for path in ROOT.glob(pattern) if path in tops), *inner]
    return sorted(path for path in found if not set(NOT_OURS) & set(path.relative_to(ROOT).parts))


def name(path: Path) -> str:
    """A path as a person would say it."""
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """The full names of the modules that a file imports, wherever in the file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
