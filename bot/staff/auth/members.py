"""Accounts of the console."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlmodel import col

from bot.models.staff import StaffMember
from bot.staff.auth import passwords

WINDOW, COUNTY, ADMINISTRATOR = "window", "county", "administrator"
ROLES = (WINDOW, COUNTY, ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Member:
    """A person with an account. A window clerk belongs to one `site`; the others to none."""

    id: int
    account: str
    name: str
    role: str
    site: str | None
    must_change_password: bool
    totp_secret: str | None
    totp_last_step: int
    active: bool

    def works_at(self, site: str) -> bool:
        """Whether this person may see the day and the bookings of the site."""
        return self.role != WINDOW or self.site == site


def add(
    connection: Connection,
    account: str,
    name: str,
    role: str,
    site: str | None,
    password: str,
    now: datetime,
) -> int:
    """Create an account that must choose its own password at the first sign-in; its id.

    Raises:
        ValueError: no such role, or a window clerk without a site.
        sqlalchemy.exc.IntegrityError: the account name is taken.
    """
    if role not in ROLES or (role == WINDOW) != bool(site):
        raise ValueError(f"role {role!r} with site {site!r}")
    made = insert(StaffMember).values(
        account=account,
        name=name,
        role=role,
        site=site,
        password=passwords.hashed(password),
        must_change_password=True,
        active=True,
        totp_last_step=0,
        created_at=now,
    )
    return int(connection.execute(made.returning(col(StaffMember.id))).scalar_one() or 0)


def by_id(connection: Connection, member: int) -> Member | None:
    """The active account with this number."""
    this = (col(StaffMember.id) == member) & col(StaffMember.active)
    row = connection.execute(select(StaffMember).where(this)).one_or_none()
    return _member(row) if row else None


def by_account(connection: Connection, account: str) -> tuple[Member | None, str | None]:
    """The active account of this name, and its stored password; both None where there is none. One
    query either way: the time it takes must not tell which it was."""
    mine = (col(StaffMember.account) == account) & col(StaffMember.active)
    row = connection.execute(select(StaffMember).where(mine)).one_or_none()
    return (_member(row), row.password) if row else (None, None)


def everybody(connection: Connection) -> list[Member]:
    """All accounts, those that were closed last."""
    order = (col(StaffMember.active).desc(), col(StaffMember.account))
    return [_member(row) for row in connection.execute(select(StaffMember).order_by(*order))]


def names(connection: Connection) -> dict[str, str]:
    """By account who it is, those that were closed too."""
    everyone = select(col(StaffMember.account), col(StaffMember.name))
    return {row.account: row.name for row in connection.execute(everyone)}


def change(connection: Connection, member: int, **values: object) -> None:
    """Set columns of one account."""
    connection.execute(update(StaffMember).where(col(StaffMember.id) == member).values(**values))


def renew_password(connection: Connection, account: str, password: str) -> None:
    """Another first password for an account that nobody has used yet."""
    fresh = (col(StaffMember.account) == account) & col(StaffMember.must_change_password)
    values = {"password": passwords.hashed(password)}
    connection.execute(update(StaffMember).where(fresh).values(**values))


def is_administrator(connection: Connection, member: int) -> bool:
    """Whether this account is an active administrator's. Until the transaction ends nobody can
    change any administrator's account, so one who acts on others after asking is still one when
    it is done: two who close each other at the same moment cannot both succeed."""
    active = (col(StaffMember.role) == ADMINISTRATOR) & col(StaffMember.active)
    query = select(col(StaffMember.id)).where(active).order_by(col(StaffMember.id))
    return member in connection.scalars(query.with_for_update()).all()


def enrol(connection: Connection, member: int, sealed: str) -> bool:
    """Keep the secret of the account's telephone; False where it has one by now."""
    fresh = (col(StaffMember.id) == member) & col(StaffMember.totp_secret).is_(None)
    done = connection.execute(update(StaffMember).where(fresh).values(totp_secret=sealed))
    return bool(done.rowcount)


def use_step(connection: Connection, member: int, step: int) -> bool:
    """Note the time step of an accepted code; False when the code was used a moment before."""
    fresh = (col(StaffMember.id) == member) & (col(StaffMember.totp_last_step) < step)
    done = connection.execute(update(StaffMember).where(fresh).values(totp_last_step=step))
    return bool(done.rowcount)


def _member(row: Any) -> Member:
    return Member(
        id=row.id,
        account=row.account,
        name=row.name,
        role=row.role,
        site=row.site,
        must_change_password=row.must_change_password,
        totp_secret=row.totp_secret,
        totp_last_step=row.totp_last_step,
        active=row.active,
    )
