"""What holds for any text whatever."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.answers import (
    Kind,
    Option,
    Refused,
    Understood,
    Why,
    choose,
    choose_many,
    parse,
    several,
)
from dialogs.answers.clean import clean
from dialogs.answers.lexicon import maximum
from dialogs.answers.spans import complete_months

KINDS = get_args(Kind)
OPTIONS = (
    Option("a", "大专", ("专科",)),
    Option("b", "有，在有效期内", ("有",)),
    Option("c", "没有"),
)
PIECES = [
    "0",
    "1",
    "3",
    "5",
    "12",
    "19",
    "42",
    "90",
    "2019",
    "1990",
    "一",
    "二",
    "两",
    "俩",
    "三",
    "四",
    "七",
    "八",
    "十",
    "百",
    "千",
    "万",
    "亿",
    "零",
    "半",
    "几",
    "多",
    "来",
    "年",
    "月",
    "个",
    "个月",
    "日",
    "号",
    "天",
    "岁",
    "次",
    "回",
    "元",
    "块",
    "w",
    "k",
    ".",
    ",",
    "，",
    "。",
    "-",
    "~",
    "/",
    "、",
    "?",
    "？",
    "+",
    "到",
    "至",
    "从",
    "现在",
    "至今",
    "开始",
    "来的",
    "去年",
    "前年",
    "没",
    "没有",
    "不",
    "不到",
    "快",
    "大概",
    "左右",
    "每",
    "第",
    "社保",
    "租房",
    "住了",
    "交了",
    "大专",
    "本科",
    "有",
    "是",
    "是的",
    "嗯",
    "我",
    "老公",
    "上海",
    "农历",
    "腊月",
    "属马",
    "后",
    "出生",
    "①",
    "③",
    "兩",
    "萬",
    "個",
    "貳",
    "[微笑]",
    "😀",
    "吗",
    "有没有",
    "不知道",
    "330324199005121234",
    "和",
    "或",
    "选",
    "\n",
    "\u200b",
    "��",
]
written = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
anything = st.one_of(written, st.text(max_size=60), st.text(st.characters(), max_size=20))
days = st.dates(date(2022, 1, 1), date(2045, 12, 31))


@settings(max_examples=1500, deadline=None)
@given(kind=st.sampled_from(KINDS), text=anything, today=days)
def test_any_text_is_a_value_in_bounds_or_a_reason(kind: Kind, text: str, today: date) -> None:
    outcome = parse(kind, text, today)
    if isinstance(outcome, Refused):
        assert outcome.why in get_args(Why)
        assert len(outcome.choices) <= 4
        return
    if kind == "yesno":
        assert type(outcome.value) is bool
    elif kind == "date":
        assert type(outcome.value) is date
        assert date(1900, 1, 1) <= outcome.value <= today
    else:
        assert type(outcome.value) is int
        assert 0 <= outcome.value <= maximum(kind)


@settings(max_examples=800, deadline=None)
@given(text=anything)
def test_any_text_chooses_offered_options_only(text: str) -> None:
    one, many = choose(text, OPTIONS), choose_many(text, OPTIONS)
    ids = {option.id for option in OPTIONS}
    assert isinstance(one, Refused) or one.value in ids
    assert isinstance(many, Refused) or many.value <= ids


@settings(max_examples=800, deadline=None)
@given(text=anything, today=days)
def test_any_message_names_a_fact_once(text: str, today: date) -> None:
    named = several(text, today)
    assert not named.values.keys() & named.refused.keys()


@settings(max_examples=500, deadline=None)
@given(text=anything)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@settings(max_examples=300, deadline=None)
@given(
    months=st.integers(0, 900),
    form=st.sampled_from(["{}个月", "{}個月", "交了{}个月了", " {} ", "{}"]),
)
def test_months_are_read_back(months: int, form: str) -> None:
    assert parse("months", form.format(months), date(2026, 11, 23)) == Understood(months)


@settings(max_examples=300, deadline=None)
@given(start=st.dates(date(1990, 1, 1), date(2026, 11, 23)))
def test_since_a_day_counts_complete_months(start: date) -> None:
    today = date(2026, 11, 23)
    text = f"{start.year}年{start.month}月{start.day}日到现在"
    assert parse("months", text, today) == Understood(complete_months(start, today))
    years = complete_months(start, today) // 12
    assert parse("years", text, today) == Understood(years)


@settings(max_examples=300, deadline=None)
@given(born=st.dates(date(1930, 1, 1), date(2026, 11, 23)))
@pytest.mark.parametrize("form", ["%Y年%m月%d日", "%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d"])
def test_dates_are_read_back(form: str, born: date) -> None:
    assert parse("date", born.strftime(form), date(2026, 11, 23)) == Understood(born)
