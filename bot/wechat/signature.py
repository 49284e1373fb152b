"""The platform's signature: who knows the token may speak."""

from hashlib import sha1
from hmac import compare_digest


def sign(*parts: str) -> str:
    """SHA-1, as hexadecimal, of the parts sorted and joined, as the platform defines it."""
    return sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def genuine(given: str, *parts: str) -> bool:
    """Is this the signature of these parts? Takes the same time whatever is wrong."""
    return compare_digest(given.encode(), sign(*parts).encode())
