"""A file that is being written: nothing of it outlives a killed process for long."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.backup.partial import FRESH_SECONDS, SUFFIX, partial_of

WRITER = """
import sys, time
from pathlib import Path
from bot.backup.partial import scratch_in
with scratch_in(Path(sys.argv[1]), "backup") as file:
    file.write_text("in the clear")
    print("writing", flush=True)
    time.sleep(600)
"""


@contextmanager
def writer(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process in the middle of its file, which has been there for a while."""
    command = [sys.executable, "-c", WRITER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "writing\n"
        [file] = partials(folder)
        earlier = time.time() - 2 * FRESH_SECONDS
        os.utime(file, (earlier, earlier))
        yield process
        process.kill()


def partials(folder: Path) -> list[Path]:
    return list(folder.glob(f".*{SUFFIX}"))


def written(folder: Path) -> None:
    with partial_of(folder / "another") as file:
        file.write_text("whole")
    assert (folder / "another").read_text() == "whole"


def test_what_a_killed_process_left_is_removed_by_the_next(tmp_path: Path) -> None:
    with writer(tmp_path) as process:
        process.kill()
        process.wait()
        assert [file.read_text() for file in partials(tmp_path)] == ["in the clear"]
        written(tmp_path)
    assert partials(tmp_path) == []


def test_what_a_living_process_writes_is_left_alone(tmp_path: Path) -> None:
    with writer(tmp_path):
        written(tmp_path)
        assert [file.read_text() for file in partials(tmp_path)] == ["in the clear"]


def test_where_it_breaks_off_the_old_file_stays(tmp_path: Path) -> None:
    written(tmp_path)
    try:
        with partial_of(tmp_path / "another") as file:
            file.write_text("half")
            raise KeyError
    except KeyError:
        pass
    assert (tmp_path / "another").read_text() == "whole"
    assert partials(tmp_path) == []
