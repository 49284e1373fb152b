"""How old a person is on a day: by the date of birth, or by an age told on some day.

An age in complete years is as good as a date of birth on the day it was told. On any other day it
is every age that the possible days of birth give: a person who was 40 in March is 40 or 41 in June.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from scoring.errors import FactsError
from scoring.months import months_later

OF_AGE = BIRTH_DATE, AGE, TOLD_ON = "birth_date", "age_years", "age_told_on"


class Ages(NamedTuple):
    """Ages that are all possible on a day; `least` is below `most`."""

    least: int
    most: int


Age = int | Ages


def complete_years(birth: date, on: date) -> int:
    """Age in complete years on a day; who is born on 29 February is a year older on 1 March.

    >>> complete_years(date(1990, 5, 2), date(2026, 5, 1))
    35
    """
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def births(age: int, told_on: date) -> tuple[date, date]:
    """The first and the last day on which a person was born who is `age` years old on a day.

    >>> births(32, date(2026, 11, 23))
    (datetime.date(1993, 11, 24), datetime.date(1994, 11, 23))
    """
    earliest = months_later(told_on, -12 * (age + 1)) + timedelta(days=1)
    return earliest, months_later(told_on, -12 * age)


def age_on(fact: str, facts: Mapping[str, Any], on: date) -> Age | None:
    """The age by a date of birth, or by the age that was told in its place; None where neither is
    known. Raises FactsError for a person not yet born.

    >>> told = {"age_years": 40, "age_told_on": date(2026, 3, 1)}
    >>> age_on("birth_date", told, date(2026, 3, 1)), age_on("birth_date", told, date(2026, 6, 1))
    (40, Ages(least=40, most=41))
    """
    birth = facts.get(fact)
    if birth is not None:
        if birth > on:
            raise FactsError(fact, f"{birth} is after the day of the estimate, {on}")
        return complete_years(birth, on)
    if fact != BIRTH_DATE or AGE not in facts:
        return None
    return _told(facts[AGE], facts.get(TOLD_ON, on), on)


def _told(age: int, told_on: date, on: date) -> Age:
    if told_on == on:
        return age
    earliest, latest = births(age, told_on)
    if earliest > on:
        raise FactsError(AGE, f"{age} years on {told_on} is not yet born on {on}")
    least, most = complete_years(min(latest, on), on), complete_years(earliest, on)
    return least if least == most else Ages(least, most)


def kept_on(facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The same facts, an age without a day taken as told on `on`: for estimates on later days."""
    return {TOLD_ON: on, **facts} if AGE in facts else dict(facts)


def contradicts(facts: Mapping[str, Any], on: date) -> bool:
    """Whether the age that was told is not that of the date of birth."""
    if BIRTH_DATE not in facts or AGE not in facts:
        return False
    return complete_years(facts[BIRTH_DATE], facts.get(TOLD_ON, on)) != int(facts[AGE])
