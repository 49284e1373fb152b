"""Several facts in one message, and the words that name them."""

from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from dialogs.language import Kind, several
from dialogs.language.fact_keywords import topic_words, value_words
from scoring import FACTS, read_facts

TODAY = date(2026, 11, 23)
HERE = Path(__file__).parent
MESSAGES = yaml.safe_load((HERE / "messages.yaml").read_text("utf-8"))
TOPICS = yaml.safe_load(
    (HERE.parents[2] / "dialogs" / "language" / "fact_keywords.yaml").read_text("utf-8")
)


@pytest.mark.parametrize("message", MESSAGES, ids=[entry["text"] for entry in MESSAGES])
def test_names_these_facts(message: dict[str, Any]) -> None:
    named = several(message["text"], TODAY)
    shown = {
        fact: sorted(value) if isinstance(value, frozenset) else value
        for fact, value in named.values.items()
    }
    assert shown == message.get("values", {})
    whys = {fact: refused.why for fact, refused in named.refused.items()}
    assert whys == message.get("refused", {})
    assert read_facts(dict(named.values)) is not None


def test_topics_are_facts_of_a_kind_that_is_read() -> None:
    for fact in TOPICS["amounts"]:
        assert topic_words().kind(fact) in get_args(Kind)


def test_values_are_values_of_their_fact() -> None:
    for fact, values in TOPICS["values"].items():
        for value, words in values.items():
            meant = value_words().decide(
                fact, {str(value).lower() if value in (True, False) else value}
            )
            assert read_facts({fact: meant})
            assert all(value_words().find(word) for word in words)


def test_no_word_names_two_facts() -> None:
    named = [word for entry in TOPICS["amounts"].values() for word in entry["words"]]
    named += [
        word for values in TOPICS["values"].values() for words in values.values() for word in words
    ]
    assert len(named) == len(set(named))


def test_a_value_word_alone_fills_its_fact() -> None:
    for fact, values in TOPICS["values"].items():
        for words in values.values():
            for word in words:
                named = several(word, TODAY)
                settled = fact in named.values
                assert settled or (word in TOPICS["only_beside"] and fact in named.refused), word


def test_every_fact_of_the_catalogue_can_be_named_or_needs_its_question() -> None:
    named = {*TOPICS["amounts"], *TOPICS["values"]}
    asked_only = {
        "donation",
        "science_awards_city",
        "science_awards_province",
        "science_awards_nation",
    }
    assert named | asked_only == {id for id, fact in FACTS.items() if not fact.stands_for}
