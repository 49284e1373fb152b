"""Encryption of what must not lie readable.

Here: what goes into addresses and cookies, with `SECRET_KEY`. In the database, with `DATA_KEY`:
`keyring` (the keys and what they do), `column` (the type of a sealed column), `known_keys` (which
keys the database needs), `in_force` (which may seal), `reseal` (everything under the current key).
"""

import base64
import hashlib

from cryptography.fernet import Fernet


def cipher(secret_key: str, purpose: str) -> Fernet:
    """A cipher with a key of its own for each purpose, so that a token made for one page never
    opens another."""
    digest = hashlib.sha256(f"xinshimin {purpose} {secret_key}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
