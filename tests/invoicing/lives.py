"""Lives random machines: whatever is done in whatever order, the rules hold after every step."""

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from models.db import Database


def live(machine: type[RuleBasedStateMachine], database: Database, lives: int, steps: int) -> None:
    """So many lives of so many steps each, on that database."""
    on_it: Any = machine
    on_it.database = database
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=lives,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
