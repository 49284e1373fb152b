"""Encryption of what must not lie readable.

Here: what goes into addresses and cookies, with `SECRET_KEY`. In the database, with `DATA_KEY`:
`keyring` (the keys and what they do), `column` (the type of a sealed column), `in_force` (which
keys may seal). What is done with all of it is in `bot.keys`.
"""

import base64
import hashlib

from cryptography.fernet import Fernet


def cipher(secret_key: str, purpose: str) -> Fernet:
    """A cipher with a key of its own for each purpose, so that a token made for one page never
    opens another."""
    digest = hashlib.sha256(f"xinshimin {purpose} {secret_key}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
