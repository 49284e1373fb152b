"""Parquet in and out, a piece at a time. Needs Polars."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
from polars.io.plugins import register_io_source

from bot.batch.reading import UnusableFileError

ROWS = 1 << 16
"""Rows in a piece."""


class FramePiece(NamedTuple):
    """Rows of a Parquet file. `line` is the number of the first one, from 1."""

    line: int
    people: pl.DataFrame


@dataclass(frozen=True, slots=True)
class ParquetSource:
    """A Parquet file of people; `size` counts its rows."""

    path: Path
    columns: tuple[str, ...]
    size: int
    start: int = 0

    def pieces(self) -> Iterator[FramePiece]:
        """The rows in order, never much more than a piece in memory."""
        line = 1
        for people in pl.scan_parquet(self.path).collect_batches(chunk_size=ROWS):
            yield FramePiece(line, people)
            line += people.height


def look_at_parquet(path: Path) -> ParquetSource:
    """Its columns and how many rows it has. Raises UnusableFileError, OSError."""
    try:
        people = pl.scan_parquet(path)
        columns = tuple(people.collect_schema())
        return ParquetSource(path, columns, people.select(pl.len()).collect().item())
    except pl.exceptions.PolarsError as error:
        raise UnusableFileError(f"{path} is no Parquet file: {error}") from error


def write_parquet(path: Path, schema: pl.Schema, frames: Iterable[pl.DataFrame]) -> None:
    """Write frames one after another."""

    def source(*_: Any) -> Iterator[pl.DataFrame]:
        return iter(frames)

    register_io_source(source, schema=dict(schema)).sink_parquet(path)
