"""What the office changes about hours, closures and holidays, with a dry run.

`preview` carries the change out and takes it back, so it can never say anything else than what
`apply` then does. Both tell which appointments the change leaves without an open window.
"""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar, Protocol

from sqlalchemy import Connection, Delete, Row, Update, delete, insert, select, update

from bot.booking.aftermath import CLOSED, REOPENED, mark_hit, mark_restored
from bot.booking.calendar import Closure, ExtraDay, WeeklyRule
from bot.booking.holidays import know_year
from bot.booking.offer import DayChange, day_changes, offers
from bot.booking.publishing import Published, lock_sites, publish, publish_all
from bot.booking.queries import query, words
from bot.booking.rebooking import withdraw
from bot.booking.reminders import post_reminders
from bot.booking.rule_rows import row_of
from bot.booking.tables import (
    appointments,
    closures,
    extra_days,
    sites,
    slots,
    special_days,
    weekly_rules,
)
from bot.models.appointment import BOOKED
from bot.outbox.posting import drop_of_appointment, post
from bot.upsert import insert_if_new


class GoneError(Exception):
    """What should be changed is not there: a colleague took it away, or it never was."""


class NoSuchWindowError(Exception):
    """The window that should be closed is none of the site's."""


class Change(Protocol):
    """Something the office wants; `write` writes it into the calendar's tables. One that has a
    `site` changes nothing elsewhere.

    Raises:
        GoneError: there is nothing to change.
        NoSuchWindowError: see there.
    """

    def write(self, connection: Connection) -> None: ...


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does. `hit` are the rows (see `queries.query`) of appointments that lose their
    open window, `restored` of those that get it back; `overfull` counts slots that now have more
    appointments than places. `days` are those that offer something else than before."""

    published: Published
    hit: tuple[Row[Any], ...]
    restored: tuple[Row[Any], ...]
    overfull: int
    days: tuple[DayChange, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether no slot and no appointment is any other than before."""
        return not (self.published.counts() or self.hit or self.restored)


@dataclass(frozen=True, slots=True)
class AddWeeklyRule:
    """Open every week."""

    site: str
    rule: WeeklyRule

    def write(self, connection: Connection) -> None:
        connection.execute(insert(weekly_rules).values(row_of(self.site, self.rule)))


@dataclass(frozen=True, slots=True)
class EndWeeklyRule:
    """Let a weekly rule end: `last_day` is the last day it counts."""

    rule: int
    last_day: date

    def write(self, connection: Connection) -> None:
        this = update(weekly_rules).where(weekly_rules.c.id == self.rule)
        _hit(connection, this.values(ends_on=self.last_day))


@dataclass(frozen=True, slots=True)
class AddClosure:
    """Close a site, or with None the whole county. `reason` is told to the people it hits."""

    site: str | None
    closure: Closure
    reason: str = ""
    own: ClassVar[bool] = False  # whether the site does it by itself

    def write(self, connection: Connection) -> None:
        if self.closure.window is not None:
            _demand_window(connection, self.site, self.closure.window)
        values = {f.name: getattr(self.closure, f.name) for f in fields(self.closure)}
        connection.execute(
            insert(closures).values(site=self.site, reason=self.reason, own=self.own, **values)
        )


@dataclass(frozen=True, slots=True)
class CloseToday(AddClosure):
    """A site closes by itself, and may open again by itself."""

    own: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class RemoveClosure:
    """Open again."""

    closure: int

    def write(self, connection: Connection) -> None:
        _hit(connection, delete(closures).where(closures.c.id == self.closure))


@dataclass(frozen=True, slots=True)
class AddExtraDay:
    """Other hours on one day, in place of the weekly ones."""

    site: str
    extra: ExtraDay

    def write(self, connection: Connection) -> None:
        values = asdict(self.extra.hours) | {"day": self.extra.day}
        connection.execute(insert(extra_days).values(site=self.site, **values))


@dataclass(frozen=True, slots=True)
class RemoveExtraDay:
    """The weekly hours count again."""

    extra_day: int

    def write(self, connection: Connection) -> None:
        _hit(connection, delete(extra_days).where(extra_days.c.id == self.extra_day))


@dataclass(frozen=True, slots=True)
class SetSpecialDay:
    """Make a day a holiday (`working` False) or a make-up working day."""

    day: date
    working: bool
    name: str

    def write(self, connection: Connection) -> None:
        values = {"working": self.working, "name": self.name, "edited": True}
        if insert_if_new(connection, special_days, day=self.day, **values) is None:
            this = update(special_days).where(special_days.c.day == self.day)
            connection.execute(this.values(**values))


@dataclass(frozen=True, slots=True)
class RemoveSpecialDay:
    """Make a day an ordinary one."""

    day: date

    def write(self, connection: Connection) -> None:
        _hit(connection, delete(special_days).where(special_days.c.day == self.day))


