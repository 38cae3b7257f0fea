"""A town under fire ends with the same books as one that nobody disturbed (F-3, I-9, I-15, I-17, I-25)."""

import os
from pathlib import Path

import pytest

from tests.conftest import LOGS, NEVER_LOGGED
from tests.fire.run import Wish, burn

pytestmark = pytest.mark.slow
SEED = 2
CONVERSATIONS = 10
MISFORTUNES = 12


@pytest.mark.parametrize("seed", [SEED])
def test_same_books_as_an_undisturbed_town(seed: int) -> None:
    """Every process and Postgres are killed -9 while people work: no word, shilling or number is lost.

    A failing seed is printed; put it into the list above to see it again.
    """
    logs = Path(os.environ[LOGS]) / f"fire-{seed}"
    report = burn(Wish(seed, CONVERSATIONS, spread_s=6, most=MISFORTUNES), logs)
    assert not report.faults, str(report)
    lines = [line for path in logs.rglob("*.log") for line in path.read_text("utf-8").splitlines()]
    assert not [line for line in lines if NEVER_LOGGED.search(line)][:5]
