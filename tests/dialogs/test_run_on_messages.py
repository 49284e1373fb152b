"""What tired people say: half a life in one breath, a complaint, a glance ahead."""

import pytest

from dialogs.rendering import plain
from tests.dialogs.talks import COMPLETE, agreed, at, talker


@pytest.mark.parametrize(
    ("question", "said", "facts"),
    [
        (
            "birth",
            "我是河南的，85年6月的，初中毕业，住厂里宿舍",
            {"birth_date": "1985-06-01", "education": "below_high_school", "owned_home": False},
        ),
        ("education", "初中毕业 家里穷没读书", {"education": "below_high_school"}),
        (
            "education",
            "初中毕业 住厂里宿舍3年了",
            {"education": "below_high_school", "rented_years": 3},
        ),
        (
            "permit",
            "有证 大专毕业 90年5月的 社保交了五年 租房住 三年了",
            {"birth_date": "1990-05-01", "social_insurance_months": 60, "rented_years": 3},
        ),
        ("home", "社保5年，住厂里宿舍", {"owned_home": False, "social_insurance_months": 60}),
        (
            "permit",
            "我35岁大专交了5年社保",
            {"education": "junior_college", "social_insurance_months": 60},
        ),
        ("permit", "大专，工资8000，社保五年", {"social_insurance_months": 60}),
    ],
)
def test_what_is_said_in_one_breath_is_all_heard(
    question: str, said: str, facts: dict[str, object]
) -> None:
    person = at(question)
    person.line(said)
    known = person.conversation.facts
    assert {fact: known.get(fact) for fact in facts} == facts


def test_a_value_in_a_run_on_sentence_stays_in_doubt_where_something_qualifies_it() -> None:
    person = at("permit")
    person.line("本科在读社保5年")
    assert "education" not in person.conversation.facts


@pytest.mark.parametrize("said", ["怎么才56分", "为什么这么少", "这么低", "才这么点分啊", "差在哪"])
def test_a_disappointed_person_hears_what_the_points_are_made_of(said: str) -> None:
    told = agreed(*COMPLETE).line(said).text
    assert "66 分是这样来的" in told
    assert "怎么加分" in told


@pytest.mark.parametrize(
    ("question", "said", "told"),
    [
        ("birth", "为什么要问年龄", "年龄算一项分"),
        ("birth", "一共几题啊", "还有"),
        ("rented", "这分够不够小孩读书", "没有固定的分数线"),
        ("permit", "办了居住登记，证还没拿到", "暂时还不能记分"),
        ("permit", "从头来", "从头开始吗"),
    ],
)
def test_what_is_asked_in_between_is_heard(question: str, said: str, told: str) -> None:
    assert told in at(question).line(said).text


def test_two_stretches_come_to_one_that_is_offered() -> None:
    said = "社保从19年6月到23年5月，后来断了一年，去年3月又开始交到现在"
    assert "68 个月" in plain(at("social_insurance").line(said))


def test_how_it_was_computed() -> None:
    assert "32 岁" in agreed(*COMPLETE).line("怎么算的").text
    assert "按交满的月数算分" in at("social_insurance").line("怎么算的").text


@pytest.mark.parametrize("said", ["到90分要什么", "90分怎么弄", "差多少到90分", "怎么才能到90分"])
def test_what_it_takes(said: str) -> None:
    assert "到 90 分还差 24 分" in agreed(*COMPLETE).line(said).text


@pytest.mark.parametrize(
    "said", ["明年多少分", "明年呢", "再等一年呢", "那我再过两年有多少分", "等着会涨吗"]
)
def test_what_waiting_brings(said: str) -> None:
    assert "2027年11月 72～85.5 分" in agreed(*COMPLETE).line(said).text


