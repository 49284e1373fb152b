"""Signed-in browsers. Sessions end: after half an hour of nothing, and after a working day."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update
from sqlmodel import col

from bot.models.staff import IDLE, StaffSession
from bot.staff.auth import devices, members
from bot.staff.auth.members import Member

LONGEST = timedelta(hours=10)
# Writing `seen_at` with every page would cost a write lock each; this exact is enough.
GRAIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who sits at this browser. `complete` is False until the second factor was shown."""

    member: Member
    complete: bool
    stale: bool  # `touch` is due
    site: str | None = None  # where they sit, see `bot.staff.counter.seat`
    window: str | None = None
    paused_at: datetime | None = None


def start(connection: Connection, member: int, complete: bool, now: datetime) -> str:
    """A new session; the token for the cookie. Ended sessions of anybody are swept away."""
    token = secrets.token_urlsafe(32)
    connection.execute(
        delete(StaffSession).where(
            (col(StaffSession.seen_at) < now - IDLE)
            | (col(StaffSession.started_at) < now - LONGEST)
        )
    )
    connection.execute(
        insert(StaffSession).values(
            token=_kept(token), member=member, complete=complete, started_at=now, seen_at=now
        )
    )
    return token


def read(connection: Connection, token: str, now: datetime) -> SignedIn | None:
    """The session of this token, unless it has ended or the account was closed."""
    row = connection.execute(
        select(StaffSession).where(
            col(StaffSession.token) == _kept(token),
            col(StaffSession.seen_at) >= now - IDLE,
            col(StaffSession.started_at) >= now - LONGEST,
        )
    ).one_or_none()
    member = members.by_id(connection, row.member) if row else None
    if row is None or member is None:
        return None
    stale = row.seen_at < now - GRAIN
    return SignedIn(member, row.complete, stale, row.site, row.window, row.paused_at)


def touch(connection: Connection, token: str, now: datetime) -> None:
    """Note that the browser was active."""
    connection.execute(
        update(StaffSession).where(col(StaffSession.token) == _kept(token)).values(seen_at=now)
    )


def sit(connection: Connection, token: str, site: str | None, window: str | None) -> None:
    """Note at which window the person sits, and that they are at work."""
    this = update(StaffSession).where(col(StaffSession.token) == _kept(token))
    connection.execute(this.values(site=site, window=window, paused_at=None))


def pause(connection: Connection, token: str, since: datetime | None) -> None:
    """Note since when the window calls nobody; None where it does."""
    this = update(StaffSession).where(col(StaffSession.token) == _kept(token))
    connection.execute(this.values(paused_at=since))


def end(connection: Connection, token: str) -> None:
    """Sign this browser out."""
    connection.execute(delete(StaffSession).where(col(StaffSession.token) == _kept(token)))


def end_all(connection: Connection, member: int) -> None:
    """Sign a person out everywhere, where no browser speaks for them any more: a new password, a
    closed account, a changed role, a reset."""
    devices.forget_all(connection, member)
    connection.execute(delete(StaffSession).where(col(StaffSession.member) == member))


def _kept(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
