"""What a turn, a page, a round of the worker and a report cost at different numbers of people.

`python -m tests.bench growth`: for each database and each number in `BENCH_PEOPLE` a process of its
own is asked in turn, so what else the machine does falls on all alike. The figures are milliseconds
by the clock, and how often those of the smallest number; then the process's memory, what filling
took, and what the database takes on the disk.
"""

import logging
import os
import resource
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from unittest.mock import patch

from sqlalchemy import insert, text
from sqlmodel import SQLModel

from bot import create_app
from bot.database import engine_for, writing
from bot.pace import Pace
from bot.sealing.column import sealing
from bot.sealing.keyring import Keyring, equipped
from bot.service import Service
from bot.settings import Settings
from bot.staff.auth import members, sessions
from bot.worker import Worker
from tests.bench import crowd
from tests.bench.databases import KINDS, WANTED
from tests.bot.setting_up import NOW, migrated, settings_for
from tests.bot.web import Browser, signed_in, talked
from tests.bot.wechat.platform import Platform

PEOPLE = [int(one) for one in os.environ.get("BENCH_PEOPLE", "1000 200000 3000000").split()]
TIMES = 30
ME = "oBench-0001-openid"
SAID = ("社保42个月", "结果", "大专有几分", "材料")
DUE = 40  # people whose talk goes in a round
LONG_AGO = timedelta(days=200)


def main() -> None:
    """One table for each database."""
    for kind in WANTED:
        with ExitStack() as stack:
            asked = {many: stack.enter_context(_probe(kind, many)) for many in PEOPLE}
            _table(kind, asked)


def _table(kind: str, asked: dict[int, "Ask"]) -> None:
    names: list[str] = next(iter(asked.values()))("names")
    times: dict[tuple[str, int], list[float]] = {}
    for _ in range(TIMES):
        for name in names:
            for many, ask in asked.items():
                times.setdefault((name, many), []).append(ask(name))
    print(f"{kind:24}" + "".join(f"{many:>16,}" for many in PEOPLE))
    for name in names:
        middles = [median(times[name, many][1:]) for many in PEOPLE]
        cells = (f"{one:9.1f} {one / middles[0]:5.2f}×" for one in middles)
        print(f"{name:24}" + "".join(cells))
    for what in ("memory, MB", "filled in, s", "on the disk, MB"):
        print(f"{what:24}" + "".join(f"{ask(what):16.0f}" for ask in asked.values()), flush=True)


Ask = Callable[[str], Any]


@contextmanager
def _probe(kind: str, many: int) -> Iterator[Ask]:
    """A process that is asked by name."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_answer, args=(there, kind, many))
    process.start()

    def ask(name: str) -> Any:
        here.send(name)
        return here.recv()

    yield ask
    here.send("")
    process.join()


def _answer(pipe: Connection, kind: str, many: int) -> None:
    logging.disable(logging.WARNING)
    with KINDS[kind]() as url, tempfile.TemporaryDirectory() as folder:
        settings = settings_for(Path(folder), database_url=url)
        began = perf_counter()
        filling = get_context("spawn").Process(target=_fill, args=(settings, many))
        filling.start()  # what it takes in memory is no part of a service
        filling.join()
        took = perf_counter() - began
        acts = _acts(settings)
        told: dict[str, Callable[[], float]] = {
            "memory, MB": lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "filled in, s": lambda: took,
            "on the disk, MB": partial(_megabytes, settings),
        }
        while name := pipe.recv():
            if name == "names":
                pipe.send(list(acts))
            elif name in told:
                pipe.send(told[name]())
            else:
                start = perf_counter()
                acts[name]()
                pipe.send((perf_counter() - start) * 1000)


def _fill(settings: Settings, many: int) -> None:
    migrated(settings).dispose()
    patient = equipped(engine_for(settings.database_url, bounded=False), Keyring.of(settings))
    crowd.fill(patient, many, NOW)
    patient.dispose()


def _megabytes(settings: Settings) -> float:
    engine = engine_for(settings.database_url)
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            size = connection.scalar(text("SELECT pg_database_size(current_database())"))
        else:
            size = Path(str(engine.url.database)).stat().st_size
    engine.dispose()
    return float(size or 0) / 2**20


def _acts(settings: Settings) -> dict[str, Callable[[], None]]:
    app = create_app(settings, lambda: NOW)
    service: Service = app.extensions["xinshimin"]
    talked(service, ME)
    with writing(service.engine) as connection:
        boss = members.add(connection, "boss", "Boss", "administrator", None, "x", NOW)
        members.change(connection, boss, must_change_password=False)
        session = sessions.start(connection, boss, True, NOW)
    platform = Platform(app.test_client(), settings, int(NOW.timestamp()))
    said, owner, staff = cycle(SAID), signed_in(app, ME), Browser(app)
    staff.sign_in_with(session)
    patch.object(Pace, "_rest", lambda *_: None).start()  # pauses cost nothing

    def turn() -> None:
        assert platform.say(ME, next(said))

    def page(browser: Browser, path: str) -> None:
        assert browser.get(path).status_code == HTTPStatus.OK

    return {
        "turn": turn,
        "/sheet": partial(page, owner, "/sheet"),
        "/appointments": partial(page, owner, "/appointments"),
        "round of the worker": partial(_round, service),
        "/staff/reports": partial(page, staff, "/staff/reports"),
        "/staff/reports/talks": partial(page, staff, "/staff/reports/talks"),
        "/metrics": partial(page, staff, "/metrics"),
    }


def _round(service: Service) -> None:
    """All that the worker does now and then, with some people who were not seen for long."""
    table = SQLModel.metadata.tables["conversations"]
    ago = NOW - LONG_AGO
    rows = [
        {"person": f"oDue{n}", "version": 1, "talk": "{}", "created_at": ago, "seen_at": ago}
        for n in range(DUE)
    ]
    with writing(service.engine) as connection:
        connection.execute(insert(table), [sealing(table, row) for row in rows])
    Worker(service.settings, service.engine, service.clock).once()


if __name__ == "__main__":
    main()
