"""What a message answers to a question: facts, or why it is not clear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from pydantic import JsonValue

from dialogs.conversation import Facts
from dialogs.language import (
    Kind,
    Option,
    Refused,
    Understood,
    Value,
    beyond_county,
    choose,
    choose_many,
    id_number,
    only_elsewhere,
    parse,
)
from dialogs.language.lexicon import any_of, patterns
from dialogs.language.since_registered import since_registered
from dialogs.language.stretches import counted
from dialogs.language.text import clean
from dialogs.language.vocabulary import words_where_asked
from dialogs.match_choice import bare
from dialogs.questions import KINDS, Question, endings, nothing, revision
from dialogs.utterance import Said
from scoring import FACTS, FactsError, read_facts

DONE = "done"
"""Key of the last choice where several may be ticked: 都没有, or 没有了."""
VALUE = "="
"""Key prefix of an offered value, as in "=42"."""

MAY_BE_YEARS = 20
"""Largest bare number that is asked back: months, or years?"""

NO_ANSWER = frozenset({"not_understood", "question", "empty"})
_TOLD = frozenset({"not_understood", "contradictory", "vague"})
_NUMBER = re.compile(r"[\d一二两三四五六七八九十]")
_NUMERAL = re.compile(r"[\d零一二两三四五六七八九十]+")
_SEPARATORS = re.compile(r"[\s\W_]+|的$")


@dataclass(frozen=True, slots=True)
class Taken:
    """Facts that are certain. `ticked`: the lines of a list that were named; `more`: others of the
    same question may follow."""

    facts: Facts = field(default_factory=dict)
    ticked: tuple[str, ...] | None = None
    more: bool = False


def tap(question: Question, key: str) -> str:
    """The tap id of an answer to the question as it stands now."""
    return f"{question.id}.{revision()}.{key}"


def read(
    question: Question, said: Said, today: date, year: int | None = None
) -> Taken | Refused | None:
    """What a message says to a question; None when it is no answer to it at all."""
    if said.tap is not None:
        return tapped(question, said.tap)
    if id_number(said.text):
        return Refused("id_number")
    return read_text(question, said.text, today, year)


def read_text(
    question: Question, text: str, today: date, year: int | None = None
) -> Taken | Refused | None:
    """What a text says to a question; None when it is no answer to it at all."""
    if question.ticks or question.several:
        taken = _ticked(question, text)
    elif question.fields:
        taken = _fields(question, text, today)
    else:
        taken = _single(question, text, today, year)
    if isinstance(taken, Refused) or bare(text) in question.between:
        taken = _between(question, text) or taken
    if isinstance(taken, Refused):
        return None if taken.why in NO_ANSWER else taken
    return bounded(taken)


def _between(question: Question, text: str) -> Taken | Refused | None:
    """A word that leaves open which choice is meant, unless the rest says it (没房子，租的)."""
    word = next((word for word in question.between if word in bare(text)), None)
    if word is None:
        return None
    left = [option for option in question.options if option.id in question.between[word]]
    choice = choose(bare(text).replace(word, ""), left)
    if isinstance(choice, Understood) and not question.several:
        return Taken(facts_of(question, choice.value))
    return Refused("ambiguous", question.between[word], said=word)


def none_of(question: Question) -> Taken:
    """That there is nothing of what a question asks for."""
    if question.ticks or question.several:
        return Taken(ticked=())
    return Taken({fact: nothing(fact) for fact in question.facts})


def bounded(taken: Taken) -> Taken | Refused:
    """The same, unless a value is beyond what the catalogue of facts allows."""
    try:
        read_facts(taken.facts)
    except FactsError:
        return Refused("out_of_bounds")
    return taken


def tapped(question: Question, id: str) -> Taken | Refused | None:
    """What a tap says to the question as it stands now; None when it is of another."""
    scope, _, key = id.rpartition(".")
    if scope != f"{question.id}.{revision()}":
        return None
    if question.ticks or question.several:
        known = key in question.ticks or key in question.choices
        return Taken(ticked=(key,) if known else (), more=known)
    field, _, value = key.removeprefix(VALUE).rpartition(VALUE)
    if field in question.fields and value.isdigit():
        return bounded(Taken({field: int(value)}, more=True))
    if key.startswith(VALUE):
        if question.kind is None or not key[1:].isdigit() or question.kind == "date":
            return None
        return bounded(Taken({question.facts[0]: int(key[1:])}))
    return Taken(facts_of(question, key)) if key in question.choices else None


def facts_of(question: Question, key: str) -> Facts:
    """The facts a choice stands for."""
    answer = question.choices[key]
    if answer.facts:
        return dict(answer.facts)
    return {question.facts[0]: key if answer.value is None else answer.value}


def _single(question: Question, text: str, today: date, year: int | None) -> Taken | Refused:
    if question.kind is None:
        return _chosen(question, text)
    if _NUMBER.search(text):
        text = counted(question.facts[0], clean(text, keep_spaces=True))
        text = since_registered(text) if question.facts[0] == "residence_months" else text
    value = parse(question.kind, text, today, year=year)
    told = value.value if isinstance(value, Understood) else value.why in _TOLD
    if told and _NUMBER.search(text) and beyond_county(question.facts[0], text):
        return Refused("elsewhere", said=text)
    if isinstance(value, Understood):
        unsure = _unit_missing(question, text, value.value)
        return unsure or Taken({question.facts[0]: plain(value.value)})
    if only_elsewhere(question.facts[0], text):
        return Refused("elsewhere", said=text)
    if _NOT_IN_FULL.search(text):
        return value
    if question.choices and not text.strip().isdecimal() and value.why != "contradictory":
        choice = choose(text, question.options)
        if isinstance(choice, Understood):
            return Taken(facts_of(question, choice.value))
    return value


def _chosen(question: Question, text: str) -> Taken | Refused:
    if beyond_county(question.facts[0], text):
        return Refused("elsewhere", said=text)
    choice = choose(_as_corrected(question, text), question.options)
    key = _highest(question, text, choice) if isinstance(choice, Refused) else choice.value
    return choice if isinstance(choice, Refused) and not key else Taken(facts_of(question, key))


def _highest(question: Question, text: str, choice: Refused) -> str:
    """四级有 三级也有: of several grades that are there the highest one; "" where they are not."""
    graded = len(choice.choices) > 1 and all(
        str(one).startswith("level_") for one in choice.choices
    )
    there = graded and _ALL_THERE.search(text) and not _NOT_THERE.search(text)
    return max(map(str, choice.choices), key=list(question.choices).index) if there else ""


_ALL_THERE = re.compile("也有|[都全](?:有|考|拿|评|过)|也考|又考")
_NOT_THERE = re.compile("[没不]|或|还是|打算|准备|[明后]年|在考|正在|好像|可能")
_NOT_IN_FULL = re.compile("没[交缴存租住][满够全齐]")
"""没交满: some of it was."""


def _as_corrected(question: Question, text: str) -> str:
    """四级，不对，三级: what follows the last word that takes back a choice, where that is one."""
    *_, last = (None, *patterns("taken_back").finditer(clean(text, keep_spaces=True)))
    if last is None:
        return text
    before, after = last.string[: last.start()], last.string[last.end() :]
    named = [choose(one, question.options) for one in (before, after)]
    return after if all(isinstance(one, Understood) for one in named) else text


def _unit_missing(question: Question, text: str, value: Value) -> Refused | None:
    """A small number alone, where months are asked for: people also mean years."""
    if (
        question.kind != "months"
        or not isinstance(value, int)
        or not _NUMERAL.fullmatch(bare(text))
    ):
        return None
    small = 0 < value <= MAY_BE_YEARS
    return Refused("ambiguous_unit", (value, 12 * value), said=str(value)) if small else None


def _ticked(question: Question, text: str) -> Taken | Refused:
    several = choose_many(text, (*question.options, done(question.id)))
    if isinstance(several, Refused):
        denied = several.why == "vague" and several.choices  # 不是党员: the others stay open
        return Taken(ticked=(), more=True) if denied else several
    return Taken(ticked=tuple(key for key in offered(question) if key in several.value))


@cache
def done(question: str) -> Option:
    """The last choice of a list: none of these, also in words that fit this list (群众)."""
    ending = endings()["none"]
    return Option(DONE, ending.label, (*ending.aliases, *words_where_asked(question, "none")))


def keeps(said: Said) -> bool:
    """Whether a message leaves an answer as it was: 算了，不改了."""
    ending = endings()["keep"]
    return said.tap is None and bare(said.text) in (ending.label, *ending.aliases)


def offered(question: Question) -> tuple[str, ...]:
    """The keys of a list of ticks, or of a choice of several."""
    return tuple(question.ticks or question.choices)


def plain(value: Value | str | frozenset[str]) -> JsonValue:
    """A value as it is kept: dates as YYYY-MM-DD, sets as sorted lists."""
    match value:
        case date():
            return value.isoformat()
        case frozenset():
            return list[JsonValue](sorted(value))
        case _:
            return value


def _fields(question: Question, text: str, today: date) -> Taken | Refused:
    """县级一个，市级两个: each part names its field; what is not named is explicitly nothing,
    unless one was only denied, or is not known."""
    facts: Facts = {}
    unknown = False
    text = clean(text, keep_spaces=True)
    closed = patterns("choice.others_none").sub("", _CLOSED.sub("", text))
    for fact, part in _parts(question, closed or text):
        value = _of_part(KINDS[FACTS[fact].type], part, today)
        if isinstance(value, Refused) and value.why == "unknown":
            unknown = True
            continue
        if isinstance(value, Refused):
            unread = value.why in NO_ANSWER
            return Refused("vague", said=value.said) if unread else replace(value, of=fact)
        if fact in facts:
            return Refused("contradictory")
        facts[fact] = plain(value.value)
    if unknown or (facts and not any(facts.values())):
        return Taken(facts, more=True)
    if not facts and _says_nothing(question, text, today):
        return Taken({fact: nothing(fact) for fact in question.fields})
    if not facts and (values := _amount_alone(question, text, today)):
        return Refused("kind_missing", values, said=text)
    if not facts:
        named = choose_many(text, _field_options(question))
        if isinstance(named, Refused) or named.value:  # 都有 says not how many
            return named if isinstance(named, Refused) else Refused("vague", said=text)
    return Taken({**{fact: nothing(fact) for fact in question.fields}, **facts})


_CLOSED = re.compile("[,，。;! ]*别的都没有(?=$|[,，。;! ])")


def _of_part(kind: Kind, part: str, today: date) -> Understood[Value] | Refused:
    """一个就是那年救人的: the figure, then its story; 做梦哦也没有: none all the same."""
    none = _NONE_OF_IT.search(part) and not _NUMBER.search(part)
    if none or _NONE_FIRST.match(part):
        return Understood(0)
    value = parse(kind, part, today)
    first = _FIGURE_FIRST.match(part)
    if first is None or not isinstance(value, Refused):
        return value
    rest = part[first.end() :]
    apart = rest[:1] in ("", " ", ",") and not (
        _NUMBER.search(rest) or any_of("hedges").search(rest)
    )
    return parse(kind, first[1], today) if apart or value.why in NO_ANSWER else value


_NONE_OF_IT = re.compile("(?:没有?|没得|无)[过了的啊呢]*$")
_NONE_FIRST = re.compile("的?[都也全均]*(?:没有?|没得|无)(?:过|的)?(?=就是|只是|不过|但|反正)")
"""都没有|就是厂里评过先进."""
_FIGURE_FIRST = re.compile(
    r"[^\d一二两三四五六七八九十没无不]{0,4}([\d一二两三四五六七八九十]{1,4}[个次项件张本])(?!月)"
)


def _says_nothing(question: Question, text: str, today: date) -> bool:
    """我没交过税: none of all of them; 没有了: none but those told before."""
    ending = endings()["done"]
    if bare(text) in map(bare, (ending.label, *ending.aliases)):
        return True
    value = parse(KINDS[FACTS[question.facts[0]].type], text, today)
    return isinstance(value, Understood) and value.value == 0


def _amount_alone(question: Question, text: str, today: date) -> tuple[int | str, ...]:
    """3万, 两万多, where it is not said of which of several things: what it may be."""
    value = parse(KINDS[FACTS[question.facts[0]].type], text, today)
    told = (value.value,) if isinstance(value, Understood) else value.choices
    return tuple(one for one in told if isinstance(one, int) and one)


def _field_options(question: Question) -> tuple[Option, ...]:
    return tuple(Option(fact, field.label) for fact, field in question.fields.items())


def _parts(question: Question, text: str) -> Iterator[tuple[str, str]]:
    """Each field that is named, with the words that give its number: those after it, or before it
    where the message ends in a field's name (两个市级)."""
    named = list(_names(question).finditer(text))
    if not named:
        return
    before = _NOTHING_BEHIND.fullmatch(text, named[-1].end()) is not None
    edges = [0, *(match.end() for match in named)] if before else None
    starts = [match.start() for match in named[1:]] + [len(text)]
    listed: list[str] = []
    between = ""
    for index, match in enumerate(named):
        part = text[edges[index] : match.start()] if edges else text[match.end() : starts[index]]
        listed.append(_field(question, match[0]))
        if not edges and index + 1 < len(named) and _LISTS.fullmatch(part):
            between += part
            continue  # 省级|国家级没有
        shared = _OF_EACH.search(part) or (_DENIES.search(part) and not _PAUSED.search(between))
        for fact in listed:
            told = part if shared or fact == listed[-1] else ""
            yield fact, _SEPARATORS.sub(" ", told).strip()
        listed, between = [], ""


_NOTHING_BEHIND = re.compile("[的了呀啊哦嘛呢吧呗咯噢 ,，、。;!]*")
_LISTS = re.compile("[的里、,，和跟与及或 ]*")
_OF_EACH = re.compile("^[的里 ]*(?:[都全均各]|一[个次项]都)")
_DENIES = re.compile("没|无|不是")
_PAUSED = re.compile("[ ,，]")


def _field(question: Question, word: str) -> str:
    return next(fact for fact in question.fields if word in question.words(fact))


@cache
def _names_of(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


def _names(question: Question) -> re.Pattern[str]:
    return _names_of(frozenset(word for fact in question.fields for word in question.words(fact)))
