"""Who looks for a fault, the quickest first: the cases by hand, `rules check`, the reference, and
the proof. A judge takes the rulesets with the fault in them and says whether it finds it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from itertools import chain
from signal import ITIMER_REAL, SIGALRM, setitimer, signal
from typing import Any
from unittest.mock import patch

import yaml

from scoring import Facts, Ruleset, RulesetError, estimate
from scoring.analysis.proof import category
from scoring.analysis.proof.prove import prove
from scoring.engine.loading import check_packaged
from tests.rulesets.test_rulesets import FILES, answered
from tests.scoring.reference import RULESETS, reference
from tests.scoring.reference.people import by_age, people
from tests.scoring.strategies import ON

PEOPLE = 150
SECONDS = 120
"""A fault that lets nothing come to an end is found by the clock."""

Load = Callable[[str], Ruleset]
Judge = Callable[[Load, tuple[str, ...]], bool]


def by_cases(load: Load, ids: tuple[str, ...]) -> bool:
    """A case of tests/rulesets comes to something else."""
    return any(
        _result(load(id), name, case) != expected
        for id, name, case, expected in _cases()
        if id in ids
    )


@cache
def _cases() -> list[tuple[str, str, dict[str, Any], list[Decimal]]]:
    found = []
    for file in FILES:
        written = yaml.safe_load(file.read_text(encoding="utf-8"))
        for case in written["cases"]:
            amounts = case["points"], *case.get("range", [case["points"]] * 2)
            id = case.get("ruleset", "yongjia-2022")
            found.append((id, written["category"], case, [Decimal(str(one)) for one in amounts]))
    return found


def _result(ruleset: Ruleset, name: str, case: Mapping[str, Any]) -> list[Decimal]:
    told = {**answered(dict(case)), **case["facts"]}  # as it is written, not read yet
    found = estimate(ruleset, told, on=case.get("on", ON)).category(name)
    return [found.points, found.low, found.high]


def by_check(load: Load, ids: tuple[str, ...]) -> bool:
    """The rules of the package are refused."""
    return bool(check_packaged())


def by_reference(load: Load, ids: tuple[str, ...]) -> bool:
    """Random people get other points by the second implementation."""
    for id in ids:
        for person in _people() if id in RULESETS else ():
            right = reference(id, person, ON)
            found = estimate(load(id), Facts(person), on=ON)
            if any(getattr(found, one) != right[one] for one in ("points", "low", "high")):
                return True
    return False


@cache
def _people() -> list[dict[str, Any]]:
    return list(chain(people(PEOPLE, ON), by_age(people(PEOPLE, ON, seed=8), ON)))


def by_proof(load: Load, ids: tuple[str, ...]) -> bool:
    """The proof has a counterexample; large categories are looked at two facts at a time."""
    with patch.multiple(category, MOST_TOGETHER=300, MOST_PIECES=300):
        return any(prove(load(id)).counterexamples for id in ids)


JUDGES: Mapping[str, Judge] = {
    "cases": by_cases,
    "check": by_check,
    "reference": by_reference,
    "proof": by_proof,
}


def found_by(load: Load, ids: tuple[str, ...], judges: Mapping[str, Judge] = JUDGES) -> str | None:
    """The first judge that finds the fault in these rulesets; None where nobody does."""
    for name, judge in judges.items():
        try:
            with _in_time():
                if judge(load, ids):
                    return name
        except RulesetError:
            return "check"
        except Exception:
            return name
    return None


@contextmanager
def _in_time() -> Iterator[None]:
    def too_long(*_: Any) -> None:
        raise TimeoutError

    before = signal(SIGALRM, too_long)
    setitimer(ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        setitimer(ITIMER_REAL, 0)
        signal(SIGALRM, before)
