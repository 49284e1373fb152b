"""What the processes take in memory at the start, and after messages with bookings and pages,
under gunicorn with two workers, each of which answers messages and pages alike, loaded once
(`--preload`, as under `xinshimin serve`).

RSS counts for each process all it touches; PSS what it shares with others by its part only.
"""

import re
import tempfile
import time
from pathlib import Path

from tests.bench.databases import on_each
from tests.bot.long_day.line import Endpoint, Line
from tests.bot.long_day.processes import Machine, started
from tests.bot.long_day.town import Town, founded
from tests.bot.setting_up import NOW, environment_of, settings_for
from tests.bot.ticking import Ticking

NAMES = ("gunicorn", "jobs", "worker", "worker")
STAGES = (0, 1_000, 5_000)  # messages


def main() -> None:
    """A table for each database."""
    for kind, url in on_each():
        with tempfile.TemporaryDirectory() as folder:
            _measured(kind, url, Path(folder))


def _measured(kind: str, url: str, folder: Path) -> None:
    settings, clock = settings_for(folder, database_url=url), Ticking.since(NOW)
    app = founded(settings, clock)
    environment = environment_of(settings) | clock.environment()
    machine = Machine(environment | {"XINSHIMIN_STATE": str(folder)}, folder)
    town = Town(Line(settings, clock, Endpoint(machine.host, machine.port)), app)
    print(f"{kind}: MB of RSS / PSS" + "".join(f"{name:>16}" for name in NAMES))
    with started(machine), town.living():
        for stage in STAGES:
            while len(town.line.waits) < stage:
                time.sleep(0.2)
            cells = (
                f"{_taken(pid, 'Rss'):9.0f} / {_taken(pid, 'Pss'):4.0f}" for pid in machine.pids
            )
            print(f"{len(town.line.waits):>6} messages" + " ".join(cells), flush=True)


def _taken(pid: int, what: str) -> float:
    """MB."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(rf"^{what}: +(\d+) kB", text, re.MULTILINE)
    assert found
    return int(found[1]) / 1024


if __name__ == "__main__":
    main()
