"""docs/requirements.md names tests that exist: a row whose test was renamed or dropped is found."""

import re

import pytest

from tests.rules.source import ROOT

NAMED = re.findall(
    r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (ROOT / "docs" / "requirements.md").read_text("utf-8")
)


@pytest.mark.parametrize(("file", "test"), sorted(set(NAMED)))
def test_what_shows_a_requirement_exists(file: str, test: str) -> None:
    """The file is there, and the test in it."""
    text = (ROOT / file).read_text("utf-8")
    assert re.search(rf"^def {test or 'test_'}", text, re.MULTILINE), f"{file}::{test}"


def test_every_row_names_one() -> None:
    """No row of the tables goes without a test."""
    lines = (ROOT / "docs" / "requirements.md").read_text("utf-8").splitlines()
    rows = [line for line in lines if re.match(r"\| (?:IF|PR|PT)-", line)]
    assert len(rows) > 30
    assert [row for row in rows if "tests/" not in row.split("|")[3]] == []
