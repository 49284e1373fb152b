"""Two machines with addresses of their own, one PostgreSQL, nginx in front: one machine dies under
load, stays away for a while, and comes back."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from bot.service import Service
from tests.bot.deploy.proxy import nginx
from tests.bot.long_day.books import Books
from tests.bot.long_day.line import Endpoint, Line
from tests.bot.long_day.processes import Machine, started
from tests.bot.long_day.report import demand, tell
from tests.bot.long_day.town import Town, founded
from tests.bot.server import free_port
from tests.bot.setting_up import NOW, environment_of, settings_for
from tests.bot.ticking import Ticking

SPELL = 20.0  # seconds of traffic before, while one is away, and after
HOSTS = ("127.0.0.2", "127.0.0.3")
SLOW = 1.0  # seconds
LATEST = 4.5


@pytest.mark.soak
@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_one_of_two_machines_dies_and_comes_back(url: str, tmp_path: Path) -> None:
    settings, clock = settings_for(tmp_path, database_url=url), Ticking.since(NOW)
    app = founded(replace(settings, state=tmp_path), clock)
    service: Service = app.extensions["xinshimin"]
    environment = environment_of(settings) | clock.environment() | {"XINSHIMIN_PROXIES": "1"}
    machines = [_machine(host, environment, tmp_path) for host in HOSTS]
    lines = (f"server {one.host}:{one.port} max_fails=0;\n" for one in machines)
    (tmp_path / "machines.conf").write_text("".join(lines))
    with started(*machines), nginx(free_port(), tmp_path) as address:
        to = Endpoint("127.0.0.1", int(address.rpartition(":")[2]), tls=True)
        town = Town(Line(settings, clock, to), app)
        with town.living():
            time.sleep(SPELL)
            killed = time.monotonic()
            machines[0].kill()
            time.sleep(SPELL)
            machines[0].start()
            back = time.monotonic()
            time.sleep(SPELL)
    (tmp_path / "quiet").mkdir()
    books = Books(service, town.people, None)
    books.compare(tmp_path / "quiet")
    tell("two machines", town, books)
    slow = [at - killed for at, took in town.line.waits if took > SLOW and killed <= at < back]
    print(
        f"  slower than {SLOW:g} s: {len(slow)}, until {max(slow, default=0):.1f} s after the kill"
    )
    demand(town, books)
    assert max(seconds for _, seconds in town.line.waits) < LATEST


def _machine(host: str, environment: dict[str, str], folder: Path) -> Machine:
    """Each with a folder of its own for what its processes leave for each other."""
    own = folder / host
    own.mkdir()
    return Machine(environment | {"XINSHIMIN_STATE": str(own)}, own, host)
