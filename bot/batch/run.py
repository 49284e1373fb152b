"""A whole file: pieces to all cores, results in the order of the file."""

import csv
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TextIO

from bot.batch.reading import PIECE, Piece, Source
from bot.batch.work import Desk, Fault, Served, Task, safe
from scoring.analysis.summary import Summary

AHEAD = 4
"""Pieces in flight for each process: enough to keep it busy, few enough to keep memory flat."""
START = "fork" if sys.platform == "linux" else "spawn"
"""On Linux the processes begin with what is loaded already; nothing here runs threads."""
_desk: Desk | None = None


@dataclass(slots=True)
class Totals:
    """What became of a file."""

    people: int
    faults: int
    summary: Summary | None


def run(
    task: Task,
    source: Source,
    out: Path,
    faults: Path,
    *,
    jobs: int,
    progress: Callable[[int], None],
    on_fault: Callable[[Fault], None],
) -> Totals:
    """Estimate everybody in the file. The result and the rows set aside take their names only when
    they are complete; `progress` is told how many bytes were dealt with."""
    totals = Totals(0, 0, Summary() if task.summary else None)
    with _whole(out) as file, _whole(faults) as fault_file:
        if not task.writes_json:
            file.write("\ufeff")  # so that a spreadsheet reads it as UTF-8
            csv.writer(file).writerow(Desk(task).names)
        fault_rows = csv.writer(fault_file)
        fault_rows.writerow(Fault._fields)
        for served in _served(task, source, jobs):
            file.write(served.text)
            fault_rows.writerows([safe(str(cell)) for cell in fault] for fault in served.faults)
            for fault in served.faults:
                on_fault(fault)
            totals.people += served.people
            totals.faults += len(served.faults)
            if totals.summary is not None and served.summary is not None:
                totals.summary.merge(served.summary)
            progress(served.size)
    if not totals.faults:
        faults.unlink()
    return totals


@contextmanager
def _whole(path: Path) -> Iterator[TextIO]:
    """A file that takes its name only when it is complete."""
    half = path.with_name(f"{path.name}.part")
    try:
        with half.open("w", encoding="utf-8", newline="") as file:
            yield file
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def _served(task: Task, source: Source, jobs: int) -> Iterator[Served]:
    if jobs == 1 or source.path.stat().st_size <= PIECE:
        desk = Desk(task)
        yield from map(desk.serve, source.pieces())
        return
    with ProcessPoolExecutor(
        jobs, mp_context=get_context(START), initializer=_open_desk, initargs=(task,)
    ) as pool:
        yield from _in_order(pool, source.pieces(), jobs * AHEAD)


def _in_order(pool: ProcessPoolExecutor, pieces: Iterable[Piece], ahead: int) -> Iterator[Served]:
    waiting: deque[Future[Served]] = deque()
    for piece in pieces:
        waiting.append(pool.submit(_serve, piece))
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
