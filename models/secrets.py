"""Secrets at rest and secrets in links: encryption, hashes, random tokens, account codes."""

import hashlib
import secrets
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

# What a payer types at a paybill: no letter or digit that looks or sounds like another.
CODE_ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
CODE_LENGTH = 7


class Vault:
    """Encrypts with the first key and reads with any, so that keys can be rotated."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, words: str) -> bytes:
        """Text to an encrypted, authenticated token."""
        return self._fernet.encrypt(words.encode())

    def open(self, sealed: bytes) -> str:
        """The text again. Raises ValueError when no key fits or the token was changed."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken as wrong:
            raise ValueError("no key opens this secret") from wrong


def key_hash(*parts: str) -> bytes:
    """The look-up key of a secret or of personal data: 32 bytes that do not give it back."""
    return hashlib.sha256("\x1f".join(parts).encode()).digest()


def new_token() -> str:
    """128 random bits for a link, in characters that survive every chat (I-20)."""
    return secrets.token_urlsafe(16)


def new_reference() -> str:
    """128 random bits in hex: an attempt's own reference, safe in any gateway's address."""
    return secrets.token_hex(16)


def new_account_code() -> str:
    """A code to type at a paybill: 25^7 possibilities, at most 12 characters (facts: daraja 2.1)."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
