"""Tokens in the addresses of personal pages: opaque, bound to one person, expiring.

The token is encrypted, not merely signed: an openid is personal and must not stand readable in an
address that browsers, proxies and chats keep.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken

# A bubble in the chat is tapped again for some days; a fresh link is one message away.
LIFETIME_SECONDS = 7 * 24 * 3600


def make(secret_key: str, purpose: str, person: str, at: int) -> str:
    """A token for `person` (an openid), made at `at` (seconds since 1970)."""
    return _cipher(secret_key, purpose).encrypt_at_time(person.encode(), at).decode()


def read(secret_key: str, purpose: str, token: str, at: int) -> str | None:
    """The person the token was made for, or None when it is foreign, changed or too old."""
    try:
        kept = _cipher(secret_key, purpose).decrypt_at_time(token.encode(), LIFETIME_SECONDS, at)
    except InvalidToken:
        return None
    return kept.decode()


def _cipher(secret_key: str, purpose: str) -> Fernet:
    """One key per purpose, so that a token for one page never opens another."""
    digest = hashlib.sha256(f"xinshimin {purpose} {secret_key}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
