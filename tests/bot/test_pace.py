"""What deletes and blanks by itself has the write lock for moments only, and comes to an end."""

from collections import Counter
from datetime import timedelta
from threading import Event, Thread
from time import thread_time

import pytest
from sqlalchemy import Connection, Engine, event, func, insert, select, update
from sqlmodel import SQLModel

from bot import pace
from bot.database import reading, writing
from bot.pace import FIRST, MOST, PAUSE, Pace
from bot.sealing.column import of_row
from bot.worker import Worker
from tests.bot.setting_up import NOW, settings_for
from tests.bot.test_sweep_limit import AHEAD, fill

MANY, AT_ONCE = 150, 100
HELD = 0.5  # seconds of the processor; some hundredths as a rule
TABLES = SQLModel.metadata.tables
DELIVERIES, APPOINTMENTS, SLOTS = (TABLES[name] for name in ("deliveries", "appointments", "slots"))
KEYS = select(DELIVERIES.c.key).where(DELIVERIES.c.answered_at < NOW)


class Locks:
    """What each write transaction of a SQLite engine changed, and how much of the processor's time
    it took while it had the lock."""

    def __init__(self, engine: Engine) -> None:
        self.rows: list[int] = []
        self.seconds: list[float] = []
        self._before = (0, 0.0)
        event.listen(engine, "begin", self._begin)
        event.listen(engine, "commit", self._commit)

    def _begin(self, connection: Connection) -> None:
        self._before = (self._changes(connection), thread_time())

    def _commit(self, connection: Connection) -> None:
        if connection.get_execution_options().get("immediate", True):
            self.rows.append(self._changes(connection) - self._before[0])
            self.seconds.append(thread_time() - self._before[1])

    def _changes(self, connection: Connection) -> int:
        return int(connection.connection.driver_connection.total_changes)


def fill_the_rest(engine: Engine, many: int) -> None:
    """Rows of the tables that `fill` leaves out: of hours, of nobody, of those who wait."""
    numbers = range(many)
    with writing(engine) as connection:
        slot = connection.scalar(select(SLOTS.c.id))
        full = {"capacity": many, "bookable": many, "taken": many}
        connection.execute(update(SLOTS).values(full))
        connection.execute(update(APPOINTMENTS).values(state="booked"))
        for table, rows in {
            "deliveries": [{"key": f"k{n}", "person": "p", "answered_at": NOW} for n in numbers],
            "page_sessions": [
                {"token": f"t{n}", "person": "p", "started_at": NOW} for n in numbers
            ],
            "unmatched_texts": [
                {"id": f"t{n}", "text": of_row(n, "")}
                | {"times": 1, "first_at": NOW, "last_at": NOW}
                for n in numbers
            ],
            "waiting_entries": [
                {"person": f"w{n}", "site": "oubei", "since": NOW}
                | {"first_day": NOW.date(), "last_day": NOW.date()}
                for n in numbers
            ],
            "returning_places": [{"slot": slot, "due_at": NOW}] * (AT_ONCE // 2),
        }.items():
            connection.execute(insert(TABLES[table]), rows)


def counts(engine: Engine) -> Counter[str]:
    with reading(engine) as connection:
        return Counter(
            {
                name: connection.scalar(select(func.count()).select_from(table)) or 0
                for name, table in TABLES.items()
                if name not in ("slots", "special_days", "known_years", "heartbeats")
            }
        )


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "PAUSE", 0)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_no_job_holds_the_lock_however_much_is_due(
    engine: Engine, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "MOST", AT_ONCE)
    fill(engine, MANY)
    fill_the_rest(engine, MANY)
    worker = Worker(settings_for(tmp_path, delete_percent=100), engine, lambda: AHEAD)
    locks = Locks(engine)
    worker.once()
    assert not any(job.fault for job in worker.jobs)
    assert FIRST < max(locks.rows) <= AT_ONCE
    assert max(locks.seconds) < HELD
    left = counts(engine)
    for table in ("conversations", "deliveries", "page_sessions", "unmatched_texts", "notices"):
        assert left[table] == 0, table
    for table in ("notice_refusals", "notice_consents", "waiting_entries", "returning_places"):
        assert left[table] == 0, table
    with reading(engine) as connection:
        assert set(connection.scalars(select(APPOINTMENTS.c.person))) == {None}
        assert set(connection.scalars(select(APPOINTMENTS.c.state))) == {"past"}


