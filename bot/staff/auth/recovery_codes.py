"""Printed one-time codes: the second factor of anyone who has no authenticator app at hand.

An administrator hands out a sheet; each code is good once, and a new sheet ends the one before.
What is kept is a slow hash of each (argon2 with the sheet's salt): a copy of the database gives no
code away.
"""

import secrets
import unicodedata
from datetime import datetime

from argon2.low_level import Type, hash_secret_raw
from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update
from sqlmodel import col

from bot.models.staff import RecoveryCode
from bot.staff.auth.passwords import READABLE

SHEET = 20  # codes: a month of working days
GROUPS, SIGNS = 2, 5  # of a code; about 49 bits
LONGEST_INPUT = 40
# What the hash costs (OWASP's least for argon2id): about 20 ms.
WORK = {"time_cost": 2, "memory_cost": 19_456, "parallelism": 1}


def issue(connection: Connection, member: int) -> list[str]:
    """A new sheet for the account, in place of any before; its codes, which nothing shows again."""
    salt = secrets.token_hex(16)
    made = {_generated() for _ in range(SHEET)}
    while len(made) < SHEET:
        made.add(_generated())
    forget_all(connection, member)
    rows = [{"member": member, "digest": _digest(code, salt), "salt": salt} for code in made]
    connection.execute(insert(RecoveryCode), rows)
    return sorted(made)


def matching(connection: Connection, member: int, typed: str) -> str | None:
    """The digest of what was typed, if it is an unused code of the account."""
    mine = _unused(member)
    salt = connection.scalar(select(col(RecoveryCode.salt)).where(mine).limit(1))
    if salt is None:
        return None
    digest = _digest(typed[:LONGEST_INPUT], salt)
    this = mine & (col(RecoveryCode.digest) == digest)
    return connection.scalar(select(col(RecoveryCode.digest)).where(this))


def spend(connection: Connection, member: int, digest: str, now: datetime) -> bool:
    """Use a code up; False when that happened a moment before."""
    this = _unused(member) & (col(RecoveryCode.digest) == digest)
    return bool(connection.execute(update(RecoveryCode).where(this).values(used_at=now)).rowcount)


def left(connection: Connection) -> dict[int, int]:
    """By account how many codes are unused; accounts without a sheet are left out."""
    unused = func.count().filter(col(RecoveryCode.used_at).is_(None)).label("unused")
    counted = select(col(RecoveryCode.member), unused).group_by(col(RecoveryCode.member))
    return {row.member: row.unused for row in connection.execute(counted)}


def forget_all(connection: Connection, member: int) -> None:
    """Take the account's sheet away."""
    connection.execute(delete(RecoveryCode).where(col(RecoveryCode.member) == member))


def _unused(member: int) -> ColumnElement[bool]:
    return (col(RecoveryCode.member) == member) & col(RecoveryCode.used_at).is_(None)


def _generated() -> str:
    groups = ("".join(secrets.choice(READABLE) for _ in range(SIGNS)) for _ in range(GROUPS))
    return "-".join(groups)


def _digest(code: str, salt: str) -> str:
    """Of the letters and digits alone, however they were typed."""
    folded = unicodedata.normalize("NFKC", code).casefold()
    signs = "".join(sign for sign in folded if sign.isalnum())
    raw = hash_secret_raw(signs.encode(), bytes.fromhex(salt), hash_len=32, type=Type.ID, **WORK)
    return raw.hex()