def test_when_so_many_points_are_reached() -> None:
    person = agreed(*COMPLETE)
    assert "大约 2030年11月到 90 分" in person.line("我要等几年才能到90分").text
    assert "已经到 60 分" in person.line("多久能到60分").text
    assert "到 2031年还不到 200 分" in person.line("什么时候能到200分").text


def test_before_anything_is_told_nothing_is_foretold() -> None:
    assert "分是这样来的" not in at("education").line("怎么才这点分").text
    assert "五年里" not in at("education").line("我要等几年才能到90分").text


def test_a_date_of_birth_puts_longer_times_in_doubt() -> None:
    person = agreed("1", "社保40年")
    told = person.line("1995年5月").text
    assert "社保和这个岁数对不上" in told
    assert "social_insurance_months" not in person.conversation.facts
    assert person.line("改出生年月").text


def test_at_the_result_an_impossible_or_unclear_time_is_asked_back() -> None:
    person = agreed(*COMPLETE)
    assert "和您的岁数对不上" in person.line("公积金40年").text
    assert agreed(*COMPLETE).line("社保三年多").choices[0].label == "39 个月"


def test_what_is_told_before_the_consent_counts_with_it() -> None:
    person = talker()
    assert "先留着" in person.line("你好我想算积分我35岁大专交了5年社保").text
    assert not person.conversation.facts
    assert "社保 60 个月" in person.line("同意").text


def test_a_question_before_all_else_is_answered_with_the_welcome() -> None:
    told = talker().line("外地交的社保算不算")
    assert "浙江省内" in told.text
    assert "180 天" in told.text
    assert plain(told).endswith("先看看什么能加分")


@pytest.mark.parametrize(
    ("question", "said", "facts"),
    [
        ("education", "我老公大专我高中", {"education": "high_school"}),
        ("social_insurance", "我老公交了五年社保我没交", {"social_insurance_months": 0}),
        ("social_insurance", "社保没交过 老板不给交", {"social_insurance_months": 0}),
        ("social_insurance", "老板给我交了20个月", {"social_insurance_months": 20}),
        ("residence", "我跟老公一起来的 15年9月到现在", {"residence_months": 134}),
        ("home", "租过，现在买了", {"owned_home": True}),
        ("home", "原来住宿舍，现在租房", {"owned_home": False}),
        ("permit", "以前没有，现在有了", {"permit": "residence_permit"}),
        ("political", "不是代表", {"political_role": "none"}),
        ("skill", "冇", {"skill": "none"}),
        ("education", "小学没念完", {"education": "below_high_school"}),
    ],
)
def test_what_is_said_of_others_or_of_the_past_does_not_hide_the_answer(
    question: str, said: str, facts: dict[str, object]
) -> None:
    person = at(question)
    person.line(said)
    known = person.conversation.facts
    assert {fact: known.get(fact) for fact in facts} == facts


@pytest.mark.parametrize(
    ("question", "said", "fact"),
    [
        ("education", "厨师证有一本", "education"),  # 一本 is a kind of university, too
        ("social_insurance", "住了6年 租房3年", "social_insurance_months"),
        ("social_insurance", "来这里十一二年了哦", "social_insurance_months"),
        ("rented", "2年，后来搬了又租2年", "rented_years"),
    ],
)
def test_what_is_not_said_is_not_taken(question: str, said: str, fact: str) -> None:
    person = at(question)
    person.line(said)
    assert fact not in person.conversation.facts


def test_a_correction_in_one_breath_offers_what_was_meant() -> None:
    person = at("social_insurance")
    assert [one.label for one in person.line("社保交了3年 不对 5年").choices] == ["60 个月"]
    person.line("嗯")
    assert person.conversation.facts["social_insurance_months"] == 60


def test_a_correction_that_says_what_it_is_is_taken() -> None:
    person = at("social_insurance")
    person.line("社保交了3年 不对 是5年")
    assert person.conversation.facts["social_insurance_months"] == 60


