"""What strangers send as Postgres takes it: JSON without the characters and numbers it refuses."""

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from pydantic_core import PydanticSerializationError, to_json

# As JSON writes them: character zero, and what is no number.
STRANGE = re.compile(r"\\u0000|NaN|Infinity")


def written(value: Any) -> str:
    """JSON that Postgres takes; most of what is said needs no second look."""
    try:
        said = to_json(value, inf_nan_mode="constants").decode()
    except PydanticSerializationError:  # half of a surrogate pair
        return json.dumps(storable(value))
    return json.dumps(storable(value)) if STRANGE.search(said) else said


def storable(value: Any) -> Any:
    """JSON that Postgres takes: no character zero, no half of a surrogate pair, no infinity."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value
