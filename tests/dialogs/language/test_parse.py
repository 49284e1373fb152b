"""What a refusal carries, and how a question for the month goes on."""

from datetime import date

import pytest

from dialogs.language import Refused, Understood, Value, parse

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("kind", "text", "choices"),
    [
        ("months", "三年多", (39, 42, 45)),
        ("months", "七八年", (84, 96)),
        ("months", "3-4年", (36, 48)),
        ("months", "不到一年", (3, 6, 9)),
        ("months", "大概三年", (36,)),
        ("months", "好几年", ()),
        ("months", "2019年3月", (92,)),
        ("months", "差不多四年", (48,)),
        ("months", "杭州两年，永嘉三年", (60, 24, 36)),
        ("months", "杭州交了两年，永嘉交了三年", (60, 24, 36)),
        ("months", "交了三年断了一年又交两年", (60, 24, 36)),
        ("months", "三年，中间断了半年", (30, 36)),
        ("months", "断了三年", ()),
        ("months", "不是三年，是四年", (48,)),
        ("months", "十几年了", ()),
        ("months", "每月交500", ()),
        ("months", "社保每月交500", ()),
        ("months", "外观3 实用2 发明1", ()),
        ("months", "三年，四年", (36, 48)),
        ("months", "昨天", ()),
        ("months", "五年，断了几个月", (60,)),
        ("months", "先三年后两年", (60, 24, 36)),
        ("months", "19年", (228,)),
        ("yuan", "500，还有一次1000", (1500, 500, 1000)),
        ("years", "七八年", (7, 8)),
        ("years", "快四年", (3,)),
        ("count", "三四次", (3, 4)),
        ("count", "十五六次", (15, 16)),
        ("yuan", "一两千", (1000, 2000)),
        ("yuan", "三千，五千", (3000, 5000)),
    ],
)
def test_values_worth_offering(kind: str, text: str, choices: tuple[Value, ...]) -> None:
    outcome = parse(kind, text, TODAY)  # type: ignore[arg-type]  # parametrized
    assert isinstance(outcome, Refused)
    assert outcome.choices == choices


@pytest.mark.parametrize(
    ("kind", "first", "second", "value"),
    [
        ("months", "19年来的", "三月", 92),
        ("months", "2019年", "3", 92),
        ("months", "前年开始", "1月份吧", 34),
        ("years", "2019年租的", "12月", 6),
        ("date", "1990年", "5月", date(1990, 5, 1)),
        ("date", "90年的", "五月", date(1990, 5, 1)),
        ("date", "1990", "5", date(1990, 5, 1)),
        ("date", "1990年", "5月12日", date(1990, 5, 12)),
    ],
)
def test_a_year_waits_for_its_month(kind: str, first: str, second: str, value: Value) -> None:
    refused = parse(kind, first, TODAY)  # type: ignore[arg-type]  # parametrized
    assert isinstance(refused, Refused)
    assert refused.why == "month_missing"
    assert refused.year
    assert parse(kind, second, TODAY, year=refused.year) == Understood(value)  # type: ignore[arg-type]


def test_a_whole_answer_counts_also_when_a_month_is_awaited() -> None:
    assert parse("months", "三年半", TODAY, year=2019) == Understood(42)
    assert parse("date", "1991年6月", TODAY, year=1990) == Understood(date(1991, 6, 1))


@pytest.mark.parametrize("kind", ["months", "years", "count", "yuan", "date", "yesno"])
def test_an_identity_number_is_never_kept(kind: str) -> None:
    written = (
        "330324199005121234",
        "我的33032419900512123X谢谢",
        "３３０３２４ 19900512123x",
    )
    for text in written:
        assert parse(kind, text, TODAY) == Refused("id_number")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        *(("十几万", 100_000), ("二十来万", 200_000), ("20多万", 200_000), ("三十几万", 300_000)),
        *(("十多万", 100_000), ("一百多万", 1_000_000), ("两万多", 20_000)),
    ],
)
def test_more_than_so_many_tens_of_thousands(text: str, offered: int) -> None:
    """First run: 二十来万 was offered as 20 yuan, 一百多万 as 100, the others not at all."""
    told = parse("yuan", text, date(2026, 11, 28))
    assert isinstance(told, Refused)
    assert (told.choices[0], told.said) == (offered, text)
