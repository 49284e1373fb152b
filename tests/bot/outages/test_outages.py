"""The operator's table: each message is answered, or its sender told to write again, before the
platform gives up; nothing is lost that was answered; and afterwards all is well again by itself.

    pytest -m soak tests/bot/outages -s    # prints the table

With OUTAGES_BEFORE (`set_ups`) only the rows are printed, and nothing is demanded.
"""

from pathlib import Path

import pytest

from tests.bot.outages import faults
from tests.bot.outages.faults import Fault
from tests.bot.outages.places import DISK, ITSELF, SOCKET, WIRE, Place
from tests.bot.outages.rows import suffer
from tests.bot.outages.set_ups import GUNICORN, NGINX, SERVE

SURGE = 700.0  # messages a second
SET_UPS = (GUNICORN, SERVE)
CASES = [
    ("sqlite", ITSELF, faults.locked, 3),
    ("sqlite", ITSELF, faults.locked, 10),
    ("sqlite", ITSELF, faults.locked, 12),
    ("postgresql", ITSELF, faults.locked, 3),
    ("postgresql", ITSELF, faults.locked, 10),
    ("postgresql", ITSELF, faults.locked, 12),
    ("postgresql", ITSELF, faults.stopped, 10),
    ("postgresql", WIRE, faults.refused, 10),
    ("postgresql", ITSELF, faults.stood_still, 10),
    ("postgresql", ITSELF, faults.stood_still, 45),
    ("postgresql", WIRE, faults.swallowed, 15),
    ("postgresql", SOCKET, faults.mute, 15),
    ("postgresql", ITSELF, faults.exhausted, 10),
]
CALLBACKS = 2  # processes


@pytest.mark.soak
@pytest.mark.parametrize("set_up", SET_UPS)
@pytest.mark.parametrize(("url", "place", "fault", "seconds"), CASES, indirect=["url", "place"])
def test_table(place: Place, tmp_path: Path, set_up: str, fault: Fault, seconds: float) -> None:
    suffer(place, tmp_path, set_up, fault, seconds)


@pytest.mark.soak
@pytest.mark.parametrize("set_up", [*SET_UPS, NGINX])
@pytest.mark.parametrize(
    ("url", "place"), [("sqlite", ITSELF), ("postgresql", ITSELF)], indirect=True
)
def test_surge(place: Place, tmp_path: Path, set_up: str) -> None:
    suffer(place, tmp_path, set_up, faults.nothing, 20, SURGE)


@pytest.mark.soak
@pytest.mark.parametrize("set_up", SET_UPS)
@pytest.mark.parametrize(("url", "place"), [("sqlite", DISK)], indirect=True)
def test_a_disk_that_hangs(place: Place, tmp_path: Path, set_up: str) -> None:
    """The kernel lets no process go that waits for it; with `serve` its front still refuses the
    message in time, with gunicorn alone nobody does."""
    most_silent = CALLBACKS if set_up == GUNICORN else 0
    suffer(place, tmp_path, set_up, faults.disk_hung, 15, most_silent=most_silent)


@pytest.mark.postgres
@pytest.mark.parametrize(("url", "place"), [("postgresql", ITSELF)], indirect=True)
def test_six_seconds_of_it(place: Place, tmp_path: Path) -> None:
    suffer(place, tmp_path, SERVE, faults.stood_still, 6)
