"""Which dialogues there are, by the name a journal keeps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from conversations.engine import Dialogue
from conversations.opening import Opening
from invoicing.commands import Command


@dataclass(frozen=True)
class Flow:
    """A dialogue, and a version that is counted up when the meaning of its answers changes."""

    dialogue: Callable[[Opening], Dialogue[Command]]
    version: int = 1


FLOWS: Mapping[str, Flow] = {}
