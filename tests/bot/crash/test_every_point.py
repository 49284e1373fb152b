"""A process dies, or a system call fails, at every point; `bot/README.md` has the table."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.bot.crash.faults import FAULTS
from tests.bot.crash.points import MODES, library
from tests.in_memory import in_memory

SAMPLE = ("answer", "book", "call")
"""A turn without a request, a booking, and a step of the queue."""
DIES = ("killed", "failed")
NOT_OF = {"server": "sqlite", "unsynced": "postgresql"}
"""SQLite has no server; of PostgreSQL none but the server waits for the disk."""


def tallies(
    url: str, folder: Path, *plays: dict[str, Any], record: str | None = None
) -> list[dict[str, Any]]:
    """What came of these plays, see `tests.bot.crash.run`."""
    loaded = library(folder)
    if loaded is None:
        pytest.skip("no C compiler here")
    with tempfile.TemporaryDirectory(prefix="xinshimin-crash-", dir=in_memory()) as temporary:
        place = Path(temporary) / "database"  # where every file counts
        place.mkdir()
        if url.startswith("sqlite"):
            shutil.move(folder / "test.db", place / "test.db")
            url = f"sqlite:///{place / 'test.db'}"
        asked = {"url": url, "folder": str(place), "plays": plays, "record": record}
        done = subprocess.run(
            [sys.executable, "-m", "tests.bot.crash.run", json.dumps(asked)],
            env=os.environ | {"LD_PRELOAD": str(loaded)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def demand_none(found: list[dict[str, Any]]) -> None:
    """No violation, and the points were points."""
    assert not [one for tally in found for one in tally["violations"]]
    assert all(tally["points"] for tally in found)


def test_at_some_points_nothing_is_lost_and_a_planted_loss_is_found(
    url: str, tmp_path: Path
) -> None:
    """The last points of an act are those around its commit and its answer."""
    *plays, planted = (
        {"acts": SAMPLE, "modes": DIES, "most": 5},
        {"acts": ["send by template"], "modes": ["killed"], "most": 4},
        *([{"acts": ["book"], "modes": ["unsynced"]}] if url.startswith("sqlite") else []),
        {"acts": ["answer"], "modes": ["killed"], "fault": "the reply goes out before the commit"},
    )
    *found, lost = tallies(url, tmp_path, *plays, planted)
    demand_none(found)
    ends = sum((Counter(tally["outcomes"]) for tally in found), Counter())
    assert ends["undone"]
    assert ends["acknowledged"] + ends["done"]
    assert "acknowledged and lost" in lost["violations"][0]


@pytest.mark.soak
@pytest.mark.parametrize("mode", MODES)
def test_at_every_point(url: str, tmp_path: Path, mode: str) -> None:
    if url.partition(":")[0] == NOT_OF.get(mode):
        pytest.skip("no mode of this database")
    found = tallies(url, tmp_path, {"modes": [mode]}, record=os.environ.get("CRASH_RECORD"))
    for tally in found:
        print(
            f"{tally['act']}: {tally['points']} points in {tally['seconds']:.0f} s",
            tally["outcomes"],
        )
    print(f"{url.partition(':')[0]}, {mode}: {sum(tally['points'] for tally in found)} points")
    demand_none(found)


def violations(name: str, url: str, folder: Path) -> list[str]:
    """What a planted fault does at some point of its act."""
    planted = FAULTS[name]
    play = {"acts": [planted.act], "modes": [planted.mode], "fault": name}
    [tally] = tallies(url, folder, play)
    return list(tally["violations"])


@pytest.mark.soak
@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(url: str, tmp_path: Path, name: str) -> None:
    if url.partition(":")[0] not in FAULTS[name].on:
        pytest.skip("no fault of this database")
    assert violations(name, url, tmp_path)
