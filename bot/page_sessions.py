"""Browsers that WeChat signed in to the personal pages, and whose they are.

The cookie holds a random token and this table its hash: a cookie names nobody, and anyone who is
forgotten is signed out everywhere at once.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, insert, select
from sqlmodel import col

from bot.models import PageSession
from bot.people import Holder, hold, record

LASTS = timedelta(hours=12)


def start(connection: Connection, person: str, now: datetime) -> str:
    """Sign a browser in as `person` (openid); the token for its cookie, a new one each time."""
    token = secrets.token_urlsafe(32)
    row = {"token": _kept(token), "person": person, "started_at": now}
    connection.execute(insert(PageSession).values(row))
    return token


def whose(connection: Connection, token: str, now: datetime) -> str | None:
    """The person who holds the browser with this token, None once the sign-in has ended."""
    this = select(col(PageSession.person)).where(col(PageSession.token) == _kept(token))
    return connection.scalar(this.where(~ended(now)))


def end(connection: Connection, token: str) -> None:
    """Sign this browser out."""
    connection.execute(delete(PageSession).where(col(PageSession.token) == _kept(token)))


def end_all(connection: Connection, person: str) -> None:
    """Sign the person out in every browser."""
    connection.execute(delete(PageSession).where(col(PageSession.person) == person))


def ended(now: datetime) -> ColumnElement[bool]:
    """The sign-ins that are over."""
    return col(PageSession.started_at) <= now - LASTS


def _kept(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _show(connection: Connection, person: str) -> object:
    """When each browser was signed in. The hash of its token is of no use to anybody."""
    mine = select(PageSession).where(col(PageSession.person) == person)
    rows = connection.execute(mine.order_by(col(PageSession.started_at))).mappings()
    return [record(row, "token", "person") for row in rows]


hold(Holder("page_sessions", end_all, _show))
