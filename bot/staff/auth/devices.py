"""Browsers that an account signed in at before.

Each holds a random token in a cookie, which says two things of an account, and of no other: the
slips of strangers do not slow it down here (`throttle`), and on the day on which the second factor
was shown here it is not asked again. A new password, a reset, another role and a closed account end
both.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update
from sqlmodel import col

from bot.models.staff import StaffDevice, StaffMember

COOKIE = "staff_device"
KEPT = timedelta(days=90)  # since the last sign-in there
MOST = 10  # of one account; the one unseen for longest makes room


@dataclass(frozen=True, slots=True)
class Device:
    """A browser as one account knows it."""

    key: str  # the same for each request of this browser; no secret
    confirmed_on: date | None  # see `StaffDevice`

    def is_confirmed(self, now: datetime) -> bool:
        """Whether the second factor was shown here today, by the county's calendar."""
        return self.confirmed_on == now.date()


def known(connection: Connection, token: str, account: str, now: datetime) -> Device | None:
    """The browser with this token, if this very account has signed in there."""
    row = connection.execute(
        select(StaffDevice)
        .join(StaffMember, col(StaffMember.id) == col(StaffDevice.member))
        .where(
            col(StaffDevice.token) == _kept(token),
            col(StaffDevice.seen_at) >= now - KEPT,
            col(StaffMember.account) == account,
            col(StaffMember.active),
        )
    ).one_or_none()
    return Device(row.token, row.confirmed_on) if row else None


def remember(
    connection: Connection, token: str, member: int, now: datetime, confirmed_on: date | None
) -> str:
    """Note that the account has fully signed in at the browser with this token; the token that the
    browser holds from now on.

    One that is new to the account gets a new token, and what other accounts did there moves along:
    a token that another person laid into the browser is worth nothing afterwards.
    """
    _make_room(connection, member, now)
    values = {"seen_at": now, "confirmed_on": confirmed_on}
    here = col(StaffDevice.token) == _kept(token)
    mine = here & (col(StaffDevice.member) == member)
    if connection.execute(update(StaffDevice).where(mine).values(**values)).rowcount:
        return token
    fresh = secrets.token_urlsafe(32)
    connection.execute(update(StaffDevice).where(here).values(token=_kept(fresh)))
    row = {"token": _kept(fresh), "member": member} | values
    connection.execute(insert(StaffDevice).values(**row))
    return fresh


def forget_all(connection: Connection, member: int) -> None:
    """No browser speaks for the account any more."""
    connection.execute(delete(StaffDevice).where(col(StaffDevice.member) == member))


def _make_room(connection: Connection, member: int, now: datetime) -> None:
    """Forget what is too old, of all accounts, and the account's oldest beyond `MOST` less one."""
    connection.execute(delete(StaffDevice).where(col(StaffDevice.seen_at) < now - KEPT))
    mine: ColumnElement[bool] = col(StaffDevice.member) == member
    latest = select(col(StaffDevice.token)).where(mine)
    order = (col(StaffDevice.seen_at).desc(), col(StaffDevice.token))
    kept = connection.scalars(latest.order_by(*order)).all()
    if len(kept) >= MOST:
        old = kept[MOST - 1 :]
        connection.execute(delete(StaffDevice).where(mine, col(StaffDevice.token).in_(old)))


def _kept(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
