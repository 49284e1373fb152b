"""No figure is typed into a question, an answer or a page: all come from where they are kept."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dialogs.data import parse
from dialogs.faq import answer
from dialogs.law import law
from dialogs.prose import question_prose, template_prose
from dialogs.questions import Question, questions
from scoring import load_ruleset
from scoring.counties import PACKAGED
from scoring.rulefile.wording import amounts
from tests.dialogs.talks import at
from tests.dialogs.test_check import question
from tests.scoring.amendments import rules_with

RULES = load_ruleset("yongjia-2022")
ROOT = Path(__file__).parents[2]


def test_nothing_is_typed_into_questions_and_templates() -> None:
    assert [*question_prose(questions(), RULES), *template_prose()] == []


@pytest.mark.parametrize(
    "county", sorted(PACKAGED.glob("*/county.yaml")), ids=lambda one: one.parent.name
)
def test_nothing_is_typed_into_a_county_s_own_answers(county: Path) -> None:
    assert list(template_prose(county.parent)) == []


@pytest.mark.parametrize(
    "path",
    [
        "scoring/engine/notices.yaml",
        "scoring/engine/told.yaml",
        "scoring/analysis/advice.yaml",
        "scoring/rulefile/evidence.yaml",
        "scoring/rulefile/facts.yaml",
        "dialogs/consents.yaml",
        "dialogs/booking/purposes.yaml",
    ],
)
def test_nothing_is_typed_into_other_words(path: str) -> None:
    def texts(one: Any) -> Iterator[str]:
        inside = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        yield from [one] if isinstance(one, str) else [t for part in inside for t in texts(part)]

    written = parse((ROOT / path).read_text("utf-8"))
    assert [found for text in texts(written) for found in amounts(text)] == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (question(why="每次算 0.5 分。"), "“0.5 分” is typed"),
        (question(ask="满三年了吗？"), "“三年” is typed"),
        (question(retry=("最多 {law_study.caps} 分", "二")), "no figure `law_study.caps`"),
    ],
)
def test_what_is_typed_into_a_question_is_found(written: Question, said: str) -> None:
    (fault,) = question_prose({"q": written}, RULES)
    assert said in fault.what


def test_an_example_and_a_place_are_no_faults() -> None:
    written = question(ask="几次？比如：3次、五次", why="每次 {law_study.rate} 分。")
    assert list(question_prose({"q": written}, RULES)) == []


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("一年\n每月 0.25 分", ["2: “0.25 分”"]),
        ('{% if one %}最高 {{ cap }} 分{% endif %}{{ "满五岁" if one }}', ["1: “五岁”"]),
        ('<p class="a5 分">满 <b>5</b> 年</p>', ["1: “5 年”"]),
        ("{# 最高 5 分 #}\n▸ child 不到 5 岁 | 5岁\n2025 年，0 分，打 12345", []),
    ],
)
def test_what_is_typed_into_a_template_is_found(
    tmp_path: Path, line: str, typed: list[str]
) -> None:
    (tmp_path / "one.txt").write_text(line, "utf-8")
    found = [f"{fault.line}: {fault.what.split(' is ')[0]}" for fault in template_prose(tmp_path)]
    assert found == typed


SUMMED = """
amends: yongjia-2022
title: 口径
documents:
  reply: {title: 答复}
correct:
  - figure: education.combine
    value: sum
    from: 2026-01-01
    source: {document: reply, place: 第一条}
    verified_on: 2026-11-01
"""


def test_a_question_says_how_rows_add_up_by_the_rules_in_force() -> None:
    person = at("education")
    assert "学历算一项分，只算最高的一个。" in person.line("为什么").text
    person = at("education")
    person.rules = rules_with(SUMMED)
    assert "学历算一项分，加起来算。" in person.line("为什么").text


def test_a_figure_of_the_law_of_the_land_is_told_as_it_stands_there() -> None:
    told = answer("get_permit", RULES, date(2026, 11, 23)).text
    assert f"登记满{law()['permit_wait']}" in told
