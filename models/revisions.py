"""Which schema this program was written for: read off the migrations themselves, in a moment.

Alembic would say the same and takes a second to load, which every start of the web would pay.
"""

import re
from functools import cache
from pathlib import Path

VERSIONS = Path(__file__).resolve().parent.parent / "migrations" / "versions"
NAMED = re.compile(r'^(revision|down_revision)\b[^=\n]*= "(\w+)"', re.MULTILINE)


@cache
def newest() -> str:
    """The revision that no other comes after. Raises ValueError unless there is exactly one."""
    named: dict[str, set[str]] = {"revision": set(), "down_revision": set()}
    for file in VERSIONS.glob("*.py"):
        for kind, revision in NAMED.findall(file.read_text(encoding="utf-8")):
            named[kind].add(revision)
    (last,) = named["revision"] - named["down_revision"]
    return last
