"""Short-lived addresses of documents: signed by us, so that whoever fetches needs no login.

A channel that takes documents by address (WhatsApp) is given one; it ends after half a day, which
is longer than the channel keeps a message waiting (facts: chat-channels 2.9).
"""

from dataclasses import astuple, dataclass

from itsdangerous import BadData, URLSafeTimedSerializer

LIVES_S = 12 * 3600
SALT = "document"


@dataclass(frozen=True)
class Paper:
    """Which document: `kind` pdf or png, `document` as papers name it, in which language."""

    kind: str
    document: str
    subject_id: int
    merchant_id: int
    language: str


def address(key: str, app_url: str, paper: Paper, name: str) -> str:
    """Where the document can be fetched for a while; its file name is the last part."""
    return f"{app_url}/m/{_signer(key).dumps(list(astuple(paper)))}/{name}"


def opened(key: str, signed: str) -> Paper | None:
    """What an address stands for; None for a forged or an old one."""
    try:
        kind, document, subject_id, merchant_id, language = _signer(key).loads(signed, LIVES_S)
    except (BadData, ValueError, TypeError):
        return None
    return Paper(kind, document, subject_id, merchant_id, language)


def _signer(key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt=SALT)
