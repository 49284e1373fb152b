"""A figure and nothing else is heard without an analysis: it comes to the same."""

from datetime import date

import pytest

from dialogs.interpret import hear
from dialogs.interpret.offers import figure_alone
from dialogs.questions import Question, questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 23)
NUMBERS = ("0", "1", "3", "12", "19", "43", "2.5", "两", "十一", "三十")
UNITS = ("年", "个月", "月", "次", "个", "年半")
MONTHS = ("11个月", "零3个月", "3月", "半")
DATES = ("1990年5月", "1990年5月3日", "90年5月", "1990年", "2027年3月", "1990年13月")
FIGURES = (
    *(f"{number}{unit}" for number in NUMBERS for unit in UNITS),
    *(f"{years}年{months}" for years in (2, 8, 19) for months in MONTHS),
    *("半年", *DATES),
)
ASKING = [one for one in questions().values() if one.kind is not None]


@pytest.mark.parametrize("question", ASKING, ids=lambda one: one.id)
def test_a_full_stop_behind_a_figure_changes_nothing(question: Question) -> None:
    """What has a full stop is no figure alone: it is analysed."""
    alone = [one for one in FIGURES if figure_alone(question, one, TODAY, None)]
    assert alone or question.kind in ("yuan", "yesno")
    for text in alone:
        assert figure_alone(question, f"{text}。", TODAY, None) is None
        plainly, analysed = (hear(question, Said(one), TODAY) for one in (text, f"{text}。"))
        assert (plainly.answer, plainly.facts) == (analysed.answer, analysed.facts), text
        beside = (analysed.confirm, analysed.others, analysed.unheard)
        assert not any(beside), text
