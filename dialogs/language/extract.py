"""Several facts named in one message: 大专，社保交了四年，住了五年."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise

from dialogs.language.amounts import denies, is_interrupted, is_vague, only_filler
from dialogs.language.fact_keywords import Topic, in_the_county, topic_words, value_words
from dialogs.language.lexicon import alternation, any_of, patterns, words
from dialogs.language.numerals import NUMBER, START
from dialogs.language.option_table import tidy
from dialogs.language.outcome import Refused, Understood, Value
from dialogs.language.parse import parse
from dialogs.language.precheck import guard
from dialogs.language.scope import done_beyond_county, done_elsewhere, is_others, is_unrelated
from dialogs.language.text import clean

FactValue = Value | str | frozenset[str]

_CLAUSES = re.compile(r"[。;!\n\s、]+|(?<!\d),+|,+(?!\d)|(?<!\d)[/+](?!\d)")
_CIRCLED = re.compile("[①-⑳]")
_LIST_MARK = re.compile(r"(?<![^\s,;。])\d{1,2}(?:[、)]|\.(?!\d))")
"""The numbers of a list: 1、大专 2、社保四年."""
_NUMBER = re.compile(NUMBER)
_DURATION = re.compile(rf"{START}{NUMBER}个?(?:[年月]|个月)半?")
_LASTING = re.compile(rf"(?:有|住了|都)?{START}{NUMBER}个?(?:年|个月)半?[了多吧]*")
_AGE = re.compile(rf"{START}{NUMBER}(?:周|虚)?岁")
"""Said around a value (我35岁大专), it says nothing of it."""
BIRTH = "birth_date"
GROWN_UP = 18
_WHOLE_MESSAGE = frozenset({"empty", "question", "id_number"})
_NOTHING_SAID = frozenset({"empty", "question", "not_understood", "unknown"})


@dataclass(frozen=True, slots=True)
class Several:
    """`values` are certain, by fact id; `refused` were named, but not with a certain value."""

    values: Mapping[str, FactValue] = field(default_factory=dict)
    refused: Mapping[str, Refused] = field(default_factory=dict)

    @property
    def spoken(self) -> set[str]:
        """The facts that were named, with a certain value or without."""
        return {*self.values, *self.refused}


@dataclass(slots=True)
class _Collected:
    """What the clauses of a text have said so far."""

    text: str
    amounts: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, set[str]] = field(default_factory=dict)
    halves: dict[str, str] = field(default_factory=dict)
    """Facts that count only if this other one is told of."""
    doubted: set[str] = field(default_factory=set)
    elsewhere: bool = False


@lru_cache(64)  # the hearers of a message ask for the same, of the whole and of its clauses
def several(text: str, today: date) -> Several:
    """The facts that a message names outright, each with its word: a number alone names none.

    Nothing is taken from a message that asks, or that speaks of someone else; nor from a clause
    about something else (工资8000).

    >>> named = several("大专，社保交了三年半，住了七八年", date(2026, 11, 23))
    >>> dict(named.values)
    {'education': 'junior_college', 'social_insurance_months': 42}
    >>> named.refused["residence_months"].choices
    (84, 96)
    """
    cleaned = _LIST_MARK.sub(" ", clean(_CIRCLED.sub(" ", text), keep_spaces=True))
    refused = guard(clean(text))
    if (refused and refused.why in _WHOLE_MESSAGE) or is_others(cleaned):
        return Several()
    return _decided(_collect(cleaned, today), today)


def _collect(text: str, today: date) -> _Collected:
    """Sort the clauses by the fact they name. A clause that names none belongs to the one before:
    it may hold its number (社保，四年) or cast doubt on it (社保四年，大概吧)."""
    collected, last, opened = _Collected(text), None, None
    for clause in filter(None, _CLAUSES.split(text)):
        if is_unrelated(clause):
            last = None
            continue
        if _take_values(clause, collected):
            last, opened = None, _named_with(clause)
            continue
        if opened and _LASTING.fullmatch(clause):
            clause = f"{opened},{clause}"  # 租房住 三年了
        opened = None
        segments = _segments(_after_values(clause, collected))
        for topic, spoken in segments:
            collected.amounts.setdefault(topic.fact, []).append(spoken)
            last = topic.fact
        if segments:
            continue
        awaited = last and not _NUMBER.search(collected.amounts[last][-1])
        if not awaited and _is_birth(clause, today):
            collected.amounts.setdefault(BIRTH, []).append(clause)
        elif last and _bears_on(clause):
            collected.amounts[last][-1] += f",{clause}"
        elif done_elsewhere(clause):
            collected.elsewhere = True
    return collected


def _named_with(clause: str) -> str | None:
    """The word of an amount in a clause that states a value (租房住): how long may follow it."""
    return next(
        (found[0] for found, one in topic_words().find(clause) if not one.excluded_by(clause)), None
    )


def _is_birth(clause: str, today: date) -> bool:
    """A date alone that lies as far back as no insurance and no residence is told: 我88年8月的."""
    born = parse("date", clause, today)
    day = born.value if isinstance(born, Understood) else None
    return isinstance(day, date) and today.year - day.year >= GROWN_UP


def _bears_on(clause: str) -> bool:
    """Whether a clause that names no fact says something about the one before."""
    said = _NUMBER.search(clause) or _somewhere_else().match(clause)
    taken_back = patterns("taken_back").search(clause)
    return bool(said or taken_back) or is_vague(clause) or is_interrupted(clause)


@cache
def _somewhere_else() -> re.Pattern[str]:
    """献过两次血，在老家."""
    return re.compile(rf"[都全是就]*在{alternation('outside', 'beyond_county')}")


def _take_values(clause: str, collected: _Collected) -> bool:
    """Whether the clause states values (大专, 党员) and nothing else; they are then noted."""
    spoken = tidy(clause)
    found = value_words().find(spoken)
    doubt = any_of("choice.veto", "unknown").search(value_words().without(spoken))
    past = any_of("choice.past").search(spoken) and not value_words().tells_the_past(spoken)
    away = done_beyond_county(clause) and any(in_the_county(fact) for fact, _ in found)
    if not found or doubt or past or away or not _meaningless(value_words().without(spoken)):
        return False
    half = dict(value_words().only_beside(spoken))
    for fact, value in found:
        if fact not in half:
            collected.halves.pop(fact, None)
        elif fact not in collected.values:
            collected.halves[fact] = half[fact]
        collected.values.setdefault(fact, set()).add(value)
    return True


def _after_values(clause: str, collected: _Collected) -> str:
    """The clause from its first amount on (大专社保四年), its values noted.

    Facts whose values are named with something that is not understood (本科在读) are in doubt.
    """
    topics = (found for found, one in topic_words().find(clause) if not one.excluded_by(clause))
    start = next((found.start() for found in topics), len(clause))
    start = _end_of_values(clause, start)
    named = value_words().find(tidy(clause[:start]))
    if named and not _take_values(clause[:start], collected) and not _denied(clause[:start]):
        collected.doubted.update(fact for fact, _ in named)
    return clause[start:] if named else clause


def _end_of_values(clause: str, start: int) -> int:
    """Where the words before an amount begin that belong to it: 大专|交了5年社保."""
    end = max((span[1] for span in value_words().spans(clause[:start])), default=start)
    return end if only_filler(_DURATION.sub("", clause[end:start])) else start


def _denied(clause: str) -> bool:
    """不是党员, 没当过兵: a value denied leaves its fact as open as it was."""
    rest = any_of("filler", "choice.around", "none_before").sub("", value_words().without(clause))
    return tidy(rest) in words("negative")


def _meaningless(rest: str) -> bool:
    rest = _AGE.sub("", rest)
    return only_filler(any_of("choice.around", "choice.joiners", "choice.past").sub("", rest))


def _segments(clause: str) -> list[tuple[Topic, str]]:
    """Each topic of a clause with its words: the clause, cut where the next topic begins.

    None where it is not plain whose number is whose (四年社保五年公积金, 社保和公积金都是五年).
    """
    found: list[tuple[int, Topic]] = []
    for match, topic in topic_words().find(clause):
        if not topic.excluded_by(clause) and (not found or found[-1][1].fact != topic.fact):
            found.append((match.start(), topic))
    if len(found) == 1:
        return [(found[0][1], clause)]
    edges = [*(start for start, _ in found), len(clause)]
    parts = [clause[start:end] for start, end in pairwise(edges)]
    own_numbers = all(_NUMBER.search(part) or denies(part) for part in parts)
    if not found or not own_numbers or _NUMBER.search(clause, 0, found[0][0]):
        return []
    return [(topic, part) for (_, topic), part in zip(found, parts, strict=True)]


def beyond_county(fact: str, text: str) -> bool:
    """Whether a message tells of deeds that count only in the county, done outside it."""
    return in_the_county(fact) and done_beyond_county(clean(text, keep_spaces=True))


def _decided(collected: _Collected, today: date) -> Several:
    values: dict[str, FactValue] = {}
    refused: dict[str, Refused] = {}
    refused.update({fact: Refused("vague") for fact in collected.doubted})
    for fact, named in collected.values.items():
        decided = value_words().decide(fact, named)
        if collected.halves.get(fact, fact) not in (fact, *collected.amounts):
            decided = Refused("vague", said=collected.text)
        if isinstance(decided, Refused):
            refused.setdefault(fact, decided)
        elif fact not in refused:
            values[fact] = decided
    for fact, parts in collected.amounts.items():
        outcome = parse(topic_words().kind(fact), ",".join(parts), today)
        if isinstance(outcome, Understood) and beyond_county(fact, ",".join(parts)):
            outcome = Refused("elsewhere", said=",".join(parts))
        if collected.elsewhere and topic_words().kind(fact) != "date":
            outcome = Refused("elsewhere")  # 我在江苏交的，社保三年
        if isinstance(outcome, Understood):
            values[fact] = outcome.value
        elif outcome.why not in _NOTHING_SAID:
            refused[fact] = outcome
    return Several(values, refused)
