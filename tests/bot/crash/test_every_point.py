"""A process dies, or a system call fails, at every point; `bot/README.md` has the table."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.bot.crash.faults import FAULTS
from tests.bot.crash.points import MODES, library

SAMPLE = ("answer", "book", "call")
"""A turn without a request, a booking, and a step of the queue."""
DIES = ("killed", "failed")


def tallies(url: str, folder: Path, *plays: dict[str, Any]) -> list[dict[str, Any]]:
    """What came of these plays, see `tests.bot.crash.run`."""
    loaded = library(folder)
    if loaded is None:
        pytest.skip("no C compiler here")
    place = folder / "database"  # where every file counts
    place.mkdir()
    if url.startswith("sqlite"):
        (folder / "test.db").rename(place / "test.db")
        url = f"sqlite:///{place / 'test.db'}"
    asked = {"url": url, "folder": str(place), "plays": plays}
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


def test_at_some_points_nothing_is_lost_and_nothing_doubled(url: str, tmp_path: Path) -> None:
    """The last points of an act are those around its commit and its answer."""
    plays = {"acts": SAMPLE, "modes": DIES, "most": 6}
    found = tallies(
        url, tmp_path, plays, {"acts": ["send by template"], "modes": ["killed"], "most": 4}
    )
    demand_none(found)
    ends = sum((Counter(tally["outcomes"]) for tally in found), Counter())
    assert ends["undone"]
    assert ends["acknowledged"] + ends["done"]


@pytest.mark.soak
@pytest.mark.parametrize("mode", MODES)
def test_at_every_point(url: str, tmp_path: Path, mode: str) -> None:
    if mode == "server" and url.startswith("sqlite"):
        pytest.skip("it has none")
    found = tallies(url, tmp_path, {"modes": [mode]})
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


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_reply_before_the_commit_is_found(url: str, tmp_path: Path) -> None:
    assert violations("the reply goes out before the commit", url, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(url: str, tmp_path: Path, name: str) -> None:
    if url.partition(":")[0] not in FAULTS[name].on:
        pytest.skip("no fault of this database")
    assert violations(name, url, tmp_path)
