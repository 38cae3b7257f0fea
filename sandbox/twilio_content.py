"""Content templates: kept, approved or not, and filled in."""

import json
import re
from typing import Any

from .state import World
from .twilio_errors import TwilioError

IN_SESSION_ONLY = {"twilio/list-picker"}
PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class Contents:
    """All templates by their HX sid; read and changed under the world's lock."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._all: dict[str, dict[str, Any]] = {}

    def add(self, given: dict[str, Any]) -> dict[str, Any]:
        """Keep a template; raises 20001-like refusals as 400."""
        types = given.get("types")
        if not isinstance(types, dict) or not types or not all("/" in name for name in types):
            raise TwilioError(21656, "types must hold twilio/...")
        sid = f"HX{self._world.chance.getrandbits(128):032x}"
        self._all[sid] = {
            "sid": sid,
            "account_sid": self._world.options.twilio_account,
            "friendly_name": given.get("friendly_name"),
            "language": given.get("language", "en"),
            "variables": given.get("variables", {}),
            "types": types,
            "url": f"https://content.twilio.com/v1/Content/{sid}",
            "status": "unsubmitted",
        }
        return self.shown(sid)

    def get(self, sid: str) -> dict[str, Any]:
        """By sid; raises 20404."""
        if sid not in self._all:
            raise TwilioError(20404)
        return self._all[sid]

    def shown(self, sid: str) -> dict[str, Any]:
        """As the Content API answers."""
        return {name: value for name, value in self.get(sid).items() if name != "status"}

    def all(self) -> list[dict[str, Any]]:
        """Every template."""
        return [self.shown(sid) for sid in self._all]

    def approve(self, sid: str, outcome: str = "approved") -> dict[str, Any]:
        """Hand it in; here the outcome is chosen and comes at once."""
        found = self.get(sid)
        if IN_SESSION_ONLY & set(found["types"]):
            raise TwilioError(21656, "a list picker cannot be approved")
        found["status"] = outcome
        return {"name": found["friendly_name"], "status": outcome, "category": "UTILITY"}

    def filled(self, sid: str, variables: str) -> dict[str, Any]:
        """Body and buttons with the places filled in; raises 21655, 21656 and 63028."""
        if sid not in self._all:
            raise TwilioError(21655)
        values = _values(variables)
        kind, content = next(iter(self._all[sid]["types"].items()))
        return {
            "body": _fill(content.get("body", ""), values),
            "buttons": [
                _button(item, values) for item in content.get("actions", content.get("items", []))
            ],
            "list_title": content.get("button", "") if kind == "twilio/list-picker" else "",
            "approved": self._all[sid]["status"] == "approved",
        }


def _values(variables: str) -> dict[str, str]:
    try:
        values = json.loads(variables or "{}")
    except json.JSONDecodeError:
        raise TwilioError(21656) from None
    if not isinstance(values, dict):
        raise TwilioError(21656)
    for value in values.values():
        if not isinstance(value, str) or not value or re.search(r"[\n\t]| {5}", value):
            raise TwilioError(21656, "empty, or with a line break or five blanks")
    return values


def _fill(text: str, values: dict[str, str]) -> str:
    def value(place: re.Match[str]) -> str:
        if place[1] not in values:
            raise TwilioError(63028, f"no value for {place[1]}")
        return values[place[1]]

    return PLACE.sub(value, text)


def _button(item: dict[str, Any], values: dict[str, str]) -> dict[str, str]:
    label = _fill(str(item.get("title", item.get("item", ""))), values)
    if item.get("url"):
        return {"label": label, "url": _fill(str(item["url"]), values)}
    return {"label": label, "data": _fill(str(item.get("id", label)), values)}
