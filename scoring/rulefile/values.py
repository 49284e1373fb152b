"""What a rules file is made of: dated, cited values, and values that differ by reading."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, Strict

Status = Literal["stated", "standard", "inferred", "unpublished"]
Day = Annotated[date, Strict()]
"""A date as YAML knows it; text in quotation marks is none."""
T = TypeVar("T")


class Model(BaseModel):
    """A frozen piece of a rules file; a key it does not know is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class SourceRef(Model):
    """Where something is written: a document of the file's head, and the place in it."""

    document: str
    place: str


class Cited(Model):
    """What every value must carry. A value takes what it does not say itself from the thing around
    it: its reading, its item, its category, its part; the two dates also from the file's head."""

    from_: Day | None = Field(None, alias="from", description="first day on which it holds")
    status: Status | None = None
    source: SourceRef | None = None
    verified_on: Day | None = Field(None, description="the day a person last read the source")


class Scope(Cited):
    """What the document says beside the figures: where, when or of whom it must be, or how several
    cases are counted."""

    text: str


class Entry(Cited, Generic[T]):
    """One value from one day on. `value: null` repeals what held before."""

    value: T | None
    unit: str | None = None


class Dated(Cited, Generic[T]):
    """A value, or its history: a list of entries, oldest first."""

    value: T | None = None
    unit: str | None = None
    history: tuple[Entry[T], ...] | None = None

    def entries(self) -> tuple[Entry[T], ...]:
        """All entries, oldest first; a short form is a history of one."""
        if self.history is not None:
            return self.history
        written = {name: getattr(self, name) for name in Entry.model_fields}
        return (Entry[T].model_construct(**written),)

    def on(self, day: date) -> Entry[T] | None:
        """The entry in force on a day: the last one that has begun; None before the first."""
        begun = [
            entry for entry in self.entries() if entry.from_ is not None and entry.from_ <= day
        ]
        return begun[-1] if begun else None


class Alternative(Dated[T]):
    """The value under one reading. `as`: it is that of another row, and is corrected with it."""

    as_: str | None = Field(None, alias="as", description="the row whose value it is")


class Value(Dated[T]):
    """A dated value, or one for each reading of a conflict of its category."""

    conflict: str | None = None
    readings: dict[str, Alternative[T]] | None = None

    def under(self, readings: Mapping[str, str]) -> Dated[T]:
        """The value under the chosen readings (conflict → reading)."""
        if self.readings is None or self.conflict is None:
            return self
        return self.readings[readings[self.conflict]]

    def alternatives(self) -> Iterator[tuple[str | None, Dated[T]]]:
        """Every (reading, value); the reading is None where there is no conflict."""
        if self.readings is None:
            yield None, self
        else:
            yield from self.readings.items()


class Number(Value[Decimal]):
    """A number: points, a rate or an age."""


class Choices(Value[tuple[str, ...]]):
    """Which choices of a fact are meant."""


class Way(Value[Literal["sum", "highest"]]):
    """How the items of a category come together."""


class InForce(NamedTuple):
    """A value as a rule uses it: never missing, never repealed."""

    value: Any
    unit: str


class Source(NamedTuple):
    """A source, resolved: the document's id and title, and the place in it."""

    document: str
    title: str
    place: str


class Figure(NamedTuple):
    """One value in force on a day, as people and pages read it. `readings` gives the value under
    each reading where sources conflict; `value` is then the default reading's. `amended`: an
    office's amendment brought it."""

    path: str
    value: Decimal | tuple[str, ...] | str | None
    unit: str
    status: str
    source: Source
    since: date
    verified_on: date
    readings: "tuple[FigureReading, ...]" = ()
    amended: bool = False


class FigureReading(NamedTuple):
    """The value of a figure under one reading; `about`: why there are several (`Conflict`)."""

    conflict: str
    reading: str
    label: str
    default: bool
    value: Decimal | tuple[str, ...] | str | None
    status: str
    source: Source
    about: str
    amended: bool = False


_RATE = re.compile(r"points_per_(?:(?P<step>[1-9]\d*)_)?(?P<what>month|year|time|yuan)s?")
_OTHER_UNITS = ("points", "years_of_age", "choices", "way")
_COUNTED = {
    "months": "month",
    "years": "year",
    "yuan": "yuan",
    "count": "time",
    "set": "time",
    "yesno": "time",
    "date": "year",
}


def is_unit(unit: str) -> bool:
    """Whether rules files know this unit.

    >>> is_unit("points_per_month"), is_unit("points_per_1000_yuan"), is_unit("percent")
    (True, True, False)
    """
    return unit in _OTHER_UNITS or _RATE.fullmatch(unit) is not None


def unit_step(unit: str) -> int:
    """How much of a fact makes one complete unit of a rate.

    >>> unit_step("points_per_month"), unit_step("points_per_1000_yuan")
    (1, 1000)
    """
    found = _RATE.fullmatch(unit)
    return int(found["step"] or 1) if found else 1


def rate_unit_fits(unit: str, fact_type: str) -> bool:
    """Whether a rate in this unit can be applied to a fact of this type.

    >>> rate_unit_fits("points_per_12_months", "months")
    True
    >>> rate_unit_fits("points_per_year", "months")
    False
    """
    found = _RATE.fullmatch(unit)
    return found is not None and found["what"] == _COUNTED.get(fact_type)
