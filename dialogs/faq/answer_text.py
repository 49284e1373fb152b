"""The answer to a topic: words from `templates/chat/faq`, figures from the ruleset."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dialogs.faq.claims import told as told_of
from dialogs.faq.figures import Figures
from dialogs.faq.topic import Topic, origins, topics
from dialogs.phrases import exists, say
from dialogs.region import folder
from dialogs.region.admissions import Admissions, admissions
from dialogs.region.background import background
from dialogs.reply import Link
from scoring import Ruleset
from scoring.rulefile.evidence_table import table
from scoring.rulefile.model import EvidenceEntry, Written

UNFILLED = "common_only"
"""The remark of a county's file as it is first written."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`offers`: "estimate" and "book", for the engine to make answers to tap of; `written`: the
    text with what each sentence rests on."""

    text: str
    links: tuple[Link, ...]
    offers: tuple[str, ...]
    written: str


def answer(
    topic_id: str,
    rules: Ruleset,
    on: date,
    stage: str = "",
    beside: str | None = None,
    local: Admissions | None = None,
) -> Answer:
    """What is said about a topic by this ruleset on this day; `stage`: `asking` in the
    middle of the questionnaire, `done` after it: what to do next; `beside`: the topic of what is to
    be obtained; `local`: what the office would publish, instead of what it does. KeyError for an
    unknown topic.

    >>> from scoring import load_ruleset
    >>> told = answer("talent_points", load_ruleset("yongjia-2022"), date(2026, 11, 23))
    >>> told.links
    (Link(label='人才引进', page='/rules/talent'),)
    """
    published = admissions(on) if local is None else local
    return _answer(topic_id, rules, on, stage, beside, published)


@lru_cache(maxsize=512)
def _answer(
    topic_id: str, rules: Ruleset, on: date, stage: str, beside: str | None, local: Admissions
) -> Answer:
    topic = topics()[topic_id]
    told = rules.told(on)
    figures = Figures(rules, on)
    titles = dict.fromkeys(one.title for one in rules.origin.in_force(on))
    values = {"rules": told, "figures": figures, "stage": stage}
    values |= {"local": local, "on": on, "amending": [*titles]}
    values |= {"cites": origins().keys()}
    values |= {"subject": topic.subject, "unfilled": _is_unfilled(rules)}
    said = say(f"faq/{_words(topic, rules, on)}", offices=_offices(beside, rules), **values)
    *lines, last = told_of(said, origins()).splitlines()
    if figures.amended:
        lines.append(say("faq/_amended", figures=figures.amended))
    text = "\n".join((*lines, last))
    return Answer(text, _links(topic, told), topic.offers, said)


def _words(topic: Topic, rules: Ruleset, on: date) -> str:
    """The template that answers: the county's own, or that of whatever is not there."""
    if topic.subject and not (_is_the_countys(topic.id) or _counts(topic, rules, on)):
        return "_absent"
    return topic.id if exists(f"faq/{topic.id}") else "_unwritten"


def _is_the_countys(topic_id: str) -> bool:
    return (folder() / "faq" / f"{topic_id}.txt").exists()


def _is_unfilled(rules: Ruleset) -> bool:
    """Whether the county's file still says that nobody has written its own part."""
    return any(remark.id == UNFILLED for remark in rules.remarks)


def is_answered(topic_id: str, rules: Ruleset, on: date) -> bool:
    """Whether anything is known of a topic here, so that it is worth offering."""
    return _words(topics()[topic_id], rules, on) == topic_id


def _counts(topic: Topic, rules: Ruleset, on: date) -> bool:
    """Whether the rules of the day have a row that the topic speaks of."""
    return any(item.id in topic.items and item.in_force(on) for item in rules.items())


def proofs(topic_id: str, rules: Ruleset) -> tuple[EvidenceEntry, ...]:
    """The papers that usually prove what a topic speaks of, and who verifies them."""
    items, known = topics()[topic_id].items, table(rules)
    found = {item.evidence: None for item in rules.items() if item.id in items and item.evidence}
    return tuple(entry for id in found for entry in known.get(id, ()))


def _offices(beside: str | None, rules: Ruleset) -> list[str]:
    """Who verifies what a topic speaks of, and so knows where it is obtained."""
    entries = proofs(beside, rules) if beside else ()
    return list(dict.fromkeys(entry.verified_by for entry in entries))


def _links(topic: Topic, rules: Written) -> tuple[Link, ...]:
    """The page of the category that the topic speaks of; where it speaks of several, the rules."""
    if topic.link:
        return (Link(topic.link.label, topic.link.page),)
    if topic.background and background().sections:
        return (Link("办法的来历", "/background"),)
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
