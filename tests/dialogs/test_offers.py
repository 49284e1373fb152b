"""Values and choices that are offered for what was not certain, and how one is taken."""

import pytest

from dialogs.questions import questions
from dialogs.rendering import LIMIT, wechat
from tests.dialogs.talks import at

# Values offered for a vague number; an answer and a question in one message.


@pytest.mark.parametrize(
    ("question", "said", "picked", "told"),
    [
        ("social_insurance", "三年多", "2", "社保 42 个月"),
        ("social_insurance", "三年多", "42", "社保 42 个月"),
        ("social_insurance", "三年多", "三年半", "社保 42 个月"),
        ("volunteer", "三四次", "1", "志愿服务 3 次"),
        ("volunteer", "三四次", "4", "志愿服务 4 次"),
        ("volunteer", "两三次", "2", "志愿服务 2 次"),
        ("volunteer", "两三次", "3", "志愿服务 3 次"),
    ],
)
def test_a_number_picks_an_offer(question: str, said: str, picked: str, told: str) -> None:
    person = at(question)
    person.line(said)
    assert told in person.line(picked).text


@pytest.mark.parametrize("said", ["嗯嗯 1  对了我七月刚入党", "1，我是党员", "对的 1 我是党员"])
@pytest.mark.parametrize("question", ["social_insurance", "residence", "housing_fund", "volunteer"])
def test_the_number_of_an_offer_may_begin_a_longer_message(question: str, said: str) -> None:
    """At 居住时间 the first choice in words is 还没登记过."""
    person = at(question)
    unit = "次" if question == "volunteer" else "个月"
    person.line(f"大概十六七{unit}")
    person.line(said)
    assert person.conversation.facts[questions()[question].facts[0]] == 16


def test_money_is_picked_by_the_number_of_the_offer() -> None:
    person = at("charity")
    offered = person.line("500，还有一次1000").choices
    assert offered[1].label in person.line("2").text


def test_one_line_in_words_may_be_the_first_of_several() -> None:
    person = at("county")
    assert "还有别的吗" in person.line("我是党员").text
    assert "还有别的吗" in person.line("公积金两年").text
    person.line("没有了")
    facts = person.conversation.facts
    assert (facts["special_statuses"], facts["housing_fund_months"]) == (["party_member"], 24)
    assert facts["talent_class"] == "none"


@pytest.mark.parametrize("said", ["3 4，献血2次", "献血2次，志愿者"])
def test_a_list_is_taken_with_its_details(said: str) -> None:
    person = at("welfare")
    person.line(said)
    assert person.conversation.facts["blood_donations"] == 2
    assert "charity_yuan" not in person.conversation.facts  # the list stays open
    person.line("没有了")
    assert person.conversation.facts["charity_yuan"] == 0
    assert "volunteer_services" not in person.conversation.facts


def test_a_home_is_taken_with_its_years() -> None:
    person = at("home")
    person.line("租房3年")
    assert person.conversation.facts == {"owned_home": False, "rented_years": 3}


def test_digits_that_are_one_line_or_two_are_asked_back() -> None:
    person = at("county")
    assert "第 12 样，还是 1 和 2" in person.line("12").text
    person.line("1 2")
    assert person.conversation.facts["red_station_service"] is False


def test_a_number_that_is_neither_offer_nor_place_is_asked_back() -> None:
    person = at("volunteer")
    assert [choice.number for choice in person.line("两三次").choices] == [0, 0]
    person.line("1")
    assert "volunteer_services" not in person.conversation.facts


def test_offers_stay_through_a_detour() -> None:
    person = at("social_insurance")
    person.line("三年多")
    assert [choice.number for choice in person.line("租房有分吗").choices] == [1, 2, 3]
    assert "社保 45 个月" in person.line("3").text


@pytest.mark.parametrize(
    ("question", "said", "fact"),
    [
        ("permit", "有，孩子明年能上小学吗", "permit"),
        ("birth", "1993年2月，孩子上学看哪个分", "birth_date"),
        ("social_insurance", "社保三年零两个月，够孩子上学吗", "social_insurance_months"),
    ],
)
def test_an_answer_is_noted_before_the_question_behind_it(
    question: str, said: str, fact: str
) -> None:
    person = at(question)
    reply = person.line(said)
    assert fact in person.conversation.facts
    assert reply.text.startswith("记下：")
    assert len(wechat(reply, "https://example.cn").encode()) <= LIMIT


def test_a_question_that_may_take_the_answer_back_leaves_it_open() -> None:
    person = at("permit")
    person.line("有，但是过期了怎么办")
    assert "permit" not in person.conversation.facts


