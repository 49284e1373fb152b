"""What an estimate is made of. Frozen values; numbers are Decimal, in points."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from scoring.rulefile.origin import Applied
from scoring.rulefile.values import Source


def limited(amount: Decimal, cap: Decimal | None) -> Decimal:
    """`amount`, at most `cap`; no cap limits nothing."""
    return amount if cap is None or amount <= cap else cap


class Unsettled(NamedTuple):
    """Why low and high differ. kind: `reading` (detail: the conflict), `unanswered` (the fact) or
    `unpublished` (the item). `about`: of a reading, why there are several (`Conflict.about`)."""

    kind: str
    detail: str
    label: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class ReadingOutcome:
    """What a line gives under one reading of a conflict, the other conflicts at their default."""

    conflict: str
    conflict_label: str
    reading: str
    label: str
    default: bool
    points: Decimal
    status: str
    source: Source
    about: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The arithmetic of one line, for the partial of its kind.

    quantity: what was answered (months, years, times, yuan, age), in `unit`; `step` of it make one
    of the `units` that count; raw = units × rate, or the points of the tier; `cap` is what limits
    the line and `capped` whether it did; `matched`: whether the condition of a tier or flag holds
    (None: unanswered); `figures`: every value in force by its key; `state`: `in_force`, `undated`
    (no value on that day) or `repealed`. In `answers` a date of birth stands as the age, or
    as `Ages`.
    """

    answers: tuple[tuple[str, Any], ...]
    quantity: int | None
    unit: str
    step: int
    units: int | None
    rate: Decimal | None
    raw: Decimal
    cap: Decimal | None
    capped: bool
    matched: bool | None
    choices: tuple[str, ...]
    figures: Mapping[str, Any]
    readings: tuple[ReadingOutcome, ...]
    state: str = "in_force"


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One row. `cap` is the least of the row's own, a joint and the category's cap; `counted` is
    false for a row that a better one of a highest-only category displaces. `status`, `source`,
    `since` and `verified_on` are those of the value that decided; `amended`: an office's amendment
    brought it."""

    id: str
    label: str
    points: Decimal
    low: Decimal
    high: Decimal
    cap: Decimal | None
    rule: str
    status: str
    source: Source
    since: date | None
    verified_on: date | None
    amended: bool
    facts: tuple[str, ...]
    explanation: Explanation
    unsettled: tuple[Unsettled, ...]
    counted: bool


@dataclass(frozen=True, slots=True)
class JointResult:
    """Items that share a cap: what they give together before it, and whether it bit."""

    items: tuple[str, ...]
    raw: Decimal
    cap: Decimal
    capped: bool


@dataclass(frozen=True, slots=True)
class CategoryResult:
    """One category: its items come together by `combine` (`sum` or `highest`), at most `cap`."""

    id: str
    label: str
    points: Decimal
    low: Decimal
    high: Decimal
    cap: Decimal | None
    combine: str
    raw: Decimal
    capped: bool
    joint: tuple[JointResult, ...]
    readings: tuple[ReadingOutcome, ...]
    unsettled: tuple[Unsettled, ...]
    items: tuple[ItemResult, ...]


@dataclass(frozen=True, slots=True)
class PartResult:
    """Common indicators, county indicators, or deductions (points ≤ 0, no cap)."""

    id: str
    label: str
    points: Decimal
    low: Decimal
    high: Decimal
    cap: Decimal | None
    categories: tuple[CategoryResult, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Papers for some categories. `status` is that of the papers, `verifier_status` that of who
    verifies; `condition`: only for whom it says; `note`: why nothing need be brought. `where` they
    are had, in how many working `days`, for how many `yuan`: None where no source says it."""

    id: str
    categories: tuple[str, ...]
    items: tuple[str, ...]
    papers: tuple[str, ...]
    verified_by: str
    status: str
    verifier_status: str
    condition: str | None = None
    note: str | None = None
    where: str | None = None
    days: int | None = None
    yuan: Decimal | None = None


class Notice(NamedTuple):
    """Something that must be said with the result."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """The points that can be expected, with the range, the reasons and the papers.

    `points` counts default readings and unknown answers as 0; `low` and `high` are the least and
    the most over all readings and all unanswered facts. A `high` of Decimal("Infinity") means that
    no limit is known (possible only where a ruleset states no cap); JSON gives null for it.
    """

    ruleset: str
    on: date
    eligible: bool | None
    points: Decimal
    low: Decimal
    high: Decimal
    parts: tuple[PartResult, ...]
    evidence: tuple[Evidence, ...]
    notices: tuple[Notice, ...]
    amendments: tuple[Applied, ...] = ()

    def categories(self) -> Iterator[CategoryResult]:
        """All categories in the order of the annex."""
        for part in self.parts:
            yield from part.categories

    def part(self, id: str) -> PartResult:
        """One part; KeyError where there is none."""
        for part in self.parts:
            if part.id == id:
                return part
        raise KeyError(id)

    def category(self, id: str) -> CategoryResult:
        """One category; KeyError where there is none."""
        for category in self.categories():
            if category.id == id:
                return category
        raise KeyError(id)

    def item(self, id: str) -> ItemResult:
        """One row; KeyError where there is none."""
        for category in self.categories():
            for item in category.items:
                if item.id == id:
                    return item
        raise KeyError(id)

    def as_json(self) -> dict[str, Any]:
        """The result as plain JSON values: numbers as numbers, whole ones without a fraction."""
        return {field.name: plain(getattr(self, field.name)) for field in fields(self)}


def plain(value: Any) -> Any:
    """Any of these results as JSON values: numbers as numbers, whole ones without a fraction.

    >>> plain(Decimal("10.50")), plain(Decimal("66.00")), plain((date(2026, 11, 23),))
    (10.5, 66, ['2026-11-23'])
    """
    writer = _WRITERS.get(type(value))
    if writer is None:
        writer = _WRITERS[type(value)] = _writer(type(value))
    return writer(value)


_WRITERS: dict[type, Callable[[Any], Any]] = {}


def _writer(kind: type) -> Callable[[Any], Any]:
    """How things of one type are written: looked at once for each type, since an estimate holds
    thousands of values."""
    if issubclass(kind, Decimal):
        return _number
    if is_dataclass(kind):
        names = tuple(field.name for field in fields(kind))
        return lambda value: {name: plain(getattr(value, name)) for name in names}
    if hasattr(kind, "_asdict"):
        return lambda value: {name: plain(part) for name, part in value._asdict().items()}
    if issubclass(kind, Mapping):
        return lambda value: {str(key): plain(part) for key, part in value.items()}
    if issubclass(kind, frozenset):
        return sorted
    if issubclass(kind, tuple | list):
        return lambda value: [plain(part) for part in value]
    return date.isoformat if issubclass(kind, date) else lambda value: value


def _number(value: Decimal) -> int | float | None:
    if not value.is_finite():
        return None
    return int(value) if value == value.to_integral_value() else float(value)
