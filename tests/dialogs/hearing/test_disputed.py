"""What was recorded is disputed, tried or partly done: the figure in it is not one's own."""

from datetime import date

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
RECORDED = ("怎么才给我记五个月", "为什么只算五个月", "怎么只写了五个月", "咋给我记成五个月")
WON = {"技师": "level_2", "高级工": "level_3", "中级工": "level_4"}
NO_RESULT = ("考了成绩还没出", "考了还没下来", "考了结果没公布", "证考了还没发")


@pytest.mark.parametrize("recorded", RECORDED)
def test_what_was_recorded_is_not_told_again(recorded: str) -> None:
    for told in ("社保明明五年", "我社保是五年啊"):
        heard = hear(None, Said(f"{told}，{recorded}"), TODAY)
        assert heard.facts.get("social_insurance_months") == 60, told


@pytest.mark.parametrize("result", NO_RESULT)
@pytest.mark.parametrize("paper", WON)
def test_a_paper_without_its_result_is_not_held(paper: str, result: str) -> None:
    for asked in (None, questions()["skill"]):
        heard = hear(asked, Said(f"{paper}{result}，手上只有初级工"), TODAY)
        assert heard.facts.get("skill") in (None, "level_5")


@pytest.mark.parametrize("failed", ["有一次没献成", "有一回没抽成", "哦有一次没献成"])
def test_a_time_that_came_to_nothing_leaves_the_count_open(failed: str) -> None:
    for text in (f"献血五次，{failed}，四次", f"献血五次，{failed}"):
        assert "blood_donations" not in hear(None, Said(text), TODAY).facts, text


@pytest.mark.parametrize("before", ["之前租私人的三年", "以前还租过两年", "原来在别处租了一年"])
def test_rented_before_leaves_the_years_open(before: str) -> None:
    assert "rented_years" not in hear(None, Said(f"公租房住了两年，{before}"), TODAY).facts


def test_what_was_paid_elsewhere_stands_beside_what_counts() -> None:
    for place in ("东莞", "上海", "老家", "昆明"):
        text = f"以前在{place}交了6年社保 来这边才交了1年8个月"
        assert hear(None, Said(text), TODAY).facts == {"social_insurance_months": 20}, place


@pytest.mark.parametrize("lease", ["租房合同有的", "租的房子合同有", "租赁合同签了"])
def test_a_lease_is_no_contract_of_work(lease: str) -> None:
    assert "employment" not in hear(None, Said(f"住了三年，{lease}"), TODAY).facts
