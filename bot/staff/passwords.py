"""Passwords of staff: argon2, a generated first one, and a floor for chosen ones."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MINIMUM_LENGTH = 10
# No letters or digits that look alike on paper: a first password is copied by hand.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"

_hasher = PasswordHasher()
# Verified when no such account exists, so that the time taken tells nothing.
_NOBODY = _hasher.hash(secrets.token_urlsafe())


def generated() -> str:
    """A password of four groups of four, about 79 bits: `k7mq-3xhd-…`."""
    groups = ("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def hashed(password: str) -> str:
    return _hasher.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether the password is right; takes the same time for an account that does not exist."""
    try:
        return _hasher.verify(stored or _NOBODY, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def is_weak(password: str, account: str) -> bool:
    """Too short, all one character, or containing the account's name."""
    folded = password.casefold()
    return (
        len(password) < MINIMUM_LENGTH
        or len(set(folded)) < 5
        or (len(account) >= 3 and account.casefold() in folded)
    )
