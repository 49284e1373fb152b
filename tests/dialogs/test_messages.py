"""Whole messages at a question, and the facts that are then kept.

Written before the first run by a person who did not know the reader: 63 of 80 were kept as
labelled, in 14 less was kept, in three something else, one of them truly wrong (money given through
水滴筹 as a charity's). Seven labels were reconsidered afterwards, the other misses fixed.
"""

from pathlib import Path
from typing import Any

import pytest

from dialogs.data import parse
from dialogs.questions import nothing, questions
from tests.dialogs.talks import at

MESSAGES = parse(Path(__file__).with_name("messages.yaml").read_text("utf-8"))


@pytest.mark.parametrize("message", MESSAGES, ids=[one["said"] for one in MESSAGES])
def test_keeps_these_facts(message: dict[str, Any]) -> None:
    question = questions()[message["at"]]
    person = at(question.id)
    person.line(message["said"])
    unticked = question.domain if question.ticks or question.fields else ()
    kept = {
        fact: value
        for fact, value in person.conversation.facts.items()
        if fact != "age_told_on"
        and (fact in message["kept"] or fact not in unticked or value != nothing(fact))
    }
    assert kept == message["kept"]
