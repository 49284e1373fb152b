"""Static checks of what may be edited: questions, words, topics. Each fault says where it is, and
what would be right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from dialogs import differences, faq
from dialogs.intents.wording import ways
from dialogs.match_choice import bare
from dialogs.prose import question_prose, template_prose
from dialogs.question_reply import choices
from dialogs.questions import Question
from dialogs.rendering import LIMIT, plain
from dialogs.reply import Reply
from scoring import FACTS, Ruleset
from scoring.rulefile.evidence_table import common_evidence

TALK = 420
"""Bytes that may stand before a question: what was understood, its caution, the progress."""


class Fault(NamedTuple):
    """Where something is wrong, and what would be right."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def faults(questions: Mapping[str, Question], rules: Ruleset, on: date) -> list[Fault]:
    """Everything wrong with the questions, the reserved words and the topics."""
    found = [fault for question in questions.values() for fault in question_faults(question)]
    found += reach_faults(questions)
    found += fact_faults(questions)
    found += word_faults(ways("words"))
    found += length_faults(questions, rules, on)
    found += prose_faults(questions, rules)
    found += topic_faults(rules, on)
    found += difference_faults()
    return found


def difference_faults() -> Iterator[Fault]:
    """Causes of a difference that are of nothing, or told as surer than they are."""
    file, of = differences.written(), differences.written().of
    groups = (of.every, of.in_the_county, *of.rule.values(), *of.combine.values())
    used = {id for group in (*groups, *of.paper.values(), *of.fact.values()) for id in group}
    for id in sorted(used ^ file.causes.keys()):
        yield Fault("differences.yaml", f"{id} stands under causes or under of, not under both")
    for fact in sorted(of.fact.keys() - FACTS.keys()):
        yield Fault("differences.yaml", f"there is no fact {fact}")
    for key in sorted(of.paper.keys() - common_evidence().keys()):
        yield Fault("differences.yaml", f"there is no evidence {key}")
    for id, cause in file.causes.items():
        here = faq.sources_here(cause.sources)
        if cause.sources and not here:
            continue  # it is told in another county only
        for what, fix in faq.claims_faults(cause.why, here):
            yield Fault(f"differences.yaml, {id}", f"{what}; {fix}")


def question_faults(question: Question) -> Iterator[Fault]:
    """A question by itself: its facts, its choices, its words."""
    where = f"questions.yaml, {question.id}"
    for fact in sorted(question.filled - FACTS.keys()):
        yield Fault(where, f"there is no fact {fact}; they are in scoring/rulefile/facts.yaml")
    if len(question.retry) < 2:
        yield Fault(where, "two retry texts are needed: an example first, then another way")
    for what, fix in faq.claims_faults(
        "。".join((question.why, *question.retry)), faq.sources_here(question.sources)
    ):
        yield Fault(where, f"{what}; {fix}")
    yield from _choice_faults(question, where)
    yield from _alias_faults(question, where)


def _choice_faults(question: Question, where: str) -> Iterator[Fault]:
    fact = FACTS.get(question.fact or "")
    if fact is None or fact.type not in ("choice", "set"):
        return
    known = {choice.id for choice in fact.choices}
    for key in sorted(question.choices.keys() - known):
        near = ", ".join(sorted(known))
        yield Fault(where, f"the rules know no choice {key} of {fact.id}; they know {near}")
    for key in sorted(known - question.choices.keys()):
        yield Fault(where, f"{fact.id} can also be {key}; offer it as a choice")


def _alias_faults(question: Question, where: str) -> Iterator[Fault]:
    spoken = {option.id: (option.label, *option.aliases) for option in question.options}
    for word, owners in _shared(spoken):
        yield Fault(where, f"“{word}” belongs to {owners}; keep it at one")
    taken = {bare(way): word for word, listed in ways("words").items() for way in listed}
    for option, words in spoken.items():
        for word in words:
            if bare(word) in taken:
                yield Fault(where, f"“{word}” of {option} is the reserved word {taken[bare(word)]}")
    fields = {fact: question.words(fact) for fact in question.fields}
    for word, owners in _shared(fields):
        yield Fault(where, f"“{word}” belongs to {owners}; keep it at one")


def reach_faults(questions: Mapping[str, Question]) -> Iterator[Fault]:
    """Questions nobody is ever asked."""
    order = list(questions)
    opened = {
        tick.opens: parent.id
        for parent in questions.values()
        for tick in parent.ticks.values()
        if tick.opens
    }
    for id in sorted(opened.keys() - questions.keys()):
        yield Fault(f"questions.yaml, {opened[id]}", f"a line opens {id}, which is no question")
    for question in questions.values():
        where, parent = f"questions.yaml, {question.id}", questions.get(question.after or "")
        if question.after is not None and parent is None:
            yield Fault(where, f"it stands after {question.after}, which is no question")
        elif parent is not None and order.index(parent.id) > order.index(question.id):
            yield Fault(where, f"move it behind {parent.id}, which opens it")
        elif parent is not None and parent.ticks and opened.get(question.id) != parent.id:
            yield Fault(where, f"unreachable: no line of {parent.id} opens it")
        elif question.id in opened and question.after != opened[question.id]:
            yield Fault(where, f"write after: {opened[question.id]}, which opens it")


def fact_faults(questions: Mapping[str, Question]) -> Iterator[Fault]:
    """Facts that no question asks, or two do."""
    asked = Counter(fact for question in questions.values() for fact in question.facts)
    for fact, times in asked.items():
        if times > 1:
            yield Fault("questions.yaml", f"{fact} is asked {times} times; once is enough")
    filled = {fact for question in questions.values() for fact in question.filled}
    for fact in sorted(FACTS.keys() - filled):
        if FACTS[fact].stands_for in asked:
            continue
        yield Fault("questions.yaml", f"nobody asks for {fact}; add a question")


def word_faults(words: Mapping[str, Iterable[str]]) -> Iterator[Fault]:
    """Ways of speaking that mean two reserved words."""
    for way, owners in _shared(words):
        yield Fault("intents.yaml", f"“{way}” belongs to {owners}; keep it at one")


def topic_faults(rules: Ruleset, on: date) -> Iterator[Fault]:
    """Aliases of two topics, aliases that lead elsewhere or nowhere, answers that are too long."""
    for one in (
        *faq.check_topics(),
        *faq.check_answers(rules, on),
        *faq.check_claims(rules, on),
    ):
        yield Fault(f"{one.file}:{one.line}, {one.key}", f"{one.what}; {one.fix}")


def prose_faults(questions: Mapping[str, Question], rules: Ruleset) -> Iterator[Fault]:
    """Figures typed into questions and templates."""
    for one in (*question_prose(questions, rules), *template_prose()):
        yield Fault(f"{one.file}:{one.line}, {one.key}", f"{one.what}; {one.fix}")


def length_faults(questions: Mapping[str, Question], rules: Ruleset, on: date) -> Iterator[Fault]:
    """Messages that would be cut."""
    for question in questions.values():
        size = len(plain(Reply(question.ask, choices(question))).encode()) + TALK
        if size > LIMIT:
            yield Fault(
                f"questions.yaml, {question.id}",
                f"{size} bytes with what stands before it; {LIMIT} fit. Shorten its labels",
            )


def _shared(spoken: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    """Words that more than one owner has, with the owners' names."""
    owners: dict[str, set[str]] = defaultdict(set)
    for owner, words in spoken.items():
        for word in words:
            owners[bare(word) or word].add(owner)
    for word, names in owners.items():
        if len(names) > 1:
            yield word, " and ".join(sorted(names))
