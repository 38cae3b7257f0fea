"""Which dialogues there are, by the name a journal keeps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from conversations.engine import Dialogue
from conversations.new_client import new_client
from conversations.new_invoice import new_invoice
from conversations.opening import Opening


@dataclass(frozen=True)
class Flow:
    """A dialogue, and a version that is counted up when the meaning of its answers changes."""

    dialogue: Callable[[Opening], Dialogue[Any]]
    version: int = 1


FLOWS: Mapping[str, Flow] = {
    "new_client": Flow(new_client),
    "new_invoice": Flow(new_invoice),
}
