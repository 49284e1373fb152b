"""What people said before the consent: held in their talk, deleted when it is over.

What it is for, and how long it is held, says `dialogs.early`. A sweep deletes what nobody came back
for: the column `early_until` of a talk is when its oldest such message goes.
"""

import json
import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, select, update
from sqlmodel import col

from bot.models import ConversationRow
from bot.pace import Pace
from bot.sealing.column import of_row
from bot.sealing.keyring import SealError
from bot.store import State
from dialogs.conversation import Conversation, Early
from dialogs.early import HELD

log = logging.getLogger(__name__)


def until(held: Iterable[Early]) -> datetime | None:
    """When the oldest of these goes; None where there are none."""
    return min((one.at + HELD for one in held), default=None)


def stored(conversation: Conversation) -> State:
    """The conversation as it is stored."""
    return State(conversation.model_dump_json(), until(conversation.early))


def sweep(engine: Engine, now: datetime, pace: Pace | None = None) -> int:
    """Delete what was held long enough; says in how many talks. A turn that was computed meanwhile
    is computed again, as the talk has another version then."""
    over = col(ConversationRow.early_until) <= now
    held = select(col(ConversationRow.person)).where(over)

    def cut_them(connection: Connection, people: list[str]) -> int:
        person, version = col(ConversationRow.person), col(ConversationRow.version)
        these = connection.execute(select(person, version).where(over, person.in_(people))).all()
        return sum(_cut(connection, *one, now) for one in these)

    return (pace or Pace()).change(engine, held, cut_them)


def _cut(connection: Connection, person: str, version: int, now: datetime) -> int:
    """Take out of one talk what was held long enough; 0 where it moved on meanwhile."""
    same = (col(ConversationRow.person) == person, col(ConversationRow.version) == version)
    try:
        talk = connection.scalar(select(col(ConversationRow.talk)).where(*same))
    except SealError as error:
        log.error("what was held before a consent cannot be cut out: %s", error)
        cut: dict[str, Any] = {"early_until": None}  # or it would be tried for ever
        return connection.execute(update(ConversationRow).where(*same).values(cut)).rowcount
    state = json.loads(talk or "{}")
    early = [Early.model_validate(one) for one in state.get("early", ())]
    left = tuple(one for one in early if now < one.at + HELD)
    state["early"] = [one.model_dump(mode="json") for one in left]
    cut = {
        "talk": of_row(person, json.dumps(state, ensure_ascii=False)),
        "version": version + 1,
        "early_until": until(left),
    }
    return connection.execute(update(ConversationRow).where(*same).values(cut)).rowcount
