"""Limits on guessing, counted in the database so that they hold over all workers."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select
from sqlmodel import col

from bot.models.staff import FailedSignIn

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 5
PER_ADDRESS = 20  # one office may share an address
LOCK = 7_295_001  # any number that nothing else locks


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt to sign in, known by keyed hashes only."""

    account: str
    address: str


def described(secret_key: str, account: str, address: str) -> Try:
    """The attempt as it is counted."""
    return Try(_kept(secret_key, "account", account), _kept(secret_key, "address", address))


def begin(connection: Connection, attempt: Try, now: datetime) -> bool:
    """Count the attempt as failed, before the password is looked at; False when it is one too many.

    Counting first, one after the other, means that a hundred guesses sent at the same moment are a
    hundred guesses, not one.
    """
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
    connection.execute(delete(FailedSignIn).where(col(FailedSignIn.at) < now - WINDOW))
    if (
        _failures(connection, "account", attempt.account) >= PER_ACCOUNT
        or _failures(connection, "address", attempt.address) >= PER_ADDRESS
    ):
        return False
    connection.execute(
        insert(FailedSignIn).values(account=attempt.account, address=attempt.address, at=now)
    )
    return True


def succeeded(connection: Connection, attempt: Try) -> None:
    """The right password: earlier slips with this account no longer count."""
    connection.execute(delete(FailedSignIn).where(col(FailedSignIn.account) == attempt.account))


def _failures(connection: Connection, column: str, value: str) -> int:
    counted = select(func.count()).select_from(FailedSignIn)
    return int(connection.scalar(counted.where(getattr(FailedSignIn, column) == value)) or 0)


def _kept(secret_key: str, what: str, value: str) -> str:
    text = f"{what}:{value.casefold()}".encode()
    return hmac.new(secret_key.encode(), text, "sha256").hexdigest()[:32]
