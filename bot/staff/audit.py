"""The audit trail: who changed what, when. Written in the transaction of the change itself."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Connection, func, insert, select, update
from sqlmodel import col

from bot.clock import ZONE
from bot.models.staff import AuditEntry, StaffMember
from bot.sealing.column import of_row

PAGE = 100
A_MOMENT = timedelta(minutes=1)  # within it the same once more is a button tapped twice


def record(
    connection: Connection,
    now: datetime,
    account: str,
    action: str,
    target: str = "",
    personal: dict[str, object] | None = None,
    **detail: object,
) -> None:
    """Note a change. Names, phones and whatever a person typed freely go into `personal`, which is
    blanked in time; everything else into `detail`, which stays."""
    connection.execute(
        insert(AuditEntry).values(
            at=now,
            account=account,
            action=action,
            target=target,
            detail=_text(detail),
            personal=of_row(target, json.dumps(personal, ensure_ascii=False) if personal else None),
        )
    )


def just_done(
    connection: Connection,
    now: datetime,
    account: str,
    action: str,
    target: str = "",
    personal: dict[str, object] | None = None,
    **detail: object,
) -> bool:
    """Whether this very thing is the last that the account did, and a moment ago: its form was sent
    twice. The entry may say more than `detail`. Until the transaction ends, the account's other
    forms wait here, so two at the same moment are told apart."""
    _hold(connection, account)
    latest = select(AuditEntry).where(
        col(AuditEntry.account) == account, col(AuditEntry.at) > now - A_MOMENT
    )
    last = connection.execute(latest.order_by(col(AuditEntry.id).desc()).limit(1)).one_or_none()
    if last is None or (last.action, last.target) != (action, target):
        return False
    noted: dict[str, object] = json.loads(last.detail)
    same = noted | json.loads(_text(detail)) == noted
    typed: dict[str, object] = json.loads(last.personal or "{}")
    return same and typed == (personal or {})


def count(connection: Connection, account: str, actions: Iterable[str], since: datetime) -> int:
    """How often the account has done one of these since then. Until the transaction ends, the
    account's other forms wait here, so many at the same moment are counted one by one."""
    _hold(connection, account)
    done = select(func.count()).where(
        col(AuditEntry.account) == account,
        col(AuditEntry.action).in_(list(actions)),
        col(AuditEntry.at) > since,
    )
    return int(connection.scalar(done) or 0)


def blank(connection: Connection, ids: list[int]) -> int:
    """Remove the personal data of these entries; how many had any."""
    these = col(AuditEntry.id).in_(ids), col(AuditEntry.personal).is_not(None)
    done = connection.execute(update(AuditEntry).where(*these).values(personal=None))
    return int(done.rowcount)


def blank_targets(connection: Connection, targets: Iterable[str]) -> None:
    """Remove the personal data of all entries about these things: their person is forgotten."""
    this = update(AuditEntry).where(col(AuditEntry.target).in_(list(targets)))
    connection.execute(this.values(personal=None))


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the trail is looked at: of an account, of a kind, of a day in the county, about these
    things; and older than an entry. Empty or None is anything."""

    account: str = ""
    action: str = ""
    day: date | None = None
    targets: Collection[str] | None = None
    before: int | None = None

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """As the database asks."""
        if self.before is not None:
            yield col(AuditEntry.id) < self.before
        if self.account:
            yield col(AuditEntry.account) == self.account
        if self.action:
            yield col(AuditEntry.action) == self.action
        if self.targets is not None:
            yield col(AuditEntry.target).in_(self.targets)
        if self.day is not None:
            begins = datetime.combine(self.day, time.min, ZONE)
            yield col(AuditEntry.at) >= begins
            yield col(AuditEntry.at) < begins + timedelta(days=1)


EVERYTHING = Filter()


def entries(connection: Connection, which: Filter = EVERYTHING) -> list[AuditEntry]:
    """A page of entries, newest first."""
    query = select(AuditEntry).where(*which.conditions())
    query = query.order_by(col(AuditEntry.id).desc()).limit(PAGE)
    return [AuditEntry.model_construct(**row._mapping) for row in connection.execute(query)]


def _hold(connection: Connection, account: str) -> None:
    mine = select(col(StaffMember.id)).where(col(StaffMember.account) == account)
    connection.execute(mine.with_for_update())


def _text(detail: dict[str, object]) -> str:
    return json.dumps(detail, ensure_ascii=False, default=str)
