"""The lines of a list: what is denied is not ticked, and what stands beside it is not lost."""

from collections.abc import Iterator
from datetime import date

import pytest

from dialogs.interpret import hear
from dialogs.interpret.heard import Heard
from dialogs.language.vocabulary import keyword_facts
from dialogs.questions import Question, facts_behind, nothing, questions
from dialogs.reading import Taken
from dialogs.utterance import Said

TODAY = date(2026, 11, 23)
DONE = "交签做开捐献过办得读当"
"""A word with one of these tells what was done: 没有 after it denies something else."""
DENIALS = ("没有", "没得", "没交过", "不是", "没办")
FRAMES = ("{line}{denial}{gap}{beside}", "{beside}{gap}{line}{denial}{gap}别的都没有")
BESIDE = {
    "county": {"honours": "县级表彰有一次", "employment": "合同签了的"},
    "welfare": {"volunteer": "志愿者做过", "blood": "献血两次"},
}


def words_of_lines(question: Question) -> Iterator[tuple[str, str]]:
    """Each line with each word that names it."""
    named = keyword_facts()
    for key, line in question.ticks.items():
        facts = facts_behind(line)
        words = {*question.words(key), *(one for one, fact in named.items() if fact in facts)}
        yield from ((key, one) for one in sorted(words) if not set(DONE).intersection(one))


def tells(heard: Heard, question: Question, key: str) -> bool:
    """Whether a line is ticked, or something of it is told or asked back."""
    ticked = heard.answer.ticked if isinstance(heard.answer, Taken) else None
    facts = facts_behind(question.ticks[key])
    there = [one for one in facts if heard.facts.get(one, nothing(one)) != nothing(one)]
    return key in (ticked or ()) or bool(there) or not heard.confirm.keys().isdisjoint(facts)


@pytest.mark.parametrize("id", BESIDE)
def test_no_line_that_is_denied_is_ticked(id: str) -> None:
    question, wrong, lost, said = questions()[id], [], [], 0
    for key, word in words_of_lines(question):
        beside = next(one for one in BESIDE[id] if one != key)
        for denial in DENIALS:
            for frame in FRAMES:
                for gap in (" ", "，", ""):
                    text = frame.format(
                        line=word, denial=denial, gap=gap, beside=BESIDE[id][beside]
                    )
                    heard = hear(question, Said(text), TODAY)
                    wrong += [text] if tells(heard, question, key) else []
                    lost += [] if tells(heard, question, beside) else [text]
                    said += 1
    assert said > 200
    assert wrong == []
    assert len(lost) < said * 0.06, lost[:10]


def test_what_the_speaker_denies_of_a_line() -> None:
    text = "党员我没入 公积金厂里没给交 税交了一点 合同有的"
    heard = hear(questions()["county"], Said(text), TODAY)
    assert heard.facts == {"housing_fund_months": 0, "employment": ["labour_contract"]}


def test_a_list_as_it_was_said() -> None:
    text = (
        "公积金没有 合同签了的 跟站点公司 税一年交个三百来块 "
        "部队得过优秀士兵 公司24年给过优秀骑手 别的都没有"
    )
    heard = hear(questions()["county"], Said(text), TODAY)
    assert isinstance(heard.answer, Taken)
    assert {*(heard.answer.ticked or ())} == {"honours", "employment", "taxes"}
    assert heard.facts == {"housing_fund_months": 0, "employment": ["labour_contract"]}
