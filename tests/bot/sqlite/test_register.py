"""A large set of texts outside of the memory."""

import subprocess
import sys

from bot.sqlite.register import Register

GROWTH = """
from resource import RUSAGE_SELF, getrusage
from bot.sqlite.register import Register

def kilobytes():
    return getrusage(RUSAGE_SELF).ru_maxrss

with Register() as register:
    register.add(["a"])
    before = kilobytes()
    for first in range(0, 300_000, 10_000):
        register.add(f"o{number:027}" for number in range(first, first + 10_000))
    print(kilobytes() - before)
    assert register.without(["o" + "0" * 27, "b"]) == ["b"]
"""
MOST = 4_000  # kilobytes: SQLite's cache; kept in memory, the same digests take seven thousand


def test_what_was_put_down_is_there_and_nothing_else() -> None:
    with Register() as register:
        register.add(["a", "b"])
        register.add(["b", "中"])
        assert register.without(["b", "c", "中", "a", ""]) == ["c", ""]


def test_its_memory_does_not_grow() -> None:
    """Also that of SQLite, which Python does not see; so in a process of its own."""
    told = subprocess.run([sys.executable, "-c", GROWTH], capture_output=True, check=True)
    assert int(told.stdout) < MOST
