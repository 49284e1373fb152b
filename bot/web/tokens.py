"""Tokens in the addresses of personal pages: opaque, bound to one person, expiring.

The token is encrypted, not merely signed: an openid is personal and must not stand readable in an
address that browsers, proxies and chats keep.
"""

from cryptography.fernet import InvalidToken

from bot.sealing import cipher

# A bubble in the chat is tapped again for some days; a fresh link is one message away.
LIFETIME_DAYS = 7
LIFETIME_SECONDS = LIFETIME_DAYS * 24 * 3600


def make(secret_key: str, purpose: str, person: str, at: int) -> str:
    """A token for `person` (an openid), made at `at` (seconds since 1970)."""
    return cipher(secret_key, purpose).encrypt_at_time(person.encode(), at).decode()


def read(secret_key: str, purpose: str, token: str, at: int) -> str | None:
    """The person the token was made for, or None when it is foreign, changed or too old."""
    try:
        kept = cipher(secret_key, purpose).decrypt_at_time(token.encode(), LIFETIME_SECONDS, at)
    except InvalidToken:
        return None
    return kept.decode()
