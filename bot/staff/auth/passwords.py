"""Passwords of staff: argon2, a generated first one, and a floor for chosen ones.

Long is what makes one good (NIST SP 800-63B): no mixture of signs is asked for, and none expires.
Refused is what a guesser tries first: common passwords and what is made of them (zxcvbn, its lists
and those of `passwords.yaml`), and words that name this place or the account.
"""

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dialogs import data
from dialogs.region import folder, region

MINIMUM_LENGTH = 12
FEWEST_GUESSES = 10**10  # that a guesser would need, by zxcvbn, who calls that hard to guess
LOOKED_AT = 24  # characters; for some longer ones, made for it, zxcvbn takes seconds
# No letters or digits that look alike on paper: a first password is copied by hand.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"

_hasher = PasswordHasher()


def generated() -> str:
    """A password of four groups of four, about 79 bits: `k7mq-3xhd-…`."""
    groups = ("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def hashed(password: str) -> str:
    return _hasher.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether the password is right; takes the same time for an account that does not exist."""
    try:
        return _hasher.verify(stored or nobody(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def nobody() -> str:
    """Verified when no such account exists, so that the time taken tells nothing. Where people sign
    in it is made at the start, not at the import: most commands let nobody sign in."""
    return _hasher.hash(secrets.token_urlsafe())


def fault(password: str, account: str) -> str:
    """Why nobody may choose this password: `short`, `named` or `common`; "" where they may."""
    folded = unicodedata.normalize("NFKC", password).casefold()
    if len(password) < MINIMUM_LENGTH:
        return "short"
    named = (*_words()["named"], region().name, folder().name.casefold(), account.casefold())
    if any(word in folded for word in named if len(word) > 1):
        return "named"
    return "common" if _guesses(folded[:LOOKED_AT]) < FEWEST_GUESSES else ""


def _guesses(folded: str) -> float:
    from zxcvbn import zxcvbn  # loads its lists, some 17 MB, where a password is chosen only

    return float(zxcvbn(folded, user_inputs=_words()["common"])["guesses"])


@cache
def _words() -> dict[str, list[str]]:
    return data.load("bot.staff.auth", "passwords.yaml", dict[str, list[str]])
