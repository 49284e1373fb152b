"""那年19年, 19年那会儿, 19年进的厂: two digits that are a year, and no length."""

from datetime import date

import pytest

from dialogs.interpret import hear
from dialogs.language import Refused, parse
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
FRAMES = [
    *(
        "那年{year}年",
        "{year}年那会儿",
        "{year}年来的",
        "{year}年吧那年",
        "环卫队那年{year}年吧 大概",
    ),
    *("我进环卫队那年{year}年", "{year}年那时候", "{year}年进的厂", "{year}年那年开始的"),
    *("大概{year}年那阵子", "{year}年入职", "开始交那年{year}年吧"),
]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("question", ["social_insurance", "residence"])
def test_a_year_is_asked_for_its_month(frame: str, question: str) -> None:
    for year in range(8, 26):
        text = frame.format(year=f"{year:02d}")
        heard = hear(questions()[question], Said(text), TODAY)
        refused = heard.answer or next(iter(heard.confirm.values()))
        assert isinstance(refused, Refused)
        assert (refused.why, refused.year) == ("month_missing", 2000 + year), text
        assert not heard.others


@pytest.mark.parametrize(("text", "months"), [("交了19年了", 228), ("待了12年那会儿没断过", 144)])
def test_a_length_stays_one(text: str, months: int) -> None:
    told = parse("months", text, TODAY)
    assert months in (getattr(told, "value", None), *getattr(told, "choices", ()))


@pytest.mark.parametrize("year", range(10, 26))
def test_a_year_with_a_month_of_it_is_asked_back_and_years_with_months_are_a_length(
    year: int,
) -> None:
    since = (TODAY.year - 2000 - year) * 12 + TODAY.month - 3
    told = parse("months", f"{year}年三月", TODAY)
    assert isinstance(told, Refused)
    assert told.choices[0] == since
    for months in ("三个月", "3个月", "零三个月"):
        length = parse("months", f"{year}年{months}", TODAY)
        assert year * 12 + 3 in (getattr(length, "value", None), *getattr(length, "choices", ()))
