"""Many people at once by column expressions: the same as `batch.Table`, for columns of Polars."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import polars as pl
from polars import selectors as cs

from scoring.ages import BIRTH_DATE
from scoring.analysis.columns.axes import NOT_COUNTED, Axis, axis_of
from scoring.analysis.columns.numbers import FactNumbers, ToldAges
from scoring.analysis.columns.tables import (
    MEASURES,
    UNLIMITED,
    bounded,
    columns_of,
    key,
    limited,
    summed,
)
from scoring.engine.category_eval import CategoryAt
from scoring.engine.compile import PartAt
from scoring.engine.estimate import eligibility
from scoring.engine.ruleset import Ruleset
from scoring.rulefile.facts import Fact

SOUND, ELIGIBLE, PERMIT = "sound", "eligible", "permit"


class Numbered(NamedTuple):
    """A fact as somewhere its answers are told apart; `told`: ages in the place of a date."""

    name: str
    fact: str
    axis: Axis
    numbers: FactNumbers
    told: ToldAges | None = None

    def of(self, people: pl.DataFrame) -> pl.Series:
        """The numbers of everybody's answers."""
        if self.fact in people.columns:
            numbers = self.numbers.of(people[self.fact])
        else:
            numbers = pl.repeat(self.axis.unknown, people.height, dtype=pl.Int64, eager=True)
        return (self.told.of(numbers, people) if self.told else numbers).alias(self.name)


class Columns:
    """The rules of a ruleset on a day as columns.

    `catalogue`: the facts there are, by default those of the ruleset. Raises NotExactError for
    rules that hundredths of a point cannot say.
    """

    def __init__(
        self, ruleset: Ruleset, on: date, catalogue: Mapping[str, Fact] | None = None
    ) -> None:
        self.catalogue = ruleset.catalogue if catalogue is None else catalogue
        rules = ruleset.at(on)
        self._rules = rules
        self._axes = {
            (category.id, fact): axis_of(self.catalogue[fact], category, on)
            for category in rules.categories
            for fact in category.facts
        }
        self._numbered = [*self._counted(rules.categories, on), *self._others(rules.counted, on)]
        self._categories = [
            columns_of(category, [self._axes[category.id, fact] for fact in category.facts])
            for category in rules.categories
        ]

    def _counted(self, categories: Iterable[CategoryAt], on: date) -> Iterator[Numbered]:
        for category in categories:
            for fact in category.facts:
                axis, aged = self._axes[category.id, fact], fact in category.dates
                numbers = FactNumbers(self.catalogue[fact], axis, on, aged=aged)
                told = ToldAges(axis, on) if aged and fact == BIRTH_DATE else None
                yield Numbered(key(category.id, fact), fact, axis, numbers, told)

    def _others(self, counted: frozenset[str], on: date) -> Iterator[Numbered]:
        """What changes no points is looked at too, and the permit says who is eligible."""
        for fact in self.catalogue.values():
            if fact.id == PERMIT:
                ids = [choice.id for choice in fact.choices]
                axis = Axis((*ids, None), len(ids))
            elif fact.id in counted:
                continue
            else:
                axis = NOT_COUNTED
            yield Numbered(fact.id, fact.id, axis, FactNumbers(fact, axis, on, aged=False))

    def amounts(self, people: pl.DataFrame) -> pl.DataFrame:
        """Of each person `sound`: whether every answer can be used; `eligible`; and in whole
        hundredths of a point `points`, `low`, `high`, and `points ID` of each part and category.
        Null is what is not known, a high without limit, and all of a row that is not sound.

        The columns of `people` are facts; others are not looked at.
        """
        numbers = pl.DataFrame([one.of(people) for one in self._numbered])
        sound = pl.all_horizontal(pl.all().is_not_null()).alias(SOUND)
        who = numbers.select(sound, self._eligible())
        categories = self._looked_up(numbers).select(self._category_amounts())
        parts = categories.select(*self._part_amounts(), cs.starts_with("points category "))
        whole = (_in_total(self._rules.parts, measure) for measure in MEASURES)
        totals = parts.select(*whole, cs.starts_with("points "))
        return who.hstack(totals)

    def detail(self) -> dict[str, str]:
        """The columns of parts and categories in `amounts`, and how they are called outside."""
        found = {}
        for part in self._rules.parts:
            found[f"points part {part.id}"] = part.id
            for category in part.categories:
                found[f"points category {category.id}"] = f"{part.id}.{category.id}"
        return found

    def _looked_up(self, numbers: pl.DataFrame) -> pl.DataFrame:
        """With what every category looks up."""
        lookups = [lookup for category in self._categories for lookup in category.lookups]
        tables = [found for lookup in lookups if (found := lookup.found(numbers)) is not None]
        expressions = {n: e for lookup in lookups for n, e in lookup.expressions().items()}
        return pl.concat([numbers.with_columns(**expressions), *tables], how="horizontal")

    def _eligible(self) -> pl.Expr:
        choices = [choice.id for choice in self.catalogue[PERMIT].choices]
        known = pl.Series(
            [eligibility({PERMIT: one}) for one in choices] + [None], dtype=pl.Boolean
        )
        return pl.lit(known).gather(pl.col(PERMIT)).alias(ELIGIBLE)

    def _category_amounts(self) -> Iterator[pl.Expr]:
        for category, columns in zip(self._rules.categories, self._categories, strict=True):
            for measure, amount in zip(MEASURES, columns.amounts, strict=True):
                yield amount.alias(f"{measure} category {category.id}")

    def _part_amounts(self) -> Iterator[pl.Expr]:
        for part in self._rules.parts:
            for measure in MEASURES:
                yield _part_total(part, measure).alias(f"{measure} part {part.id}")


def _part_total(part: PartAt, measure: str) -> pl.Expr:
    """As `estimate.part_total`."""
    names = {one.id: pl.col(f"{measure} category {one.id}") for one in part.categories}
    inside = summed([amount for id, amount in names.items() if id not in part.uncapped])
    outside = summed([amount for id, amount in names.items() if id in part.uncapped])
    total = limited(inside, part.cap) + outside
    return bounded(total) if measure == "high" else total


def _in_total(parts: Sequence[PartAt], measure: str) -> pl.Expr:
    """What the parts come to, never below nothing; unknown where nothing limits it."""
    total = summed([pl.col(f"{measure} part {part.id}") for part in parts]).clip(lower_bound=0)
    if measure == "high":
        total = pl.when(total < UNLIMITED // 2).then(total)
    return total.alias(measure)
