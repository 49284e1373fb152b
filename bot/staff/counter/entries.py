"""What a worksheet decides at once: the rows that the same facts decide."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.web.rulebook import Row, rows_by_id
from dialogs.questions import stand_ins
from scoring import FACTS, Ruleset
from scoring.rulefile.facts import Fact

DEDUCTION = "deduction"


@dataclass(frozen=True, slots=True)
class Entry:
    """Rows of one category, and the facts that decide them. `id` is that of its first fact."""

    id: str
    label: str
    category: str
    rows: tuple[Row, ...]
    facts: tuple[Fact, ...]

    @property
    def takes_off(self) -> bool:
        """Whether it is a deduction."""
        return self.rows[0].item.rule == DEDUCTION

    @property
    def papers(self) -> dict[str, str]:
        """The papers that prove it, each with the condition under which it is asked for, or ""."""
        asked = (one for row in self.rows for one in row.evidence)
        return {name: one.condition or "" for one in asked for name in one.papers}

    @property
    def told_by(self) -> frozenset[str]:
        """Its facts, and those that may be told in their place: an age for a date of birth."""
        own = [fact.id for fact in self.facts]
        others = (one for id in own if id in FACTS for one in stand_ins(id))
        return frozenset((*own, *others))


def entries(rules: Ruleset, on: date) -> dict[str, Entry]:
    """The entries of a worksheet by id, in the order of the rules. Rows that no fact describes are
    left out: nobody can say what they are."""
    rows = rows_by_id(rules, on)
    found = {}
    for category in rules.told(on).categories():
        own = [rows[item.id] for item in category.rows_on(on) if item.fact_ids()]
        for group in _groups(own):
            facts = tuple(rules.catalogue[id] for id in _facts(group))
            label = group[0].item.label if len(group) == 1 else facts[0].label
            id = facts[0].id
            found[id] = Entry(id, label, category.label, tuple(group), facts)
    return found


def _groups(rows: list[Row]) -> Iterator[list[Row]]:
    """Rows that share a fact, together."""
    groups: list[list[Row]] = []
    for row in rows:
        own = set(row.item.fact_ids())
        sharing = [one for one in groups if not own.isdisjoint(_facts(one))]
        groups = [one for one in groups if one not in sharing]
        groups.append([*(r for one in sharing for r in one), row])
    yield from groups


def _facts(rows: list[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact for row in rows for fact in row.item.fact_ids()))
