"""What is not sure is asked back before it is kept."""

import pytest

from dialogs.states import QuestionState
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
    assert "这是您本人的吗" in person.line("2011年3月").text
    assert person.conversation.facts == {}
    assert "您哪年哪月出生" in person.line("不是").text
    person.line("2011年3月")
    assert "15 岁" in person.line("是的").text


def test_a_childs_birth_named_elsewhere_is_asked_for() -> None:
    person = at("education")
    assert "哪年哪月" in person.line("大专，2011年3月出生").text
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
    person.conversation = person.conversation.go("questionnaire", QuestionState(at="taxes"))
    assert "个税 80000 元，20 分" in person.line("税费50万，个税8万").text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("volunteer", "杭州两次"),
        ("blood", "温州两次"),
        ("charity", "在宁波捐了2000"),
        ("law_study", "瑞安三次"),
        ("rented", "瑞安租了三年"),
        ("permit", "志愿者在杭州做过三次"),
    ],
)
def test_what_counts_only_in_the_county_is_not_taken_from_elsewhere(
    question: str, said: str
) -> None:
    person = at(question)
    assert "只算在永嘉的" in person.line(said).text
    assert person.conversation.facts == {}


@pytest.mark.parametrize("said", ["永嘉两次", "志愿浙江上2次", "温州永嘉两次", "我杭州人，2次"])
def test_places_that_say_nothing_against_it(said: str) -> None:
    person = at("volunteer")
    person.line(said)
    assert person.conversation.facts == {"volunteer_services": 2}


def test_a_time_longer_than_the_life_is_asked_back() -> None:
    person = at("birth")
    person.line("1990年5月")
    person.conversation = person.conversation.go(
        "questionnaire", QuestionState(at="social_insurance")
    )
    assert "和您的岁数对不上" in person.line("40年").text
    assert "和您的岁数对不上" in person.line("大专，居住40年").text
    assert person.conversation.facts == {"birth_date": "1990-05-01", "education": "junior_college"}


def test_a_yes_takes_the_only_offer() -> None:
    person = at("social_insurance")
    person.line("三年，不对，四年")
    person.line("2")
    assert person.conversation.facts == {}
    person.line("是的")
    assert person.conversation.facts == {"social_insurance_months": 48}


def test_a_year_said_again_with_its_month() -> None:
    person = at("residence")
    person.line("2015年开始住的")
    person.line("2015年3月")
    assert person.conversation.facts == {"residence_months": 140}


@pytest.mark.parametrize(
    ("question", "said"),
    [("county", "不是党员"), ("county", "没当过兵"), ("employment", "没签合同")],
)
def test_one_line_denied_leaves_the_others_open(question: str, said: str) -> None:
    person = at(question)
    assert "别的有吗" in person.line(said).text
    assert person.conversation.facts == {}
    assert question not in person.conversation.answered


def test_one_choice_denied_offers_the_others() -> None:
    for said in ("没有买房", "没有房子", "不是自己的房"):
        person = at("home")
        reply = person.line(said)
        assert person.conversation.facts.get("owned_home") is False or [
            one.key for one in reply.choices
        ] == ["let", "neither"]
    assert len(at("home").line("不是宿舍").choices) == 4


@pytest.mark.parametrize(
    ("question", "said", "facts"),
    [
        ("home", "2，三年", {"owned_home": False, "rented_years": 3}),
        ("education", "初中没读完", {"education": "below_high_school"}),
        ("education", "我献过两次血的 在老家", {}),
        ("education", "献血两次，都在杭州", {}),
        ("home", "没房子，租的", {"owned_home": False}),
        ("home", "七年，租房子的", {"owned_home": False, "rented_years": 7}),
        ("permit", "2，三年", {"permit": "registration_only", "residence_months": 36}),
        ("volunteer", "永嘉两次，杭州三次", {"volunteer_services": 2}),
        ("home", "没租也没买", {"owned_home": False, "rented_years": 0}),
        ("permit", "居住登记三年了", {"permit": "registration_only", "residence_months": 36}),
        (
            "permit",
            "没有，但有居住登记三年",
            {"permit": "registration_only", "residence_months": 36},
        ),
        ("permit", "没证", {"permit": "none"}),
        ("social_insurance", "没有，都是自己交的", {}),
        ("education", "什么学历都没有", {"education": "below_high_school"}),
    ],
)
def test_all_that_is_sure_is_taken(question: str, said: str, facts: dict[str, object]) -> None:
    person = at(question)
    person.line(said)
    assert person.conversation.facts == facts


def test_an_amount_alone_is_asked_which_it_is() -> None:
    assert "“3万”是哪一样的" in at("taxes").line("3万").text
    assert "身份证号不用发" in at("county").line("330324199001011234").text


def test_how_often_is_said_of_the_line_ticked_last() -> None:
    person = at("welfare")
    for line, kept in (
        ("志愿服务", {}),
        ("4次", {"volunteer_services": 4}),
        ("献血", {"volunteer_services": 4}),
        ("1次", {"volunteer_services": 4, "blood_donations": 1}),
    ):
        person.line(line)
        assert person.conversation.facts == kept
    assert "这句我没看明白" in at("welfare").line("4次").text  # of nothing ticked


def test_a_number_alone_is_still_a_line() -> None:
    person = at("welfare")
    person.line("志愿服务")
    assert person.line("3").text.startswith("记下：无偿献血；志愿服务。还有别的吗？")


@pytest.mark.parametrize("said", ["教师资格证", "我有教师资格证", "有个教师资格证"])
def test_a_teacher_is_asked_for_the_title(said: str) -> None:
    person = at("skill")
    labels = [one.label for one in person.line(said).choices]
    assert labels == ["都没有", "初级职称", "中级职称", "高级职称"]
    assert not person.conversation.facts