# A yes in more words to the one value that is offered, and a month among other words.


@pytest.mark.parametrize(
    "text", ["对 一百三十几个月 就这个数", "对的 137个月", "嗯，就这个数", "对"]
)
def test_a_yes_that_says_the_offered_value_again(text: str) -> None:
    person = at("residence")
    person.line("2015年登记的")
    assert person.line("大概六月份").choices[0].label == "137 个月"  # June 2015 to November 2026
    person.line(text)
    assert person.conversation.facts == {"residence_months": 137}


@pytest.mark.parametrize("text", ["对的六年左右", "对，六年", "是的，6年左右"])
def test_a_yes_without_a_pause(text: str) -> None:
    person = at("rented")
    person.line("六年左右")
    person.line(text)
    assert person.conversation.facts == {"rented_years": 6}


@pytest.mark.parametrize("text", ["对，不过是五年", "七年", "不对，七年"])
def test_another_value_is_no_yes(text: str) -> None:
    person = at("rented")
    person.line("六年左右")
    person.line(text)
    assert person.conversation.facts.get("rented_years") != 6


@pytest.mark.parametrize(
    "text", ["鬼记得 反正夏天 六月吧 跟社保一起办的", "那年热天，六月", "我想想，六月份吧"]
)
def test_the_month_that_was_asked_for_is_taken(text: str) -> None:
    person = at("residence")
    person.line("2015年登记的")
    person.line(text)
    assert person.conversation.facts == {"residence_months": 137}


@pytest.mark.parametrize(
    "text",
    [
        "几月份我哪里记得清反正一共交了十四个月",
        "几月份记不清，一共交了十四个月",
        "哪年忘了，总共交了十四个月",
    ],
)
def test_a_month_forgotten_leaves_the_total_certain(text: str) -> None:
    person = at("social_insurance")
    person.line("2022年开始交")
    person.line(text)
    assert person.conversation.facts == {"social_insurance_months": 14}


# A choice that a sentence names is one tap away, whatever else is said of it.

LEVEL = [
    "三级的计算机程序设计员，四川省的评价机构发的，这种算不算？",
    "那么先按三级记，但请标注为外省证书，待确认",
    "三级（外省发证）",
    "应该是三级，证在家里",
]


@pytest.mark.parametrize("text", LEVEL)
def test_a_choice_in_a_sentence_is_asked_back_and_taken_with_a_yes(text: str) -> None:
    person = at("skill")
    reply = person.line(text)
    assert "是下面这个吗" in reply.text
    assert "三级（高级工）" in [choice.label for choice in reply.choices]
    assert "skill" not in person.conversation.facts
    person.line("对")
    assert person.conversation.facts["skill"] == "level_3"


def test_the_first_number_is_not_taken_for_the_first_of_all() -> None:
    person = at("skill")
    person.line(LEVEL[2])
    person.line("1")
    assert "skill" not in person.conversation.facts


@pytest.mark.parametrize(
    "text", ["一级建造师", "英语四级过了", "我老公三级", "小孩三年级", "四级在考，还没下来"]
)
def test_a_grade_of_another_kind_is_not_offered(text: str) -> None:
    person = at("skill")
    assert "是下面这个吗" not in person.line(text).text
    assert person.conversation.facts.get("skill") in (None, "none")


def test_a_certificate_of_another_province_is_not_guessed() -> None:
    assert "外省发的证算不算，公开的说明里没有写" in at("skill").line(LEVEL[0]).text


# A number of an offer, with what people say around it.

AROUND = (
    *("{n}吧", "选{n}", "{n} 对的", "{n}嘛 对头", "第{n}个", "第{c}个", "就第{c}个嘛", "{n}那个"),
    *("那就{n}噻", "对的 {n}", "{n} 谢谢", "应该是{n}", "{c}"),
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("social_insurance", "六七年"),
        ("residence", "六七年"),
        ("rented", "五六年"),
        ("blood", "三四次"),
        ("charity", "500，还有一次1000"),
    ],
)
def test_a_number_among_words_is_the_tap_of_its_offer(question: str, said: str) -> None:
    fact = questions()[question].facts[0]
    for place, numeral in enumerate("一二"):
        for frame in ("{n}", *AROUND):
            person = at(question)
            value = int(person.line(said).choices[place].label.split()[0])
            person.line(text := frame.format(n=place + 1, c=numeral))
            assert person.conversation.facts.get(fact) == value, text


def test_the_place_of_an_offer_without_a_number_is_no_value() -> None:
    person = at("volunteer")
    person.line("两三次")
    assert "志愿服务 3 次" in person.line("第二个").text
