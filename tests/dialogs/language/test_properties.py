"""What holds for any text whatever."""

import time
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dialogs.language import (
    Kind,
    Option,
    Refused,
    Understood,
    Why,
    choose,
    choose_many,
    parse,
)
from dialogs.language.analysis import analyse
from dialogs.language.lexicon import maximum
from dialogs.language.recognisers.spans import complete_months
from dialogs.language.text import clean

KINDS = get_args(Kind)
OPTIONS = (
    Option("a", "大专", ("专科",)),
    Option("b", "有，在有效期内", ("有",)),
    Option("c", "没有"),
)
PIECES = Path(__file__).with_name("pieces.txt").read_text("utf-8").split()
written = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
anything = st.one_of(written, st.text(max_size=60), st.text(st.characters(), max_size=20))
days = st.dates(date(2022, 1, 1), date(2045, 12, 31))


@settings(max_examples=700, deadline=None)
@given(
    kind=st.sampled_from(KINDS),
    text=anything,
    today=days,
    year=st.none() | st.integers(1900, 2045),
)
@example(kind="months", text="9999年12月31日腊月", today=date(2022, 1, 1), year=None)
@example(kind="yuan", text="零多", today=date(2026, 11, 23), year=None)
@example(kind="months", text="腊月", today=date(2022, 1, 1), year=1900)
def test_any_text_is_a_value_in_bounds_or_a_reason(
    kind: Kind, text: str, today: date, year: int | None
) -> None:
    outcome = parse(kind, text, today, year=year)
    if isinstance(outcome, Refused):
        assert outcome.why in get_args(Why)
        assert len(outcome.choices) <= 4
        if kind in {"months", "years", "count", "yuan"}:
            assert all(0 <= value <= maximum(kind) + 9 for value in outcome.choices)
        return
    if kind == "yesno":
        assert type(outcome.value) is bool
    elif kind == "date":
        assert type(outcome.value) is date
        assert date(1900, 1, 1) <= outcome.value <= today
    else:
        assert type(outcome.value) is int
        assert 0 <= outcome.value <= maximum(kind)


@settings(max_examples=400, deadline=None)
@given(text=anything)
def test_any_text_chooses_offered_options_only(text: str) -> None:
    one, many = choose(text, OPTIONS), choose_many(text, OPTIONS)
    ids = {option.id for option in OPTIONS}
    assert isinstance(one, Refused) or one.value in ids
    assert isinstance(many, Refused) or many.value <= ids


@settings(max_examples=400, deadline=None)
@given(text=anything, today=days)
def test_any_mention_is_certain_or_says_why_not(text: str, today: date) -> None:
    mentions = analyse(text, today).mentions
    assert all((one.value is None) != (one.refused is None) for one in mentions)


@settings(max_examples=250, deadline=None)
@given(text=anything)
@example("有[微笑]有")
@example(". .")
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@settings(max_examples=150, deadline=None)
@given(
    months=st.integers(0, maximum("months")),
    form=st.sampled_from(["{}个月", "{}個月", "交了{}个月了", " {} ", "{}"]),
)
def test_months_are_read_back(months: int, form: str) -> None:
    assert parse("months", form.format(months), date(2026, 11, 23)) == Understood(months)


@settings(max_examples=150, deadline=None)
@given(start=st.dates(date(1990, 1, 1), date(2026, 11, 23)))
def test_since_a_day_counts_complete_months(start: date) -> None:
    today = date(2026, 11, 23)
    text = f"{start.year}年{start.month}月{start.day}日到现在"
    assert parse("months", text, today) == Understood(complete_months(start, today))
    years = complete_months(start, today) // 12
    assert parse("years", text, today) == Understood(years)


@settings(max_examples=150, deadline=None)
@given(born=st.dates(date(1930, 1, 1), date(2026, 11, 23)))
@pytest.mark.parametrize("form", ["%Y年%m月%d日", "%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d"])
def test_dates_are_read_back(form: str, born: date) -> None:
    assert parse("date", born.strftime(form), date(2026, 11, 23)) == Understood(born)


HOSTILE = [
    "1" * 300 + "x",
    "一" * 300,
    "三年多" * 100,
    "我选" * 150 + "?",
    "好了" * 150 + "x",
    "1,234" * 60 + "年",
    "2019年3月到" * 50,
    "没" * 300,
    "零" * 300 + "个",
    "1 " * 150,
    "12" * 150,
    "社保三年，" * 60,
    "（" * 300,
    "1-" * 150,
    "\ud800三年",
]


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    """The words are read with the first text, not with each."""
    analyse("二狗子交了五年", date(2026, 11, 23))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_takes_long(text: str) -> None:
    started = time.process_time()
    for kind in KINDS:
        parse(kind, text, date(2026, 11, 23))
    choose(text, OPTIONS)
    choose_many(text, OPTIONS)
    analyse(text, date(2026, 11, 23))
    assert time.process_time() - started < 0.2
