"""The audit trail: who changed what, when. Written in the transaction of the change itself."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlmodel import col

from bot.models.staff import AuditEntry

PAGE = 100


def record(
    connection: Connection,
    now: datetime,
    account: str,
    action: str,
    target: str = "",
    personal: dict[str, object] | None = None,
    **detail: object,
) -> None:
    """Note a change. Names, phones and whatever somebody typed freely go into `personal`, which is
    blanked in time; everything else into `detail`, which stays."""
    connection.execute(
        insert(AuditEntry).values(
            at=now,
            account=account,
            action=action,
            target=target,
            detail=json.dumps(detail, ensure_ascii=False, default=str),
            personal=json.dumps(personal, ensure_ascii=False) if personal else None,
        )
    )


def blank(connection: Connection, before: datetime) -> int:
    """Remove the personal data of entries older than `before`; how many were blanked."""
    done = connection.execute(
        update(AuditEntry)
        .where(col(AuditEntry.at) < before, col(AuditEntry.personal).is_not(None))
        .values(personal=None)
    )
    return int(done.rowcount)


def blank_targets(connection: Connection, targets: Iterable[str]) -> None:
    """Remove the personal data of all entries about these things: their person is forgotten."""
    this = update(AuditEntry).where(col(AuditEntry.target).in_(list(targets)))
    connection.execute(this.values(personal=None))


def entries(
    connection: Connection, before_id: int | None = None, account: str = "", action: str = ""
) -> list[AuditEntry]:
    """A page of entries, newest first, older than `before_id`."""
    query = select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(PAGE)
    if before_id is not None:
        query = query.where(col(AuditEntry.id) < before_id)
    if account:
        query = query.where(col(AuditEntry.account) == account)
    if action:
        query = query.where(col(AuditEntry.action) == action)
    return [AuditEntry.model_construct(**row._mapping) for row in connection.execute(query)]
