"""The refusals of the Bot API, in its own words (tdlib/telegram-bot-api)."""

from typing import Any

PREFIXES = {400: "Bad Request", 403: "Forbidden", 409: "Conflict", 500: "Internal Server Error"}


class ApiError(Exception):
    """An answer with ok=false: the HTTP status is the error code."""

    def __init__(self, code: int, reason: str, parameters: dict[str, Any] | None = None) -> None:
        prefix = PREFIXES.get(code)
        self.code = code
        self.description = f"{prefix}: {reason}" if prefix else reason
        self.parameters = parameters or {}
        super().__init__(self.description)

    def as_json(self) -> dict[str, Any]:
        """The body of the answer."""
        body = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad(reason: str) -> ApiError:
    """400 with the reason in the server's words."""
    return ApiError(400, reason)


def too_many(retry_after_s: int) -> ApiError:
    """429; the wait is in the body and in the header Retry-After."""
    text = f"Too Many Requests: retry after {retry_after_s}"
    return ApiError(429, text, {"retry_after": retry_after_s})


def blocked() -> ApiError:
    """403 because the person stopped the bot."""
    return ApiError(403, "bot was blocked by the user")
