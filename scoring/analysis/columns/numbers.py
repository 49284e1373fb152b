"""From columns of cells to the numbers of their answers (see `axes`).

Whole numbers, yes and no, and dates are numbered as they come; everything else is read as the text
that a table would show, each text once. A cell that cannot be used has no number (null).
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from threading import Lock

import polars as pl

from scoring.ages import AGE, BIRTH_DATE, TOLD_ON, age_on, complete_years
from scoring.analysis.batch import REMEMBERED
from scoring.analysis.cells import read_cell, separators
from scoring.analysis.columns.axes import Axis
from scoring.errors import FactsError
from scoring.rulefile.facts import FACTS, QUANTITIES, Fact, read_facts

WHOLE = {*QUANTITIES, "age"}
SURE = 15
"""So many digits fit into 64 bits; longer texts are read one by one."""
WIDE = (pl.UInt64, pl.Int128, pl.UInt128)
BETWEEN = "\x1f"
NO_CHOICE = "?"
"""Stands in a text for what is no answer, whatever is asked."""
SEPARATOR = rf"[\s{re.escape(separators())}]"


class Texts:
    """The numbers of texts, each read once; `read` gives None for a text that is refused."""

    def __init__(self, read: Callable[[str], int | None]) -> None:
        self._read = read
        self._known: dict[str, int | None] = {}
        self._pairs = _pairs({})
        self._learning = Lock()

    def numbers(self, texts: pl.Series, unknown: int) -> pl.Series:
        """The number of each text; `unknown` where there is none, null where it is refused."""
        found = _looked_up(texts, self._pairs)
        if found.null_count() > texts.null_count():
            found = _looked_up(texts, self._learnt(texts.unique().drop_nulls().to_list()))
        return found.set(texts.is_null(), unknown) if texts.null_count() else found

    def _learnt(self, texts: list[str]) -> tuple[pl.Series, pl.Series]:
        """Pairs that hold all of these texts; more are forgotten, so that memory stays flat."""
        with self._learning:
            new = [text for text in texts if text not in self._known]
            if len(self._known) + len(new) > REMEMBERED:
                self._known, new = {}, texts
            if new:
                self._known = {**self._known, **{text: self._read(text) for text in new}}
                self._pairs = _pairs(self._known)
            return self._pairs


def _looked_up(texts: pl.Series, pairs: tuple[pl.Series, pl.Series]) -> pl.Series:
    return texts.replace_strict(*pairs, default=None, return_dtype=pl.Int64)


def _pairs(known: dict[str, int | None]) -> tuple[pl.Series, pl.Series]:
    old = pl.Series(list(known), dtype=pl.String)
    return old, pl.Series(list(known.values()), dtype=pl.Int64)


class FactNumbers:
    """The numbers of the answers to one fact. `aged`: a date of it counts as an age."""

    def __init__(self, fact: Fact, axis: Axis, on: date, *, aged: bool) -> None:
        self._fact, self._axis, self._on, self._aged = fact, axis, on, aged
        self._texts = Texts(self._read)
        self._first = fact.minimum if isinstance(fact.minimum, date) else date.min
        self._days = self._by_day() if aged else None

    def of(self, cells: pl.Series) -> pl.Series:
        """The numbers of a column of cells."""
        kind, dtype = self._fact.type, cells.dtype
        if kind in WHOLE and dtype.is_integer() and dtype not in WIDE:
            return self._quantities(cells)
        if kind == "yesno" and dtype == pl.Boolean:
            return self._yesno(cells)
        if kind == "date" and dtype == pl.Date:
            return self._dates(cells)
        if kind in WHOLE:
            return self._digits(as_text(cells))
        return self._texts.numbers(as_text(cells), self._axis.unknown)

    def _read(self, text: str) -> int | None:
        fact = self._fact
        try:
            facts = read_facts({fact.id: read_cell(fact, text)}, {fact.id: fact})
            answer = age_on(fact.id, facts, self._on) if self._aged else facts.get(fact.id)
        except FactsError:
            return None
        return self._axis.number(answer)

    def _quantities(self, cells: pl.Series) -> pl.Series:
        least, most = self._fact.minimum, self._fact.maximum
        whole = pl.col(cells.name)
        sound = pl.lit(True)
        if isinstance(least, int):
            sound = sound & (whole >= least)
        if isinstance(most, int):
            sound = sound & (whole <= most)
        number = pl.when(sound).then(self._axis.kind(whole.cast(pl.Int64)))
        told = pl.when(whole.is_null()).then(self._axis.unknown).otherwise(number)
        return cells.to_frame().select(told.cast(pl.Int64)).to_series()

    def _digits(self, texts: pl.Series) -> pl.Series:
        """Plain digits all at once; what is written otherwise one by one."""
        short = texts.str.len_bytes() <= SURE
        whole = texts.cast(pl.Int64, strict=False)
        odd = texts.is_not_null() & (whole.is_null() | ~short)
        numbers = self._quantities(whole)
        if not odd.any():
            return numbers
        return numbers.zip_with(~odd, self._texts.numbers(texts.set(~odd, None), 0))

    def _yesno(self, cells: pl.Series) -> pl.Series:
        no, yes = self._axis.number(False), self._axis.number(True)
        return (cells.cast(pl.Int64) * (yes - no) + no).fill_null(self._axis.unknown)

    def _dates(self, cells: pl.Series) -> pl.Series:
        day = pl.col(cells.name).cast(pl.Int64) - _days(self._first)
        last = len(self._days) - 1 if self._days is not None else None
        place = pl.when((day >= 0) & (day <= last) if last is not None else day >= 0).then(day)
        number = pl.lit(0) if self._days is None else pl.lit(self._days).gather(place)
        number = pl.when(place.is_not_null()).then(number)
        told = pl.when(pl.col(cells.name).is_null()).then(self._axis.unknown).otherwise(number)
        return cells.to_frame().select(told.cast(pl.Int64)).to_series()

    def _by_day(self) -> pl.Series:
        """The number of the age for each possible day of birth."""
        days = range((self._on - self._first).days + 1)
        born = (self._first + timedelta(day) for day in days)
        ages = [self._axis.number(complete_years(one, self._on)) for one in born]
        return pl.Series(ages, dtype=pl.Int64)


class ToldAges:
    """The ages of those who told one, on some day, in the place of a date of birth."""

    def __init__(self, axis: Axis, on: date) -> None:
        self._axis, self._on = axis, on
        self._texts = Texts(self._read)

    def of(self, births: pl.Series, people: pl.DataFrame) -> pl.Series:
        """The numbers of `births`, and where these are unknown those of the ages told."""
        if AGE not in people.columns or people[AGE].null_count() == people.height:
            return births
        ages = as_text(people[AGE])
        days = as_text(people[TOLD_ON]) if TOLD_ON in people.columns else ages.clear(people.height)
        told = ages + BETWEEN + days.fill_null("")
        told = told.set(births.ne_missing(self._axis.unknown), None)
        return births.zip_with(told.is_null(), self._texts.numbers(told, self._axis.unknown))

    def _read(self, text: str) -> int | None:
        age, _, day = text.partition(BETWEEN)
        cells = {AGE: age, TOLD_ON: day}
        try:
            facts = read_facts({id: read_cell(FACTS[id], cell) for id, cell in cells.items()})
            return self._axis.number(age_on(BIRTH_DATE, facts, self._on))
        except FactsError:
            return None


def as_text(cells: pl.Series) -> pl.Series:
    """Cells as a table would show them; empty lists are the word for none of them."""
    dtype = cells.dtype
    if dtype == pl.String:
        return cells
    if dtype in (pl.List, pl.Array):
        member = pl.element().cast(pl.String).fill_null(NO_CHOICE)
        members = cells.list.eval(member.str.replace_all(SEPARATOR, NO_CHOICE))
        return members.list.join(" ").set(cells.list.len() == 0, "none")
    if dtype == pl.Datetime:
        return cells.dt.to_string("iso")
    return cells.cast(pl.String)


def _days(day: date) -> int:
    return (day - date(1970, 1, 1)).days
