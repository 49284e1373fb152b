"""The determination id: by which rules, on which day, by which engine and from which facts an
estimate was made, in one line that can be checked years later.

    yongjia-2022:3fa9c1d2:2026-11-23:2.1.0:9f86d081884c7d65

The ruleset; a digest of its rules as they were in force on that day, amendments included; the day;
the version of the engine; a keyed digest of the facts and of all that. Without the key of the
installation nobody can try out whose facts they are. An id made without a key ends in `unkeyed`,
and says nothing of the facts.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from hmac import compare_digest
from typing import Any, Literal, NamedTuple, Self

from scoring.engine.compile import RulesAt
from scoring.engine.estimate import estimate
from scoring.engine.results import plain
from scoring.engine.ruleset import Ruleset
from scoring.rulefile.facts import read_facts
from scoring.version import ENGINE

Keyed = Callable[[str], str]
"""A keyed hash of a text: at least `DIGITS` hexadecimal digits."""
Differs = Literal["rules", "engine", "unkeyed", "facts"]

UNKEYED = "unkeyed"
DIGITS = 16
LONGEST = 200
_WRITTEN = re.compile(
    r"(?P<ruleset>[^:\s]{1,100}):(?P<rules>[0-9a-f]{8}):(?P<on>\d{4}-\d{2}-\d{2})"
    rf":(?P<engine>[0-9a-z.]{{1,32}}):(?P<facts>[0-9a-f]{{{DIGITS}}}|{UNKEYED})",
    re.ASCII,
)


class Determination(NamedTuple):
    """What an id says. `rules` and `facts` are digests; `str` gives the id."""

    ruleset: str
    rules: str
    on: date
    engine: str
    facts: str

    def __str__(self) -> str:
        return f"{self.stated}:{self.facts}"

    @property
    def stated(self) -> str:
        """What can be read without any key."""
        return f"{self.ruleset}:{self.rules}:{self.on}:{self.engine}"

    @classmethod
    def read(cls, id: str) -> Self:
        """What an id says. Raises ValueError where it is none.

        >>> Determination.read("yongjia-2022:3fa9c1d2:2026-11-23:2.1.0:unkeyed").on
        datetime.date(2026, 11, 23)
        """
        found = _WRITTEN.fullmatch(id.strip()) if len(id) <= LONGEST else None
        if found is None:
            raise ValueError("this is no determination id")
        ruleset, rules, on, engine, facts = found.groups()
        return cls(ruleset, rules, date.fromisoformat(on), engine, facts)


def determination(
    ruleset: Ruleset, facts: Mapping[str, Any], *, on: date, key: Keyed | None = None
) -> Determination:
    """The id of an estimate. Raises FactsError.

    >>> from scoring import load_ruleset
    >>> found = determination(load_ruleset("yongjia-2022"), {}, on=date(2026, 11, 23))
    >>> found.ruleset, found.facts
    ('yongjia-2022', 'unkeyed')
    """
    found = Determination(ruleset.id, rules_digest(ruleset, on), on, ENGINE, UNKEYED)
    return found._replace(facts=_facts_digest(found, ruleset, facts, key)) if key else found


def differences_from(
    id: Determination, ruleset: Ruleset, facts: Mapping[str, Any], keys: Iterable[Keyed]
) -> tuple[Differs, ...]:
    """What keeps these facts, under this ruleset, from being the estimate of an id; empty where it
    is confirmed. `keys`: those of the installation, now and before. Raises FactsError."""
    found: list[Differs] = []
    if rules_digest(ruleset, id.on) != id.rules:
        found.append("rules")
    if id.engine != ENGINE:
        found.append("engine")
    if id.facts == UNKEYED:
        return (*found, "unkeyed")
    digests = [_facts_digest(id, ruleset, facts, key) for key in keys]
    if not digests:
        return (*found, "unkeyed")
    if not any(compare_digest(one, id.facts) for one in digests):
        found.append("facts")
    return tuple(found)


def estimate_json(
    ruleset: Ruleset, facts: Mapping[str, Any], *, on: date, key: Keyed | None = None
) -> dict[str, Any]:
    """An estimate with its determination id as plain JSON values, as every program is given it.
    Raises FactsError."""
    told = estimate(ruleset, facts, on=on).as_json()
    return {"determination": str(determination(ruleset, facts, on=on, key=key)), **told}


def rules_digest(ruleset: Ruleset, on: date) -> str:
    """Eight hexadecimal digits for all that decides about points on a day: every figure in force
    under every reading, and which facts each row takes. Texts, sources, and what begins later are
    no part of it.

    >>> from scoring import load_ruleset
    >>> rules = load_ruleset("yongjia-2022")
    >>> rules_digest(rules, date(2026, 11, 23)) == rules_digest(rules, date(2026, 11, 24))
    True
    """
    return _digest_of(ruleset.at(on))


@lru_cache(maxsize=256)
def _digest_of(rules: RulesAt) -> str:
    figures = [
        [
            path,
            one.value,
            one.unit,
            [[r.conflict, r.reading, r.default, r.value] for r in one.readings],
        ]
        for path, one in sorted(rules.figures.items())
    ]
    rows = [
        [category.id, [[item.id, item.rule, item.facts] for item in category.items]]
        for category in rules.categories
    ]
    return blake2b(_canonical([figures, rows]).encode(), digest_size=4).hexdigest()


def _facts_digest(id: Determination, ruleset: Ruleset, facts: Mapping[str, Any], key: Keyed) -> str:
    known = read_facts(facts, ruleset.catalogue)
    return key(f"{id.stated}\n{_canonical(dict(known))}")[:DIGITS]


def _canonical(value: Any) -> str:
    """The same text for the same content, on every machine."""
    return json.dumps(plain(value), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
