"""Pieces by column expressions: the results of `work.Desk`, many times faster. Needs Polars."""

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from bot.batch.parquet import FramePiece
from bot.batch.reading import Piece
from bot.batch.rows import ID, Fault, Row
from bot.batch.work import Served, Task, catalogue_of, determination_id
from bot.batch.writing import DETERMINATION, FORMULA_STARTS, json_text, number_text
from scoring import Fact, Table
from scoring.analysis.columns.arrow import in_points, refusals, text_rows
from scoring.analysis.columns.numbers import NO_CHOICE, SEPARATOR
from scoring.analysis.columns.table import ELIGIBLE, SOUND, Columns
from scoring.analysis.columns.tables import MEASURES
from scoring.analysis.summary import Summary
from scoring.rulefile.kinds.base import UNBOUNDED

LINE = "line number"
TEXT_PIECE = 1 << 23
"""Bytes of text in a piece: columns pay with tens of thousands of rows."""


class ColumnDesk:
    """Several threads may serve at one: Polars computes outside of Python's lock.

    Raises NotExactError for rules that hundredths of a point cannot say.
    """

    def __init__(self, task: Task) -> None:
        self._task = task
        rulesets = task.rulesets()
        self._ruleset = rulesets[0]
        self._catalogue = catalogue_of(rulesets)
        self._facts = task.layout.facts
        self._columns = [Columns(rules, task.on, self._catalogue) for rules in rulesets]
        self._tables = [Table(rules, self._facts, task.on, self._catalogue) for rules in rulesets]
        self._names = task.names(self._ruleset)

    def serve(self, piece: Piece | FramePiece) -> Served:
        """Estimate the people of a piece; rows that cannot be used are set aside."""
        if isinstance(piece, FramePiece):
            return self._served(piece.people.height, _numbered(piece), [], [])
        plain = self._plain(piece)
        if plain is not None:
            return self._served(len(piece.data), plain, [], [])
        rows, faults = self._task.layout.rows(piece)
        return self._served(len(piece.data), self._frame(rows), rows, faults)

    def nobody(self) -> pl.DataFrame:
        """The result without a row, for Parquet."""
        rows = self._served(0, self._frame([]), [], []).rows
        assert isinstance(rows, pl.DataFrame)  # noqa: S101 - as the task says
        return rows

    def _plain(self, piece: Piece) -> pl.DataFrame | None:
        """Rows of CSV without anything unusual, all at once; None where there is something."""
        layout = self._task.layout
        if layout.delimiter is None or not is_plain(
            piece.data, layout.delimiter, len(layout.columns)
        ):
            return None
        try:
            text = piece.data.decode(layout.encoding)
            if "\ufffd" in text:
                return None
            people = pl.read_csv(
                text.encode(),
                has_header=False,
                schema=dict.fromkeys(layout.columns, pl.String),
                separator=layout.delimiter,
                quote_char=None,
            )
        except (UnicodeDecodeError, pl.exceptions.PolarsError):
            return None
        people = _numbered(FramePiece(piece.line, people))
        return people.filter(pl.any_horizontal(pl.col(layout.columns).is_not_null()))

    def _frame(self, rows: list[Row]) -> pl.DataFrame:
        """Rows as columns of text."""
        told = {LINE: [row.line for row in rows], ID: [row.id for row in rows]}
        schema = {LINE: pl.Int64, ID: pl.String}
        columns = (
            zip(*(row.cells for row in rows), strict=True) if rows else [()] * len(self._facts)
        )
        is_text = self._task.layout.delimiter is not None
        for name, cells in zip(self._facts, columns, strict=True):
            fact = self._catalogue[name]
            told[name] = cells if is_text else [_text(fact, cell) for cell in cells]
        return pl.DataFrame(told, schema=schema | dict.fromkeys(self._facts, pl.String))

    def _served(
        self, size: int, people: pl.DataFrame, rows: list[Row], faults: list[Fault]
    ) -> Served:
        amounts = [columns.amounts(people) for columns in self._columns]
        sound = pl.select(pl.all_horizontal([one[SOUND] for one in amounts])).to_series()
        if not sound.all():
            faults = [*faults, *self._faults(people, rows, ~sound)]
            people = people.filter(sound)
            amounts = [one.filter(sound) for one in amounts]
        summary = self._summary(amounts) if self._task.summary else None
        written = self._written(people, self._told(amounts))
        return Served(size, people.height, written, sorted(faults), summary)

    def _faults(self, people: pl.DataFrame, rows: list[Row], wrong: pl.Series) -> list[Fault]:
        refused = people.filter(wrong)
        cells = (
            [rows[place].cells for place in wrong.arg_true()]
            if rows
            else text_rows(refused.select(self._facts))
        )
        named = refused.select(pl.col(LINE), _as_id(ID)).rows()
        errors = refusals(self._tables, cells)
        return [
            Fault(line, id, error.fact, error.message)
            for (line, id), error in zip(named, errors, strict=True)
        ]

    def _told(self, amounts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """The result in hundredths of a point, by the names of its columns."""
        after = amounts[0]
        shown = {name: measure for measure, name in self._columns[0].detail().items()}
        shown |= {measure: measure for measure in MEASURES}
        told = [after[measure].alias(name) for name, measure in shown.items()]
        for before in amounts[1:]:
            told += [before[measure].alias(f"before_{measure}") for measure in MEASURES]
            told.append((after["points"] - before["points"]).alias("gain"))
        names = [name for name in self._names if name not in (ID, ELIGIBLE, DETERMINATION)]
        return pl.DataFrame([after[ELIGIBLE], *told]).select(ELIGIBLE, *names)

    def _written(self, people: pl.DataFrame, told: pl.DataFrame) -> str | pl.DataFrame:
        ids = [pl.Series(DETERMINATION, self._ids(people))] if self._task.ids else []
        points = told.columns[1:]
        if self._task.writes == "parquet":
            exact = told.select(ELIGIBLE, *map(in_points, points))
            return pl.DataFrame([people[ID], *exact, *ids])
        names = people.select(_as_id(ID)).to_series()
        if self._task.writes == "csv":
            texts = [_texts(told[name]) for name in points]
            frame = pl.DataFrame([_safe(names), told[ELIGIBLE], *texts, *ids])
            return frame.write_csv(include_header=False, line_terminator="\r\n")
        columns = [_decimals(told[name]) for name in points]
        return json_text(self._names, names, told[ELIGIBLE], columns, ids)

    def _ids(self, people: pl.DataFrame) -> list[str]:
        return [
            determination_id(self._task, self._ruleset, dict(zip(self._facts, cells, strict=True)))
            for cells in text_rows(people.select(self._facts))
        ]

    def _summary(self, amounts: Sequence[pl.DataFrame]) -> Summary:
        after = amounts[0]
        parts = self._ruleset.at(self._task.on).parts
        categories = [category.id for part in parts for category in part.categories]
        summary = Summary(
            points=Counter({_points(one): n for one, n in _counted(after, "points")}),
            eligible=Counter(dict(_counted(after, ELIGIBLE))),
            certain=int((after["low"] == after["high"]).sum()),
            categories=[_points(int(after[f"points category {id}"].sum())) for id in categories],
        )
        for before in amounts[1:]:
            both = pl.DataFrame(
                [before["points"], (after["points"] - before["points"]).alias("gain")]
            )
            found = _counted(both, "points", "gain")
            summary.reform = Counter({(_points(was), _points(gain)): n for was, gain, n in found})
        return summary


def is_plain(data: bytes, delimiter: str, width: int) -> bool:
    """Whether rows of CSV have no quotation mark and as many cells as there should be in all."""
    if b'"' in data or width < 2 or data.count(b"\r") != data.count(b"\r\n"):
        return False
    rows = data.count(b"\n") + (not data.endswith(b"\n"))
    return data.count(delimiter.encode()) == rows * (width - 1)


def _numbered(piece: FramePiece) -> pl.DataFrame:
    """With the number of each line; it also names people who have no name."""
    people = piece.people.with_row_index(LINE, piece.line)
    return people if ID in people.columns else people.with_columns(pl.col(LINE).alias(ID))


def _text(fact: Fact, cell: Any) -> str | None:
    """A value of JSON as the cell of a table; what is no answer to the fact stays none."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bool) and fact.type == "yesno":
        return str(cell).lower()
    if isinstance(cell, tuple) and fact.type == "set":
        return " ".join(_SEPARATES.sub(NO_CHOICE, member) for member in cell) or "none"
    return NO_CHOICE


_SEPARATES = re.compile(SEPARATOR)


def _as_id(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.String).fill_null("")


def _safe(names: pl.Series) -> pl.Series:
    """As `writing.safe`."""
    formula = names.str.contains(f"^[{re.escape(''.join(FORMULA_STARTS))}]")
    return names.zip_with(~formula, "'" + names)


def _points(hundredths: int | None) -> Decimal:
    return UNBOUNDED if hundredths is None else Decimal(hundredths).scaleb(-2)


def _decimals(hundredths: pl.Series) -> list[Decimal]:
    known = {one: _points(one) for one in hundredths.unique()}
    return [known[one] for one in hundredths]


def _texts(hundredths: pl.Series) -> pl.Series:
    """As `writing.number_text`, each number once."""
    known = hundredths.unique().drop_nulls()
    texts = [number_text(_points(one)) for one in known]
    return hundredths.replace_strict(known, texts, default=None, return_dtype=pl.String)


def _counted(told: pl.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    return told.group_by(names).len().rows()
