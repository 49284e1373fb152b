"""What one process does with a piece of the file: read rows, estimate, write rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import sub
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from bot.batch.reading import Piece
from bot.batch.rows import Fault, Layout, Row
from bot.batch.writing import csv_text, json_text, output_names
from scoring import Fact, FactsError, Ruleset, Table, Tally, determination, load_ruleset
from scoring.analysis.cells import read_cell
from scoring.analysis.determination import Keyed
from scoring.analysis.summary import Summary

if TYPE_CHECKING:
    import polars

Format = Literal["csv", "jsonl", "parquet"]


@dataclass(frozen=True, slots=True)
class Task:
    """What every process must know. `before`: the ruleset to compare with; `categories`: whether
    the points of categories are written; `ids`: whether determination ids are, made with `key`."""

    ruleset: str
    before: str | None
    folder: tuple[Path, ...]
    on: date
    layout: Layout
    reads: Format
    writes: Format
    summary: bool
    categories: bool = False
    ids: bool = False
    key: Keyed | None = field(default=None, repr=False)

    def rulesets(self) -> list[Ruleset]:
        """The ruleset, and the one to compare with."""
        return [load_ruleset(id, self.folder) for id in (self.ruleset, self.before) if id]

    def names(self, ruleset: Ruleset) -> list[str]:
        """The columns of the result."""
        compared = self.before is not None
        return output_names(ruleset, categories=self.categories, compared=compared, ids=self.ids)


@dataclass(frozen=True, slots=True)
class Served:
    """What became of a piece: the rows of the result as text, or as a frame."""

    size: int
    people: int
    rows: "str | polars.DataFrame"
    faults: list[Fault]
    summary: Summary | None


def catalogue_of(rulesets: Sequence[Ruleset]) -> dict[str, Fact]:
    """The facts that any of the rulesets knows."""
    return {id: fact for rules in rulesets for id, fact in rules.catalogue.items()}


class Desk:
    """One process's tables: what they remember is kept from piece to piece."""

    def __init__(self, task: Task) -> None:
        self._task = task
        rulesets = task.rulesets()
        catalogue = catalogue_of(rulesets)
        facts = task.layout.facts
        self._tables = [Table(rules, facts, task.on, catalogue) for rules in rulesets]
        self._ruleset = rulesets[0]
        self._names = task.names(self._ruleset)

    def serve(self, piece: Piece) -> Served:
        """Estimate the people of a piece; rows that cannot be used are set aside."""
        rows, faults = self._task.layout.rows(piece)
        try:
            tallies = self._tallies(rows)
        except FactsError:
            rows = [row for row in rows if self._is_sound(row, faults)]
            tallies = self._tallies(rows)
        summary = None
        if self._task.summary:
            summary = Summary()
            summary.add(*tallies)
        return Served(
            len(piece.data), len(rows), self._text(rows, tallies), sorted(faults), summary
        )

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

    def _text(self, rows: list[Row], tallies: list[Tally]) -> str:
        after, *others = tallies
        points = [after.points, after.low, after.high, *after.parts]
        if self._task.categories:
            points += after.categories
        for before in others:
            gains = list(map(sub, after.points, before.points))
            points += [before.points, before.low, before.high, gains]
        people = [row.id for row in rows]
        ids = [list(self._ids(rows))] if self._task.ids else []
        if self._task.writes == "csv":
            return csv_text(people, after.eligible, points, ids)
        return json_text(self._names, people, after.eligible, points, ids)

    def _ids(self, rows: list[Row]) -> Iterator[str]:
        facts = self._task.layout.facts
        for row in rows:
            cells = dict(zip(facts, row.cells, strict=True))
            yield determination_id(self._task, self._ruleset, cells)


def determination_id(task: Task, ruleset: Ruleset, cells: Mapping[str, Any]) -> str:
    """The id of one row. Raises FactsError."""
    known = ruleset.catalogue
    facts = {id: read_cell(known[id], cell) for id, cell in cells.items() if id in known}
    return str(determination(ruleset, facts, on=task.on, key=task.key))
