"""Many people: `xinshimin estimate --batch` from file to file, beside OpenFisca in memory.

Ours starts the processes, reads, checks, gives points with low and high, and writes; OpenFisca
makes vectors of people in memory and gives points. Everybody is random and different, which is the
worst that can happen to what the tables remember.
"""

import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, NamedTuple

from bot.batch.run import cores
from scoring import FACTS
from scoring.engine.results import plain
from tests.bench.estimate import ON, openfisca
from tests.scoring.reference.people import people

SIZES = (1_000, 10_000, 100_000, 1_000_000)
COMPARED = 100_000
MEASURED = """
import resource, sys
from bot.cli import main
if __name__ == "__main__":
    try:
        main()
    finally:
        mine = resource.getrusage(resource.RUSAGE_SELF)
        theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
        # ru_maxrss of this process would be that of the bench that started it, if that was larger
        status = open("/proc/self/status").read().split()
        print(int(status[status.index("VmHWM:") + 1]) / 1024, mine.ru_utime + mine.ru_stime)
        print(theirs.ru_maxrss / 1024, theirs.ru_utime + theirs.ru_stime)
"""


class Run(NamedTuple):
    """Seconds on the clock and of all processors together; the most memory of the first process
    and of the largest worker, in MB."""

    seconds: float
    busy: float
    first: float
    worker: float


def main() -> None:
    with TemporaryDirectory() as folder:
        script = Path(folder) / "measured.py"
        script.write_text(MEASURED, encoding="utf-8")
        for size in SIZES:
            source = written(Path(folder) / f"{size}.csv", size)
            run = measured(script, source, cores())
            print(
                f"{size:>9,} people: {run.seconds:6.1f} s, {size / run.seconds:>8,.0f} a second, "
                f"{size / run.busy:>7,.0f} a processor second; "
                f"most memory {run.first:.0f} MB, each worker {run.worker:.0f} MB",
                flush=True,
            )
            if size == COMPARED:
                compared(script, source, run)


def compared(script: Path, source: Path, run: Run) -> None:
    """The same people with one process, and by OpenFisca."""
    alone = measured(script, source, 1)
    print(f"  {cores()} processes / 1: {alone.seconds / run.seconds:.1f}")
    found = openfisca([plain(person) for person in people(COMPARED, ON)], 0)
    theirs = found["batch_per_second"]
    print(f"  OpenFisca, vectors in one process, points only, no files: {theirs:,.0f} a second")
    print(f"  batch / OpenFisca: {COMPARED / run.seconds / theirs:.2f}", flush=True)


def measured(script: Path, source: Path, jobs: int) -> Run:
    out = source.with_suffix(".out.csv")
    command = [sys.executable, script, "estimate", "--batch", source, "-o", out]
    root = Path(__file__).parents[2]
    started = perf_counter()
    done = subprocess.run(
        [*map(str, command), "--on", ON.isoformat(), "--jobs", str(jobs)],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
        env={"PYTHONPATH": str(root)},
    )
    seconds = perf_counter() - started
    first, its_seconds, worker, their_seconds = map(float, done.stdout.split())
    return Run(seconds, its_seconds + their_seconds, first, worker)


def written(path: Path, size: int) -> Path:
    """A file of people as a spreadsheet saves it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", *FACTS])
        out.writerows(rows(size))
    return path


def rows(size: int) -> Iterator[list[Any]]:
    for number, person in enumerate(people(size, ON)):
        yield [number, *(cell(person.get(fact)) for fact in FACTS)]


def cell(value: Any) -> Any:
    return (" ".join(value) or "none") if isinstance(value, frozenset) else value
