"""What a process does once, before its first work, so that nobody's message waits for it."""

import gc

from models.text import LANGUAGES, catalogue

COLLECT_AFTER = (20_000, 20, 50)


def up() -> None:
    """Read the languages, then settle memory.

    Read at the first message instead, each of a process's threads would read them anew at once.
    What was made so far lives as long as we do: the collector need not walk it again. Without this
    a full collection stops every conversation of the process for a tenth of a second.
    """
    for language in LANGUAGES:
        catalogue(language)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
