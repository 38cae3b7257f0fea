"""Lines written without looking at the parser, labelled by the rules, and scored."""

import json
from pathlib import Path

import pytest

from benchmarks.parser_score import judge, read

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("one_line_fresh_1", 0.97),
        ("one_line_fresh_2", 0.98),
        ("one_line_fresh_3", 0.98),
        ("one_line_fresh_4", 0.9),
        ("one_line_fresh_5", 0.9),
        ("one_line_fresh_6", 0.98),
        ("one_line_fresh_7", 0.96),
        ("one_line_fresh_8", 0.96),
        ("one_line_fresh_9", 0.88),
        ("one_line_fresh_10", 0.96),
        ("one_line_fresh_11", 0.95),
        ("one_line_fresh_12", 0.86),
        ("one_line_fresh_13", 0.94),
        ("one_line_fresh_14", 0.95),
    ],
)
def test_fresh_lines_are_exact_or_asked(name: str, floor: float) -> None:
    """No line is silently wrong or missed, and at least the floor is exact."""
    text = (HERE / f"{name}.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    verdicts = [(*judge(row, read(row)), row["text"]) for row in rows]
    assert [verdict for verdict in verdicts if verdict[0] in {"silently wrong", "miss"}] == []
    assert sum(verdict[0] == "exact" for verdict in verdicts) >= floor * len(rows)
