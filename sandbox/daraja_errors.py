"""The refusals of Daraja: its error envelope and the bodies that are none."""

import json
from typing import Any

from flask import Response


class DarajaError(Exception):
    """An answer with an error code; `status` is the HTTP status."""

    def __init__(self, status: int, code: str, message: str) -> None:
        self.status = status
        self.code = code
        self.message = message
        super().__init__(f"{code} {message}")


def invalid(name: str) -> DarajaError:
    """400.002.02, naming the field."""
    return DarajaError(400, "400.002.02", f"Bad Request - Invalid {name}")


def wrong(message: str) -> DarajaError:
    """500.001.1001, whose meaning is in the message alone."""
    return DarajaError(500, "500.001.1001", message)


def refusal(error: DarajaError, request_id: str) -> Response:
    """The error envelope."""
    body = {"requestId": request_id, "errorCode": error.code, "errorMessage": error.message}
    return answer(body, error.status)


def answer(body: dict[str, Any], status: int = 200) -> Response:
    """JSON as Daraja writes it."""
    return Response(json.dumps(body), status, content_type="application/json;charset=UTF-8")


def html_503() -> Response:
    """What the firewall in front says to some addresses."""
    page = (
        "<html><head><title>503</title></head><body>Request unsuccessful. Incapsula</body></html>"
    )
    return Response(page, 503, content_type="text/html")


def spike_arrest() -> Response:
    """What the gateway says when it has had enough."""
    fault = "Spike arrest violation. Allowed rate : MessageRate{messagesPerPeriod=5}"
    detail = {"errorcode": "policies.ratelimit.SpikeArrestViolation"}
    return answer({"fault": {"faultstring": fault, "detail": detail}}, 429)
