"""What a visitor's request says besides its address: her language, JSON or HTML, a person or a program."""

import re

from flask import request

from models.text import LANGUAGES

# Software that fetches a link to show what it is, or for no person at all, opens nothing.
BOTS = re.compile(
    r"bot|crawl|spider|preview|facebookexternalhit|whatsapp|slack|skype|discord|embed|vkshare"
    r"|curl|wget|python|java/|go-http|okhttp|headlesschrome-preview",
    re.IGNORECASE,
)


def language() -> str | None:
    """The language of `?lang=`, where it is one of ours."""
    wanted = request.args.get("lang")
    return wanted if wanted in LANGUAGES else None


def wants_json() -> bool:
    """Whether the answer is read by a program."""
    types = ["text/html", "application/json"]
    return request.accept_mimetypes.best_match(types, "text/html") == "application/json"


def speaks_json() -> bool:
    """Whether a program asks, and so reads the answer too."""
    return request.is_json or wants_json()


def is_person() -> bool:
    """A browser's own look at the page: no preview, no prefetch, no question of our script."""
    purpose = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    agent = request.headers.get("User-Agent", "")
    looks = request.method == "GET" and not wants_json() and "prefetch" not in purpose
    return looks and bool(agent) and BOTS.search(agent) is None
