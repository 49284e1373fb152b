"""What is taken of a message: the answer to what was asked, and all else that it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import zip_longest

from dialogs.conversation import Facts
from dialogs.interpret.age_alone import age_alone
from dialogs.interpret.asked import PAUSE, Answer, Asked, certain_values, is_credible, own_mentions
from dialogs.interpret.denials import lines_denied, values_denied
from dialogs.interpret.figures import plainly_own
from dialogs.interpret.offers import ALONE, as_offered, figure_alone
from dialogs.interpret.rules import OFFERED, is_final, read_answer
from dialogs.language import Refused
from dialogs.language.analysis import Analysis, analyse
from dialogs.language.islands import Island
from dialogs.language.lexicon import patterns
from dialogs.language.mention import Mention
from dialogs.language.message import Message, words
from dialogs.language.nothing_said import rest_denied
from dialogs.language.precheck import id_number
from dialogs.language.questioned import is_asked
from dialogs.language.recognisers.named_nouns import RENTS
from dialogs.language.recognisers.unnamed import AGE, BIRTH
from dialogs.language.tokens import Token
from dialogs.questions import Question, questions
from dialogs.reading import NO_ANSWER, Taken, bounded, facts_of, plain, read_text, tapped
from dialogs.utterance import Said

TOLD_ON = "age_told_on"
_CORRECTS = re.compile("改成|改为|更正|[说写填记选点]错|弄错|^错了|不对|应该是")
_IS_NOT_BUT = re.compile("不是(?P<denied>[^,，。;]{1,8})[,，]?(?<!我)是")
_JUST_CAME = re.compile("刚刚?来|才来")


@dataclass(frozen=True, slots=True)
class Heard:
    """What is taken of a message.

    `answer`: to the asked question; `facts`: certain, of one's own, the answer's among them;
    `confirm`: named without a certain value, to be asked back; `others`: another person's, by the
    word for that person, and their `birth_years`, told without a month; `people`: the words that
    surely name people; `question`: the part that asks for something; `unheard`: figures of which
    nothing was taken; `rules`: fact → the rule behind it; `corrects`: whether the person says that
    something was wrong before; `denied`: of a fact that takes several values, those that are not
    so, or shall go; `rest_denied`: whether all else is none. `withheld` and `withheld_of`: see
    `dialogs.sensitive.apart`; `needless`: sensitive facts that give no points here, and so were not
    taken.
    """

    answer: Taken | Refused | None = None
    facts: Facts = field(default_factory=dict)
    confirm: Mapping[str, Refused] = field(default_factory=dict)
    others: Mapping[str, Facts] = field(default_factory=dict)
    birth_years: Mapping[str, int] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    question: str = ""
    unheard: tuple[str, ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    corrects: bool = False
    denied: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rest_denied: bool = False
    withheld: Facts = field(default_factory=dict)
    withheld_of: tuple[str, ...] = ()
    needless: tuple[str, ...] = ()

    @property
    def beside(self) -> bool:
        """Whether facts were told, for certain or not, that the answer does not hold."""
        own = self.answer.facts if isinstance(self.answer, Taken) else {}
        return bool({*self.facts, *self.confirm} - own.keys())


def hear(question: Question | None, said: Said, today: date, year: int | None = None) -> Heard:
    """What a message says, at the asked question or where nothing was asked. Pure.

    `year`: the year said before, of a date that waits for its month.
    """
    if question is not None and said.tap is not None:
        tap = tapped(question, said.tap)
        return Heard(tap, facts=tap.facts if isinstance(tap, Taken) else {})
    if id_number(said.text):
        return Heard(Refused("id_number"), rules={"": "id number"})
    return _hear_text(question, said.text, today, year)


@lru_cache(8)  # a turn hears the same text more than once
def _hear_text(question: Question | None, text: str, today: date, year: int | None) -> Heard:
    if question is None:
        told = analyse(text, today)
        return _heard(told, own_mentions(told))
    offered = None if question.ticks else as_offered(question, text, today, year)
    plain = offered or figure_alone(question, text, today, year)
    if plain is not None:  # most answers are such; an analysis could add nothing
        facts = {**_lines(question, plain), **plain.facts}
        return Heard(plain, facts, rules=dict.fromkeys(facts, OFFERED if offered else ALONE))
    asked = Asked(question, analyse(text, today), year)
    answer, rule = plainly_own(asked, *read_answer(asked))
    return _answered(asked, answer, rule)


def _answered(asked: Asked, answer: Answer, rule: str) -> Heard:
    """The answer with all else that the message says."""
    question = asked.question
    own = [one for one in own_mentions(asked.told) if is_credible(asked, one)] or age_alone(asked)
    if isinstance(answer, Refused) and _is_one_number(question, own):
        answer = None  # 个税大概6000: asked back as the number that it is
    if isinstance(answer, Refused) and is_final(answer):
        own = [one for one in own if one.fact not in question.facts]
    told = any(one.rule != RENTS for one in own)
    if isinstance(answer, Refused) and answer.why == "vague" and not answer.choices and told:
        answer = None  # what else was told is the answer to nothing that was asked
    if isinstance(answer, Refused) and answer.why == "elsewhere" and _tells_of_another(asked, own):
        answer = None  # 社保在温州交了三年, where the permit is asked for
    taken: Facts = {}
    confirm: dict[str, Refused] = {}
    if not isinstance(answer, Refused):
        taken = lines_denied(asked)
    if isinstance(answer, Taken):
        named = {one.fact for one in own if one.value is not None}
        detail = {fact: told for fact, told in _detail(asked, answer).items() if fact not in named}
        taken |= {**_lines(question, answer), **detail, **answer.facts}
    elif answer and answer.why not in NO_ANSWER and len(question.facts) == 1:
        confirm = {question.facts[0]: answer}
    return _heard(asked.told, own, answer, rule, taken, confirm, asked)


def _tells_of_another(asked: Asked, own: list[Mention]) -> bool:
    """Whether other facts are told, and the asked one is not named."""
    facts = asked.question.facts
    named = any(one.fact in facts for one in asked.told.message.islands)
    return not named and any(one.fact not in facts for one in own)


def _is_one_number(question: Question, own: list[Mention]) -> bool:
    """Of several numbers, whether the one is known that is not certain, with what it may be."""
    unsure = [one.fact for one in own if one.refused and one.refused.choices]
    return len(unsure) == 1 and unsure[0] in question.fields


def _heard(
    told: Analysis,
    own: list[Mention],
    answer: Answer = None,
    rule: str = "",
    taken: Facts | None = None,
    refused: Mapping[str, Refused] | None = None,
    asked: Asked | None = None,
) -> Heard:
    facts = certain_values(own) | (taken or {})
    if facts.get("permit") == "none" and _JUST_CAME.search(told.message.text):
        facts.pop("residence_months", None)  # the time counts from the registration
    if AGE in facts:
        facts[TOLD_ON] = told.message.today.isoformat()
    confirm = {one.fact: one.refused for one in own if one.refused} | dict(refused or {})
    known = {*facts, *([BIRTH] if AGE in facts else [])}
    confirm = {fact: why for fact, why in confirm.items() if fact not in known}
    rules = {one.fact: one.rule for one in own} | dict.fromkeys((*(taken or ()), *confirm), rule)
    beyond = {fact: why for fact, why in _bounds(facts) if isinstance(why, Refused)}
    if asked and not beyond.keys().isdisjoint(asked.question.facts):
        return Heard(Refused("out_of_bounds"), rules={"": "out of bounds"})
    facts = {fact: value for fact, value in facts.items() if fact not in beyond}
    confirm |= beyond
    return Heard(
        answer=answer,
        facts=facts,
        confirm=confirm,
        others=_others(told, _of_others(asked) if asked else {}),
        birth_years=_birth_years(told),
        people=_people(told.message) - {*_reporters(told.message)},
        question=told.question,
        unheard=() if _is_a_part(confirm) else tuple(_unheard(told, answer, asked)),
        rules={fact: why for fact, why in rules.items() if why},
        corrects=_corrects(told.message),
        denied=values_denied(told.message),
        rest_denied=rest_denied(told.message) is not None,
    )


def _bounds(facts: Facts) -> Iterator[tuple[str, Taken | Refused]]:
    """Each fact by itself, or why its value cannot be: the others are heard all the same."""
    for fact, value in facts.items():
        yield fact, bounded(Taken({fact: value}))


def _corrects(message: Message) -> bool:
    """Whether the person says that something was wrong before: 不是大专，是本科; but not
    我不是国外的，是国内的, which puts nothing right that was told."""
    if _CORRECTS.search(message.text):
        return True
    starts = {message.tokens[at].start for one in message.islands for at in one.core}
    spans = (one.span("denied") for one in _IS_NOT_BUT.finditer(message.text))
    return any(first <= start < last for first, last in spans for start in starts)


def _is_a_part(confirm: Mapping[str, Refused]) -> bool:
    """七回，五回在永嘉: the other figures are parts of what is offered."""
    return any(one.why == "elsewhere" and one.choices for one in confirm.values())


_PRONOUNS = frozenset({"他", "她"})
"""我老婆…她社保四年: the person named last."""


def _others(told: Analysis, asked: Mapping[str, Facts]) -> dict[str, Facts]:
    """What is told of others, and what is told of them in the asked unit."""
    others: dict[str, Facts] = {}
    for one in told.mentions:
        if not one.own:
            named = _named(told.message, one.start, one.owner)
            facts = others.setdefault(named, {})
            facts |= {} if one.value is None else {one.fact: plain(one.value)}
    return others | {who: {**facts, **others.get(who, {})} for who, facts in asked.items()}


def _birth_years(told: Analysis) -> dict[str, int]:
    """我老婆92年的: half of what is asked, of another person."""
    half = ((one.owner, one.refused) for one in told.mentions if one.fact == BIRTH and not one.own)
    return {owner: refused.year for owner, refused in half if refused and refused.year}


def _named(message: Message, start: int, owner: str) -> str:
    """给我弟也算算，他25: the person a pronoun stands for, the one named last before it."""
    before = (one for one in reversed(message.tokens) if one.start < start)
    people = (one.text for one in before if one.kind == "person" and one.text not in _PRONOUNS)
    return next(people, owner) if owner in _PRONOUNS else owner


def _of_others(asked: Asked) -> dict[str, Facts]:
    """我老公也交了五年, where one's own is asked for: the same, of that one."""
    message, fact = asked.told.message, asked.question.facts[:1]
    found: dict[str, Facts] = {}
    for island in message.islands if asked.question.kind else ():
        owner = message.owner(island)
        if not island.loose or owner not in _people(message) or _is_told(asked.told, island):
            continue
        read = asked.read(message.piece(island).replace(owner, ""))
        if isinstance(read, Taken) and read.facts.keys() == {*fact}:
            found[_named(message, message.tokens[island.core[0]].start, owner)] = read.facts
    return found


