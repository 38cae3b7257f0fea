"""stub"""

from flask import Blueprint, Response
from .daraja import Daraja


def blueprint(daraja: Daraja) -> Blueprint:
    return Blueprint("daraja", __name__)


def lost_path() -> Response:
    return Response("", 404)
