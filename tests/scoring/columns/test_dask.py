"""Columns carried to other processes: Dask with two workers, from Parquet to Parquet."""

import os
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from scoring import Facts, estimate, estimate_arrow, load_ruleset
from tests.scoring.columns.frames import everybody, typed
from tests.scoring.people import ON

SHARE, SHARES, WORKERS = 5_000, 8, 2


def estimated(source: Path, out: Path, ruleset: str, on: date) -> int:
    """One share, in whatever process Dask has it done; returns which."""
    people = pl.read_parquet(source)
    estimate_arrow(load_ruleset(ruleset), people, on=on).write_parquet(out)
    return os.getpid()


@pytest.mark.soak
def test_two_workers_give_what_one_gives(tmp_path: Path) -> None:
    dask: Any = import_module("dask")  # without types of its own
    people = list(everybody(SHARE * SHARES, ON, seed=3))
    frame = typed(people).with_row_index("id")
    tasks = []
    for share in range(SHARES):
        source, out = tmp_path / f"people{share}.parquet", tmp_path / f"points{share}.parquet"
        frame.slice(share * SHARE, SHARE).write_parquet(source)
        tasks.append(dask.delayed(estimated)(source, out, "yongjia-2022", ON))
    workers = set(dask.compute(*tasks, scheduler="processes", num_workers=WORKERS))
    assert len(workers) == WORKERS
    assert os.getpid() not in workers
    found = pl.concat([pl.read_parquet(tmp_path / f"points{n}.parquet") for n in range(SHARES)])
    assert found.equals(estimate_arrow(load_ruleset("yongjia-2022"), frame, on=ON))
    rules = load_ruleset("yongjia-2022")
    assert found["points"][:500].to_list() == [
        estimate(rules, Facts(person), on=ON).points for person in people[:500]
    ]
