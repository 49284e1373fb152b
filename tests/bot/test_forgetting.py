"""Forgetting somebody beside a turn of theirs and a worker that sends them something."""

import subprocess
import sys
from itertools import pairwise

import pytest

from tests.bot.test_people import LOADING

# How a turn goes through the tables (`bot.turns`, `bot.booking.slots`), and then a worker that
# records what it sent. On PostgreSQL who goes another way may wait for somebody who waits for them;
# one of the two is then broken off, and a person who left would not be forgotten.
AS_ELSEWHERE = ("conversation", "booking", "notices", "notice_consents")


@pytest.mark.parametrize("process", LOADING)
def test_all_processes_go_through_the_tables_in_one_order(process: str) -> None:
    code = f"{LOADING[process]}; import bot.people; print(*reversed(bot.people.names()))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    asked = told.stdout.split().index
    assert all(asked(first) < asked(then) for first, then in pairwise(AS_ELSEWHERE))
