"""Why a claimed notice must not be sent. The words for the staff are in templates/staff/words.yaml.

One consent carries one notice (`one_time`). What is due first uses it: keeping it back for a
closure that rarely comes would cost people the reminder they asked for. Of what is due together,
news from the office goes before reminders (see `sending`), for it names the time as well, and
nobody should come in vain. A reminder that finds the consent used up by a notice of the same
appointment is dropped: that person was told. Whatever else finds none goes another way (`ways`), or
shows up with the staff, who can telephone.
"""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select
from sqlmodel import SQLModel

from bot.models.appointment import BOOKED
from bot.models.notice import DROPPED, FAILED
from bot.outbox.wording import Notices

appointments = SQLModel.metadata.tables["appointments"]

REMINDERS = ("day_before", "same_day")
OF_ENDED = ("called_off",)  # tell of an appointment that is no longer ahead

# Stored words.
ENDED = "appointment ended"
TOO_LATE = "too late"
NO_TEMPLATE = "no template id"
SAID_NO = "refused before"
NO_CONSENT = "no consent"
NO_WINDOW = "nothing written within two days"
NO_TELEPHONE = "no telephone"
USED_UP = "the one consent is used"
UNSURE = "sent without an answer"
ON_ITS_WAY = "was on its way when it was dropped"


class Obstacle(NamedTuple):
    """The notice's final state, and the reason."""

    state: str
    reason: str


def obstacle(
    connection: Connection, row: Row[Any], wording: Notices, now: datetime
) -> Obstacle | None:
    """What stands in the way of every way, None where nothing does."""
    if row.kind not in wording.notices:
        return Obstacle(FAILED, f"unknown kind {row.kind}")
    if row.useless_from and row.useless_from <= now:
        return Obstacle(FAILED if row.error else DROPPED, row.error or TOO_LATE)
    if row.appointment is None or row.kind in OF_ENDED:
        return None
    return None if _is_ahead(connection, row.appointment) else Obstacle(DROPPED, ENDED)


def _is_ahead(connection: Connection, appointment: int) -> bool:
    """Anyone who has checked in needs to be told nothing more about coming."""
    query = select(appointments.c.id).where(
        appointments.c.id == appointment, appointments.c.state == BOOKED
    )
    return connection.execute(query).first() is not None
