"""Limits on guessing, counted in the database so that they hold over all workers.

A browser that the account signed in at before (`devices`) has a count of its own, which nobody else
can use up: whatever strangers type, its owner gets in. Strangers are counted by account and by
address.
"""

import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, true
from sqlmodel import col

from bot.models.staff import FailedSignIn

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 5  # from one address; from all where anyone who tries has shown the password already
PER_ADDRESS = 20  # one office may share an address
# Strangers elsewhere must not lock a person out, so all addresses together are slowed down only:
# beyond so many slips each one makes the next try wait longer.
FREE = 20
LONGEST_PAUSE = timedelta(seconds=30)
PER_DEVICE = 5
MOST = (
    10_000  # slips of strangers that are kept; with more, no further stranger may try for a while
)
# What is tried: a password of a stranger; a code, or a new password, of a person who has shown the
# password already.
PASSWORD, CODE, CHANGE = "account", "code", "change"
LOCK = 7_295_001  # any number that nothing else locks


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt to sign in, known by keyed hashes only. `known`: the password was shown before,
    so that nobody else's slips can close the account. `apart`: from a device that is counted for
    itself; its address counts nothing."""

    account: str
    address: str
    known: bool = False
    apart: bool = False


def described(
    secret_key: str, account: str, address: str, proof: str = PASSWORD, device: str = ""
) -> Try:
    """The attempt as it is counted; `device` is the key of one that the account signed in at before
    (see `devices.known`). Each proof is counted for itself: a stranger who types names that look
    like another count's must not reach it."""
    known = proof != PASSWORD
    if device:
        count = _kept(secret_key, f"device {proof}", f"{device} {account}")
        return Try(count, count, known, apart=True)
    there = _kept(secret_key, "address", _network(address))
    return Try(_kept(secret_key, proof, account), there, known)


def begin(connection: Connection, attempt: Try, now: datetime) -> bool:
    """Count the attempt as failed, before the password is looked at; False when it is one too many.

    Counting first, one after the other, means that a hundred guesses sent at the same moment are a
    hundred guesses, not one.
    """
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
    connection.execute(delete(FailedSignIn).where(col(FailedSignIn.at) < now - WINDOW))
    if _is_one_too_many(connection, attempt, now):
        return False
    connection.execute(
        insert(FailedSignIn).values(account=attempt.account, address=attempt.address, at=now)
    )
    return True


def _is_one_too_many(connection: Connection, attempt: Try, now: datetime) -> bool:
    by_account = col(FailedSignIn.account) == attempt.account
    if attempt.apart:
        return _failures(connection, by_account) >= PER_DEVICE
    by_address = col(FailedSignIn.address) == attempt.address
    theirs = by_account if attempt.known else by_account & by_address
    return (
        _failures(connection, theirs) >= PER_ACCOUNT
        or _failures(connection, by_address) >= PER_ADDRESS
        or _failures(connection, true()) >= MOST
        or _too_soon(connection, by_account, now)
    )


def succeeded(connection: Connection, attempt: Try) -> None:
    """The right password: earlier slips with this account no longer count."""
    connection.execute(delete(FailedSignIn).where(col(FailedSignIn.account) == attempt.account))


def _failures(connection: Connection, which: ColumnElement[bool]) -> int:
    return int(connection.scalar(select(func.count()).select_from(FailedSignIn).where(which)) or 0)


def _too_soon(connection: Connection, which: ColumnElement[bool], now: datetime) -> bool:
    """Whether the pause after the last slip is not over: from the first beyond `FREE`, a second
    that doubles with every slip."""
    beyond = _failures(connection, which) - FREE
    if beyond < 0:
        return False
    last = connection.scalar(select(func.max(col(FailedSignIn.at))).where(which))
    pause = min(timedelta(seconds=2 ** min(beyond, 9)), LONGEST_PAUSE)
    return last is not None and now - last < pause


def _network(address: str) -> str:
    """What counts as one address: of IPv6 the network (/64), of which one household has all."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(read, ipaddress.IPv4Address):
        return str(read)
    if read.ipv4_mapped:
        return str(read.ipv4_mapped)
    return str(ipaddress.ip_network((read, 64), strict=False))


def _kept(secret_key: str, what: str, value: str) -> str:
    text = f"{what}:{value.casefold()}".encode()
    return hmac.new(secret_key.encode(), text, "sha256").hexdigest()[:32]
