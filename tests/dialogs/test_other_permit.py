"""台湾居民居住证 is not 浙江省居住证: a person who spoke of it reads so with the result, too."""

import pytest

from tests.dialogs.talks import COMPLETE, agreed, at, talker

CAUTION = "台湾、港澳居民居住证"


@pytest.mark.parametrize("told", ["台湾居住证", "我持有台湾居民居住证", "台胞证", "港澳居民居住证"])
@pytest.mark.parametrize("yes", ["有居住证", "1", "有的"])
def test_a_yes_after_another_permit_is_conditional(told: str, yes: str) -> None:
    person = agreed(told)
    shown = person.line(yes).text
    assert shown.startswith("记下：有居住证。\n台湾、港澳居民居住证是另一种证")
    for line in COMPLETE[1:-1]:
        person.line(line)
    assert "窗口认了，下面的分才算数" in person.line(COMPLETE[-1]).text


def test_it_counts_also_before_agreeing_and_after_the_answer() -> None:
    person = talker("[关注]", "我有台湾居民居住证，想算分", "同意")
    assert CAUTION in person.line("有居住证").text
    person = agreed(*COMPLETE, "我那个是台湾居民居住证")
    assert CAUTION in person.line("看结果").text


@pytest.mark.parametrize("told", ["我有浙江省居住证", "浙江省居住证我也有"])
def test_who_says_which_has_no_condition(told: str) -> None:
    shown = agreed("台湾居住证").line(told).text
    assert shown.startswith("记下：有居住证。\n【第 2 题】")


def test_it_is_of_one_person_and_goes_with_a_new_start() -> None:
    person = agreed("台湾居住证", "1", "帮我老婆也算一下")
    assert CAUTION not in person.line("1").text
    person = agreed("台湾居住证", "1", "重新开始", "是")
    assert CAUTION not in person.line("1").text


@pytest.mark.parametrize("text", ["我老公是台湾居民居住证", "我在电台证券公司上班"])
def test_what_is_another_ones_or_another_thing_is_not_kept(text: str) -> None:
    person = at("education")
    person.line(text)
    assert not person.conversation.other_permit
