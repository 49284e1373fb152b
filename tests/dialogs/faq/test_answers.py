"""The answers: short, kept in step with the ruleset, honest about what nobody knows."""

import re
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from dialogs.faq import answer, check_answers, find, topics
from dialogs.region import folder, region
from scoring import load_ruleset
from tests.dialogs.faq.measure import fixed_ids
from tests.scoring.amendments import guide_example, rules_with

ON = date(2026, 11, 23)
RULESETS = ("yongjia-2022", "yongjia-original")
COMMON = files("templates") / "chat" / "faq"
TEMPLATES = {
    file.name.removesuffix(".txt"): file.read_text("utf-8")
    for faq in (COMMON, folder() / "faq")
    for file in faq.iterdir()
    if file.name.endswith(".txt")
}


@pytest.mark.parametrize("ruleset", RULESETS)
def test_every_answer_is_short_and_says_what_to_do_next(ruleset: str) -> None:
    assert check_answers(load_ruleset(ruleset), ON) == []


@pytest.mark.parametrize("ruleset", RULESETS)
@pytest.mark.parametrize("topic", topics())
def test_an_answer_reads_well(ruleset: str, topic: str) -> None:
    text = answer(topic, load_ruleset(ruleset), ON).text
    assert not re.search(r"！|None|Decimal|\{|\}| $|。。|，，|：。|，。|\n\n", text), text
    assert all(line[0] not in "，。；）" for line in text.splitlines()), text
    assert sum(text.count(mark) for mark in "（“《") == sum(text.count(mark) for mark in "）”》")


@pytest.mark.parametrize("topic", topics())
def test_whoever_has_a_result_is_not_sent_to_count(topic: str) -> None:
    last = answer(topic, load_ruleset("yongjia-2022"), ON, "done").text.splitlines()[-1]
    assert not re.search("测一测|测分|测完|答完|往下答", last)
    assert not re.search(r"(看看|要带什么).*\1", last)


@pytest.mark.parametrize("ruleset", RULESETS)
def test_every_item_has_a_topic_and_its_page_is_linked(ruleset: str) -> None:
    rules = load_ruleset(ruleset)
    told = {item for topic in topics().values() for item in topic.items}
    assert {item.id for item in rules.items()} <= told
    pages = {"/rules", *(f"/rules/{category.id}" for category in rules.categories())}
    for topic in topics().values():
        linked = {link.page for link in answer(topic.id, rules, ON).links}
        if topic.background:
            assert linked == {"/background"}
            continue
        if topic.link:
            assert linked == {topic.link.page}
            continue
        assert linked <= pages
        mentioned = any(item.id in topic.items for item in rules.items())
        assert bool(linked) == mentioned, topic.id


def test_the_ids_that_other_programs_use_are_there() -> None:
    assert fixed_ids() <= set(topics())


def test_every_template_is_an_answer() -> None:
    assert {name for name in TEMPLATES if not name.startswith("_")} == set(topics())


@pytest.mark.parametrize("topic", topics())
def test_no_figure_is_typed(topic: str) -> None:
    """0 may be typed: that nothing is known is no figure."""
    text = TEMPLATES[topic]
    assert not re.search(r"[1-9][0-9.]* ?分(?!钟)", text)
    assert not re.search(r"[一二两三四五六七八九十百]分(?!钟)", text)


def test_social_insurance_tells_both_readings() -> None:
    text = answer("social_insurance_points", load_ruleset("yongjia-2022"), ON).text
    assert "说明稿写每月 0.25 分；瑞安、北仑和永嘉较早的表写每月 0.5 分" in text
    assert text.startswith("每满 1 个月 0.25 分，最高 30 分")


@pytest.mark.parametrize(
    ("topic", "start"),
    [
        ("education_points", "高中（含中职、中专）5 分，大专（含高职）8 分，本科及以上 10 分"),
        ("talent_points", "G 类人才 5 分，F 类人才 10 分，A 至 E 类人才 20 分"),
        ("age_points", "55 到 60 周岁 5 分，每年轻 1 岁多 1 分，最高 20 分"),
        ("rent_points", "租住合法住房、单位宿舍每满 1 年 2 分，最高 5 分"),
        (
            "tax_points",
            "缴纳税费每满 1 万元 1 分，缴纳个人所得税每满 1000 元 1 分，两样合起来最高 20 分",
        ),
    ],
)
def test_the_figure_comes_first(topic: str, start: str) -> None:
    assert answer(topic, load_ruleset("yongjia-2022"), ON).text.startswith(start)


def test_what_is_inferred_or_unpublished_is_said_so() -> None:
    rules = load_ruleset("yongjia-2022")
    assert "待窗口确认" in answer("age_over_60", rules, ON).text
    assert "每次几分没有公布" in answer("blood_points", rules, ON).text
    assert "没有公布" in answer("deductions", rules, ON).text


