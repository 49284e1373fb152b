"""People who work with the console: accounts, sessions, failed sign-ins, what each one changed."""

from datetime import date, datetime, timedelta

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from bot.models.base import Moment
from bot.sealing.column import Sealed

IDLE = timedelta(minutes=30)
"""An account that did nothing for so long is signed out, and its window is not at work."""


class StaffMember(SQLModel, table=True):
    """An account. `site` is the window's township, None for county and administrator."""

    __tablename__ = "staff_members"

    id: int | None = Field(default=None, primary_key=True)
    account: str = Field(max_length=32, unique=True)
    name: str = Field(max_length=32)
    role: str = Field(max_length=16)  # bot.staff.auth.members.ROLES
    site: str | None = Field(default=None, max_length=32)
    password: str = Field(max_length=255)  # argon2
    must_change_password: bool
    active: bool
    totp_secret: str | None = Field(default=None, max_length=255)  # encrypted; None: not enrolled
    totp_last_step: int = 0  # the last accepted step, so that no code works twice
    created_at: datetime = Field(sa_type=Moment)


class StaffSession(SQLModel, table=True):
    """A signed-in browser. The cookie holds a random token, this row only its hash, so a stolen
    copy of the database signs nobody in, and deleting the row signs out at once."""

    __tablename__ = "staff_sessions"

    token: str = Field(primary_key=True, max_length=64)  # SHA-256
    member: int = Field(foreign_key="staff_members.id", index=True)
    complete: bool  # False until the second factor was shown
    started_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment, index=True)
    # Where the person sits, as they said; since when they call nobody for a while.
    site: str | None = Field(default=None, max_length=32)
    window: str | None = Field(default=None, max_length=20)
    paused_at: datetime | None = Field(default=None, sa_type=Moment)


class StaffDevice(SQLModel, table=True):
    """An account that signed in at a browser before. The browser's cookie holds a random token,
    this table its hash: it is good for the accounts it stands with here, and for no other."""

    __tablename__ = "staff_devices"

    token: str = Field(primary_key=True, max_length=64)  # SHA-256
    member: int = Field(foreign_key="staff_members.id", primary_key=True, index=True)
    confirmed_on: date | None = None  # the day on which the second factor was last shown here
    seen_at: datetime = Field(sa_type=Moment, index=True)


class RecoveryCode(SQLModel, table=True):
    """A code of an account's printed sheet. Used ones stay: an account with a sheet, also one
    used up, enrols no telephone with the password alone."""

    __tablename__ = "staff_recovery_codes"

    member: int = Field(foreign_key="staff_members.id", primary_key=True)
    digest: str = Field(primary_key=True, max_length=64)  # argon2
    salt: str = Field(max_length=32)  # of the whole sheet
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class FailedSignIn(SQLModel, table=True):
    """A wrong password or code. Account and address are keyed hashes: enough for counting."""

    __tablename__ = "failed_sign_ins"

    id: int | None = Field(default=None, primary_key=True)
    account: str = Field(max_length=32, index=True)
    address: str = Field(max_length=32, index=True)
    at: datetime = Field(sa_type=Moment, index=True)


class AuditEntry(SQLModel, table=True):
    """One change: who, when, what. `personal` holds names and phones, and is blanked in time."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_account_at", "account", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Moment, index=True)
    account: str = Field(max_length=32, index=True)
    action: str = Field(max_length=48, index=True)  # words.yaml in templates/staff/ labels it
    target: str = Field(max_length=64, index=True)
    detail: str = Field(sa_type=Text)  # JSON without personal data
    # JSON: names, phones, free text. Sealed before the entry has a number, so for its target.
    personal: str | None = Field(
        default=None,
        sa_column=Column(Sealed("audit_entries.personal", row="target", instead="{}")),
    )