def replies(engine: Engine, many: int, young: int) -> None:
    with writing(engine) as connection:
        for number in range(many + young):
            at = NOW - timedelta(seconds=1) if number < many else NOW
            row = {"key": f"k{number:05}", "answered_at": at}
            connection.execute(insert(DELIVERIES).values(row))


def deleting(connection: Connection, keys: list[str]) -> int:
    these = DELIVERIES.delete().where(DELIVERIES.c.key.in_(keys), DELIVERIES.c.answered_at < NOW)
    return connection.execute(these).rowcount


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("many", [0, 1, 9, 10, 11, 99])
def test_all_that_is_due_goes_and_nothing_else(
    engine: Engine, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "LOOKED_UP", 10)
    replies(engine, many, young=3)
    pace_ = Pace()
    assert pace_.change(engine, KEYS, deleting) == many
    assert not pace_.unfinished
    assert counts(engine)["deliveries"] == 3


def test_what_others_changed_meanwhile_is_left_alone(engine: Engine) -> None:
    replies(engine, 5, young=0)

    def after_another_worker(connection: Connection, keys: list[str]) -> int:
        younger = update(DELIVERIES).where(DELIVERIES.c.key.in_(keys[:2])).values(answered_at=NOW)
        connection.execute(younger)
        return deleting(connection, keys)

    assert Pace().change(engine, KEYS, after_another_worker) == 3
    assert counts(engine)["deliveries"] == 2


def test_a_change_that_changes_nothing_comes_to_an_end(engine: Engine) -> None:
    replies(engine, 3, young=0)
    assert Pace().change(engine, KEYS, lambda *_: 0) == 0


@pytest.mark.parametrize(
    ("rows", "took", "then"),
    [
        (FIRST, pace.AIM, FIRST),
        (FIRST, pace.AIM / 2, 2 * FIRST),
        (FIRST, 0.0001, 2 * FIRST),  # at most twice as many
        (FIRST, pace.AIM * 2, FIRST // 2),
        (FIRST, 60, 1),
        (MOST, 0.0001, MOST),
    ],
)
def test_slower_rows_are_fewer_rows(rows: int, took: float, then: int) -> None:
    assert pace._fitting(rows, took) == then


def test_told_to_stop_it_ends_between_two_transactions(engine: Engine) -> None:
    replies(engine, 100, young=0)
    stopped, begun = Event(), Event()
    pace_ = Pace(stopped)

    def one_step(connection: Connection, keys: list[str]) -> int:
        begun.set()
        stopped.wait(5)
        return deleting(connection, keys)

    done: list[int] = []
    thread = Thread(target=lambda: done.append(pace_.change(engine, KEYS, one_step)))
    thread.start()
    assert begun.wait(5)
    stopped.set()
    thread.join(5)
    assert done == [FIRST]
    assert pace_.unfinished
    assert counts(engine)["deliveries"] == 100 - FIRST


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_a_job_has_no_time_for_goes_the_next_time(engine: Engine, tmp_path) -> None:
    """Notices must not wait for a sweep of hours."""
    fill(engine, 100)
    worker = Worker(settings_for(tmp_path, delete_percent=100), engine, lambda: AHEAD)
    rounds = 0
    while counts(engine)["conversations"]:
        worker.once(PAUSE)
        rounds += 1
    assert rounds > 1
    (job,) = (job for job in worker.jobs if job.name == "retention")
    while job.is_due(AHEAD):
        worker.once(10)
    assert counts(engine)["notice_refusals"] == 0
