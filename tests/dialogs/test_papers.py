"""The papers: ticked in one's own words, kept no longer than they are called for, and whether there
is time for those that are missing."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dialogs.conversation import Conversation, Given, Ticks
from dialogs.data import parse
from dialogs.flow import Talk
from dialogs.in_time import prospects
from dialogs.papers import asked_only, listed
from dialogs.phrases import say
from dialogs.ticking import asked_about, told
from dialogs.withheld import withdrawn
from scoring import estimate, load_ruleset, read_facts
from tests.conversations.test_transcripts import START
from tests.dialogs.talks import COMPLETE, agreed

RULES, TODAY = load_ruleset("yongjia-2022"), date(2026, 11, 23)
SAID = parse(Path(__file__).with_name("ticking.yaml").read_text(encoding="utf-8"))
FACTS: dict[str, Any] = {
    **{"permit": "residence_permit", "education": "junior_college", "skill": "level_4"},
    **{"social_insurance_months": 42, "housing_fund_months": 20, "rented_years": 3},
}
LIST = listed(estimate(RULES, read_facts(FACTS), on=TODAY), Ticks())
STATES = {"H": "have", "M": "missing"}


def talk(conversation: Conversation) -> Talk:
    return Talk(conversation, START, RULES)


@pytest.mark.parametrize(
    ("place", "text"),
    [(place, text) for place in ("list", "elsewhere", "behind") for text in SAID[place]],
)
def test_what_is_ticked(place: str, text: str) -> None:
    wanted = SAID[place][text]
    named = wanted and {LIST[int(n) - 1].name: STATES[s] for n, s in wanted.items()}
    how = {"by_name": place != "list", "numbers": place == "behind"}
    assert told(text, LIST, TODAY, **how) == named


@pytest.mark.parametrize("text", SAID["asked"])
def test_which_paper_is_asked_about(text: str) -> None:
    paper = asked_about(text, LIST)
    assert (paper and paper.number) == SAID["asked"][text]


def test_a_tick_goes_with_the_answer_that_called_for_it() -> None:
    ticks = Ticks(have=("身份证", "无偿献血证"), missing=("住房公积金缴存证明",))
    gave = Conversation(facts={**FACTS, "blood_donations": 2}, papers=ticks)
    assert asked_only(talk(gave)).papers == ticks
    assert asked_only(talk(gave.but(facts=FACTS))).papers.have == ("身份证",)


def test_a_withdrawn_consent_takes_the_ticks_of_both_along() -> None:
    ticks = Ticks(have=("无偿献血证",))
    yes = Given(version=1, at=START)
    theirs = Conversation(whose="老婆", sensitive=yes, papers=ticks).turned()
    left = withdrawn(theirs.but(sensitive=yes, papers=ticks), START)
    assert left.papers == Ticks()
    assert left.turned().papers == Ticks()


def test_each_has_papers_of_their_own() -> None:
    own = Conversation(consent=Given(version=1), facts=FACTS, papers=Ticks(have=("身份证",)))
    assert own.turned().papers == Ticks()
    assert own.turned().turned().papers == own.papers


@pytest.mark.parametrize(
    ("days", "visit", "verdict"),
    [(0, 24, "in_time"), (1, 24, "late"), (1, 25, "in_time"), (None, 30, "unknown")],
)
def test_whether_a_paper_comes_in_time(days: int | None, visit: int, verdict: str) -> None:
    [found] = prospects([replace(LIST[2], days=days)], TODAY, date(2026, 11, visit))
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("days", "yuan", "words"),
    [
        (None, None, "要几天、多少钱，公开的说明里没有写"),
        (0, Decimal(0), "当天有，不要钱。"),
        (3, None, "要 3 个工作日，多少钱没有写"),
        (None, Decimal("10.50"), "10.5 元，要几天没有写"),
    ],
)
def test_what_is_not_known_of_a_paper_is_said(
    days: int | None, yuan: Decimal | None, words: str
) -> None:
    about = say("papers/about", paper=replace(LIST[2], days=days, yuan=yuan))
    assert words in about
    assert ("先问学信网" in about) == (days is None or yuan is None)


def test_the_numbers_of_the_list_are_those_of_its_papers() -> None:
    person = agreed(*COMPLETE)
    shown = person.line("材料")
    assert "②浙江省居住证" in shown.text
    assert not any(choice.number for choice in shown.choices)
    assert "②浙江省居住证" in person.line("2").text


def test_the_papers_are_as_many_everywhere() -> None:
    person = agreed(*COMPLETE)
    result, listed = person.line("结果").text, person.line("材料").text
    count = re.search(r"约 (\d+) 样", result)
    assert count
    assert f"通常要带 {count[1]} 样，另 1 样看情况" in listed


@pytest.mark.parametrize("text", ["有 1 2，缺 3", "有1 2"])
def test_papers_are_ticked_right_after_the_result(text: str) -> None:
    assert "记下：有 身份证、浙江省居住证" in agreed(*COMPLETE).line(text).text


def test_whether_there_is_time_is_put_to_the_day_of_the_goal() -> None:
    person = agreed(*COMPLETE, "明年9月前到80分", "材料", "缺 3")
    assert "离您说的 2027年8月31日还有 281 天" in person.line("来得及吗").text
    assert "还没有约时间，先把材料备好再约" in agreed(*COMPLETE).line("来得及吗").text
