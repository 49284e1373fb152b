"""`xinshimin rules prove`: every ruleset holds, what does not hold is found, and what is claimed
above the categories is true."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli import main
from dialogs.phrases import say
from scoring import Ruleset, estimate, list_rulesets, load_ruleset
from scoring.analysis.proof import category as proof_of_category
from scoring.analysis.proof.prove import CLAIMS, Proof, prove
from scoring.engine.compile import PartAt
from scoring.engine.estimate import part_total
from scoring.months import months_later
from tests.rulesets.filled import all_filled
from tests.rulesets.test_rulesets import answered
from tests.scoring.amendments import GUIDE, guide_example, rules_with, settled_rules
from tests.scoring.strategies import ON


@cache
def proof(id: str) -> Proof:
    return prove(load_ruleset(id))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["rules", "prove", *arguments])


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Categories with many combinations two facts at a time."""
    monkeypatch.setattr(proof_of_category, "MOST_TOGETHER", 300)
    monkeypatch.setattr(proof_of_category, "MOST_PIECES", 300)


@pytest.mark.parametrize("id", [ruleset.id for ruleset in list_rulesets()])
def test_every_ruleset_of_the_package_holds(id: str) -> None:
    found = proof(id)
    assert found.counterexamples == ()
    assert all(one.left_out == 0 for period in found.periods for one in period.categories)
    counted = set(CLAIMS) - ({"birthdays"} if id == "yongjia-original" else set())  # it has no age
    assert {claim for claim, times in found.checked.items() if times} == counted


@pytest.mark.parametrize(
    ("made", "periods"),
    [
        (settled_rules, [19, 1]),
        (lambda: rules_with(guide_example("amendment")), [19, 4]),
        (lambda: rules_with(guide_example("county"), "xiaoxian-2027"), [2]),
        (lambda: rules_with(guide_example("extends"), "dongxian-2027"), [5]),
        (lambda: rules_with(all_filled(load_ruleset("yongjia-2022"), ON)), [19, 13]),
    ],
    ids=["settled", "amendment", "county", "extends", "filled"],
)
def test_an_offices_rules_hold_on_every_day_with_other_rules(
    made: Callable[[], Ruleset], periods: list[int], quick: None
) -> None:
    found = prove(made())
    assert found.counterexamples == ()
    assert [len(period.categories) for period in found.periods] == periods


def test_the_guide_shows_the_report_of_the_revision() -> None:
    shown = re.search(
        r"\n```\n\$ xinshimin rules prove yongjia-2022\n(.*?)```",
        GUIDE.read_text("utf-8"),
        re.DOTALL,
    )
    assert shown is not None
    assert say("cli/rules_prove", proof=proof("yongjia-2022")).rstrip() == shown[1].rstrip()


def test_the_command_prints_the_report_of_each_ruleset_and_ends_with_0() -> None:
    found = run("zhejiang-common", "ruian-2022")
    reports = [say("cli/rules_prove", proof=proof(id)) for id in ("zhejiang-common", "ruian-2022")]
    assert (found.exit_code, found.stdout) == (0, "\n".join(reports) + "\n")


def test_a_file_and_a_folder_are_proved_as_they_are_checked(tmp_path: Path) -> None:
    file = tmp_path / "xiaoxian.yaml"
    file.write_text(guide_example("county"), encoding="utf-8")
    for path in (file, tmp_path):
        told = json.loads(run(str(path), "--json").stdout)
        assert [(one["ruleset"], one["counterexamples"]) for one in told] == [("xiaoxian-2027", [])]
    file.write_text(guide_example("county").replace("unit: points}", "unit: point}", 1), "utf-8")
    refused = run(str(file))
    assert (refused.exit_code, "xiaoxian.yaml" in refused.stderr) == (1, True)


GAP = guide_example("county").replace(
    "choices: {value: [bachelor, master, doctor]", "choices: {value: [master, doctor]"
)
OVERLAP = guide_example("county").replace(
    "value: [junior_college]", "value: [junior_college, bachelor]"
)


@pytest.mark.parametrize(
    ("text", "claim", "education"),
    [(GAP, "no_gap", "bachelor"), (OVERLAP, "no_overlap", "bachelor")],
)
def test_tiers_with_a_gap_or_an_overlap_are_found(
    text: str, claim: str, education: str, tmp_path: Path
) -> None:
    (tmp_path / "xiaoxian.yaml").write_text(text, encoding="utf-8")
    found = run(str(tmp_path), "--json")
    assert found.exit_code == 1
    counterexample = json.loads(found.stdout)[0]["counterexamples"][0]
    assert counterexample["claim"] == claim
    assert counterexample["facts"] == {"education": education}


