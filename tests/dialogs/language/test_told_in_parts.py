"""A time told with its parts: the total that is told is the value; of two stretches the sum is
offered; a round number of years is never months."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.language import Refused
from dialogs.questions import questions
from dialogs.reading import Taken
from dialogs.utterance import Said

TODAY = date(2026, 11, 23)
PARTS = ((36, 57), (24, 36), (7, 50), (18, 30))
TOTALS = (
    "{a}个月加{b}个月，合计{sum}个月",
    "两段应合并计算，{a}个月加{b}个月，合计{sum}个月",
    "有两段，{a}个月和{b}个月，一共{sum}个月",
    "先交了{a}个月，后来又交了{b}个月，总共{sum}个月",
)
SUMS = (
    "先交了{a}个月，停了又交{b}个月",
    "先交{a}个月断了后来又接着交了{b}个月",
    "{a}个月加{b}个月",
    "两段，{a}个月和{b}个月",
    "先头交了{a}个月 断了 后头又接着交了{b}个月",
)


def answer(said: str, question: str = "social_insurance") -> Taken | Refused | None:
    return hear(questions()[question], Said(said), TODAY).answer


def offered(said: str, question: str = "social_insurance") -> tuple[object, ...]:
    """The values offered; a certain answer offers nothing."""
    read = answer(said, question)
    return read.choices if isinstance(read, Refused) else ()


@pytest.mark.parametrize(("frame", "parts"), [*product(TOTALS, PARTS)])
def test_the_total_is_the_value(frame: str, parts: tuple[int, int]) -> None:
    a, b = parts
    read = answer(frame.format(a=a, b=b, sum=a + b))
    assert isinstance(read, Taken)
    assert read.facts == {"social_insurance_months": a + b}


@pytest.mark.parametrize(("frame", "parts"), [*product(TOTALS, PARTS)])
def test_a_total_to_which_its_parts_do_not_come_is_not_certain(
    frame: str, parts: tuple[int, int]
) -> None:
    a, b = parts
    assert isinstance(answer(frame.format(a=a, b=b, sum=a + b + 5)), Refused)


@pytest.mark.parametrize(("frame", "parts"), [*product(SUMS, PARTS)])
def test_of_two_stretches_the_sum_is_offered_first(frame: str, parts: tuple[int, int]) -> None:
    a, b = parts
    assert offered(frame.format(a=a, b=b))[0] == a + b


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("先交三年停了又交半年", 42),
        ("先交三年停了半年又交一年", 48),
        ("先交三年停了半年", 30),
        ("2017年9月到2020年8月一段，2022年3月到现在一段", 91),
        ("有两段：2017年9月至2020年8月在温州缴纳，共三年；中间中断，2022年3月起缴纳至今。", 92),
    ],
)
def test_stretches_as_stories(said: str, first: int) -> None:
    assert offered(said)[0] == first


@pytest.mark.parametrize("question", ["social_insurance", "residence", "rented"])
@pytest.mark.parametrize(
    "frame", ["{}", "{}了", "有{}了", "大概{}吧", "{}一直在永嘉", "交了住了{}"]
)
@pytest.mark.parametrize(
    ("told", "years"),
    [
        ("十来年", 10),
        ("二十来年", 20),
        *((one, None) for one in ("十几年", "十多年", "好几年", "几十年", "十余年")),
    ],
)
def test_a_round_number_of_years_is_never_months(
    question: str, frame: str, told: str, years: int | None
) -> None:
    read = answer(frame.format(told), question)
    assert not isinstance(read, Taken)
    unit = 1 if question == "rented" else 12
    values = read.choices if read else ()
    assert set(values) <= ({years * unit} if years else set())


def test_what_was_offered_wrongly_is_not_offered_again() -> None:
    assert 10 not in offered("10个月？？我说十来年", "residence")
