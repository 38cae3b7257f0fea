"""The arguments of one Bot API call: four encodings, JSON inside forms, files by name."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Request
from werkzeug.exceptions import BadRequest

from .telegram_errors import bad


@dataclass(frozen=True)
class Upload:
    """The bytes of one multipart part."""

    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True)
class Args:
    """What was passed, read by name and kind; wrong kinds raise 400."""

    values: Mapping[str, Any]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def given(self, name: str) -> bool:
        """Whether the argument is there and not empty."""
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """A string; numbers in JSON bodies are taken as their digits."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str) -> int | None:
        """A whole number, or None when it is absent."""
        if not self.given(name):
            return None
        try:
            return int(self.text(name).strip())
        except ValueError:
            raise bad(f"{name} must be an integer") from None

    def flag(self, name: str) -> bool:
        """A truth, in any of the spellings that the server takes."""
        return self.text(name).strip().lower() in {"true", "1", "yes", "t", "y"}

    def structure(self, name: str, what: str) -> Any:
        """Lists and objects: JSON text in forms, JSON itself in JSON bodies; None when absent."""
        if not self.given(name):
            return None
        value = self.values[name]
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {what} JSON object") from None


def from_request(request: Request) -> Args:
    """Query, urlencoded form, JSON body or multipart."""
    values: dict[str, Any] = request.args.to_dict()
    if request.mimetype == "application/json":
        values |= _body(request)
    else:
        values |= request.form.to_dict()
    files = {
        name: Upload(part.filename or name, part.mimetype, part.read())
        for name, part in request.files.items()
    }
    return Args(values, files)


def _body(request: Request) -> dict[str, Any]:
    if not request.data.strip():
        return {}
    try:
        body = request.get_json()
    except BadRequest:
        body = None
    if not isinstance(body, dict):
        raise bad("can't parse request JSON object")
    return body
