"""Shows the application's pay pages inside a phone: passes requests on to it."""

import re
from urllib.parse import urlsplit

import httpx
from flask import Blueprint, Response, request

from .state import World

HOP_BY_HOP = {
    "connection",
    "content-encoding",
    "content-length",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
}


def blueprint(world: World) -> Blueprint:
    """/i/<path>, /q/<path> and /static/<path>, as the application answers them."""
    routes = Blueprint("proxy", __name__)
    app_url = world.options.app_url.rstrip("/")

    @routes.route("/i/<path:path>", methods=["GET", "POST"])
    @routes.route("/q/<path:path>", methods=["GET", "POST"])
    @routes.route("/static/<path:path>", methods=["GET"])
    def passed(path: str) -> Response:  # noqa: ARG001 (the full path is taken as it came)
        query = request.query_string.decode()
        url = app_url + request.path + (f"?{query}" if query else "")
        try:
            answer = httpx.request(
                request.method,
                url,
                content=request.get_data(),
                headers=_asked(app_url),
                trust_env=False,
                verify=False,
                timeout=30,
            )
        except httpx.HTTPError as error:
            return Response(f"The app does not answer: {error}", 502, mimetype="text/plain")
        headers = [
            (name, _told(name, value, app_url))
            for name, value in answer.headers.multi_items()
            if name.lower() not in HOP_BY_HOP | {"x-frame-options"}
        ]
        return Response(answer.content, answer.status_code, headers)

    return routes


def _asked(app_url: str) -> dict[str, str]:
    headers = {name: value for name, value in request.headers if name.lower() not in HOP_BY_HOP}
    for name in ("Origin", "Referer"):
        if name in headers and headers[name] != "null":
            parts = urlsplit(headers[name])
            headers[name] = app_url + (parts.path if name == "Referer" else "")
    return headers


def _told(name: str, value: str, app_url: str) -> str:
    if name.lower() == "content-security-policy":
        return re.sub(r"frame-ancestors[^;]*;?", "", value).strip()
    if name.lower() == "location":
        return value.removeprefix(app_url)
    return value
