"""A figure that is not certain is offered by the name of what it is of; none is passed over."""

import pytest

from tests.dialogs.talks import at


@pytest.mark.parametrize(
    "text",
    [
        "个税，近三年约6000，具体没查。按一年还是累计？",
        "个税大概6000",
        "个税六千左右",
        "近两年个税差不多6000",
    ],
)
def test_one_of_several_numbers_is_offered_and_the_others_are_asked_for(text: str) -> None:
    person = at("taxes")
    shown = person.line(text)
    assert shown.choices[0].label == "个税 6000 元"
    assert "税费呢" in person.line("对").text
    assert person.conversation.facts == {"income_tax_yuan": 6000}
    person.line("没有")
    assert person.conversation.facts == {"income_tax_yuan": 6000, "business_tax_yuan": 0}


def test_the_other_number_does_not_deny_the_one_that_is_offered() -> None:
    person = at("taxes")
    person.line("个税大概6000")
    assert "个税呢" in person.line("税费三万").text
    assert person.conversation.facts == {"business_tax_yuan": 30000}


def test_hours_told_early_are_said_back_and_the_times_offered() -> None:
    person = at("permit")
    assert "62小时" in person.line("有的 志愿者62小时").text
    assert person.line("62小时，大概20次").choices[0].label == "20 次"
    person.line("对")
    assert person.conversation.facts["volunteer_services"] == 20


def test_what_is_asked_for_only_later_is_named() -> None:
    person = at("permit")
    assert "“62小时”没看准" in person.line("有的 社保三年多 志愿者62小时").text


@pytest.mark.parametrize(
    "text",
    [
        "那就都没有了老家那两百块不要算了我现在有好多分",
        "那就都没有了",
        "反正都没有，我怕针",
        "那都没有吧老家的不要算",
    ],
)
def test_a_list_denied_with_a_story_behind(text: str) -> None:
    person = at("welfare")
    person.line(text)
    assert "welfare" in person.conversation.answered
    assert not any(person.conversation.facts.values())


GIVEN_TO_THE_FIRM = [
    *("给厂里发过一个纳税先进的牌子", "厂里得过一个先进", "县里给我们公司发过先进"),
    *("政府给单位颁过奖", "公司获得过县里表彰", "给我们店评过先进"),
]


@pytest.mark.parametrize("text", GIVEN_TO_THE_FIRM)
def test_what_is_given_to_the_firm_is_the_firm_s(text: str) -> None:
    person = at("county")
    person.line(text)
    assert "ticked" not in person.conversation.top.state
    assert not any(person.conversation.facts.values())


@pytest.mark.parametrize("text", ["厂里给我评过一次县先进", "公司评的县级先进一次"])
def test_what_the_firm_gives_is_one_s_own(text: str) -> None:
    person = at("honours")
    person.line(text)
    assert person.conversation.facts["honours_county"] == 1


SUMS = {"两万多": 20000, "一万来块": 10000, "大概一万五": 15000, "三千左右": 3000, "8千出头": 8000}
OF_NO_KIND = ["{}", "{}吧", "交了{}的税", "一共{}"]


@pytest.mark.parametrize(("sum", "likely"), SUMS.items())
def test_a_sum_of_no_kind_is_one_tap(sum: str, likely: int) -> None:
    for frame in OF_NO_KIND:
        person = at("taxes")
        labels = [one.label for one in person.line(frame.format(sum)).choices]
        assert f"税费 {likely} 元" in labels, frame
        assert f"个税 {likely} 元" in labels, frame


@pytest.mark.parametrize(("sum", "likely"), SUMS.items())
@pytest.mark.parametrize("kind", ["税费", "增值税"])
def test_a_doubtful_sum_keeps_the_kind_that_was_said(kind: str, sum: str, likely: int) -> None:
    person = at("taxes")
    assert person.line(f"{kind}{sum}").choices[0].label == f"税费 {likely} 元"
    person.line("1")
    assert person.conversation.facts == {"business_tax_yuan": likely}


@pytest.mark.parametrize(
    ("asked", "text", "tap", "fact", "value"),
    [
        ("taxes", "两万", "2", "income_tax_yuan", 20000),
        ("taxes", "两万", "个税的", "income_tax_yuan", 20000),
        ("taxes", "两万", "是税费", "business_tax_yuan", 20000),
        ("honours", "2个", "1", "honours_county", 2),
        ("honours", "2个", "市级", "honours_city", 2),
        ("patents", "一个", "3", "patents_invention", 1),
        ("science", "有一个", "省级", "science_awards_province", 1),
    ],
)
def test_which_of_several_is_told_by_number_or_name(
    asked: str, text: str, tap: str, fact: str, value: int
) -> None:
    person = at(asked)
    person.line(text)
    person.line(tap)
    assert person.conversation.facts == {fact: value}


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("taxes", "不是1.2万。都没有"),
        ("taxes", "不是两万多，没有"),
        ("blood", "不是3次，没有"),
        ("social_insurance", "不是三年，没交过"),
        ("charity", "不是五百，没捐过"),
    ],
)
def test_a_figure_denied_with_all_the_rest(asked: str, text: str) -> None:
    person = at(asked)
    person.line(text)
    assert asked in person.conversation.answered
    assert not any(person.conversation.facts.values())
