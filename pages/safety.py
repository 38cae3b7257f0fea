"""What every page's answer says to the browser: load nothing from elsewhere, leak nothing."""

from urllib.parse import urlsplit

from flask import Blueprint, Request, Response

from pages.options import Options

CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
HSTS = "max-age=31536000; includeSubDomains"


def guard(blueprint: Blueprint, options: Options) -> None:
    """Put the headers on every answer of a blueprint."""

    @blueprint.after_request
    def _guard(response: Response) -> Response:
        return headed(response, options)


def headed(response: Response, options: Options) -> Response:
    """An answer with the headers; what it says of its own caching stands."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "private, no-cache")
    if options.production:
        response.headers["Strict-Transport-Security"] = HSTS
    return response


def from_elsewhere(request: Request, options: Options) -> bool:
    """Whether another site made the browser send this.

    A page without referrer sends the origin `null` with its own forms, so that says nothing.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") in ("cross-site", "same-site"):
        return True
    origin = request.headers.get("Origin")
    return origin not in (None, "null", own(options.app_url), own(request.host_url))


def own(address: str) -> str:
    """The origin of an address: `https://bili.example`."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