def test_the_original_has_no_age_and_six_tiers_of_skill() -> None:
    rules = load_ruleset("yongjia-original")
    assert "没有“年龄”这一项" in answer("age_points", rules, ON).text
    assert "最多可能 30 分" in answer("skill_points", rules, ON).text


def test_the_number_is_shown_with_its_year() -> None:
    text = answer("human_contact", load_ruleset("yongjia-2022"), ON).text
    contact = region().telephone
    assert f"{contact.phone}（{contact.published} 年公布）" in text


def test_a_question_that_an_answer_proposes_is_answered() -> None:
    text = answer("permit_needed", load_ruleset("yongjia-2022"), ON).text
    proposed = re.findall(r"就问“(.+?)”", text)
    assert proposed
    assert all(find(one).decision == "answer" for one in proposed)


AMENDMENT = """
amends: yongjia-2022
title: 县里的通知
documents:
  notice: {title: 窗口通知, published: 2026-01-01}
settle:
  - conflict: social_insurance.monthly_rate
    reading: neighbours
    from: 2026-06-01
    verified_on: 2026-06-01
    source: {document: notice, place: 第一条}
  - conflict: education.lowest_tier
    reading: and_below
    from: 2026-06-01
    verified_on: 2026-06-01
    source: {document: notice, place: 第二条}
correct:
  - figure: education.junior_college.points
    value: 7
    from: 2026-06-01
    verified_on: 2026-06-01
    source: {document: notice, place: 第三条}
  - figure: public_welfare.volunteer_services.rate
    value: 1
    from: 2026-06-01
    verified_on: 2026-06-01
    source: {document: notice, place: 第四条}
facts:
  tax_arrears: {type: count, label: 欠税}
rows:
  - category: deductions_1
    from: 2026-06-01
    verified_on: 2026-06-01
    source: {document: notice, place: 第五条}
    row:
      id: deduction_1
      label: 欠税
      rule: deduction
      fact: tax_arrears
      rate: {value: 6, unit: points_per_time}
      no_evidence: 由部门核定。
"""


def test_a_changed_figure_changes_the_answer_from_its_day_on(tmp_path: Path) -> None:
    (tmp_path / "office.yaml").write_text(AMENDMENT, "utf-8")
    rules = load_ruleset("yongjia-2022", tmp_path)
    before, after = date(2026, 5, 31), date(2026, 6, 1)
    assert "大专（含高职）8 分" in answer("education_points", rules, before).text
    assert "大专（含高职）7 分" in answer("education_points", rules, after).text
    assert "志愿服务每次 1 分" in answer("volunteer_points", rules, after).text
    assert "写法不一" in answer("social_insurance_points", rules, before).text
    settled = answer("social_insurance_points", rules, after).text
    assert "每满 1 个月 0.5 分" in settled
    assert "不一" not in settled
    assert "初中及以下和高中一样，5 分" in answer("education_below_high_school", rules, after).text
    assert "已经公布的有：欠税每次扣 6 分。其余的" in answer("deductions", rules, after).text


SETTLED = [
    ("own_home_points", "housing.self_built", "bought_only", "自建、安置的房子不算"),
    ("own_home_points", "housing.self_built", "built_too", "自建、安置的房子也算，15 分"),
    ("special_status_points", "special_status.probationary", "full_members", "预备党员不算"),
    ("special_status_points", "special_status.probationary", "all_members", "预备党员也算"),
    ("skill_operator_card", "skill.operator_card", "not_counted", "没有“几级”的不算"),
    ("skill_operator_card", "skill.operator_card", "lowest_tier", "没有“几级”的也算，3 分"),
]


@pytest.mark.parametrize(("topic", "conflict", "reading", "said"), SETTLED)
def test_what_the_office_has_settled_is_no_longer_called_open(
    topic: str, conflict: str, reading: str, said: str
) -> None:
    settled = SETTLEMENT.format(conflict=conflict, reading=reading)
    assert said not in answer(topic, load_ruleset("yongjia-2022"), ON).text
    told = answer(topic, rules_with(settled), ON).text
    assert said in told
    assert "答复" in told


SETTLEMENT = """
amends: yongjia-2022
title: 答复
documents: {{reply: {{title: 答复}}}}
settle:
  - conflict: {conflict}
    reading: {reading}
    from: 2026-06-01
    verified_on: 2026-05-20
    source: {{document: reply, place: 第一条}}
"""


BLOOD = """
amends: yongjia-2022
title: 献血分值
documents:
  reply: {title: 答复}
rows:
  - category: public_welfare
    from: 2026-06-01
    source: {document: reply, place: 第一条}
    verified_on: 2026-05-20
    row:
      id: blood_donations
      label: 无偿献血
      rule: per_count
      facts: [blood_donations]
      rate: {value: 2, unit: points_per_time}
      cap: {value: 10, unit: points}
      evidence: blood
"""


