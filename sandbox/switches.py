"""What can be made to go wrong, or differently, while the sandbox runs."""

import random
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Switch:
    """One thing to choose; the first option is how it starts."""

    name: str
    label: str
    group: str
    options: tuple[str, ...]


ALL = (
    Switch(
        "callback",
        "M-Pesa callback",
        "M-Pesa",
        ("normal", "lost", "late", "duplicate", "forged", "wrong amount", "before answer"),
    ),
    Switch(
        "auto payer",
        "Payers without a phone here",
        "M-Pesa",
        ("pays", "cancels", "ignores", "wrong PIN", "no money", "unreachable", "by program"),
    ),
    Switch("handset", "Phones on the page", "M-Pesa", ("reachable", "unreachable")),
    Switch(
        "push",
        "Answer to an STK push",
        "M-Pesa",
        (
            "normal",
            "lost answer",
            "hang",
            "system busy",
            "error, prompt sent",
            "error, no prompt",
            "HTML 503",
            "spike arrest",
            "200 with error",
        ),
    ),
    Switch(
        "query",
        "STK query",
        "M-Pesa",
        ("normal", "in flight", "contradicts", "spike arrest", "HTML 503", "hang"),
    ),
    Switch("query noise", "500.001.1001 at random", "M-Pesa", ("1 in 5", "off", "always")),
    Switch(
        "token",
        "Access tokens",
        "M-Pesa",
        ("normal", "expire now", "one at a time", "number expires_in", "refused", "empty 400"),
    ),
    Switch("limits", "Lock per phone, code 17", "M-Pesa", ("strict", "off")),
    Switch("timestamp", "Timestamp of a push", "M-Pesa", ("any", "fresh")),
    Switch(
        "balance item",
        "Balance in the callback",
        "M-Pesa",
        ("absent", "no value", "decimal", "java map"),
    ),
    Switch(
        "C2B twin",
        "C2B confirmation of an STK payment",
        "M-Pesa",
        ("off", "after callback", "before callback"),
    ),
    Switch("C2B validation", "C2B validation", "M-Pesa", ("on", "off")),
    Switch(
        "C2B confirmation",
        "C2B confirmation",
        "M-Pesa",
        ("normal", "lost", "late", "duplicate"),
    ),
    Switch("C2B registration", "registerurl again", "M-Pesa", ("overwrites", "once")),
    Switch(
        "Telegram answer",
        "Answers of the Bot API",
        "Telegram",
        (
            "normal",
            "slow",
            "hang",
            "429",
            "500",
            "502",
            "reset",
            "lost answer",
            "403 blocked",
            "migrated",
        ),
    ),
    Switch(
        "Telegram delivery",
        "Updates to the app",
        "Telegram",
        ("normal", "twice", "twice at once", "taps again, new id", "lost"),
    ),
    Switch("taps", "Message under a tapped button", "Telegram", ("normal", "inaccessible")),
    Switch("contact number", "Shared number", "Telegram", ("with +", "without +")),
    Switch(
        "WhatsApp answer",
        "Answers of Twilio",
        "WhatsApp",
        (
            "normal",
            "slow",
            "20429",
            "500, not sent",
            "500, sent",
            "hang, not sent",
            "hang, sent",
            "lost answer",
            "reset",
            "broken JSON",
            "21610 opted out",
            "20003 login refused",
        ),
    ),
    Switch(
        "WhatsApp fate",
        "What becomes of messages",
        "WhatsApp",
        (
            "delivered",
            "window closed",
            "not joined",
            "not on WhatsApp",
            "held back by Meta",
            "blocked",
        ),
    ),
    Switch(
        "WhatsApp status",
        "Status callbacks",
        "WhatsApp",
        ("normal", "shuffled", "duplicate", "missing delivered", "no read receipts", "lost"),
    ),
    Switch(
        "WhatsApp delivery",
        "Messages to the app",
        "WhatsApp",
        ("normal", "twice", "twice at once", "lost", "unknown fields"),
    ),
    Switch("WhatsApp opt-out", "STOP is heeded", "WhatsApp", ("by the app", "by Twilio")),
    Switch("how often", "A fault happens", "All", ("every time", "next time only", "1 in 5")),
)


class Switches:
    """The present values; the caller holds the world's lock."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._values: dict[str, str] = {}
        self.reset()

    def reset(self) -> None:
        """Everything back to how it starts."""
        self._values = {switch.name: switch.options[0] for switch in ALL}

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def set(self, name: str, value: str) -> None:
        """Choose; raises ValueError for a name or value that is not in the list."""
        switch = next((item for item in ALL if item.name == name), None)
        if switch is None or value not in switch.options:
            raise ValueError(f"no such switch or value: {name!r} = {value!r}")
        self._values[name] = value

    def fault(self, name: str) -> str:
        """The value that counts for this one call, after `how often` had its say."""
        value, rest = self._values[name], ALL_BY_NAME[name].options[0]
        if value == rest:
            return rest
        often = self._values["how often"]
        if often == "next time only":
            self._values[name] = rest
        elif often == "1 in 5" and self._chance.random() >= 0.2:
            return rest
        return value

    def as_json(self) -> list[dict[str, Any]]:
        """As the page shows them."""
        return [
            {
                "name": switch.name,
                "label": switch.label,
                "options": list(switch.options),
                "value": self._values[switch.name],
                "group": switch.group,
            }
            for switch in ALL
        ]


ALL_BY_NAME = {switch.name: switch for switch in ALL}
