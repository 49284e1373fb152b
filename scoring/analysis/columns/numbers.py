"""From columns of cells to the numbers of their answers (see `axes`).

Whole numbers, yes and no, and dates are numbered as they come; everything else is read as the text
that a table would show, each text once. A cell that cannot be used has no number (null).
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from threading import Lock
from typing import Any

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
    """The numbers of texts, each read once; `read` gives None for a text that is refused.
    `unknown`: the number where there is no text."""

    def __init__(self, read: Callable[[str], int | None], unknown: int) -> None:
        self._read, self._unknown = read, unknown
        self._known: dict[str, int | None] = {}
        self._pairs = self._written()
        self._learning = Lock()

    def numbers(self, texts: pl.Series) -> pl.Series:
        """The number of each text, null where it is refused."""
        found = _looked_up(texts, self._pairs)
        if found.null_count():
            found = _looked_up(texts, self._learnt(texts.unique().drop_nulls().to_list()))
        return found

    def _learnt(self, texts: list[str]) -> tuple[pl.Series, pl.Series]:
        """Pairs that hold all of these texts; more are forgotten, so that memory stays flat."""
        with self._learning:
            new = [text for text in texts if text not in self._known]
            if len(self._known) + len(new) > REMEMBERED:
                self._known, new = {}, texts
            if new:
                self._known = {**self._known, **{text: self._read(text) for text in new}}
                self._pairs = self._written()
            return self._pairs

    def _written(self) -> tuple[pl.Series, pl.Series]:
        texts = pl.Series([*self._known, None], dtype=pl.String)
        return texts, pl.Series([*self._known.values(), self._unknown], dtype=pl.Int64)


def _looked_up(texts: pl.Series, pairs: tuple[pl.Series, pl.Series]) -> pl.Series:
    return texts.replace_strict(*pairs, default=None, return_dtype=pl.Int64)


class FactNumbers:
    """The numbers of the answers to one fact. `aged`: a date of it counts as an age."""

    def __init__(self, fact: Fact, axis: Axis, on: date, *, aged: bool) -> None:
        self._fact, self._axis, self._on, self._aged = fact, axis, on, aged
        self._texts = Texts(self._read, axis.unknown)
        self._joined = Texts(self._read_joined, axis.unknown)
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
        if kind == "choice" and dtype == pl.String and self._axis.answers != (None,):
            return self._choices(cells)
        if kind == "set" and dtype == pl.List(pl.String) and self._axis.answers != (None,):
            return self._sets(cells)
        if kind in WHOLE:
            return self._digits(as_text(cells))
        return self._texts.numbers(as_text(cells))

    def _read(self, text: str) -> int | None:
        return self._number(read_cell(self._fact, text))

    def _read_joined(self, joined: str) -> int | None:
        return self._number(joined.split(BETWEEN) if joined else [])

    def _number(self, value: Any) -> int | None:
        fact = self._fact
        try:
            facts = read_facts({fact.id: value}, {fact.id: fact})
            answer = age_on(fact.id, facts, self._on) if self._aged else facts.get(fact.id)
        except FactsError:
            return None
        return self._axis.number(answer)

    def _quantities(self, cells: pl.Series) -> pl.Series:
        least, most = self._fact.minimum, self._fact.maximum
        whole = pl.col(cells.name)
        number = self._axis.kind(whole.cast(pl.Int64))
        if isinstance(least, int) and _any(cells < least):
            number = pl.when(whole >= least).then(number)
        if isinstance(most, int) and _any(cells > most):
            number = pl.when(whole <= most).then(number)
        if cells.null_count():
            number = pl.when(whole.is_null()).then(self._axis.unknown).otherwise(number)
        return cells.to_frame().select(number.cast(pl.Int64)).to_series()

    def _digits(self, texts: pl.Series) -> pl.Series:
        """Plain digits all at once; what is written otherwise one by one."""
        short = texts.str.len_bytes() <= SURE
        whole = texts.cast(pl.Int64, strict=False)
        odd = texts.is_not_null() & (whole.is_null() | ~short)
        numbers = self._quantities(whole)
        if not odd.any():
            return numbers
        return numbers.zip_with(~odd, self._texts.numbers(texts.set(~odd, None)))

    def _choices(self, cells: pl.Series) -> pl.Series:
        """In the order of the choices, as in the axis; where a cell is none of them, as text."""
        choices = pl.Enum([choice.id for choice in self._fact.choices])
        chosen = cells.cast(choices, strict=False)
        if chosen.null_count() > cells.null_count():
            return self._texts.numbers(cells)
        return chosen.to_physical().cast(pl.Int64).fill_null(self._axis.unknown)

    def _sets(self, cells: pl.Series) -> pl.Series:
        """The bits of all members together; a set with a member that is none, or is there twice, is
        read as text."""
        bits = {choice.id: 2**place for place, choice in enumerate(self._fact.choices)}
        none = 2 ** len(bits)
        member = pl.element().replace_strict(bits, default=none, return_dtype=pl.Int64)
        number = cells.list.eval(member).list.sum()
        if _any(number >= none) or _any(number.bitwise_count_ones() != cells.list.len()):
            return self._joined.numbers(_joined(cells))
        return number.fill_null(self._axis.unknown)

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
        self._texts = Texts(self._read, axis.unknown)

    def of(self, births: pl.Series, people: pl.DataFrame) -> pl.Series:
        """The numbers of `births`, and where these are unknown those of the ages told."""
        if AGE not in people.columns or people[AGE].null_count() == people.height:
            return births
        ages = as_text(people[AGE])
        days = as_text(people[TOLD_ON]) if TOLD_ON in people.columns else ages.clear(people.height)
        told = ages + BETWEEN + days.fill_null("")
        told = told.set(births.ne_missing(self._axis.unknown), None)
        return births.zip_with(told.is_null(), self._texts.numbers(told))

    def _read(self, text: str) -> int | None:
        age, _, day = text.partition(BETWEEN)
        cells = {AGE: age, TOLD_ON: day}
        try:
            facts = read_facts({id: read_cell(FACTS[id], cell) for id, cell in cells.items()})
            return self._axis.number(age_on(BIRTH_DATE, facts, self._on))
        except FactsError:
            return None


def _any(which: pl.Series) -> bool:
    return bool(which.any())


def _joined(sets: pl.Series) -> pl.Series:
    """The members of each list in one text; a list with a member that is null is no set."""
    joined = sets.list.join(BETWEEN, ignore_nulls=False)
    if joined.null_count() == sets.null_count():
        return joined
    return joined.set(joined.is_null() & sets.is_not_null(), NO_CHOICE)


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
