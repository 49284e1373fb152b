"""A whole ruleset proved, on every day from which something is otherwise."""

from collections import Counter
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, NamedTuple

from scoring.ages import Age
from scoring.analysis.proof.as_written import AsWritten, CapSeen
from scoring.analysis.proof.axes import axis_of
from scoring.analysis.proof.birthdays import Shown, birthdays, shown
from scoring.analysis.proof.category import Proved, pieces, prove_category
from scoring.analysis.proof.grid import Amounts
from scoring.analysis.proof.sums import shared, sums
from scoring.analysis.proof.told import as_facts
from scoring.engine.category_eval import CategoryAt
from scoring.engine.compile import periods
from scoring.engine.results import plain
from scoring.engine.ruleset import Ruleset

CLAIMS = (
    "tiers",
    "readings",
    "as_written",
    "range",
    "completions",
    "narrowing",
    "monotone",
    "explained",
    "alike",
    "birthdays",
    "apart",
    "sums",
)
"""What is proved, in the order in which it is told."""


class Counterexample(NamedTuple):
    """Facts of which a claim does not hold: points, low and high of the category (None: of the
    whole) as the engine gives them, and as they would be right."""

    claim: str
    category: str | None
    on: date
    facts: dict[str, Any]
    found: Amounts
    right: Amounts

    @property
    def told(self) -> dict[str, Any]:
        """The facts as JSON, and so YAML, writes them."""
        return {fact: plain(answer) for fact, answer in self.facts.items()}


class Period(NamedTuple):
    """The categories that are otherwise from a day on than before it; `same`: how many are not."""

    since: date
    categories: tuple[Proved, ...]
    same: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What was run of a ruleset, how often each claim was checked, and where it does not hold."""

    ruleset: str
    title: str
    periods: tuple[Period, ...]
    checked: dict[str, int]
    counterexamples: tuple[Counterexample, ...]
    shown: tuple[Shown, ...]

    @property
    def caps(self) -> dict[str, tuple[CapSeen, ...]]:
        """Every cap by what it does: `binds`, `reached` and no more, `unreached`."""
        seen = [cap for period in self.periods for one in period.categories for cap in one.caps]
        return {
            "binds": tuple(one for one in seen if one.most > one.cap),
            "reached": tuple(one for one in seen if one.most == one.cap),
            "unreached": tuple(one for one in seen if one.most < one.cap),
        }

    def as_json(self) -> dict[str, Any]:
        """Plain values for JSON; null where nothing limits."""
        found = {field.name: plain(getattr(self, field.name)) for field in fields(self)}
        return {**found, "caps": plain(self.caps)}


def prove(ruleset: Ruleset, on: date | None = None) -> Proof:
    """Prove a ruleset on one day, or on every day from which something is otherwise.

    >>> from scoring import load_ruleset
    >>> proof = prove(load_ruleset("zhejiang-common"), date(2026, 11, 23))
    >>> proof.counterexamples, proof.checked["completions"]
    ((), 67)
    """
    days = periods(ruleset) if on is None else (on,)
    run = _Run(ruleset)
    found = tuple(run.period(day) for day in days)
    checked = {claim: run.checked[claim] for claim in CLAIMS}
    return Proof(ruleset.id, ruleset.title, found, checked, tuple(run.failed), shown(days[0]))


class _Run:
    """The counts and the counterexamples of one run."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._ruleset = ruleset
        self._before: dict[str, Any] = {}
        self.checked: Counter[str] = Counter()
        self.failed: list[Counterexample] = []

    def period(self, day: date) -> Period:
        """Everything of the rules that hold from a day on."""
        categories = self._ruleset.at(day).categories
        now = {one.id: _form(one) for one in categories}
        new = [one for one in categories if self._before.get(one.id) != now[one.id]]
        self._before = now
        proved = tuple(self._category(one, day) for one in new)
        self._sums(day)
        return Period(day, proved, len(categories) - len(new))

    def _category(self, category: CategoryAt, day: date) -> Proved:
        ruleset = self._ruleset
        written = AsWritten(ruleset.category(category.id), day)
        proved, failures = prove_category(category, written, ruleset.catalogue)
        self.checked += proved.checked
        for claim, answers, found, right in failures:
            facts = as_facts(answers, ruleset.catalogue, day)
            self.failed.append(Counterexample(claim, category.id, day, facts, found, right))
        for fact in sorted(category.dates):
            self._birthdays(category, fact, day)
        return proved

    def _birthdays(self, category: CategoryAt, fact: str, day: date) -> None:
        ages = pieces(category, axis_of(category, self._ruleset.catalogue[fact])).complete
        tried = list(birthdays(category, fact, ages, day))
        self.checked["birthdays"] += len(tried)
        wrong = [one for one in tried if one.found != one.right]
        if not wrong:
            return
        nothing = dict.fromkeys(category.facts)

        def amounts(age: Age | None) -> Amounts:
            return category.amounts(tuple({**nothing, fact: age}.values()))

        costly = [one for one in wrong if amounts(one.found) != amounts(one.right)]
        one = (costly or wrong)[0]
        facts, found, right = {**nothing, **one.facts}, amounts(one.found), amounts(one.right)
        self.failed.append(Counterexample("birthdays", category.id, one.on, facts, found, right))

    def _sums(self, day: date) -> None:
        rules = self._ruleset.at(day)
        self.checked["apart"] += len(rules.counted)
        tried = list(sums(self._ruleset, day))
        self.checked["sums"] += len(tried)
        for claim, wrong in (
            ("apart", tried if shared(rules.categories) else []),
            ("sums", [one for one in tried if one.found != one.right]),
        ):
            for facts, found, right in wrong[:1]:
                self.failed.append(Counterexample(claim, None, day, {**facts}, found, right))


def _form(category: CategoryAt) -> Any:
    """What decides about a category's points."""
    rows = [(item.id, item.facts, item.terms, item.which) for item in category.items]
    return category.combos, rows
