"""What one process does with a piece of the file: read rows, estimate, write rows."""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from io import StringIO
from typing import Any, NamedTuple

from bot.batch.reading import Piece
from scoring import FactsError, Table, Tally, load_ruleset
from scoring.summary import Summary

ID = "id"
"""The one column that is no fact: whatever names a person, copied to the result."""
SIMPLE = {str, bool, type(None)}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Task:
    """What every process must know. `columns`: those of the file, in order; for JSON lines every
    fact. `before`: the ruleset to compare with."""

    ruleset: str
    before: str | None
    folder: str | None
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


Row = tuple[int, list[Any] | Fault]


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
        out = StringIO()
        write = self._json_writer(out) if self._task.writes_json else csv.writer(out).writerow
        faults: list[Fault] = []
        summary = Summary() if self._task.summary else None
        people = 0
        for line, cells in self._rows(piece):
            if isinstance(cells, Fault):
                faults.append(cells)
                continue
            id = str(line) if self._id_place is None else str(cells.pop(self._id_place) or "")
            try:
                tallies = [table.tally(cells) for table in self._tables]
            except FactsError as error:
                faults.append(Fault(line, id, error.fact, error.message))
                continue
            write(self._told(id, tallies))
            people += 1
            if summary is not None:
                summary.add(*tallies)
        return Served(len(piece.data), people, out.getvalue(), faults, summary)

    def _csv_rows(self, piece: Piece) -> Iterator[Row]:
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
                yield line, Fault(line, "", "", f"{error}; a quotation mark is not closed?")
                continue
            if not any(cells):
                continue
            if len(cells) != width:
                reason = f"the row has {len(cells)} cells, the header {width}"
                yield line, Fault(line, "", "", reason)
            elif unreadable and any("\ufffd" in cell for cell in cells):
                yield line, Fault(line, "", "", f"the text is not {self._task.encoding}")
            else:
                yield line, cells

    def _json_rows(self, piece: Piece) -> Iterator[Row]:
        known = set(self._task.columns)
        text = piece.data.decode(self._task.encoding, errors="replace")
        for line, written in enumerate(text.split("\n"), piece.line):
            if not written.strip():
                continue
            try:
                person = json.loads(written, parse_int=str, parse_float=str)
            except (ValueError, RecursionError) as error:
                yield line, Fault(line, "", "", f"not JSON: {error}")
                continue
            if "\ufffd" in written:
                yield line, Fault(line, "", "", f"the text is not {self._task.encoding}")
            elif not isinstance(person, dict):
                yield line, Fault(line, "", "", "not a JSON object of facts")
            elif unknown := person.keys() - known:
                yield line, Fault(line, "", min(unknown), "there is no such fact")
            else:
                cells = [person.get(column) for column in self._task.columns]
                if not set(map(type, cells)) <= SIMPLE:
                    cells = [_cell(cell) for cell in cells]
                yield line, cells

    def _told(self, id: str, tallies: list[Tally]) -> list[Any]:
        after = tallies[0]
        told = [id, after.eligible, *after.total, *(points for points, _, _ in after.parts)]
        if len(tallies) > 1:
            before = tallies[1].total
            told += [*before, after.total.points - before.points]
        if self._task.writes_json:
            return told
        eligible = "" if after.eligible is None else str(after.eligible).lower()
        return [safe(id), eligible, *map(_text, told[2:])]

    def _json_writer(self, out: StringIO) -> Callable[[Sequence[Any]], None]:
        def write(row: Sequence[Any]) -> None:
            plain = [_number(cell) if isinstance(cell, Decimal) else cell for cell in row]
            line = json.dumps(dict(zip(self.names, plain, strict=True)), ensure_ascii=False)
            out.write(f"{line}\n")

        return write


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
