"""docs/operations.md knows every command, option and metric; a new one without words fails here."""

import re

import pytest

from tests.conftest import ROOT
from tests.desk.command import bili

OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")
METRICS = [(ROOT / "pages" / name).read_text("utf-8") for name in ("health.py", "yields.py")]
LISTED = re.compile(r"^    ([a-z]+)(?:$|  )", re.MULTILINE)
OPTION = re.compile(r"(--[a-z]+)")


def commands() -> dict[str, str]:
    """Every command as it is typed, and its help."""
    found: dict[str, str] = {}
    for name in LISTED.findall(bili("--help").stdout):
        said = bili(name, "--help").stdout
        if "WHAT ..." in said:
            found |= {
                f"{name} {sub}": bili(name, sub, "--help").stdout for sub in LISTED.findall(said)
            }
        else:
            found[name] = said
    return found


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    return commands()


def section(command: str) -> str:
    """What is said under the command's own heading."""
    parts = re.split(r"^### ", OPERATIONS, flags=re.MULTILINE)
    return next((part for part in parts if part.startswith(f"`bin/bili {command}")), "")


def test_the_help_lists_what_is_fixed(known: dict[str, str]) -> None:
    """The names that people and scripts depend on."""
    fixed = {
        *(
            "doctor",
            "migrate",
            "webhooks",
            "talk",
            "parse",
            "export",
            "events replay",
            "events list",
        ),
        *("dialogues parked", "outbound dead", "merchants", "verify", "backup", "restore"),
    }
    assert fixed - set(known) == set()


def test_every_command_has_its_section(known: dict[str, str]) -> None:
    """A heading with the command, and an example that can be typed."""
    missing = [name for name in known if f"bin/bili {name}" not in section(name).partition("\n")[2]]
    assert missing == []


def test_every_option_is_told(known: dict[str, str]) -> None:
    """Each option stands in its command's section."""
    missing = [
        f"{name} {option}"
        for name, said in known.items()
        for option in sorted(set(OPTION.findall(said)) - {"--help"})
        if option not in section(name)
    ]
    assert missing == []


def test_every_metric_is_told() -> None:
    """Each number of /metrics has a row that says what it means."""
    names = {name for source in METRICS for name in re.findall(r'"(bili_\w+)"', source)}
    told = set(re.findall(r"`(bili_\w+)", "".join(re.findall(r"^\|.*", OPERATIONS, re.MULTILINE))))
    assert len(names) > 10
    assert names == told
