"""The rows of a piece of text: people, and what is set aside because it cannot be read."""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any, NamedTuple

from bot.batch.reading import Piece

ID = "id"
"""The one column that is no fact: whatever names a person, copied to the result."""
SIMPLE = {str, bool, type(None)}


class Fault(NamedTuple):
    """A row that was set aside: its line in the file, who it was, the fact and the reason."""

    line: int
    id: str
    fact: str
    reason: str


class Row(NamedTuple):
    """One person in the file."""

    line: int
    id: str
    cells: list[Any]


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a file are written. `columns`: those of the file, in order; for JSON lines
    every fact. `delimiter`: None for JSON lines."""

    columns: tuple[str, ...]
    delimiter: str | None
    encoding: str

    @property
    def facts(self) -> tuple[str, ...]:
        """The columns that are facts: those of a row's cells."""
        return tuple(column for column in self.columns if column != ID)

    def rows(self, piece: Piece) -> tuple[list[Row], list[Fault]]:
        """The people of a piece, and the lines that are no rows."""
        read: Callable[[Piece], Iterator[Row | Fault]]
        read = self._csv_rows if self.delimiter else self._json_rows
        rows: list[Row] = []
        faults: list[Fault] = []
        for row in read(piece):
            if isinstance(row, Fault):
                faults.append(row)
            else:
                rows.append(row)
        return rows, faults

    def _csv_rows(self, piece: Piece) -> Iterator[Row | Fault]:
        text = piece.data.decode(self.encoding, errors="replace")
        width = len(self.columns)
        unreadable = "\ufffd" in text
        reader = csv.reader(StringIO(text, newline=""), delimiter=self.delimiter or ",")
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
                yield Fault(line, "", "", f"the text is not {self.encoding}")
            else:
                yield self._row(line, cells)

    def _json_rows(self, piece: Piece) -> Iterator[Row | Fault]:
        known = set(self.columns)
        text = piece.data.decode(self.encoding, errors="replace")
        for line, written in enumerate(text.split("\n"), piece.line):
            if not written.strip():
                continue
            try:
                person = json.loads(written, parse_int=str, parse_float=str)
            except (ValueError, RecursionError) as error:
                yield Fault(line, "", "", f"not JSON: {error}")
                continue
            if "\ufffd" in written:
                yield Fault(line, "", "", f"the text is not {self.encoding}")
            elif not isinstance(person, dict):
                yield Fault(line, "", "", "not a JSON object of facts")
            elif unknown := person.keys() - known:
                yield Fault(line, "", min(unknown), "there is no such fact")
            else:
                cells = [person.get(column) for column in self.columns]
                if not set(map(type, cells)) <= SIMPLE:
                    cells = [_cell(cell) for cell in cells]
                yield self._row(line, cells)

    def _row(self, line: int, cells: list[Any]) -> Row:
        id = cells.pop(self.columns.index(ID)) if ID in self.columns else line
        return Row(line, "" if id is None else str(id), cells)


def _cell(value: Any) -> Any:
    """A value that can be remembered; what is no answer at all is left to be refused as text."""
    if isinstance(value, list) and all(isinstance(member, str) for member in value):
        return tuple(value)
    return repr(value) if isinstance(value, list | dict) else value
