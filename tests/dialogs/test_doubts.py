"""What is not sure is asked back before it is kept."""

import pytest

from tests.dialogs.talks import at


@pytest.mark.parametrize(("day", "told"), [("8号", "41 岁，19 分"), ("28", "40 岁，20 分")])
def test_the_day_is_asked_where_it_matters(day: str, told: str) -> None:
    person = at("birth")
    assert "11月几号" in person.line("1985年11月").text
    assert person.conversation.facts == {}
    assert told in person.line(day).text


@pytest.mark.parametrize(
    "said", ["1992年11月", "1985年10月", "1985年11月1日", "1985-11-01", "19851101"]
)
def test_the_day_is_not_asked_where_it_changes_nothing(said: str) -> None:
    person = at("birth")
    person.line(said)
    assert "birth_date" in person.conversation.facts


def test_a_childs_birth_is_kept_only_after_a_yes() -> None:
    person = at("birth")
    assert "这是您本人的吗" in person.line("2020年5月").text
    assert person.conversation.facts == {}
    assert "您哪年哪月出生" in person.line("不是").text
    person.line("2011年3月")
    assert "15 岁" in person.line("是的").text


def test_a_childs_birth_named_elsewhere_is_asked_for() -> None:
    person = at("education")
    assert "哪年哪月" in person.line("大专，2020年5月出生").text
    assert person.conversation.facts == {"education": "junior_college"}


def test_one_denied_number_denies_no_other() -> None:
    person = at("taxes")
    assert "税费呢" in person.line("个税没交过").text
    assert person.conversation.facts == {"income_tax_yuan": 0}
    person.line("税费三万")
    assert person.conversation.facts == {"income_tax_yuan": 0, "business_tax_yuan": 30000}


def test_what_is_known_in_part_is_kept() -> None:
    person = at("honours")
    person.line("县级一个，市级不知道")
    person.line("不知道")
    assert person.conversation.facts == {"honours_county": 1}
    assert person.conversation.passed == ("honours",)


def test_all_of_them_is_no_number() -> None:
    person = at("honours")
    person.line("都有")
    assert person.conversation.facts == {}


@pytest.mark.parametrize(
    ("question", "said", "keys"),
    [
        ("skill", "中级", ["level_4", "intermediate_title"]),
        ("skill", "高级", ["level_3", "senior_title"]),
        ("employment", "在厂里上班", ["labour_contract", "done"]),
    ],
)
def test_a_word_between_choices_is_asked_back(question: str, said: str, keys: list[str]) -> None:
    person = at(question)
    assert [choice.key for choice in person.line(said).choices] == keys
    assert person.conversation.facts == {}


def test_a_joint_cap_is_not_told_with_the_other_lines_of_its_category() -> None:
    person = at("county")
    person.line("7 8")
    person.conversation = person.conversation.go("questionnaire", at="taxes")
    assert "个税 80000 元，20 分" in person.line("税费50万，个税8万").text
