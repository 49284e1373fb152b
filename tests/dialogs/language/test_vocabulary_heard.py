"""Every word of the facts is heard as it is written, and in pinyin, without a fault."""

from datetime import date

import pytest

from dialogs.interpret import hear
from dialogs.language.analysis import analyse
from dialogs.language.vocabulary import named_words
from dialogs.questions import questions
from dialogs.sounds import spelling
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
FRAMES = ("{}", "我有{}", "{}没有", "wo you {}", "{} 三年", "{}算不算", "我哥{}五年，我没有")


@pytest.mark.parametrize("frame", FRAMES)
def test_a_word_in_a_frame(frame: str) -> None:
    for word in sorted(named_words()):
        syllables = [spelling(one) for one in word]
        for way in (word, "".join(syllables), " ".join(syllables)):
            analyse(frame.format(way), TODAY)


@pytest.mark.parametrize("part", range(5))
def test_a_word_at_a_question(part: int) -> None:
    """A part of the words at a time, at every question: a message is analysed only once."""
    for word in sorted(named_words())[part::5]:
        for asked in ("permit", "education", "social_insurance", "county", "honours"):
            hear(questions()[asked], Said(f"有，{word}，两年"), TODAY)


def test_the_words_that_are_typed_most_are_heard_in_pinyin() -> None:
    told = analyse("wo you ju zhu zheng, gaozhong, shebao 5nian", TODAY)
    assert {one.fact: one.value for one in told.mentions} == {
        "permit": "residence_permit",
        "education": "high_school",
        "social_insurance_months": 60,
    }