def filled_in(number: int) -> str:
    """A deduction that the office has filled in; the 8 are written down as 3 + 3 + 2."""
    return f"""
  - category: deductions_{(number + 2) // 3}
    from: 2026-06-01
    source: {{document: reply, place: 第二条}}
    verified_on: 2026-05-20
    row:
      id: deduction_{number}
      label: 情形{number}
      rule: deduction
      fact: offence_{number}
      rate: {{value: {number}, unit: points_per_time}}
      no_evidence: 由部门核定。
"""


def test_what_the_office_fills_in_is_no_longer_called_unpublished(tmp_path: Path) -> None:
    facts = "".join(
        f"  offence_{n}: {{type: count, label: 情形{n}, unit: 次}}\n" for n in range(1, 9)
    )
    rows = "".join(filled_in(number) for number in range(1, 9))
    text = BLOOD.replace("rows:\n", f"facts:\n{facts}rows:\n") + rows
    (tmp_path / "office.yaml").write_text(text, "utf-8")
    rules = load_ruleset("yongjia-2022", tmp_path)
    before, after = date(2026, 5, 31), date(2026, 6, 1)
    for topic in ("blood_points", "deductions", "detained", "total_structure"):
        assert "没有公布" in answer(topic, rules, before).text
        assert "没有公布" not in answer(topic, rules, after).text
    assert answer("blood_points", rules, after).text.startswith("无偿献血每次 2 分，最高 10 分。")
    assert "情形8每次扣 8 分。" in answer("deductions", rules, after).text


def test_an_amended_figure_is_told_with_its_document_and_day(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(guide_example("amendment"), "utf-8")
    rules, day = load_ruleset("yongjia-2022", tmp_path), date(2027, 1, 1)
    by = "这是县里后来定的：《县新居民服务中心关于计分口径的答复（示例）》，2027年1月1日起。"
    told = {
        "social_insurance_gap": "缴纳社会保险每月 0.5 分",
        "charity_points": "最高 6 分",
        "deductions": "示例减分情形一每次扣 2 分，最多扣 10 分",
        "total_structure": "永嘉县个性指标最高 201 分",
    }
    for topic, figure in told.items():
        text = answer(topic, rules, day).text
        assert figure in text
        assert by in text
    assert by not in answer("residence_points", rules, day).text
    version = "现在用的是：《实施细则》2022 修订稿说明，加上《2027 年计分口径（示例）》。"
    assert answer("rule_version", rules, day).text.startswith(version)
    assert by not in answer("charity_points", rules, date(2026, 12, 31)).text


def test_a_county_without_them_is_not_told_of_ours(tmp_path: Path) -> None:
    (tmp_path / "county.yaml").write_text(guide_example("county"), "utf-8")
    rules = load_ruleset("xiaoxian-2027", tmp_path)
    told = {t: answer(t, rules, date(2027, 1, 4)).text for t in ("blood_points", "deductions")}
    assert told["blood_points"].startswith("试行办法里没有“无偿献血”这一项")
    assert told["deductions"].startswith("可能另有减分：试行办法里没有写哪些事、扣多少")
    assert "减分" not in answer("total_structure", rules, date(2027, 1, 4)).text


def test_in_the_middle_of_the_questionnaire_the_next_step_is_to_go_on() -> None:
    rules = load_ruleset("yongjia-2022")
    for topic in topics():
        assert "测一测总分" not in answer(topic, rules, ON, "asking").text
        assert "测一测" not in answer(topic, rules, ON, "done").text
    assert "接着答完" in answer("social_insurance_points", rules, ON, "asking").text
    assert "测一测" in answer("social_insurance_points", rules, ON).text


def test_a_topic_of_several_categories_leads_to_all_the_rules() -> None:
    told = answer("deductions", load_ruleset("yongjia-2022"), ON)
    assert [link.page for link in told.links] == ["/rules"]


def test_those_who_live_at_work_are_first_told_what_is_known() -> None:
    text = answer("dormitory", load_ruleset("yongjia-2022"), ON).text
    assert text.startswith("单位的宿舍算")
    assert "工棚、店里、老板家算不算宿舍，公开的说明里没有写" in text


@pytest.mark.parametrize(
    ("category", "topic"),
    [
        ("education", "education_points"),
        ("skill", "skill_points"),
        ("talent", "talent_points"),
        ("political_participation", "political_points"),
    ],
)
def test_how_rows_come_together_is_told_by_the_rules_in_force(
    tmp_path: Path, category: str, topic: str
) -> None:
    plain, day = load_ruleset("yongjia-2022"), date(2027, 1, 1)
    assert "只算最高的一个" in answer(topic, plain, day).text
    own = AMENDMENT.partition("correct:")[0] + (
        f"correct:\n  - {{figure: {category}.combine, value: sum, from: 2026-06-01, "
        "source: {document: notice, place: 第一条}, verified_on: 2026-05-01}\n"
    )
    (tmp_path / "own.yaml").write_text(own, "utf-8")
    text = answer(topic, load_ruleset("yongjia-2022", tmp_path), day).text
    assert "加起来算" in text
    assert "最高的一个" not in text
