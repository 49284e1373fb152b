"""The words of `vocabulary.yaml`: which fact a clause is about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dialogs.region import load_local
from scoring import FACTS


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_local("dialogs.language", "vocabulary.yaml")
    return data


def denied_along(values: set[str]) -> set[str]:
    """These values, and those that are denied with one of them."""
    return values | {
        _data()["denied_along"][one] for one in values & _data()["denied_along"].keys()
    }


@cache
def more_exact() -> Mapping[str, str]:
    """Values of a set, each with the one that says more exactly what is meant."""
    rather: Mapping[str, str] = _data()["more_exact"]
    return rather


def in_the_county(fact: str) -> bool:
    """Whether the fact counts only what was done in the county."""
    return fact in _data()["in_the_county"]


@cache
def stated_values() -> Mapping[str, tuple[str, str]]:
    """Every word that states a value, with its fact and the value."""
    return {
        word: (fact, str(value).lower() if isinstance(value, bool) else value)
        for fact, values in _data()["values"].items()
        for value, words in values.items()
        for word in words
    }


_LACKS = frozenset({"", "none", "below_high_school", "registration_only"})


def says_it_is_there(fact: str, value: str) -> bool:
    """Whether a choice says of a thing that it is there, so that no word for it holds a denial."""
    return FACTS[fact].type in ("choice", "set") and value not in _LACKS


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
    return frozenset((*keyword_facts(), *stated_values(), *nouns()))


def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern with the shared parts that it names in braces."""
    parts = dict(reversed(_data()["parts"].items()))  # a part may name those above it
    return re.compile(_filled(pattern, parts))


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(f"{{{name}}}", part)
    return pattern


@cache
def name_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The ways to name a fact with an amount that have no end: pattern, fact."""
    return tuple(
        (_compiled(entry["pattern"]), fact)
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
def facts_beside() -> tuple[tuple[re.Pattern[str], Mapping[str, str]], ...]:
    """The words that name a fact only where a pattern is found in the message: pattern, word →
    fact."""
    return tuple((re.compile(one), facts) for one, facts in _data()["beside"].items())


@cache
def gig_words() -> tuple[str, ...]:
    """The words for work without a contract and without a business of one's own."""
    return tuple(_data()["gig"])


@cache
def never_meant() -> frozenset[str]:
    """Common words that stand for a homophone of theirs: 登机 is 登记."""
    return frozenset(_data()["never_meant"])


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
            _compiled("|".join(listed)),
            fact,
            str(value).lower() if isinstance(value, bool) else value,
        )
        for section in (_data()["patterns"], _of_each_value())
        for fact, values in section.items()
        for value, listed in values.items()
    )


_ASKED = re.compile(r"\{([a-z]+)\}")


def _of_each_value() -> dict[str, dict[str, list[str]]]:
    """The patterns that each value has in its own words: fact, value, patterns."""
    return {
        fact: {
            value: [
                _filled(one, own)
                for one in entry["patterns"]
                if {*_ASKED.findall(one)} <= own.keys() | _data()["parts"].keys()
            ]
            for value, own in entry["of"].items()
        }
        for fact, entry in _data()["each"].items()
    }
