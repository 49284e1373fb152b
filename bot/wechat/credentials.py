"""What the WeChat API lends the account for a while, kept where all processes see it: workers fetch
it, pages only read it."""

from datetime import datetime

from sqlalchemy import Engine, or_, select, update
from sqlmodel import SQLModel

import bot.models  # noqa: F401 - registers the tables
from bot.database import reading, writing
from bot.upsert import insert_if_new

# Kinds, as they are stored.
TOKEN = "token"  # noqa: S105 - for every call
TICKET = "ticket"  # with which pages sign what they ask of WeChat's script
FORCED = "forced"  # no token: until then no new one may be forced
LISTED = "listed"  # no token: until then the followers may not be listed again

_rows = SQLModel.metadata.tables["access_tokens"]


def stored(engine: Engine, appid: str, kind: str, after: datetime) -> str | None:
    """What is kept of this kind, if it is good beyond `after`."""
    query = select(_rows.c.token).where(
        _rows.c.appid == appid, _rows.c.kind == kind, _rows.c.until > after
    )
    with reading(engine) as connection:
        return connection.execute(query).scalar()


def store(
    engine: Engine,
    appid: str,
    kind: str,
    value: str,
    until: datetime,
    *,
    over_by: datetime | None = None,
) -> bool:
    """Keep it, instead of an earlier one, or with `over_by` only instead of one that ends by then;
    whether it is kept. Two processes may do so at once. One that would end much later than this one
    was made by a clock that was set back since, and counts as ended."""
    with writing(engine) as connection:
        row = {"appid": appid, "kind": kind, "token": value, "until": until}
        if insert_if_new(connection, _rows, **row) is not None:
            return True
        this = update(_rows).where(_rows.c.appid == appid, _rows.c.kind == kind)
        if over_by is not None:
            too_late = over_by + 2 * (until - over_by)
            this = this.where(or_(_rows.c.until <= over_by, _rows.c.until > too_late))
        return connection.execute(this.values(token=value, until=until)).rowcount > 0
