"""Tokens in the addresses of personal pages: opaque, and bound to one person.

The token is encrypted, not merely signed: an openid is personal and must not stand readable in an
address that browsers, proxies and chats keep. It opens nothing by itself: WeChat says who looks,
and an old bubble in the chat may be tapped for as long as it is there.
"""

from cryptography.fernet import InvalidToken

from bot.sealing import cipher


def make(secret_key: str, purpose: str, person: str, at: int) -> str:
    """A token for `person` (an openid), made at `at` (seconds since 1970)."""
    return cipher(secret_key, purpose).encrypt_at_time(person.encode(), at).decode()


def whose(secret_key: str, purpose: str, token: str) -> str | None:
    """The person the token was made for, or None when it is foreign or changed."""
    try:
        return cipher(secret_key, purpose).decrypt(token.encode()).decode()
    except InvalidToken:
        return None
