"""What one process does with a piece of the file: read rows, estimate, write rows."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from io import StringIO
from operator import sub
from pathlib import Path
from typing import Any, NamedTuple

from bot.batch.reading import Piece
from scoring import FactsError, Table, Tally, load_ruleset
from scoring.analysis.summary import Summary

ID = "id"
"""The one column that is no fact: whatever names a person, copied to the result."""
SIMPLE = {str, bool, type(None)}
ELIGIBLE = {True: "true", False: "false", None: ""}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Task:
    """What every process must know. `columns`: those of the file, in order; for JSON lines every
    fact. `before`: the ruleset to compare with."""

    ruleset: str
    before: str | None
    folder: tuple[Path, ...]
    on: date
    columns: tuple[str, ...]
    delimiter: str | None
    """None for JSON lines."""
    encoding: str
    writes_json: bool
    summary: bool


class Fault(NamedTuple):
    """A row that was set aside: its line in the file, who it was, the fact and the reason."""

    line: int
    id: str
    fact: str
    reason: str


class Served(NamedTuple):
    """What became of a piece."""

    size: int
    people: int
    text: str
    faults: list[Fault]
    summary: Summary | None


class Row(NamedTuple):
    """One person in the file."""

    line: int
    id: str
    cells: list[Any]


class Desk:
    """One process's tables: what they remember is kept from piece to piece."""

    def __init__(self, task: Task) -> None:
        self._task = task
        facts = [column for column in task.columns if column != ID]
        ids = [task.ruleset, *([task.before] if task.before else [])]
        rulesets = [load_ruleset(id, task.folder) for id in ids]
        catalogue = {id: fact for rules in rulesets for id, fact in rules.catalogue.items()}
        self._tables = [Table(rules, facts, task.on, catalogue) for rules in rulesets]
        self._id_place = task.columns.index(ID) if ID in task.columns else None
        self._rows = self._csv_rows if task.delimiter else self._json_rows
        parts = [part.id for part in rulesets[0].parts]
        self.names = output_names(parts, compared=task.before is not None)

    def serve(self, piece: Piece) -> Served:
        """Estimate the people of a piece; rows that cannot be used are set aside."""
        rows: list[Row] = []
        faults: list[Fault] = []
        for row in self._rows(piece):
            if isinstance(row, Fault):
                faults.append(row)
            else:
                rows.append(row)
        try:
            tallies = self._tallies(rows)
        except FactsError:
            rows = [row for row in rows if self._is_sound(row, faults)]
            tallies = self._tallies(rows)
        out = StringIO()
        self._write(out, [row.id for row in rows], tallies)
        summary = None
        if self._task.summary:
            summary = Summary()
            summary.add(*tallies)
        return Served(len(piece.data), len(rows), out.getvalue(), sorted(faults), summary)

    def _tallies(self, rows: list[Row]) -> list[Tally]:
        cells = [row.cells for row in rows]
        return [table.tally(cells) for table in self._tables]

    def _is_sound(self, row: Row, faults: list[Fault]) -> bool:
        try:
            for table in self._tables:
                table.check(row.cells)
        except FactsError as error:
            faults.append(Fault(row.line, row.id, error.fact, error.message))
            return False
        return True

    def _csv_rows(self, piece: Piece) -> Iterator[Row | Fault]:
        text = piece.data.decode(self._task.encoding, errors="replace")
        width = len(self._task.columns)
        unreadable = "\ufffd" in text
        reader = csv.reader(StringIO(text, newline=""), delimiter=self._task.delimiter or ",")
        while True:
            line = piece.line + reader.line_num
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Fault(line, "", "", f"{error}; a quotation mark is not closed?")
                continue
            if not any(cells):
                continue
            if len(cells) != width:
                yield Fault(line, "", "", f"the row has {len(cells)} cells, the header {width}")
            elif unreadable and any("\ufffd" in cell for cell in cells):
                yield Fault(line, "", "", f"the text is not {self._task.encoding}")
            else:
                yield self._row(line, cells)

    def _json_rows(self, piece: Piece) -> Iterator[Row | Fault]:
        known = set(self._task.columns)
        text = piece.data.decode(self._task.encoding, errors="replace")
        for line, written in enumerate(text.split("\n"), piece.line):
            if not written.strip():
                continue
            try:
                person = json.loads(written, parse_int=str, parse_float=str)
            except (ValueError, RecursionError) as error:
                yield Fault(line, "", "", f"not JSON: {error}")
                continue
            if "\ufffd" in written:
                yield Fault(line, "", "", f"the text is not {self._task.encoding}")
            elif not isinstance(person, dict):
                yield Fault(line, "", "", "not a JSON object of facts")
            elif unknown := person.keys() - known:
                yield Fault(line, "", min(unknown), "there is no such fact")
            else:
                cells = [person.get(column) for column in self._task.columns]
                if not set(map(type, cells)) <= SIMPLE:
                    cells = [_cell(cell) for cell in cells]
                yield self._row(line, cells)

    def _row(self, line: int, cells: list[Any]) -> Row:
        id = line if self._id_place is None else cells.pop(self._id_place)
        return Row(line, "" if id is None else str(id), cells)

    def _write(self, out: StringIO, ids: list[str], tallies: list[Tally]) -> None:
        after, *others = tallies
        columns = [after.points, after.low, after.high, *after.parts]
        for before in others:
            gains = list(map(sub, after.points, before.points))
            columns += [before.points, before.low, before.high, gains]
        if self._task.writes_json:
            for told in zip(ids, after.eligible, *(map(_number, c) for c in columns), strict=True):
                line = json.dumps(dict(zip(self.names, told, strict=True)), ensure_ascii=False)
                out.write(f"{line}\n")
        else:
            texts = (map(_text, column) for column in columns)
            safe_ids, eligible = map(safe, ids), map(ELIGIBLE.__getitem__, after.eligible)
            csv.writer(out).writerows(zip(safe_ids, eligible, *texts, strict=True))


def _cell(value: Any) -> Any:
    """A value that can be remembered; what is no answer at all is left to be refused as text."""
    if isinstance(value, list) and all(isinstance(member, str) for member in value):
        return tuple(value)
    return repr(value) if isinstance(value, list | dict) else value


def output_names(parts: Sequence[str], compared: bool) -> list[str]:
    """The columns of the result."""
    before = ["before_points", "before_low", "before_high", "gain"] if compared else []
    return [ID, "eligible", "points", "low", "high", *parts, *before]


@lru_cache(10_000)
def _text(value: Decimal) -> str:
    return f"{value.normalize():f}" if value.is_finite() else ""


@lru_cache(10_000)
def _number(value: Decimal) -> int | float | None:
    if not value.is_finite():
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def safe(cell: str) -> str:
    """Text that a spreadsheet shows as it stands instead of running it as a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
