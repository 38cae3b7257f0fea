"""The example of an environment is what the settings read, name by name."""

import re

from tests.conftest import environment_example
from tests.rules.source import ROOT


def test_the_example_is_what_the_settings_read() -> None:
    """`.env.example` is generated; whoever adds a setting generates it again."""
    assert (ROOT / ".env.example").read_text("utf-8") == environment_example()


def test_the_example_sets_nothing() -> None:
    """A copy of the example is an environment where everything is off or default."""
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    assert [line for line in lines if line and not re.fullmatch(r"#.*|[A-Z_]+=", line)] == []
