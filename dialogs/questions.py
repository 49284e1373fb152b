"""The questions, read once from `questions.yaml`: data beside the fact they ask for."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache, cached_property, lru_cache

from pydantic import BaseModel, ConfigDict, JsonValue

from dialogs.conversation import Facts
from dialogs.language import Kind, Option, in_the_county
from dialogs.language.vocabulary import words_of_value, words_where_asked
from dialogs.region import load_local
from scoring import FACTS

KINDS: Mapping[str, Kind] = {
    "months": "months",
    "years": "years",
    "count": "count",
    "yuan": "yuan",
    "date": "date",
}


_EXAMPLE = re.compile(r"，比如：[\d ]+")


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))


class Answer(_Model):
    """A choice: sets its question's fact to its key (or to `value`), or the `facts` it names."""

    label: str
    value: JsonValue = None
    facts: Facts = {}
    opens: str | None = None
    """The follow-up whose answer may come along with it (2，三年)."""
    told: str | None = None
    """How it is said back, where the label alone would not do."""


class Tick(_Model):
    """One line of "which of these apply": opens a follow-up, or sets a yes/no fact."""

    label: str
    opens: str | None = None
    sets: str | None = None


class Field(_Model):
    """One of several numbers that a message may name together."""

    label: str


class Ending(_Model):
    """The last choice of a list."""

    label: str
    aliases: tuple[str, ...]


class Question(_Model):
    """One question; `id` and position come from the file. See `dialogs/README.md`."""

    id: str
    title: str
    ask: str
    why: str
    retry: tuple[str, ...]
    sources: tuple[str, ...] = ()
    """What its texts rest on: ids of `faq/sources.yaml`."""
    fact: str | None = None
    after: str | None = None
    none: str = ""
    """How “none of it” is said back, where the title alone would sound odd before 没有."""
    shared: str = ""
    """A word of another fact that means this one here: 住了七年 of lodgings."""
    paper: str = ""
    """The paper it asks for, which an answer need not name: 在手里 of the permit."""
    unasked: str = ""
    """A pattern that means it after the result, beside a time: 登记 of the residence."""
    always: bool = False
    in_any_case: bool = False
    """Whether everybody has some answer to it, so that 其他都没有 is not said of it."""
    several: bool = False
    choices: Mapping[str, Answer] = {}
    between: Mapping[str, tuple[str, ...]] = {}
    """Words that fit these choices without settling which, or whether: asked back."""
    ticks: Mapping[str, Tick] = {}
    fields: Mapping[str, Field] = {}

    def __hash__(self) -> int:
        return hash(self.id)

    def is_named(self, text: str) -> bool:
        """Whether a text names it where nothing was asked.

        >>> [questions()["residence"].is_named(text) for text in ("15年登记的", "三年")]
        [True, False]
        """
        return bool(self.name_in(text))

    def name_in(self, text: str) -> str:
        """The words that name it where nothing was asked; "" where none do."""
        found = re.search(self.unasked, text) if self.unasked else None
        return found[0] if found else ""

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts it fills by itself, without its follow-ups."""
        if self.fact:
            return (self.fact,)
        ticked = (tick.sets for tick in self.ticks.values() if tick.sets)
        return (*self.fields, *ticked)

    @cached_property
    def filled(self) -> frozenset[str]:
        """Its own facts, and those that a choice fills beside them."""
        beside = (fact for choice in self.choices.values() for fact in choice.facts)
        return frozenset((*self.facts, *beside))

    @cached_property
    def beside(self) -> frozenset[str]:
        """The facts that only its choices fill, and no question asks for."""
        return frozenset(fact for fact in self.filled if FACTS[fact].presumed is not None)

    @cached_property
    def told_only(self) -> bool:
        """Whether it is only ever answered along with another question, never asked."""
        return bool(self.facts) and all(FACTS[fact].presumed is not None for fact in self.facts)

    @cached_property
    def domain(self) -> tuple[str, ...]:
        """Its facts and those of its follow-ups: what a changed answer may void."""
        own = dict.fromkeys((*self.facts, *self.beside))
        opened = {tick.opens for tick in self.ticks.values()}
        for question in followers(self.id):
            if not self.ticks or question.id in opened:
                own.update(dict.fromkeys(question.facts))
        return tuple(own)

    @cached_property
    def kind(self) -> Kind | None:
        """How a number or date is read; None for pure choices."""
        return KINDS.get(FACTS[self.fact].type) if self.fact else None

    @cached_property
    def local(self) -> bool:
        """Whether it counts only what was done in the county."""
        return any(in_the_county(fact) for fact in self.facts)

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """The choices or ticks as the answers' reader takes them."""
        offered = self.ticks or self.choices
        return tuple(Option(key, one.label, self.words(key)) for key, one in offered.items())

    def without(self, keys: Collection[str]) -> Question:
        """The list with fewer lines; an example of numbers beyond them would mislead."""
        if not keys:
            return self
        written = self.model_dump()
        written["ticks"] = {key: one for key, one in written["ticks"].items() if key not in keys}
        written["ask"] = _EXAMPLE.sub("", self.ask)
        written["retry"] = [_EXAMPLE.sub("", one) for one in self.retry]
        return Question.model_validate(written)

    def words(self, key: str) -> tuple[str, ...]:
        """The words that stand for a choice, a line or a field here, beside its label."""
        return (*words_where_asked(self.id, key), *words_of_value(self.fact or "", key))


