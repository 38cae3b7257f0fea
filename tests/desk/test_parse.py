"""`parse`: one text or a stream of lines, whatever they hold."""

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desk import parse
from desk.parse import Merchant
from tests.conftest import ROOT
from tests.desk.command import bili

LINE: dict[str, Any] = {
    "id": "a1",
    "text": "invoice Jane 3 bags cement @850 due friday",
    "today": "2026-11-20",
    "region": "KE",
    "currency": "KES",
}
GOT = {
    "client": {"name": "Jane", "phone": None},
    "items": [{"description": "bags cement", "quantity": "3", "unit_price": "850"}],
    "currency": "KES",
    "due": "2026-11-27",
    "discount": None,
    "tax": None,
    "note": None,
    "unsure": [],
}


def answers(*lines: bytes, **merchant: Any) -> list[dict[str, Any]]:
    out = io.BytesIO()
    parse.stream(lines, out, Merchant(**merchant))
    return [json.loads(line) for line in out.getvalue().splitlines()]


def line(**more: Any) -> bytes:
    return json.dumps(LINE | more).encode() + b"\n"


def test_a_text_in_the_shape_of_a_label() -> None:
    """The answer has the keys and types by which the parser is judged."""
    assert parse.understand(LINE["text"], Merchant(date(2026, 11, 20))) == GOT


def test_a_line_is_answered_with_its_id() -> None:
    """Ids of any kind come back as they were; empty lines are no lines."""
    assert answers(line(), b"\n", line(id=7)) == [{"id": "a1", "got": GOT}, {"id": 7, "got": GOT}]


@pytest.mark.parametrize(
    ("bad", "name", "why"),
    [
        (b"not json\n", None, "Expecting value"),
        (b"\xff\xfe\n", None, "codec"),
        (b"[1]\n", None, "one JSON object"),
        (b"[" * 100_000, None, "recursion"),
        (b"1" * 5000, None, "digits"),
        (line(text=None), "a1", "text must be a string"),
        (line(today="2026-02-31"), "a1", "day"),
        (line(today=5), "a1", "today must be a string"),
        (line(clients={"name": "x"}), "a1", "clients must be a list"),
        (line(clients=[{"phone": "1"}]), "a1", "must have a name"),
        (line(region="ZZ", currency=None), "a1", "region must be one of"),
    ],
)
def test_a_bad_line_is_answered_and_the_next_one_too(bad: bytes, name: object, why: str) -> None:
    """What cannot be read is said of that line alone."""
    first, second = answers(bad, line())

    assert first["id"] == name
    assert why in first["error"]
    assert second == {"id": "a1", "got": GOT}


def test_a_bug_of_ours_ends_one_line_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a crash of the parser is an answer."""

    def broken(*_args: object, **_more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(parse, "parse", broken)
    assert answers(line()) == [{"id": "a1", "error": "bug: ZeroDivisionError"}]


def test_half_a_surrogate_pair_goes_through() -> None:
    """JSON may hold what no encoding can write: it is escaped again."""
    assert (
        answers(b'{"id": "\\ud800", "text": "\\ud800", "today": "2026-11-20"}')[0]["id"] == "\ud800"
    )


def test_what_a_line_leaves_out_comes_from_the_options() -> None:
    """Day, country, money and clients of the options hold where a line is silent."""
    jane = parse.known_clients([{"name": "Jane Mwangi", "phone": "+254712345678"}])
    bare = json.dumps({"id": 1, "text": LINE["text"]}).encode()
    (answer,) = answers(bare, today=date(2026, 11, 20), region="UG", currency="USD", clients=jane)

    assert answer["got"]["client"] == {"name": "Jane Mwangi", "phone": "+254712345678"}
    assert (answer["got"]["currency"], answer["got"]["due"]) == ("USD", "2026-11-27")


def test_the_country_says_its_day_and_money() -> None:
    """Without --today and --currency the region decides."""
    got = parse.understand("invoice Jane soap @50 due tomorrow", Merchant(region="UG"))

    assert (got["currency"], got["due"]) == ("UGX", "2026-11-21")


def test_the_command(tmp_path: Path) -> None:
    """TEXT with its options, without a database."""
    clients = tmp_path / "clients.json"
    clients.write_text('["Jane Mwangi"]')
    said = bili("parse", *LINE["text"].split(), "--today", "2026-11-20", "--clients", str(clients))

    assert (said.returncode, said.stderr) == (0, "")
    assert json.loads(said.stdout) == GOT | {"client": {"name": "Jane Mwangi", "phone": None}}


def test_the_command_streams() -> None:
    """--jsonl answers each line of standard input on a line of standard output."""
    said = bili("parse", "--jsonl", typed=line() + b"oops\n" + line(id="z"))

    assert [json.loads(row)["id"] for row in said.stdout.splitlines()] == ["a1", None, "z"]
    assert said.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["parse"], "give a TEXT"),
        (["parse", "x", "--today", "friday"], "no day like"),
        (["parse", "x", "--clients", "/nowhere.json"], "No such file"),
        (["parse", "x", "--region", "ZZ"], "region must be one of"),
    ],
)
def test_a_wrong_call_is_told_in_a_line(arguments: list[str], why: str) -> None:
    """Exit 2, a reason, no traceback."""
    said = bili(*arguments)

    assert said.returncode == 2
    assert why in said.stderr
    assert "Traceback" not in said.stderr


def test_it_starts_without_the_heavy_libraries() -> None:
    """Neither SQLAlchemy nor Telegram nor settings are loaded for it: that would cost a second."""
    script = (
        "import sys, desk.parse as p; from datetime import date;"
        " p.understand('invoice Jane soap @50', p.Merchant(date(2026, 11, 20), 'KE', 'KES'));"
        " print({'sqlalchemy', 'telegram', 'flask', 'pydantic', 'babel'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