def test_only_a_yes_takes_what_was_offered() -> None:
    person = at("home")
    person.line("社保应该是五年")
    person.line("租的")
    assert "social_insurance_months" not in person.conversation.facts


def test_the_month_of_a_year_told_elsewhere_is_understood() -> None:
    person = at("social_insurance")
    assert "2014年几月" in person.line("2014年来的").text
    person.line("4月份")
    assert person.conversation.facts["residence_months"] == 151


@pytest.mark.parametrize("said", ["烦死了 问那么多干嘛", "关你什么事", "你到底会不会算"])
def test_anger_is_met_with_a_way_out(said: str) -> None:
    told = at("permit").line(said)
    assert "让您烦了" in told.text
    assert "您手上有" in told.text


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("住了七年", {"rented_years": 7}),
        ("住了四年多", {"rented_years": 4}),
        ("合同签了5年，住了3年", {"rented_years": 3}),
        ("租了3年，住了5年", {"owned_home": False, "rented_years": 3, "residence_months": 60}),
    ],
)
def test_where_lodgings_are_asked_for_lived_is_lodged(said: str, facts: dict[str, int]) -> None:
    person = at("rented")
    person.line(said)
    assert person.conversation.facts == facts


def test_the_second_complaint_is_answered_otherwise() -> None:
    person = at("permit")
    first, second = (person.line("烦死了").text for _ in range(2))
    assert "还是没帮上您" in second
    assert "发“跳过”" in second
    assert first != second
    assert "您手上有" in second


@pytest.mark.parametrize(
    ("question", "said", "facts"),
    [
        ("education", "dazhuan", {"education": "junior_college"}),
        ("education", "chu zhong", {"education": "below_high_school"}),
        ("permit", "you", {"permit": "residence_permit"}),
        ("permit", "MeiYou", {"permit": "none"}),
        ("social_insurance", "meiyou", {"social_insurance_months": 0}),
        ("political", "shi", {}),
        ("education", "da", {}),
    ],
)
def test_a_choice_in_pinyin(question: str, said: str, facts: dict[str, object]) -> None:
    person = at(question)
    person.line(said)
    assert person.conversation.facts == facts


def test_what_was_ticked_is_said_back_with_its_number() -> None:
    assert "献血 2 次" in at("welfare").line("献血2次").text


def test_a_small_number_alone_may_be_years() -> None:
    person = at("social_insurance")
    reply = person.line("3")
    assert "是 3 个月，还是 3 年" in reply.text
    assert [one.label for one in reply.choices] == ["3 个月", "36 个月"]
    person.line("3年")
    assert person.conversation.facts["social_insurance_months"] == 36
    large = at("social_insurance")
    large.line("42")
    assert large.conversation.facts["social_insurance_months"] == 42


@pytest.mark.parametrize("said", ["在温州买了房", "在瑞安租房", "大专，在杭州买了房"])
def test_a_home_elsewhere_is_none_of_the_county(said: str) -> None:
    person = at("home")
    person.line(said)
    assert "owned_home" not in person.conversation.facts


@pytest.mark.parametrize("said", ["只有6", "6有，其他没有", "6有"])
def test_the_only_line_of_a_list(said: str) -> None:
    assert "劳动合同" in at("county").line(said).text


def test_how_many_is_not_which() -> None:
    assert at("county").line("只有1个").text.startswith("这句我没看明白")


@pytest.mark.parametrize("said", ["多少分来着", "我的分现在多少"])
def test_the_points_are_told_again(said: str) -> None:
    assert "估算 66 分" in agreed(*COMPLETE).line(said).text


def test_a_change_is_not_taken_for_the_menu_that_offers_changes() -> None:
    assert "您的最高学历是" in agreed(*COMPLETE).line("修改学历").text


def test_who_does_not_want_to_say_need_not() -> None:
    person = at("birth")
    assert "先空着" in person.line("我不想说年龄").text
    assert "birth" in person.conversation.passed
