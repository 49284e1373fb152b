"""Putting notices into the outbox, and taking them out again."""

from collections.abc import Mapping
from datetime import datetime
from secrets import token_hex

from sqlalchemy import Connection, bindparam, delete, insert, update
from sqlmodel import SQLModel

from bot import request_id
from bot.models.notice import DROPPED, WAITING
from bot.sealing.column import sealing

notices = SQLModel.metadata.tables["notices"]
refusals = SQLModel.metadata.tables["notice_refusals"]

_POST = insert(notices)
_WELCOME = delete(refusals).where(refusals.c.person == bindparam("whose"))


def post(
    connection: Connection,
    person: str,
    kind: str,
    words: Mapping[str, str],
    *,
    now: datetime,
    due_at: datetime | None = None,
    useless_from: datetime | None = None,
    appointment: int | None = None,
) -> None:
    """Have `kind` (a key of notices.yaml) sent to `person` from `due_at` on, at once by default.

    From `useless_from` on it is no longer worth sending. With `appointment` it is sent only as
    long as that appointment is ahead: neither cancelled nor checked in.
    """
    row = {
        "key": token_hex(16),
        "person": person,
        "kind": kind,
        "appointment": appointment,
        "words": dict(words),
        "state": WAITING,
        "due_at": due_at or now,
        "useless_from": useless_from,
        "attempts": 0,
        "error": "",
        "created_at": now,
        "cause": request_id.current(),
    }
    connection.execute(_POST, sealing(notices, row))


def drop_of_appointment(connection: Connection, appointment: int, now: datetime) -> None:
    """Never send what still waits for this appointment, not even if a worker has claimed it."""
    waiting = update(notices).where(
        notices.c.appointment == appointment, notices.c.state == WAITING
    )
    connection.execute(waiting.values(state=DROPPED, claimed_until=None, ended_at=now))


def welcome_again(connection: Connection, person: str) -> None:
    """The person asked for notices anew: earlier refusals no longer count."""
    connection.execute(_WELCOME, {"whose": person})
