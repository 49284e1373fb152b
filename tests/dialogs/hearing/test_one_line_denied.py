"""One line of a list, denied by its name, closes no list; and 开 that opens no business."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import Heard, hear
from dialogs.questions import questions
from dialogs.reading import Taken
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
STILL_OPEN, CLOSED = Taken(ticked=(), more=True), Taken(ticked=())
LINES = ("企业", "公司", "公积金", "专利", "党员", "劳动合同", "营业执照", "人大代表", "先进")
STORIES = ("", "，我是给人家打工的", "，厂里不弄的", " 一个打工的哪有")
WORDS_OF_TRAVEL = ("开到", "开进", "开去", "开车到", "离开", "开回")
PLACES = ("厂", "公司", "厂门口", "店门口", "工厂")


def heard(text: str, asked: str = "county") -> Heard:
    return hear(questions()[asked], Said(text), TODAY)


def test_what_is_denied_by_its_name_leaves_the_list_open() -> None:
    for denial, line, story in product(("没有", "我没得", "我没"), LINES, STORIES):
        told = heard(f"{denial}{line}{story}")
        assert told.answer != CLOSED, f"{denial}{line}{story}"
        assert all(value in (0, "none", []) for value in told.facts.values())


@pytest.mark.parametrize("text", ["税没交过", "没搞发明", "没交过税", "没做生意", "没当过兵"])
def test_what_was_not_done_leaves_it_open(text: str) -> None:
    assert heard(text).answer == STILL_OPEN


@pytest.mark.parametrize("text", ["没有", "没得", "没那个本事", "都没有", "没有这些", "没这些东西"])
def test_all_of_it_denied_closes_the_list(text: str) -> None:
    assert heard(text).answer == CLOSED


@pytest.mark.parametrize("text", ["我没得企业，我是给人家打工的！", "我没做生意", "生意没做过"])
def test_a_business_denied_is_taken_back(text: str) -> None:
    assert heard(text).denied["employment"] == {"business_owner"}


def test_to_drive_somewhere_opens_no_business() -> None:
    for word, place, tail in product(WORDS_OF_TRAVEL, PLACES, ("来的", "了", "")):
        assert "employment" not in heard(f"献过一回血，车子{word}{place}{tail}").facts


@pytest.mark.parametrize("text", ["公司开会", "开了证明厂里盖章", "公司开除我了", "厂里开工资了"])
def test_nor_do_other_words_with_the_same_character(text: str) -> None:
    assert "employment" not in heard(text).facts


@pytest.mark.parametrize("text", ["开了个小厂", "开了家面馆", "自己开店的", "开门市的", "开工厂"])
def test_to_open_one_does(text: str) -> None:
    assert heard(text).facts["employment"] == ["business_owner"]
