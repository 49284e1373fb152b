"""A row that several files replace or correct: the day decides, never the files' names."""

from datetime import date
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest

from scoring import RulesetError, estimate, load_ruleset
from scoring.rulefile.chinese import told

HEAD = "amends: yongjia-2022\ntitle: 口径{0}\ndocuments:\n  reply{0}: {{title: 答复{0}}}\n"
CITED = "source: {{document: reply{0}, place: 第一条}}, verified_on: 2026-11-20"
LAW_STUDY = (
    "rows:\n  - {{category: law_study, from: {day}, CITED, row: {{id: law_study, label: 学法, "
    "rule: per_count, facts: [law_study_activities], "
    "rate: {{value: {rate}, unit: points_per_time}}, "
    "cap: {{value: 2, unit: points}}, no_evidence: 县里登记。}}}}\n"
)
RATE = "correct:\n  - {{figure: law_study.rate, value: {rate}, from: {day}, CITED}}\n"
YEARS = (2026, 2027, 2028, 2029)


def write(folder: Path, name: str, text: str, day: str, rate: str) -> None:
    own = (HEAD + text.replace("CITED", CITED)).format(name, day=day, rate=rate)
    (folder / f"{name}.yaml").write_text(own, encoding="utf-8")


def rates(folder: Path) -> list[Decimal | None]:
    rules = load_ruleset("yongjia-2022", folder)
    facts = {"law_study_activities": 1}
    found = (estimate(rules, facts, on=date(year, 6, 1)) for year in YEARS)
    return [one.item("law_study").points for one in found]


@pytest.mark.parametrize("names", list(permutations("abc")))
def test_the_day_decides_and_not_the_files_names(tmp_path: Path, names: tuple[str, ...]) -> None:
    write(tmp_path, names[0], LAW_STUDY, "2027-01-01", "0.1")
    write(tmp_path, names[1], LAW_STUDY, "2029-01-01", "0.3")
    write(tmp_path, names[2], RATE, "2028-01-01", "0.2")  # of the row that stands then
    assert rates(tmp_path) == [Decimal(one) for one in ("0.5", "0.1", "0.2", "0.3")]
    told_in = load_ruleset("yongjia-2022", tmp_path).origin.amendments
    assert [one.since.year for one in told_in] == [2027, 2028, 2029]


def test_a_row_replaced_twice_from_one_day_is_said_in_chinese(tmp_path: Path) -> None:
    write(tmp_path, "a", LAW_STUDY, "2027-01-01", "0.1")
    write(tmp_path, "b", LAW_STUDY, "2027-01-01", "0.3")
    with pytest.raises(RulesetError) as caught:
        load_ruleset("yongjia-2022", tmp_path)
    assert [told(one) for one in caught.value.faults] == [
        "b.yaml:6：law_study：从 2027-01-01 起，这一小项在 a.yaml 里已经换了。改法：留一个"
    ]
