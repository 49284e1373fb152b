"""Two thousand people, mixed traffic, a process killed every 20 seconds, on both databases.

SOAK_MINUTES=20 pytest -m soak tests/bot/long_day/test_long_day.py -s    # prints what came of it
"""

import os
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest

from bot.database import writing
from bot.service import Service
from bot.staff.auth import sessions
from bot.wechat.later import folder_for, kept_in
from tests.bot.long_day.books import Books
from tests.bot.long_day.line import Endpoint, Line
from tests.bot.long_day.processes import LOOK, Machine, started
from tests.bot.long_day.report import demand, tell, tell_slowest
from tests.bot.long_day.town import Clerk, Town, founded
from tests.bot.setting_up import NOW, environment_of, settings_for
from tests.bot.staff.office import hired
from tests.bot.ticking import Ticking

MINUTES = float(os.environ.get("SOAK_MINUTES", "20"))  # less than 30: then replies are deleted
LATEST = 4.5  # seconds
GROWTH = 1.05  # of the memory from the second to the last fifth
LATER = 15.0  # seconds until what was kept for later is done


@pytest.mark.soak
def test_a_long_day(url: str, tmp_path: Path) -> None:
    settings = replace(settings_for(tmp_path, database_url=url), state=tmp_path)
    clock = Ticking.since(NOW)
    app = founded(settings, clock)
    service: Service = app.extensions["xinshimin"]
    boss = hired(service.engine)["desk"]
    with writing(service.engine) as connection:
        session = sessions.start(connection, boss, True, clock())
    environment = environment_of(settings) | clock.environment()
    machine = Machine(environment | {"XINSHIMIN_STATE": str(tmp_path)}, tmp_path)
    to = Endpoint(machine.host, machine.port)
    town, clerk = Town(Line(settings, clock, to), app), Clerk(to, session)
    memory: list[float] = []
    with started(machine):
        with town.living(clerk.work, machine.kill_now_and_then):
            end = time.monotonic() + 60 * MINUTES
            while time.monotonic() < end:
                time.sleep(LOOK)
                memory.append(machine.memory())
        _do_what_was_kept(service)
    (tmp_path / "quiet").mkdir()
    books = Books(service, town.people, clerk)
    books.compare(tmp_path / "quiet")
    fifth = len(memory) // 5
    second, last = median(memory[fifth : 2 * fifth]), median(memory[-fifth:])
    tell(f"{url.partition(':')[0]}, {MINUTES:g} minutes, {len(machine.kills)} kills", town, books)
    tell_slowest(town, machine)
    print(
        f"  memory of all processes, MB: {second:.0f} in the second fifth, {last:.0f} in the last"
    )
    demand(town, books)
    assert max(seconds for _, seconds in town.line.waits) < LATEST
    assert last < second * GROWTH


def _do_what_was_kept(service: Service) -> None:
    """Events that the database could not take in time."""
    end = time.monotonic() + LATER
    while kept_in(folder_for(service.settings)) and time.monotonic() < end:
        time.sleep(0.1)
