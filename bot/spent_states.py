"""A state of the sign-in to the pages is good once, in whatever process.

The cookie that holds it can be kept and sent again, so what was used is noted here. A state lapses
after minutes and its note with it, so there is never more than came in that time.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, delete
from sqlmodel import SQLModel, col

from bot.models import SpentState
from bot.upsert import insert_if_new

LASTS = timedelta(minutes=10)  # WeChat's codes: five


def spend(connection: Connection, state: str, now: datetime) -> bool:
    """Use the state up; False where that was done before. Forgets those that have lapsed."""
    connection.execute(delete(SpentState).where(col(SpentState.at) <= now - LASTS))
    kept = hashlib.sha256(state.encode()).hexdigest()
    return insert_if_new(connection, _table(), state=kept, at=now) is not None


def _table() -> Table:
    return SQLModel.metadata.tables[str(SpentState.__tablename__)]
