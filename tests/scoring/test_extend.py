"""A county's file says only what differs from the common part of the province."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from scoring import RulesetError, estimate, load_ruleset
from tests.scoring.amendments import guide_example

ON = date(2027, 2, 1)
HEAD = """
id: small
extends: zhejiang-common
title: 小县新市民积分试行办法
short_title: 试行办法
region: 小县
defaults: {from: 2027-01-01, verified_on: 2026-12-20}
documents:
  notice: {title: 小县人民政府通告}
"""
CITED = "status: stated, source: {document: notice, place: 第一条}"
OWN = {
    "nothing": "",
    "a value": f"""
parts:
  - id: common
    categories:
      - id: social_insurance
        items:
          - {{id: social_insurance, rate: {{value: 0.25, unit: points_per_month, {CITED}}}}}
""",
    "a part": f"""
parts:
  - id: county
    label: 小县个性指标
    {CITED.replace(", source", "NEWLINEsource").replace("NEWLINE", chr(10) + "    ")}
    stated: {{categories: 1, rows: 1}}
    cap: {{value: 10, unit: points}}
    categories:
      - id: volunteering
        label: 志愿服务
        cap: {{value: 10, unit: points}}
        items:
          - id: volunteering
            label: 志愿服务
            rule: per_count
            facts: [volunteer_services]
            rate: {{value: 1, unit: points_per_time}}
            evidence: volunteering
""",
    "no source": """
parts:
  - id: common
    categories:
      - id: residence
        items:
          - {id: residence, rate: {value: 1, unit: points_per_month}}
""",
}
READINGS = f"""
parts:
  - id: common
    categories:
      - id: skill
        conflicts:
          special_ability_advanced:
            label: 专项职业能力证书（高级）算哪一档
            readings:
              ruian: {{label: 三级一档, default: true, {CITED}}}
              beilun: {{label: 五级一档, {CITED}}}
        items:
          - {{id: skill_1, choices: {{value: [level_5], unit: choices, {CITED}}}}}
          - id: skill_3
            choices:
              unit: choices
              conflict: special_ability_advanced
              readings:
                ruian: {{value: [level_3, special_ability_advanced], {CITED}}}
                beilun: {{value: [level_3], {CITED}}}
"""
FACTS = {"education": "bachelor", "social_insurance_months": 40, "volunteer_services": 3}


def written(folder: Path, which: str, head: str = HEAD) -> Path:
    (folder / "small.yaml").write_text(head + OWN[which], encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("which", "points"),
    [
        ("nothing", 30),  # 10 + 40 × 0.5
        ("a value", 20),  # 10 + 40 × 0.25
        ("a part", 33),  # 10 + 40 × 0.5 + 3 × 1
    ],
)
def test_the_rest_is_the_common_part(tmp_path: Path, which: str, points: int) -> None:
    rules = load_ruleset("small", written(tmp_path, which))
    assert estimate(rules, FACTS, on=ON).points == points
    assert (rules.remarks, rules.region) == ((), "小县")


def test_each_value_keeps_its_own_source_and_first_day(tmp_path: Path) -> None:
    rules = load_ruleset("small", written(tmp_path, "a value"))
    own, common = rules.figure("social_insurance.rate", ON), rules.figure("age.rate", ON)
    assert (own.status, own.source.title) == ("stated", "小县人民政府通告")
    assert (common.status, common.source.title[:3]) == ("standard", "《瑞安")
    assert estimate(rules, FACTS, on=date(2026, 12, 31)).points == 0  # the county began later
    assert set(rules.documents) == {"notice", "ruian", "beilun"}


def test_the_common_part_cites_prints_of_the_common_table_only() -> None:
    """What one county writes of itself is no source for the others."""
    rules = load_ruleset("zhejiang-common")
    assert all("全省共性指标表" in one.title for one in rules.documents.values())
    labels = {label for one in rules.categories() for label in (one.label, "附件1")}
    places = {figure.source.place for figure in rules.figures(ON).values()}
    assert {place for place in places if not place.startswith(tuple(labels))} == set()


def test_a_document_that_nothing_cites_is_not_handed_on(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(HEAD + READINGS, encoding="utf-8")
    assert set(load_ruleset("small", tmp_path).documents) == {"notice", "ruian"}


TABLE = f"{CITED.replace('notice', 'table')}, verified_on: 2026-12-20"
AMENDED = f"""amends: zhejiang-common
title: 省里的新表
documents: {{table: {{title: 全省共性指标表（示例）}}}}
correct:
  - {{figure: residence.rate, value: 0.3, from: 2027-01-15, {TABLE}}}
  - {{figure: social_insurance.rate, value: 0.6, from: 2027-01-15, {TABLE}}}
"""


def test_what_amends_the_common_part_holds_in_the_counties(tmp_path: Path) -> None:
    """But where a county writes its own value."""
    (tmp_path / "amended.yaml").write_text(AMENDED, encoding="utf-8")
    rules = load_ruleset("small", written(tmp_path, "a value"))
    figures = rules.figures(ON)
    assert (figures["residence.rate"].value, figures["residence.rate"].amended) == (
        Decimal("0.3"),
        True,
    )
    assert figures["social_insurance.rate"].value == Decimal("0.25")
    assert "省里的新表" in {one.title for one in rules.origin.in_force(ON)}


def test_a_value_takes_no_source_from_the_common_part(tmp_path: Path) -> None:
    with pytest.raises(RulesetError) as refused:
        load_ruleset("small", written(tmp_path, "no source"))
    assert [(fault.line, fault.what) for fault in refused.value.faults] == [
        (16, "it has no status"),
        (16, "it has no source"),
    ]


@pytest.mark.parametrize("wanted", ["zhejiang-comon", "small"])
def test_what_is_extended_must_be_there(tmp_path: Path, wanted: str) -> None:
    with pytest.raises(RulesetError, match="there is no ruleset"):
        load_ruleset("small", written(tmp_path, "nothing", HEAD.replace("zhejiang-common", wanted)))


def test_an_amendment_holds_on_top(tmp_path: Path) -> None:
    written(tmp_path, "nothing")
    (tmp_path / "later.yaml").write_text(
        "amends: small\ntitle: 答复\ndocuments: {reply: {title: 答复}}\ncorrect:\n"
        "  - {figure: social_insurance.rate, value: 0.25, from: 2027-03-01,"
        " source: {document: reply, place: 全文}, verified_on: 2027-02-20}\n",
        encoding="utf-8",
    )
    rules = load_ruleset("small", tmp_path)
    days = (ON, date(2027, 3, 1))
    assert [estimate(rules, FACTS, on=day).points for day in days] == [30, 20]


def test_the_guides_example_is_sound(tmp_path: Path) -> None:
    (tmp_path / "east.yaml").write_text(guide_example("extends"), encoding="utf-8")
    rules = load_ruleset("dongxian-2027", tmp_path)
    assert estimate(rules, FACTS, on=ON).points == 20
