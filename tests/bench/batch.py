"""Many people: `xinshimin estimate --batch` from file to file, and `estimate_arrow` in memory, both
beside OpenFisca in memory.

Ours reads, checks, gives points with low and high, and writes; OpenFisca makes vectors of people in
one process and gives points. `DISTINCT` people are random and different, larger files repeat them.
"""

import subprocess
import sys
from os import environ
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import NamedTuple

import polars as pl

from bot.batch.run import cores
from scoring import FACTS, estimate_arrow, load_ruleset
from scoring.engine.results import plain
from tests.bench.estimate import ON, openfisca
from tests.scoring.columns.frames import as_text, typed
from tests.scoring.reference.people import people

LARGEST = int(environ.get("BENCH_PEOPLE", "10_000_000"))
SIZES = [size for size in (10_000, 100_000, 1_000_000, 10_000_000) if size <= LARGEST]
DISTINCT = COMPARED = 100_000
ROUNDS = 5
ENDINGS = ("parquet", "csv", "jsonl")
LARGEST_JSON = LARGEST_LOOP = 1_000_000
MEASURED = """
import resource, sys
if "--loop" in sys.argv:
    sys.argv.remove("--loop")
    sys.modules["polars"] = None
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
    everyone = list(people(DISTINCT, ON))
    told = {"parquet": typed(everyone), "csv": _cells(as_text(everyone))}
    told["jsonl"] = _cells(typed(everyone).with_columns(pl.col("birth_date").cast(pl.String)))
    print(f"{cores()} cores, of which other work has its part; a second of the clock, and of all")
    print("processors together")
    with TemporaryDirectory() as folder:
        script = Path(folder) / "measured.py"
        script.write_text(MEASURED, encoding="utf-8")
        for ending in ENDINGS:
            for size in SIZES:
                if ending != "jsonl" or size <= LARGEST_JSON:
                    source = written(Path(folder) / f"people.{ending}", told[ending], size)
                    show(f"{ending} to {ending}", size, measured(script, source))
                    if size == 1_000_000:
                        show(" all categories", size, measured(script, source, "--categories"))
                    if ending == "csv" and size <= LARGEST_LOOP:
                        show(" without Polars", size, measured(script, source, "--loop"))
                    source.unlink()
    compared(told["parquet"])


def show(what: str, size: int, run: Run) -> None:
    workers = f", each worker {run.worker:.0f}" if run.worker > 1 else ""
    pace = f"{size / run.seconds:>9,.0f} a second, {size / run.busy:>9,.0f} a processor second"
    print(
        f"{what:<20} {size:>10,} people: {run.seconds:6.1f} s, {pace}; "
        f"most memory {run.first:.0f} MB{workers}",
        flush=True,
    )


def compared(told: pl.DataFrame) -> None:
    """The same people in memory, by OpenFisca and by columns, in turns."""
    rules = load_ruleset("yongjia-2022")
    everyone = [plain(person) for person in people(COMPARED, ON)]
    estimate_arrow(rules, told, on=ON)
    by_clock, by_processor = [], []
    for _ in range(ROUNDS):
        theirs = openfisca(everyone, 0)
        started, busy = perf_counter(), process_time()
        found = estimate_arrow(rules, told, on=ON)
        ours = COMPARED / (perf_counter() - started)
        ours_busy = COMPARED / (process_time() - busy)
        by_clock.append(ours / theirs["batch_per_second"])
        by_processor.append(ours_busy / theirs["batch_per_processor_second"])
        print(
            f"in memory: columns {ours:,.0f} a second, {ours_busy:,.0f} a processor second; "
            f"OpenFisca, points only, {theirs['batch_per_second']:,.0f} and "
            f"{theirs['batch_per_processor_second']:,.0f}",
            flush=True,
        )
        assert found["points"].cast(pl.Float64).to_list() == theirs["points"], "the two disagree"
    ratios = [f"{median(found):.1f}" for found in (by_clock, by_processor)]
    print(f"columns / OpenFisca: {ratios[0]} by the clock, {ratios[1]} by processor time")


def measured(script: Path, source: Path, *options: str) -> Run:
    out = source.with_name(f"out{source.suffix}")
    command = [sys.executable, script, "estimate", "--batch", source, "-o", out]
    root = Path(__file__).parents[2]
    started = perf_counter()
    done = subprocess.run(
        [*map(str, command), "--on", ON.isoformat(), *options],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
        env={"PYTHONPATH": str(root)},
    )
    seconds = perf_counter() - started
    out.unlink()
    first, its_seconds, worker, their_seconds = map(float, done.stdout.split())
    return Run(seconds, its_seconds + their_seconds, first, worker)


def written(path: Path, some: pl.DataFrame, size: int) -> Path:
    """A file of so many people."""
    times = -(-size // some.height)
    repeated = pl.concat([some.lazy()] * times).head(size).with_row_index("id")
    match path.suffix:
        case ".csv":
            repeated.sink_csv(path)
        case ".jsonl":
            repeated.sink_ndjson(path)
        case _:
            repeated.sink_parquet(path)
    return path


def _cells(people: pl.DataFrame) -> pl.DataFrame:
    """Without quotation marks around nothing."""
    texts = [name for name in FACTS if people.schema[name] == pl.String]
    return people.with_columns(pl.col(texts).replace("", None))
