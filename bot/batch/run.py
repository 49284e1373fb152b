"""A whole file: pieces to all cores, results in the order of the file."""

import csv
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot.batch.reading import PIECE, Piece, Source
from bot.batch.rows import Fault
from bot.batch.work import Desk, Served, Task
from bot.batch.writing import safe
from scoring.analysis.summary import Summary

if TYPE_CHECKING:
    from bot.batch.columns import ColumnDesk
    from bot.batch.parquet import FramePiece, ParquetSource

AHEAD = 4
"""Pieces in flight for each process: enough to keep it busy, few enough to keep memory flat."""
START = "fork" if sys.platform == "linux" else "spawn"
"""On Linux the processes begin with what is loaded already; nothing here runs threads."""
_desk: Desk | None = None
_T = TypeVar("_T")


@dataclass(slots=True)
class Totals:
    """What became of a file."""

    people: int
    faults: int
    summary: Summary | None


def run(
    task: Task,
    source: "Source | ParquetSource",
    out: Path,
    faults: Path,
    *,
    jobs: int,
    progress: Callable[[int], None],
    on_fault: Callable[[Fault], None],
) -> Totals:
    """Estimate everybody in the file. The result and the rows set aside take their names only when
    they are complete; `progress` is told how much of `source.size` was dealt with."""
    totals = Totals(0, 0, Summary() if task.summary else None)

    def counted() -> Iterator[Served]:
        for served in _served(task, source, jobs):
            fault_rows.writerows([safe(str(cell)) for cell in fault] for fault in served.faults)
            for fault in served.faults:
                on_fault(fault)
            totals.people += served.people
            totals.faults += len(served.faults)
            if totals.summary is not None and served.summary is not None:
                totals.summary.merge(served.summary)
            yield served
            progress(served.size)

    with (
        _whole(out) as half,
        _whole(faults) as half_faults,
        half_faults.open("w", encoding="utf-8", newline="") as fault_file,
    ):
        fault_rows = csv.writer(fault_file)
        fault_rows.writerow(Fault._fields)
        if task.writes == "parquet":
            _write_frames(task, half, counted())
        else:
            _write_text(task, half, counted())
    if not totals.faults:
        faults.unlink()
    return totals


def _write_frames(task: Task, path: Path, rows: Iterable[Served]) -> None:
    from bot.batch.columns import ColumnDesk
    from bot.batch.parquet import write_parquet

    frames = (served.rows for served in rows if not isinstance(served.rows, str))
    first = next(frames, None)
    if first is None:
        first = ColumnDesk(task).nobody()
    write_parquet(path, first.schema, chain([first], frames))


def _write_text(task: Task, path: Path, rows: Iterable[Served]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        if task.writes == "csv":
            file.write("\ufeff")  # so that a spreadsheet reads it as UTF-8
            csv.writer(file).writerow(task.names(task.rulesets()[0]))
        for served in rows:
            file.write(str(served.rows))


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A file that takes its name only when it is complete."""
    half = path.with_name(f"{path.name}.part")
    try:
        yield half
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def _served(task: Task, source: "Source | ParquetSource", jobs: int) -> Iterator[Served]:
    columns = _column_desk(task)
    if columns is not None:
        with ThreadPoolExecutor(jobs) as pool:
            yield from _in_order(pool, columns.serve, _large_pieces(source), jobs + 1)
        return
    if not isinstance(source, Source):
        raise AssertionError("Parquet is read by columns only")
    if jobs == 1 or source.path.stat().st_size <= PIECE:
        yield from map(Desk(task).serve, source.pieces())
        return
    with ProcessPoolExecutor(
        jobs, mp_context=get_context(START), initializer=_open_desk, initargs=(task,)
    ) as pool:
        yield from _in_order(pool, _serve, source.pieces(), jobs * AHEAD)


def _large_pieces(source: "Source | ParquetSource") -> "Iterable[Piece | FramePiece]":
    from bot.batch.columns import TEXT_PIECE

    if isinstance(source, Source):
        return source.pieces(TEXT_PIECE)
    return source.pieces()


def _column_desk(task: Task) -> "ColumnDesk | None":
    """None where a loop in all processes does it: without Polars, for rules that columns cannot
    say, for JSON and for ids, which Python reads and makes one by one."""
    if (task.ids or task.reads == "jsonl") and "parquet" not in (task.reads, task.writes):
        return None
    try:
        from bot.batch.columns import ColumnDesk
        from scoring.analysis.columns.tables import NotExactError
    except ImportError:
        return None
    try:
        return ColumnDesk(task)
    except NotExactError:
        if "parquet" in (task.reads, task.writes):
            raise
        return None


def _in_order(
    pool: Executor, serve: Callable[[_T], Served], pieces: Iterable[_T], ahead: int
) -> Iterator[Served]:
    waiting: deque[Future[Served]] = deque()
    for piece in pieces:
        waiting.append(pool.submit(serve, piece))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _open_desk(task: Task) -> None:
    global _desk
    _desk = Desk(task)


def _serve(piece: Piece) -> Served:
    assert _desk is not None  # noqa: S101 - the pool opened it
    return _desk.serve(piece)


def cores() -> int:
    """How many processes make sense here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
