"""没有 with a noun denies that thing, and nothing else that was asked for."""

from datetime import date

import pytest

from dialogs.interpret import hear
from dialogs.language.vocabulary import keyword_facts, nouns
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 23)
AMOUNTS = [one for one in questions().values() if one.fields or (one.kind or "date") != "date"]


def names() -> dict[str, set[str]]:
    """Every word that names a fact, with the facts it names."""
    found = {word: {fact} for word, fact in keyword_facts().items()}
    for word, noun in nouns().items():
        found.setdefault(word, set()).update(noun.facts)
    return found


@pytest.mark.parametrize("question", AMOUNTS, ids=lambda one: one.id)
def test_what_is_denied_is_no_answer_to_another_question(question) -> None:
    others = [word for word, facts in names().items() if not facts & {*question.domain}]
    assert len(others) > 50
    for word in (*others, "证", "时间", "房子"):
        heard = hear(question, Said(f"没有{word}"), TODAY)
        assert not {*heard.facts} & {*question.facts}, word


@pytest.mark.parametrize("question", AMOUNTS, ids=lambda one: one.id)
@pytest.mark.parametrize("text", ["没有", "没有记录", "没得", "都没有过"])
def test_a_denial_of_nothing_in_particular_is_the_answer(question, text: str) -> None:
    heard = hear(question, Said(text), TODAY)
    assert {heard.facts.get(fact) for fact in question.facts} == {0}
