"""Every fault that is put into the rules or into the engine is found, or listed with the reason."""

import re
from collections import Counter
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
import yaml

from scoring import Ruleset, RulesetError, load_ruleset
from scoring.analysis.proof.prove import prove
from scoring.rulefile.kinds import KINDS
from tests.mutations import engine, rulesets
from tests.mutations.judges import found_by

OFFICE = Path(__file__).parent / "rules"
READ = ("every-kind", "zhejiang-common", "yongjia-2022")
"""The rulesets with which a fault of the engine is looked for: together they have every kind."""
SLICES = 8
QUICK = r"Law\.(raw|span|_at) |Combo\.|:(complete_years|births|months_later|hull) "
"""Functions that decide about points at once: faults in them are found by the quick judges."""


@cache
def unfound(of: str) -> frozenset[str]:
    """The mutants of the engine or of the rules that nobody finds."""
    text = Path(__file__).with_name("unfound.yaml").read_text(encoding="utf-8")
    return frozenset(name for group in yaml.safe_load(text)[of] for name in group["mutants"])


def with_office(id: str) -> Ruleset:
    return load_ruleset(id, OFFICE)


def in_engine(mutant: engine.Mutant) -> str | None:
    """Who finds a fault of the engine: the rules are read before, so that what computes has it."""
    for id in READ:
        with_office(id)
    with engine.living(mutant):
        return found_by(with_office, READ)


def in_rules(mutant: rulesets.Mutant, folder: Path) -> str | None:
    """Who finds a fault of the rules; nobody where they decide about points as before."""
    load = mutant.loader(folder)
    try:
        if rulesets.same_points(load, mutant.ids):
            return None
    except RulesetError:
        return "check"
    return found_by(load, mutant.ids)


SAMPLE_OF_ENGINE = [
    one
    for one in [one for one in engine.mutants() if re.search(QUICK, one.name)][::8]
    if one.name not in unfound("engine")
]
SAMPLE_OF_RULES = [one for one in rulesets.mutants()[::100] if one.name not in unfound("rules")]


@pytest.mark.parametrize("mutant", SAMPLE_OF_ENGINE, ids=lambda one: one.name)
def test_a_fault_of_the_engine_is_found(mutant: engine.Mutant) -> None:
    assert in_engine(mutant)


@pytest.mark.parametrize("mutant", SAMPLE_OF_RULES, ids=lambda one: one.name)
def test_a_fault_of_the_rules_is_found(mutant: rulesets.Mutant, tmp_path: Path) -> None:
    assert in_rules(mutant, tmp_path)


def test_nothing_is_found_in_the_engine_as_it_is() -> None:
    """The control: every function compiled anew from its source, all of them at once."""
    with ExitStack() as stack:
        for control in engine.controls():
            stack.enter_context(engine.living(control))
        assert found_by(with_office, READ) is None


def test_nothing_is_found_in_the_rules_as_they_are(tmp_path: Path) -> None:
    control = rulesets.control("zhejiang-common")
    assert found_by(control.loader(tmp_path), control.ids) is None


def test_the_mutant_is_what_runs_until_it_is_taken_out() -> None:
    mutant = next(one for one in engine.mutants() if "AgeStepsLaw._at" in one.name)
    rules = load_ruleset("zhejiang-common")
    with engine.living(mutant):
        assert prove(rules).counterexamples
    assert not prove(rules).counterexamples


def test_there_are_mutants_of_every_kind_of_rule_and_each_is_named_once() -> None:
    names = [one.name for one in engine.mutants()] + [one.name for one in rulesets.mutants()]
    assert len(names) == len(set(names)) >= 200
    assert {kind for kind in KINDS if any(f"kinds.{kind}:" in name for name in names)} == {*KINDS}
    assert (OFFICE / "every_kind.yaml").read_text("utf-8").count("rule: ") >= len(KINDS)


def test_only_what_is_made_is_listed_as_not_found() -> None:
    assert unfound("engine") <= {one.name for one in engine.mutants()}
    assert unfound("rules") <= {one.name for one in rulesets.mutants()}


@pytest.mark.soak
@pytest.mark.parametrize("number", range(SLICES))
def test_every_fault_of_the_engine_is_found_or_listed(number: int) -> None:
    mutants = engine.mutants()[number::SLICES]
    by = {one.name: in_engine(one) for one in mutants}
    print(Counter(by.values()))
    assert {name for name in by if by[name] is None} == unfound("engine") & by.keys()


@pytest.mark.soak
@pytest.mark.parametrize("number", range(SLICES))
def test_every_fault_of_the_rules_is_found_or_listed(number: int, tmp_path: Path) -> None:
    by = {one.name: in_rules(one, tmp_path) for one in rulesets.mutants()[number::SLICES]}
    print(Counter(by.values()))
    assert {name for name in by if by[name] is None} == unfound("rules") & by.keys()
