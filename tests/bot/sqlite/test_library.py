"""Which library is used, and which versions are known as faulty."""

import re
from pathlib import Path

import pytest

import bot
import tests
from bot.database import engine_for, reading
from bot.sqlite import library

# The pairs at each limit: https://sqlite.org/wal.html#the_wal_reset_bug
SOUND = {
    (3, 6, 23): True,  # has no WAL mode
    (3, 7, 0): False,
    (3, 40, 1): False,
    (3, 43, 2): False,
    (3, 44, 0): False,
    (3, 44, 5): False,
    (3, 44, 6): True,
    (3, 44, 7): True,
    (3, 45, 0): False,
    (3, 49, 2): False,
    (3, 50, 0): False,
    (3, 50, 6): False,
    (3, 50, 7): True,
    (3, 50, 8): True,
    (3, 51, 0): False,
    (3, 51, 2): False,
    (3, 51, 3): True,
    (3, 52, 0): True,
    (3, 53, 4): True,
    (4, 0, 0): True,
}
DRIVER = re.compile(r"^\s*(?:import|from) (?:py)?sqlite3\b", re.M)


@pytest.mark.parametrize(("version", "sound"), SOUND.items(), ids=str)
def test_versions_at_the_limits(version: tuple[int, ...], sound: bool) -> None:
    assert library.is_sound(version) is sound


def test_the_service_runs_on_the_library_that_was_chosen(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path}/a.db")
    with reading(engine) as connection:
        found = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
    assert tuple(map(int, found.split("."))) == library.VERSION


def test_nothing_else_chooses_a_library() -> None:
    roots = (Path(str(module.__file__)).parent for module in (bot, tests))
    files = [file for root in roots for file in root.rglob("*.py")]
    choosing = [file.name for file in files if DRIVER.search(file.read_text())]
    assert choosing == ["library.py"]
