"""Signs of life of the worker's jobs, kept where every process sees them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Engine, func, select, update
from sqlmodel import SQLModel

import bot.models  # noqa: F401 - registers the tables
from bot.clock import ZONE
from bot.database import reading, writing
from bot.upsert import insert_if_new

# The jobs, and how often each is done.
PERIODS = {
    "slots": timedelta(minutes=10),
    "booking": timedelta(seconds=30),
    "notices": timedelta(0),
    "ticket": timedelta(minutes=1),
    "holidays": timedelta(days=1),
    "early": timedelta(minutes=1),
    "retention": timedelta(hours=1),
    "records": timedelta(hours=1),
    "figures": timedelta(hours=1),
    "followers": timedelta(days=1),
}
BEAT = timedelta(seconds=30)  # so often they are written down
SILENCE = timedelta(minutes=2)  # without any beat nothing could be written, by the service neither
MISSED = 3  # periods until a job is overdue
SHORTEST = timedelta(minutes=1)  # counts as the period of those done more often

BACKUP = "backup"  # `xinshimin db backup --to`, which no worker does
NEVER = datetime(2000, 1, 1, tzinfo=ZONE)

_rows = SQLModel.metadata.tables["heartbeats"]


class Beat(NamedTuple):
    """See `bot.models.heartbeat`."""

    at: datetime
    note: str


def write(engine: Engine, beats: Mapping[str, Beat]) -> None:
    """Write down when jobs last did their work."""
    with writing(engine) as connection:
        for job, beat in sorted(beats.items()):  # in one order: two workers wait for each other
            row = {"job": job, "at": beat.at, "note": beat.note}
            if insert_if_new(connection, _rows, **row) is None:
                connection.execute(update(_rows).where(_rows.c.job == job).values(row))


def complain(engine: Engine, job: str, note: str) -> None:
    """Write down why a job was not done; when it last was stays."""
    last = read(engine).get(job)
    write(engine, {job: Beat(last.at if last else NEVER, note)})


def read(engine: Engine) -> dict[str, Beat]:
    """The last beat of every job that ever did its work."""
    with reading(engine) as connection:
        rows = connection.execute(select(_rows.c.job, _rows.c.at, _rows.c.note)).all()
    return {row.job: Beat(row.at, row.note) for row in rows}


def silent(engine: Engine, now: datetime) -> bool:
    """Whether no worker wrote anything down for a while: the database, the machine or all workers
    were away. False where none ever did."""
    with reading(engine) as connection:
        by_workers = _rows.c.job.in_(PERIODS)
        last = connection.scalar(select(func.max(_rows.c.at)).where(by_workers))
    return last is not None and now - last > SILENCE


def overdue(beats: Mapping[str, Beat], now: datetime) -> dict[str, datetime | None]:
    """Jobs that have not done their work for `MISSED` periods, with when they last did."""
    late: dict[str, datetime | None] = {}
    for job, period in PERIODS.items():
        last = beats[job].at if job in beats else None
        if last is None or now - last > MISSED * max(period, SHORTEST):
            late[job] = last
    return late
