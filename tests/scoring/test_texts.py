"""No figure is typed into a text of the rules: it is a place, filled in by what is in force."""

from datetime import date

import pytest

from scoring import RulesetError, load_ruleset
from scoring.rulefile.wording import amounts
from tests.scoring.amendments import rules_with

HEAD = "amends: yongjia-2022\ntitle: 口径\ndocuments:\n  reply: {title: 答复}\n"
CITED = "from: 2027-01-01, source: {document: reply, place: 第一条}, verified_on: 2026-12-20"
ON = date(2027, 1, 1)

TYPED = [
    ("每月 0.25 分", ["0.25 分"]),
    ("二十五分，满五年", ["二十五分", "五年"]),
    ("1,000 元起，每 1 万元加", ["1,000 元", "1 万元"]),
    ("55 至 60 周岁", ["60 周岁"]),
    ("最多 3 次，打 8 倍", ["3 次", "8 倍"]),
]
HARMLESS = [
    "每月 {residence.rate} 分，最高 {residence.cap} 分",  # places
    "说明稿写“每月计0.25分”",  # quoted
    "写几年几个月，比如：3年半、42个月",  # examples
    "2023年7月26日起施行的浙政办发〔2023〕38号；2022 年",  # days and numbers of documents
    "打 12345，大约 3 分钟",
    "十分简单，第一次来，一部分算分",
]


@pytest.mark.parametrize(("text", "found"), TYPED)
def test_an_amount_typed_into_a_text_is_found(text: str, found: list[str]) -> None:
    assert amounts(text) == found


@pytest.mark.parametrize("text", HARMLESS)
def test_places_quotations_examples_days_and_telephones_are_none(text: str) -> None:
    assert amounts(text) == []


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("每次扣 3 分的", "“3 分” is typed into the text. Fix: name the figure"),
        ("扣 {charity.caps} 分的", "no figure `charity.caps`. Fix: did you mean charity.cap"),
        ("扣 {talent_g.choices} 分的", "there is no figure `talent_g.choices`"),
    ],
)
def test_loading_refuses_it_at_its_line(label: str, said: str) -> None:
    name = f'  - {{category: deductions_1, label: "{label}", {CITED}}}\n'
    with pytest.raises(RulesetError, match=r"own\.yaml:6: label: ") as caught:
        rules_with(f"{HEAD}names:\n{name}")
    assert said in str(caught.value)


def test_texts_follow_the_figures_of_the_day() -> None:
    own = f"{HEAD}correct:\n  - {{figure: age.rate, value: 2, {CITED}}}\n"
    rules = rules_with(own)
    before, after = (
        rules.at(day).ruleset.category("age").scope[0].text for day in (date(2026, 12, 31), ON)
    )
    assert "每年轻 1 岁加 1 分" in str(before)
    assert "每年轻 1 岁加 2 分" in str(after)


def test_a_way_to_add_up_is_said_in_words() -> None:
    own = f"{HEAD}correct:\n  - {{figure: education.combine, value: sum, {CITED}}}\n"
    told = rules_with(own).at(ON).ruleset
    assert told.category("education").scope[0].text == "加起来算。"
    assert told.category("skill").scope[0].text == "只算最高的一个。"


def test_before_the_first_day_no_figure_is_told() -> None:
    told = load_ruleset("yongjia-2022").at(date(2020, 1, 1)).ruleset
    assert "？ 分" in str(told.category("age").scope[0].text)
