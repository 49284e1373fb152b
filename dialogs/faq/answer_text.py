"""The answer to a topic: words from `templates/chat/faq`, figures from the ruleset."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dialogs.faq.figures import Figures
from dialogs.faq.topic import Topic, topics
from dialogs.phrases import say
from dialogs.reply import Link
from scoring import Ruleset


@dataclass(frozen=True, slots=True)
class Answer:
    """`offers`: "estimate" and "book", for the engine to make answers to tap of."""

    text: str
    links: tuple[Link, ...]
    offers: tuple[str, ...]


@lru_cache(maxsize=512)
def answer(topic_id: str, rules: Ruleset, on: date, going_on: bool = False) -> Answer:
    """What is said about a topic by this ruleset on this day; `going_on` in the middle of the
    questionnaire, which is then what to do next. KeyError for an unknown topic.

    >>> from scoring import load_ruleset
    >>> told = answer("talent_points", load_ruleset("yongjia-2022"), date(2026, 11, 23))
    >>> told.links
    (Link(label='人才引进', page='/rules/talent'),)
    """
    topic = topics()[topic_id]
    said = say(f"faq/{topic.id}", rules=rules, figures=Figures(rules, on), going_on=going_on)
    text = "\n".join(line for line in said.splitlines() if line)
    return Answer(text, _links(topic, rules), topic.offers)


def _links(topic: Topic, rules: Ruleset) -> tuple[Link, ...]:
    """The page of the category that the topic speaks of; where it speaks of several, the rules."""
    for part in rules.parts:
        spoken = [
            category
            for category in part.categories
            if any(item.id in topic.items for item in category.items)
        ]
        if len(spoken) == 1:
            return (Link(spoken[0].label, f"/rules/{spoken[0].id}"),)
        if spoken:
            return (Link(part.label, "/rules"),)
    return ()
