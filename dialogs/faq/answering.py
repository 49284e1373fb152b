"""The answer to a topic: words from `templates/chat/faq`, figures from the ruleset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dialogs.faq.topic import Topic, topics
from dialogs.reply import Link
from dialogs.words import say

if TYPE_CHECKING:
    from scoring import Ruleset


@dataclass(frozen=True, slots=True)
class Answer:
    """`offers`: "estimate" and "book", for the engine to make answers to tap of."""

    text: str
    links: tuple[Link, ...]
    offers: tuple[str, ...]


def answer(topic_id: str, rules: Ruleset, on: date) -> Answer:
    """What is said about a topic by this ruleset on this day. KeyError for an unknown topic."""
    topic = topics()[topic_id]
    text = say(f"faq/{topic.id}", rules=rules, on=on)
    return Answer(text, _links(topic, rules), topic.offers)


def _links(topic: Topic, rules: Ruleset) -> tuple[Link, ...]:
    if topic.category is None:
        return ()
    return (Link(topic.title, f"/rules/{topic.category}"),)
