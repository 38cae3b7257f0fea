"""The few files our pages need, under names that change with what is in them."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Blueprint, Response

HERE = Path(__file__).resolve().parent / "static"
KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """A file as it is served: `address` holds a hash of `body`."""

    address: str
    body: bytes
    kind: str


@cache
def asset(name: str) -> Asset:
    """One of our files, read once a process."""
    body = (HERE / name).read_bytes()
    stem, kind = name.rsplit(".", 1)
    digest = hashlib.sha256(body).hexdigest()[:12]
    return Asset(f"/static/{stem}.{digest}.{kind}", body, KINDS[kind])


def address(name: str) -> str:
    """Where a file of ours is found."""
    return asset(name).address


def serve(blueprint: Blueprint) -> None:
    """Hang all our files on a blueprint."""
    for path in sorted(HERE.iterdir()):
        _serve(blueprint, path.name)


def _serve(blueprint: Blueprint, name: str) -> None:
    found = asset(name)

    def answer() -> Response:
        response = Response(found.body, content_type=f"{found.kind}; charset=utf-8")
        response.headers["Cache-Control"] = FOR_EVER
        return response

    blueprint.add_url_rule(found.address, f"asset_{name.replace('.', '_')}", answer)