@dataclass(frozen=True, slots=True)
class SetReach:
    """How short before (minutes) and how far ahead (days) people can book at a site."""

    site: str
    lead_minutes: int
    horizon_days: int

    def write(self, connection: Connection) -> None:
        this = update(sites).where(sites.c.id == self.site)
        _hit(
            connection, this.values(lead_minutes=self.lead_minutes, horizon_days=self.horizon_days)
        )


@dataclass(frozen=True, slots=True)
class ConfirmYear:
    """The office says that every holiday and make-up day of the year is entered."""

    year: int

    def write(self, connection: Connection) -> None:
        know_year(connection, self.year)


@dataclass(frozen=True, slots=True)
class OwnHours:
    """The office says that the site's hours are its own, no sample any more."""

    site: str

    def write(self, connection: Connection) -> None:
        _hit(connection, update(sites).where(sites.c.id == self.site).values(sample=False))


@dataclass(frozen=True, slots=True)
class Together:
    """Several changes in one dry run and one moment, as the same hours on five weekdays are."""

    changes: tuple[Change, ...]

    @property
    def site(self) -> str | None:
        """The one they all are about, None where they may be about several."""
        about = {getattr(change, "site", None) for change in self.changes}
        return about.pop() if len(about) == 1 else None

    def write(self, connection: Connection) -> None:
        for change in self.changes:
            change.write(connection)


def preview(connection: Connection, change: Change, now: datetime) -> Effect:
    """What `apply` would do, without doing it."""
    attempt = connection.begin_nested()
    try:
        return _carry_out(connection, change, now)
    finally:
        attempt.rollback()


def apply(connection: Connection, change: Change, now: datetime) -> Effect:
    """Carry the change out. Appointments it hits are kept; their owners are told, and their
    reminders, which would send them to a closed door, are dropped."""
    effect = _carry_out(connection, change, now)
    reason = getattr(change, "reason", "")
    mark_hit(connection, (row.id for row in effect.hit))
    mark_restored(connection, (row.id for row in effect.restored), now)
    for row in effect.hit:
        drop_of_appointment(connection, row.id, now)
        _tell(connection, row, CLOSED, now, reason=reason)
    for row in effect.restored:
        withdraw(connection, row, now)
        drop_of_appointment(connection, row.id, now)
        _tell(connection, row, REOPENED, now)
        if row.person and row.reminders:
            post_reminders(connection, row.person, row.id, words(row), row.starts_at, now)
    return effect


def affected(
    connection: Connection, now: datetime, site: str | None = None
) -> tuple[Row[Any], ...]:
    """Booked appointments ahead whose window is closed: a person must call or write to them. With
    `site` only those there."""
    closed = query().where(
        appointments.c.state == BOOKED, slots.c.open.is_(False), slots.c.starts_at > now
    )
    if site is not None:
        closed = closed.where(slots.c.site == site)
    return tuple(connection.execute(closed.order_by(slots.c.starts_at, appointments.c.id)))


def _carry_out(connection: Connection, change: Change, now: datetime) -> Effect:
    site = getattr(change, "site", None)
    # Before the first look, or two colleagues at work at once would both tell the same people.
    lock_sites(connection, site)
    before = {row.id: row for row in affected(connection, now, site)}
    offered = offers(connection, now, site)
    change.write(connection)
    published = publish(connection, site, now) if site else publish_all(connection, now)
    after = {row.id: row for row in affected(connection, now, site)}
    return Effect(
        published,
        tuple(row for id, row in after.items() if id not in before),
        tuple(row for id, row in before.items() if id not in after),
        _overfull(connection, now, site),
        day_changes(offered, offers(connection, now, site)),
    )


def _hit(connection: Connection, statement: Update | Delete) -> None:
    if not connection.execute(statement).rowcount:
        raise GoneError


def _demand_window(connection: Connection, site: str | None, window: str) -> None:
    """Among those that have or had hours at the site, or with None anywhere."""
    for table in (weekly_rules, extra_days, slots):
        named = select(table.c.id).where(table.c.window == window).limit(1)
        if site is not None:
            named = named.where(table.c.site == site)
        if connection.execute(named).first():
            return
    raise NoSuchWindowError


def _tell(connection: Connection, row: Row[Any], kind: str, now: datetime, **more: str) -> None:
    """A notice about the appointment, as long as it is worth having."""
    if row.person:
        post(
            connection,
            row.person,
            kind,
            words(row) | more,
            now=now,
            useless_from=row.starts_at,
            appointment=row.id,
        )


def _overfull(connection: Connection, now: datetime, site: str | None) -> int:
    full = select(slots.c.id).where(
        slots.c.open, slots.c.taken > slots.c.capacity, slots.c.starts_at > now
    )
    if site is not None:
        full = full.where(slots.c.site == site)
    return len(connection.execute(full).all())
