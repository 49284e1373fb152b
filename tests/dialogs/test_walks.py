"""Random talks of 60 messages: never stuck, never an exception, never too long, and the estimate
shown is that of the answers shown."""

import pytest

from dialogs.utterance import Said
from scoring import Ruleset, load_ruleset
from tests.dialogs.walking import RULES, Walk, expected_points, facts_of, told_points

MESSAGES = 60


def walk(seed: int, rules: Ruleset = RULES) -> None:
    talk = Walk(seed, rules)
    try:
        for _ in range(MESSAGES):
            talk.step()
        talk.finish()
        shown = talk.shown_answers()
        result = talk.say(Said("结果"))
        expected = expected_points(
            rules, facts_of(shown, talk.conversation), talk.talker.now.date()
        )
        assert told_points(result.text) == expected
    except Exception as fault:
        fault.add_note(f"seed {seed}: {talk.done[-8:]}")
        raise


@pytest.mark.parametrize("start", range(0, 120, 10))
def test_walks(start: int) -> None:
    for seed in range(start, start + 10):
        walk(seed)


def test_walks_under_the_original_rules() -> None:
    for seed in range(15):
        walk(seed, load_ruleset("yongjia-original"))


@pytest.mark.soak
@pytest.mark.parametrize("start", range(1000, 3000, 100))
def test_many_walks(start: int) -> None:
    for seed in range(start, start + 100):
        walk(seed)
