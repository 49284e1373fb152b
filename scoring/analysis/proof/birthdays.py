"""The days on which it is easy to be a year wrong: birthdays, month ends, 29 February.

The age that the engine counts with is compared with one found by birthdays: a person born on
29 February has it on 1 March where the year has no such day.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from scoring.ages import AGE, BIRTH_DATE, TOLD_ON, Age, Ages, births, complete_years
from scoring.engine.category_eval import CategoryAt
from scoring.engine.estimate import answers_of
from scoring.months import months_later
from scoring.rulefile.facts import Facts

DAYS = ((1, 1), (1, 31), (2, 28), (2, 29), (3, 1), (8, 31), (12, 31))
"""Months with days that were got wrong before, by programs that count in days or in months."""
YEARS = 4
"""So many years from the day on: one of them has a 29 February."""
ONE = timedelta(days=1)


class Birthday(NamedTuple):
    """Facts of one person on a day: the age that is right, and the one the engine counts with."""

    facts: Facts
    on: date
    right: Age
    found: Age


def birthdays(
    category: CategoryAt, fact: str, ages: Iterable[int], since: date
) -> Iterator[Birthday]:
    """Persons who are about to be, are, and have been so old, on each of the days."""
    for age in ages:
        for year in range(since.year + 1, since.year + 1 + YEARS):
            for month, day in DAYS:
                yield from _of_birth(category, fact, age, (year, month, day))
                if fact == BIRTH_DATE:
                    yield from _of_age_told(category, age, (year, month, day))


def _of_birth(
    category: CategoryAt, fact: str, age: int, day: tuple[int, int, int]
) -> Iterator[Birthday]:
    birth = _day(day[0] - age, *day[1:])
    if birth is None or age == 0:
        return
    birthday = _birthday(birth, day[0])
    for on, right in ((birthday - ONE, age - 1), (birthday, age), (birthday + ONE, age)):
        facts = Facts({fact: birth})
        yield Birthday(facts, on, right, _counted(category, fact, facts, on))


def _of_age_told(category: CategoryAt, age: int, day: tuple[int, int, int]) -> Iterator[Birthday]:
    told_on = _day(*day)
    if told_on is None:
        return
    facts = Facts({AGE: age, TOLD_ON: told_on})
    year_later = _birthday(told_on, told_on.year + 1)
    for on in (told_on, told_on + ONE, year_later - ONE, year_later, year_later + ONE):
        right = _possible(age, told_on, on)
        yield Birthday(facts, on, right, _counted(category, BIRTH_DATE, facts, on))


def _possible(age: int, told_on: date, on: date) -> Age:
    """The ages of everybody who was so old on the day it was told: of the first and of the last day
    of birth that give this age, found by trying the days around."""
    around = _birthday(told_on, told_on.year) - ONE
    last = max(d for d in _near(_years_before(told_on, age)) if _age(d, told_on) == age)
    first = min(d for d in _near(_years_before(around, age + 1)) if _age(d, told_on) == age)
    least, most = _age(min(last, on), on), _age(first, on)
    return least if least == most else Ages(least, most)


def _near(day: date) -> list[date]:
    return [day + ONE * by for by in range(-3, 4)]


def _years_before(day: date, years: int) -> date:
    return _birthday(day, day.year - years)


def _counted(category: CategoryAt, fact: str, facts: Facts, on: date) -> Any:
    return answers_of(category, facts, on)[category.facts.index(fact)]


def _age(birth: date, on: date) -> int:
    return on.year - birth.year - (1 if _birthday(birth, on.year) > on else 0)


def _birthday(birth: date, year: int) -> date:
    """The same day of another year; 1 March where it has no 29 February."""
    return _day(year, birth.month, birth.day) or date(year, 3, 1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class Shown(NamedTuple):
    """What the engine does on such days, for the report: `kind` `age` (born on `day`, so old on
    `on`), `months` (so many months after `day` is `on`), or `told` (who tells `number` years on
    `day` was born from `on` to `until`)."""

    kind: str
    day: date
    number: int
    on: date
    until: date | None = None


def shown(since: date) -> tuple[Shown, ...]:
    """Examples from the year after a day until the next 29 February."""
    leap = next(year for year in range(since.year + 1, since.year + 9) if _day(year, 2, 29))
    common, born = leap - 1, date(leap - 32, 2, 29)
    ends = [(date(common, 1, 31), 1), (date(leap, 1, 31), 1), (date(leap, 2, 29), 12)]
    on = [date(common, 2, 28), date(common, 3, 1), date(leap, 2, 28), date(leap, 2, 29)]
    told = [date(leap, 2, 29), date(common, 2, 28)]
    return (
        *(Shown("months", day, number, months_later(day, number)) for day, number in ends),
        *(Shown("age", born, complete_years(born, day), day) for day in on),
        *(Shown("told", day, 40, *births(40, day)) for day in told),
    )
