"""Limits on guessing, counted in the database so that they hold over all workers."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select
from sqlmodel import col

from bot.models.staff import FailedSignIn

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 5  # from one address; from all where whoever tries has shown the password already
PER_ADDRESS = 20  # one office may share an address
# Strangers elsewhere must not lock somebody out, so all addresses together are slowed down only:
# beyond so many slips each one makes the next try wait longer.
FREE = 20
LONGEST_PAUSE = timedelta(seconds=30)
# What is tried: a password of a stranger; a code, or a new password, of somebody who has shown the
# password already.
PASSWORD, CODE, CHANGE = "account", "code", "change"
LOCK = 7_295_001  # any number that nothing else locks


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt to sign in, known by keyed hashes only. `known`: the password was shown before,
    so that nobody else's slips can close the account."""

    account: str
    address: str
    known: bool = False


def described(secret_key: str, account: str, address: str, proof: str = PASSWORD) -> Try:
    """The attempt as it is counted. Each proof is counted for itself: a stranger who types names
    that look like another count's must not reach it."""
    kept = (_kept(secret_key, proof, account), _kept(secret_key, "address", address))
    return Try(*kept, known=proof != PASSWORD)


def begin(connection: Connection, attempt: Try, now: datetime) -> bool:
    """Count the attempt as failed, before the password is looked at; False when it is one too many.

    Counting first, one after the other, means that a hundred guesses sent at the same moment are a
    hundred guesses, not one.
    """
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
    connection.execute(delete(FailedSignIn).where(col(FailedSignIn.at) < now - WINDOW))
    by_account = col(FailedSignIn.account) == attempt.account
    by_address = col(FailedSignIn.address) == attempt.address
    theirs = by_account if attempt.known else by_account & by_address
    if (
        _failures(connection, theirs) >= PER_ACCOUNT
        or _failures(connection, by_address) >= PER_ADDRESS
        or _too_soon(connection, by_account, now)
    ):
        return False
    connection.execute(
        insert(FailedSignIn).values(account=attempt.account, address=attempt.address, at=now)
    )
    return True


def succeeded(connection: Connection, attempt: Try) -> None:
    """The right password: earlier slips with this account no longer count."""
    connection.execute(delete(FailedSignIn).where(col(FailedSignIn.account) == attempt.account))


def _failures(connection: Connection, which: ColumnElement[bool]) -> int:
    return int(connection.scalar(select(func.count()).where(which)) or 0)


def _too_soon(connection: Connection, which: ColumnElement[bool], now: datetime) -> bool:
    """Whether the pause after the last slip is not over: from the first beyond `FREE`, a second
    that doubles with every slip."""
    beyond = _failures(connection, which) - FREE
    if beyond < 0:
        return False
    last = connection.scalar(select(func.max(col(FailedSignIn.at))).where(which))
    pause = min(timedelta(seconds=2 ** min(beyond, 9)), LONGEST_PAUSE)
    return last is not None and now - last < pause


def _kept(secret_key: str, what: str, value: str) -> str:
    text = f"{what}:{value.casefold()}".encode()
    return hmac.new(secret_key.encode(), text, "sha256").hexdigest()[:32]