class _File(_Model):
    revision: int
    endings: Mapping[str, Ending]
    sensitive_list: Mapping[str, str | tuple[str, ...]]
    questions: tuple[Question, ...]


@cache
def _file() -> _File:
    return _File.model_validate(load_local("dialogs", "questions.yaml"))


@cache
def questions() -> Mapping[str, Question]:
    """All questions by id, in the order they are asked."""
    return {question.id: question for question in _file().questions}


@lru_cache(maxsize=64)
def needed(counted: frozenset[str]) -> Mapping[str, Question]:
    """The questions that rules with these facts have a use for, in their order: neither a question
    nor a line of a list asks for what gives no points."""
    return {
        id: question.without(
            [key for key, line in question.ticks.items() if counted.isdisjoint(facts_behind(line))]
        )
        for id, question in questions().items()
        if question.always or not counted.isdisjoint(question.domain)
    }


@cache
def revision() -> int:
    """Raised whenever a question's meaning changes; carried by every tap."""
    return _file().revision


@cache
def endings() -> Mapping[str, Ending]:
    """The last choice of a list: `none` of these; `done` after some were tapped one by one."""
    return _file().endings


def list_words() -> Mapping[str, str | tuple[str, ...]]:
    """The words of the list of sensitive lines, see `dialogs.sensitive.list_apart`."""
    return _file().sensitive_list


@cache
def followers(parent: str) -> tuple[Question, ...]:
    """The follow-ups of a question."""
    return tuple(question for question in _file().questions if question.after == parent)


@cache
def stand_ins(fact: str) -> tuple[str, ...]:
    """The facts that serve in place of this one: an age for a date of birth."""
    return tuple(id for id, one in FACTS.items() if one.stands_for == fact and one.type == "age")


def stood_for(facts: Facts) -> frozenset[str]:
    """The facts in place of which others serve here."""
    return frozenset(other for fact in facts if (other := FACTS[fact].stands_for))


def is_known(fact: str, facts: Facts) -> bool:
    """Whether a fact is known, or one that serves in its place."""
    return fact in facts or any(one in facts for one in stand_ins(fact))


def is_something(fact: str, facts: Facts) -> bool:
    """Whether a fact is known, and not to be none of it."""
    return fact in facts and facts[fact] != nothing(fact)


def facts_behind(tick: Tick) -> tuple[str, ...]:
    """The facts that a line of a list stands for."""
    return (tick.sets,) if tick.sets else questions()[tick.opens or ""].facts


def titles(facts: Collection[str]) -> list[str]:
    """The titles of the questions that ask for any of these facts.

    >>> titles(("residence_months", "social_insurance_months"))
    ['社保', '居住时间']
    """
    return [one.title for one in questions().values() if not {*one.facts}.isdisjoint(facts)]


def nothing(fact: str) -> JsonValue:
    """The explicit "none of it" for a fact: what an unticked line means."""
    match FACTS[fact].type:
        case "yesno":
            return False
        case "set":
            return []
        case "choice":
            return "none"
        case _:
            return 0