def _is_told(told: Analysis, island: Island) -> bool:
    """老公31: whether a loose figure tells something by itself, as an age does."""
    token = told.message.tokens[island.core[0]]
    return any(one.start <= token.start < one.end for one in told.mentions)


def _people(message: Message) -> frozenset[str]:
    return frozenset(one.text for one in message.tokens if one.kind == "person")


def _reporters(message: Message) -> Iterator[str]:
    """队长讲20年3月交到现在: whose it is that a person tells is not plain, unless it is said of
    them (老王说自己有两个)."""
    for one, says, whom in zip_longest(message.tokens, message.tokens[1:], message.tokens[2:]):
        if one.kind == "person" and says is not None and says.kind == "reporter":
            of_them = whom is not None and (whom.kind == "person" or whom.text == "自己")
            yield from () if of_them else [one.text]


def _unheard(told: Analysis, answer: Answer, asked: Asked | None) -> Iterator[str]:
    """One's own figures of which nothing says what they are of."""
    if asked is not None and isinstance(answer, Taken) and _has_figures(asked.question, answer):
        return
    message = told.message
    for island in message.loose:
        token = message.tokens[island.core[0]]
        figure = token.unit in ("time", "count", "yuan") and not token.text.endswith("个")
        if figure and not _is_of_a_story(message, token):
            yield message.piece(island)


