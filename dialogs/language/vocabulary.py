"""The words of `vocabulary.yaml`: which fact a clause is about."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dialogs.language.outcome import Kind, Refused, Value
from scoring import FACTS

MANY = frozenset({"set"})
_PAST = re.compile(r"过|退|转业")


@dataclass(frozen=True, slots=True)
class Topic:
    """A fact that takes an amount or a date, and what tells that a clause is not about it."""

    fact: str
    words: tuple[str, ...]
    unless: str = ""

    def excluded_by(self, clause: str) -> bool:
        """Whether another word of the clause shows that it is about something else."""
        return any(char in clause for char in self.unless)


def _alternation(words: Mapping[str, object]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


class TopicWords:
    """The facts with amounts, by the words that name them."""

    def __init__(self, entries: Mapping[str, Mapping[str, Any]]) -> None:
        topics = [
            Topic(fact, tuple(entry["words"]), entry.get("unless", ""))
            for fact, entry in entries.items()
        ]
        self._topics = {word: topic for topic in topics for word in topic.words}
        self._pattern = _alternation(self._topics)

    def find(self, clause: str) -> Iterator[tuple[re.Match[str], Topic]]:
        """Every topic word of a clause, in order."""
        for match in self._pattern.finditer(clause):
            yield match, self._topics[match[0]]

    def search(self, clause: str) -> bool:
        """Whether the clause names any."""
        return bool(self._pattern.search(clause))

    def kind(self, fact: str) -> Kind:
        """How the fact's amount is read."""
        return FACTS[fact].type  # type: ignore[return-value]  # a test holds that it is a Kind


class ValueWords:
    """The facts with fixed values, by the words that state them."""

    def __init__(self, entries: Mapping[str, Mapping[Any, list[str]]]) -> None:
        self.meanings = {
            word: (fact, str(value).lower() if isinstance(value, bool) else value)
            for fact, values in entries.items()
            for value, words in values.items()
            for word in words
        }
        self._pattern = _alternation(self.meanings)

    def find(self, clause: str) -> list[tuple[str, str]]:
        """The facts and values stated in a tidy clause."""
        return [self.meanings[match[0]] for match in self._pattern.finditer(clause)]

    def spans(self, clause: str) -> Iterator[tuple[int, int]]:
        """Where the words that state values stand."""
        return (match.span() for match in self._pattern.finditer(clause))

    def without(self, clause: str) -> str:
        """The clause without the words that state values."""
        return self._pattern.sub(" ", clause)

    def tells_the_past(self, clause: str) -> bool:
        """Whether each value stated speaks of the past by itself: 当过兵, 退伍军人."""
        return all(_PAST.search(match[0]) for match in self._pattern.finditer(clause))

    def only_beside(self, clause: str) -> set[tuple[str, str]]:
        """Facts that are settled only along with another, and that other: without it the words of
        the clause leave them open (没有房子: does he rent, or live with family?)."""
        needed: Mapping[str, str] = _data()["only_beside"]
        found = [match[0] for match in self._pattern.finditer(clause)]
        settled = {self.meanings[word][0] for word in found if word not in needed}
        half = ((self.meanings[word][0], needed[word]) for word in found if word in needed)
        return {(fact, other) for fact, other in half if fact not in settled}

    def decide(self, fact: str, named: set[str]) -> Value | str | frozenset[str] | Refused:
        """The fact's value from the values named; a set takes them all."""
        if FACTS[fact].type in MANY:
            return frozenset(named)
        if len(named) > 1:
            return Refused("contradictory", tuple(sorted(named)))
        value = next(iter(named))
        return value == "true" if FACTS[fact].type == "yesno" else value


@cache
def _data() -> dict[str, Any]:
    source = files("dialogs.language").joinpath("vocabulary.yaml")
    data: dict[str, Any] = yaml.safe_load(source.read_text("utf-8"))
    return data


def in_the_county(fact: str) -> bool:
    """Whether the fact counts only what was done in the county."""
    return fact in _data()["in_the_county"]


@cache
def topic_words() -> TopicWords:
    """The table of amounts."""
    return TopicWords(_data()["amounts"])


@cache
def value_words() -> ValueWords:
    """The table of values."""
    return ValueWords(_data()["values"])


@cache
def keyword_facts() -> Mapping[str, str]:
    """Every word that names a fact with an amount, with that fact."""
    return {word: fact for fact, entry in _data()["amounts"].items() for word in entry["words"]}


@cache
def words_of_value(fact: str, value: str) -> tuple[str, ...]:
    """The words that state this value anywhere."""
    return tuple(_data()["values"].get(fact, {}).get(value, ()))


@cache
def words_where_asked(question: str, key: str) -> tuple[str, ...]:
    """The words that stand for a choice, a line or a field only where this question is asked."""
    return tuple(_data()["answers"].get(question, {}).get(key, ()))


@cache
def named_words() -> frozenset[str]:
    """Every word that names a fact or states a value."""
    return frozenset((*keyword_facts(), *value_words().meanings, *nouns()))


@cache
def name_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The ways to name a fact with an amount that have no end: pattern, fact."""
    return tuple(
        (re.compile(entry["pattern"]), fact)
        for fact, entry in _data()["amounts"].items()
        if "pattern" in entry
    )


def excluded(fact: str, piece: str) -> bool:
    """Whether another word of a piece shows that it is not about this fact."""
    return any(char in piece for char in _data()["amounts"].get(fact, {}).get("unless", ""))


@dataclass(frozen=True, slots=True)
class Noun:
    """What a noun says: `there` where affirmed, `lacking` where denied; "" for nothing."""

    facts: tuple[str, ...]
    there: str
    lacking: str | int | bool


@cache
def nouns() -> Mapping[str, Noun]:
    """The nouns that need a yes or a no beside them."""
    return {
        word: Noun(
            tuple(facts.split()), there if isinstance(there, str) else str(there).lower(), lacking
        )
        for word, (facts, there, lacking) in _data()["nouns"].items()
    }


@cache
def facts_beside() -> Mapping[str, Mapping[str, str]]:
    """The words that name a fact only where another word stands in the message: that word → word →
    fact."""
    beside: Mapping[str, Mapping[str, str]] = _data()["beside"]
    return beside


@cache
def gig_words() -> tuple[str, ...]:
    """The words for work without a contract and without a business of one's own."""
    return tuple(_data()["gig"])


@cache
def heard_when_short() -> frozenset[str]:
    """The words of two characters that are heard by their sound: others sound like too much."""
    return frozenset(_data()["heard_when_short"])


@cache
def affirming() -> frozenset[str]:
    """The words that affirm a noun."""
    return frozenset(_data()["there"])


@cache
def value_patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """The patterns that state a value: pattern, fact, value."""
    return tuple(
        (
            re.compile("|".join(listed).replace("{trade}", _data()["trade"])),
            fact,
            str(value).lower() if isinstance(value, bool) else value,
        )
        for fact, values in _data()["patterns"].items()
        for value, listed in values.items()
    )