def rounds_up(law: Any, answers: Any) -> Any:
    return law.rate * -(-answers.get(law.facts[0], 0) // law.step)


def forgets_what_is_unknown(law: Any, answers: Any) -> tuple[Decimal, Decimal]:
    return law.raw(answers), law.raw(answers)


def takes_the_youngest(law: Any, age: Any) -> Any:
    return age if isinstance(age, int) else age.least


def by_years_alone(birth: date, on: date) -> int:
    return on.year - birth.year


def takes_off(law: Any, answers: Any) -> Any:
    return -law.rate * sum(answers.values())


def capped_too_low(part: PartAt, amounts: Any) -> Any:
    return min(sum(amounts), part.cap - 1 if part.cap else Decimal(0))


KINDS = "scoring.rulefile.kinds"
BROKEN = [
    ("as_written", f"{KINDS}.per_unit.PerUnitLaw.raw", rounds_up, True),
    ("completions", f"{KINDS}.base.Law.span", forgets_what_is_unknown, True),
    ("completions", f"{KINDS}.age_steps.AgeStepsLaw._decisive", takes_the_youngest, True),
    ("birthdays", "scoring.ages.complete_years", by_years_alone, True),
    ("monotone", f"{KINDS}.per_count.PerCountLaw.raw", takes_off, False),
    ("as_written", f"{KINDS}.unpublished.UnpublishedLaw.span", forgets_what_is_unknown, True),
    ("sums", "scoring.engine.estimate.part_total", capped_too_low, False),
]
"""The claim that a fault breaks, and whether what it says is right is the truth, as a case says."""


@pytest.mark.parametrize(
    ("claim", "place", "instead", "is_case"), BROKEN, ids=[place for _, place, _, _ in BROKEN]
)
def test_an_engine_that_is_wrong_is_found_and_told_as_a_case_that_fails_until_it_is_right(
    claim: str, place: str, instead: Any, is_case: bool, quick: None
) -> None:
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(place, instead, raising=False)
        found = prove(unread())
        wrong = [one for one in found.counterexamples if one.claim == claim]
        assert wrong
        written = say("cli/rules_prove", proof=replace(found, counterexamples=(wrong[0],)))
        case = yaml.safe_load(written.partition("写成用例：")[2])
        assert not is_case or result(case) != expected(case)
    assert not is_case or result(case) == expected(case)


def unread() -> Ruleset:
    """The revision as it is, read anew: nothing of it is remembered."""
    return rules_with("amends: yongjia-2022\ntitle: 不改\n")


def expected(case: dict[str, Any]) -> list[Decimal]:
    one = case["cases"][0]
    return [Decimal(str(number)) for number in (one["points"], *one["range"])]


def result(case: dict[str, Any]) -> list[Decimal]:
    one = case["cases"][0]
    found = estimate(unread(), answered(one), on=one["on"]).category(case["category"])
    return [found.points, found.low, found.high]


SMALL = st.integers(0, 30).map(Decimal)


@settings(max_examples=200, deadline=None)
@given(cap=st.none() | SMALL, amounts=st.lists(SMALL, min_size=3, max_size=3), more=SMALL)
def test_a_part_never_falls_when_a_category_grows(
    cap: Decimal | None, amounts: list[Decimal], more: Decimal
) -> None:
    part = part_of(3, cap)
    for place in range(3):
        grown = [one + (more if n == place else 0) for n, one in enumerate(amounts)]
        assert (
            part_total(part, amounts) <= part_total(part, grown) <= part_total(part, amounts) + more
        )


@settings(max_examples=100, deadline=None)
@given(
    cap=st.none() | SMALL,
    possible=st.lists(st.lists(SMALL, min_size=1, max_size=4), min_size=1, max_size=4),
)
def test_the_least_of_a_part_is_that_of_the_least_of_its_categories_and_so_the_most(
    cap: Decimal | None, possible: list[list[Decimal]]
) -> None:
    """Categories share no fact, so whatever one gives, the others may give anything of theirs."""
    part = part_of(len(possible), cap)
    totals = [part_total(part, list(way)) for way in product(*possible)]
    assert min(totals) == part_total(part, [min(one) for one in possible])
    assert max(totals) == part_total(part, [max(one) for one in possible])


def part_of(size: int, cap: Decimal | None) -> PartAt:
    """A part of so many categories, the first of which its cap does not bind."""
    categories: Any = tuple(SimpleNamespace(id=str(number)) for number in range(size))
    return PartAt("part", "", cap, frozenset({"0"}), categories)


@pytest.mark.parametrize("start", [date(2023, 1, 1), date(2099, 1, 1)])
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(start: date) -> None:
    for number in range(366 * 2):
        day = start + timedelta(number)
        for months in (*range(-25, 26), -12 * 40):
            found = months_later(day, months)
            assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
            last = (found + timedelta(1)).day == 1
            assert found.day == day.day or (found.day < day.day and last)