_AROUND = 10
"""Characters around a figure by which it is known as part of a story."""


def _is_of_a_story(message: Message, figure: Token) -> bool:
    """高中读了|一年; 三年|一签; 断了|半年: a figure that could be no answer."""
    before = PAUSE.split(message.text[max(0, figure.start - _AROUND) : figure.start])[-1]
    after = PAUSE.split(message.text[figure.end : figure.end + _AROUND])[0]
    return bool(patterns("of_a_story").search(f"{before}#{after}"))


def _has_figures(question: Question, answer: Taken) -> bool:
    opened = any(choice.opens for choice in question.choices.values())
    return bool(question.kind or question.fields or question.ticks or opened or answer.more)


def _lines(question: Question, answer: Taken) -> Facts:
    """The lines of a list that were named, as facts where a line is the whole fact."""
    if answer.ticked is None:
        return {}
    if question.several:
        listed = bool(answer.ticked) or not answer.more
        return {question.facts[0]: [*sorted(answer.ticked)]} if listed else {}
    ticks = ((key, tick.sets) for key, tick in question.ticks.items())
    return {fact: True for key, fact in ticks if fact and key in answer.ticked}


_PAYS = re.compile("[交缴]|医保")


def _detail(asked: Asked, answer: Taken) -> Facts:
    """A choice with the figure of what it opens: 2，三年; 居住登记三年了."""
    question, message = asked.question, asked.told.message
    if answer.ticked is not None or not answer.facts:
        return {}
    pieces = [
        message.piece(one)
        for one in message.loose
        if message.tokens[one.core[0]].unit in ("time", "since") and not is_asked(message, one)
        if not _is_of_a_story(message, message.tokens[one.core[0]])
        if not _PAYS.search(words(message.clause(one)))
        if not any(token.kind == "plan" for token in message.following(one, 1))
    ]
    for key, choice in question.choices.items():
        if pieces and choice.opens and facts_of(question, key).items() <= answer.facts.items():
            detail = read_text(questions()[choice.opens], ",".join(pieces), message.today)
            return detail.facts if isinstance(detail, Taken) else {}
    return {}
