"""What comes out of reading an answer: a value that is certain, or a refusal that says why."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

Kind = Literal["months", "years", "count", "yuan", "date", "yesno"]

Value = int | bool | date
"""months, years, count, yuan → int (complete units, ≥ 0); date → date; yesno → bool."""

Why = Literal[
    "empty",  # nothing but spaces, emoji or filler
    "unknown",  # the person does not know
    "question",  # asks instead of answering
    "vague",  # an amount that is no certain number: 三四次, 三年多, 大概三年
    "ambiguous_unit",  # a number whose unit fits no reading, or more than one
    "ambiguous",  # several options fit equally well
    "contradictory",  # two different values in one message
    "month_missing",  # a year without its month; `year` holds it
    "year_missing",  # a month without its year
    "age",  # an age, a zodiac animal: no birth date
    "lunar",  # a date of the lunar calendar
    "impossible_date",  # 13月, 2月30日
    "future",
    "negative",
    "out_of_bounds",
    "expired",  # a paper that is no longer in force
    "elsewhere",  # done outside the province, or outside the county where only that counts
    "beyond_life",  # longer than the person has lived, or could have worked
    "kind_missing",  # a number of which several things may be meant: 3万 of which tax?
    "arrival",  # since when one is here; of the registration, which counts, nothing is said
    "registered",  # no time since a registration, though the permit that follows one is there
    "other_scheme",  # insurance, but not the employees' social insurance: 农保, 工伤
    "guest",  # a guest's registration (临时住宿登记), which may count or not
    "shared",  # a business run together with another person: whose the licence is, is not said
    "id_number",  # an identity-card number: never read, never kept
    "not_understood",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Understood(Generic[T]):
    """A value that the text states beyond doubt."""

    value: T


@dataclass(frozen=True, slots=True)
class Refused:
    """No certain value.

    `choices` are values of the asked kind worth offering (七八年 in years → 7, 8), maybe none; of a
    choice question the ids of the options that fit;
    `said` is the part of the text at fault, for quoting back, never an identity number;
    `year` is the year that was said when only its month is missing: ask for the month and hand the
    year to the next `parse`;
    `of` is the fact, where a question asks for several.
    """

    why: Why
    choices: tuple[Value | str, ...] = ()
    said: str = ""
    year: int | None = None
    of: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice question: `id` comes back, `label` and `aliases` are said."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()
