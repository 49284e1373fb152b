"""How a question is put: its text, its choices, and how it is asked again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from dialogs.agenda import follow_ups, pending
from dialogs.conversation import Conversation
from dialogs.flow import Talk
from dialogs.language import Option, Refused, agrees
from dialogs.language.options.option_numbers import number_named
from dialogs.language.precheck import asks_outright
from dialogs.language.recognisers.numerals import read
from dialogs.language.recognisers.said_again import says_again
from dialogs.language.text import clean
from dialogs.match_choice import bare
from dialogs.phrases import ask, say
from dialogs.questions import Question, endings, facts_behind
from dialogs.readback import known_already, lines_known, value
from dialogs.reading import DONE, VALUE, tap
from dialogs.reply import Choice, Reply
from dialogs.states import Offer, QuestionState
from dialogs.utterance import Said
from scoring import FACTS

TIMES = ("months", "years")
_HALVES = frozenset("或、及")
_ORDINAL = re.compile("[第选点按]")
_NO = re.compile("没(?:有|得)?[的了啊呀呢吧哦]*")
_NUMBER_FIRST = re.compile(
    r"[嗯对的是好哦恩,、，。 ]*(?P<number>\d)[,、，。;；!！ ]+(?P<rest>\D.+)"
)
_PIECES = re.compile(r"[\d一二两三四五六七八九十]{1,3}[个项条种]")
SHOWN = 12
"""Characters of what was unclear, at most, that are quoted back."""


def question_text(talk: Talk, question: Question) -> str:
    """【第 3 题】您的最高学历是？（目前 20 分，最多还能到 300 分，后面至少 6 题）

    No total: what is ticked later adds questions. As long as it may, the number is the least."""
    conversation = talk.conversation
    again = question.id in {*conversation.answered, *conversation.passed}
    done = {*conversation.answered, *conversation.passed} - {question.id}
    open_ones = pending(talk)
    left = {one.id for one in open_ones} | {question.id}
    return say(
        "questionnaire/ask",
        ask=addressed(question, conversation),
        old=value(question, talk) if again else None,
        known=()
        if again
        else known_already(question, conversation.facts, talk.state_as(QuestionState).ticked),
        ticks=bool(question.ticks),
        number=len(done) + 1,
        left=len(left - done) - 1,
        more=follow_ups(talk, open_ones) > 0,
        estimate=talk.estimate,
        whose=conversation.whose,
        told=len(offers(talk, question)),
    )


def addressed(question: Question, conversation: Conversation) -> str:
    """The question, to oneself or about the one whose turn it is: 老婆哪年哪月出生？"""
    whose = conversation.whose
    return question.ask.replace("您", whose) if whose else question.ask


def choices(question: Question, ticked: tuple[str, ...] = ()) -> tuple[Choice, ...]:
    """The answers to tap. Amounts have no numbers, as a number typed there is an amount."""
    several = bool(question.ticks) or question.several
    offered = [one for one in _each(question) if one.key not in ticked]
    if several:
        ending = endings()["done"] if ticked else endings()["none"]
        option = Option(DONE, ending.label, ending.aliases)
        offered.append(_choice(question, option, len(question.options) + 1))
    return tuple(offered)


@lru_cache(64)
def _each(question: Question) -> tuple[Choice, ...]:
    """All its answers, whatever was ticked."""
    numbered = question.kind is None
    return tuple(
        _choice(question, option, index if numbered else 0)
        for index, option in enumerate(question.options, 1)
    )


def _choice(question: Question, option: Option, number: int) -> Choice:
    return Choice(number, option.label, tap(question, option.id), option.aliases)


def shown(talk: Talk, question: Question) -> tuple[Choice, ...]:
    """The answers to tap in the present state: values to choose from, or those of the question."""
    ticked = talk.state_as(QuestionState).ticked
    changing = question.id in talk.conversation.answered
    told = () if changing and not ticked else _lines_told(talk, question)
    return offers(talk, question) or choices(question, (*ticked, *told))


def _lines_told(talk: Talk, question: Question) -> tuple[str, ...]:
    """The lines of which all is told, or something that is there: they are not offered again."""
    facts = talk.conversation.facts
    settled = (key for key, line in question.ticks.items() if facts.keys() >= {*facts_behind(line)})
    return (*settled, *lines_known(question, facts))


def offers(talk: Talk, question: Question) -> tuple[Choice, ...]:
    """The values that an unclear answer may have meant; numbered, unless such a number might be
    taken for a value."""
    state = talk.state_as(QuestionState)
    values, field = state.offered, state.field
    if not values:
        return ()
    fields = (field,) if field else tuple(question.fields)
    named = [
        (f"{question.fields[one].label} {value} {FACTS[one].unit}", f"{VALUE}{one}{VALUE}{value}")
        for one in fields
        for value in values
    ] or [(f"{value} {FACTS[question.facts[0]].unit}", f"{VALUE}{value}") for value in values]
    by_name = len(fields) > 1  # no number alone is an answer there
    numbered = by_name or not set(values) & set(range(1, len(named) + 1))
    return tuple(
        Choice(index if numbered else 0, label, tap(question, key))
        for index, (label, key) in enumerate(named, 1)
    )


def asked_back(talk: Talk, question: Question) -> tuple[Choice, ...]:
    """What an unclear answer was asked back with: values, or the one choice it may have meant."""
    only = talk.state_as(QuestionState).only
    if not only:
        return offers(talk, question)
    return tuple(choice for choice in choices(question) if choice.key == only)


_BETWEEN = re.compile("[,。;! ]+")


def number_first(said: Said, offered: tuple[Choice, ...]) -> tuple[Said, str]:
    """嗯嗯 1，对了我是党员: the tap of the first offer, and what else is told; otherwise what was
    said, and nothing else."""
    found = _NUMBER_FIRST.match(clean(said.text, keep_spaces=True)) if said.tap is None else None
    if said.tap is None and offered and _is_one_tap(offered):
        text = clean(said.text, keep_spaces=True)
        first, *rest = [one for one in _BETWEEN.split(text) if one] or [""]
        if rest and agrees(first) and asks_outright(rest[0]):
            return Said(said.text, tap=offered[0].tap), "，".join(rest)  # 是的。请问为什么
    meant = next((one for one in offered if found and one.sign == found["number"]), None)
    return (Said(said.text, tap=meant.tap), found["rest"]) if found and meant else (said, "")


def of_offer(
    said: Said, question: Question, offered: tuple[Choice, ...], today: date
) -> Said | Refused:
    """A number typed where values are offered is the tap of that offer, and so is a yes to the only
    one. One far below the values, or any where the offers have no numbers, is asked back; so is
    没有, which says none of these, and not none at all."""
    if said.tap is not None or not offered:
        return said
    number = _number_alone(said.text, question)
    if number is None and (at := _only_figure(said.text, question, offered)):
        return at
    if named := _by_name(said.text, question, offered):
        return named
    if _is_one_tap(offered) and _agrees(said.text, question, offered[0], today):
        return Said(said.text, tap=offered[0].tap)
    if len(offered) == 1 and number == 1 and offered[0].number > 1:
        return Refused("ambiguous", (offered[0].key,))  # the only one shown, or the first of all
    values = [one.key.rpartition(VALUE)[2] for one in offered]
    if not all(map(str.isdecimal, values)):
        return said
    if "0" not in values and _NO.fullmatch(clean(said.text)):
        return Refused("ambiguous", tuple(map(int, values)))
    if number is None:
        return said
    at = _place(said.text, number, offered)
    return at or _of_value(said, number, offered, tuple(map(int, values)))


def _only_figure(text: str, question: Question, offered: tuple[Choice, ...]) -> Said | None:
    """说了就是七十二个月, 七十二嘛六年: the offer that all figures of a message say."""
    text = clean(text)
    if question.kind != "months" or _NO_SUCH_FIGURE.search(text):
        return None
    told = {(read(one[1]) or 0) * (12 if one[2] else 1) for one in _FIGURES.finditer(text)}
    meant = (one for one in offered if told == {int(one.key.rpartition(VALUE)[2])})
    return next((Said(text, tap=one.tap) for one in meant), None)


_FIGURES = re.compile("([\\d零一二两三四五六七八九十百]+)(年)?")
_NO_SUCH_FIGURE = re.compile("不是|没|不|半|多|来个|几|[?？]|吗")
"""With these a figure is denied, asked or about."""


def _is_one_tap(offered: tuple[Choice, ...]) -> bool:
    """Whether a yes is enough: one value is offered, or what several come to, first."""
    values = [one.key.rpartition(VALUE)[2] for one in offered]
    return len(offered) == 1 or (all(map(str.isdecimal, values)) and is_sum(values))


def is_sum(values: Sequence[int | str]) -> bool:
    """Whether the first is what the others come to.

    >>> is_sum((66, 30, 36)), is_sum((30, 36))
    (True, False)
    """
    first, *others = map(int, values)
    return len(others) > 1 and first == sum(others)


def _by_name(text: str, question: Question, offered: tuple[Choice, ...]) -> Said | None:
    """个税的, where one value is offered of each of several things."""
    word = bare(text).removeprefix("都").removeprefix("是").removesuffix("的")
    facts = [fact for fact in question.fields if word in question.words(fact)]
    left = [one for one in offered if facts and f"{VALUE}{facts[0]}{VALUE}" in one.key]
    return Said(text, tap=left[0].tap) if len(left) == 1 else None


def _number_alone(text: str, question: Question) -> int | None:
    """The number that is all a message gives: 1吧, 选1, 第一个, 对的 1; two of what is counted by
    the piece (2个) is no number of a choice."""
    text = clean(text, keep_spaces=True)
    amount = question.kind not in TIMES and _PIECES.fullmatch(text)
    return None if amount else number_named(text, 0)


def _place(text: str, number: int, offered: tuple[Choice, ...]) -> Said | None:
    """The tap of the offer with this number; by its place, where none has one."""
    ordinal = not offered[0].number and _ORDINAL.search(text)
    signed = ((at if ordinal else one.number, one) for at, one in enumerate(offered, 1))
    meant = next((one for sign, one in signed if sign and sign == number), None)
    return Said(text, tap=meant.tap) if meant else None


def _of_value(
    said: Said, number: int, offered: tuple[Choice, ...], values: tuple[int, ...]
) -> Said | Refused:
    """A number of no choice: the offer of that value; far below the values it is asked back."""
    if values.count(number) > 1:
        return said  # 20000, of each of several things
    if number in values:
        return Said(said.text, tap=offered[values.index(number)].tap)
    least = min(values) // 2 if offered[0].number else len(values) + 1
    return Refused("ambiguous", values) if number < least or _ORDINAL.search(said.text) else said


def _agrees(text: str, question: Question, offer: Choice, today: date) -> bool:
    value = offer.key.rpartition(VALUE)[2]
    again = (
        question.kind and value.isdecimal() and says_again(question.kind, text, int(value), today)
    )
    return agrees(text) or bool(again)


def likely(question: Question, refusal: Refused, fact: str = "") -> Offer:
    """What an unclear answer may have meant; of several numbers, that of this fact."""
    values = tuple(value for value in refusal.choices if isinstance(value, int))
    if fact in question.fields and refusal.choices:
        return Offer(offered=values, field=fact)
    if question.kind is None and len(among(question, refusal)) == 1:
        return Offer(only=among(question, refusal)[0])
    if question.fields:
        return Offer(offered=values, field=refusal.of)
    return Offer() if question.kind in (None, "date") else Offer(offered=values)


def among(question: Question, refusal: Refused | None) -> tuple[str, ...]:
    """The choices that an unclear answer leaves; all of them, where what was denied may be but one
    half of a choice (不是宿舍: he may rent)."""
    if question.kind or refusal is None or refusal.why not in ("ambiguous", "vague", "shared"):
        return ()
    left = tuple(str(key) for key in refusal.choices)
    gone = (one.label for key, one in question.choices.items() if key not in left)
    if refusal.why == "vague" and any(_HALVES.intersection(label) for label in gone):
        return ()
    return left if set(left) <= question.choices.keys() else ()


def _quoted(refusal: Refused | None) -> str:
    """What was unclear, where it is short enough to be quoted whole: half a number is another."""
    said = refusal.said if refusal else ""
    return said if len(said) <= SHOWN and "," not in said else ""


def unclear(talk: Talk, question: Question, refusal: Refused | None) -> Reply:
    """The question once more: first with what was unclear, then with an example and a way out, then
    with a person to ask. Never the same sentence three times."""
    misses = talk.conversation.misses
    left = among(question, refusal)
    text = say(
        "questionnaire/unclear",
        question=question,
        ask=addressed(question, talk.conversation),
        why=refusal.why if refusal else None,
        said=_quoted(refusal),
        year=refusal.year if refusal else None,
        misses=misses,
        unit=FACTS[question.facts[0]].unit if question.kind else "",
        offered=len(left or offers(talk, question)),
        left=bool(left),
        total=_total(talk, question),
    )
    offered = shown(talk, question)
    if left:
        offered = tuple(choice for choice in offered if choice.key in (*left, DONE))
    if misses > 1:
        offered += words("questionnaire/way_out", "word:unknown")
    return Reply(text, offered)


def _total(talk: Talk, question: Question) -> int | None:
    """What the stretches that were told come to."""
    values = talk.state_as(QuestionState).offered
    return values[0] if question.kind and values and is_sum(values) else None


def words(name: str, *keys: str) -> tuple[Choice, ...]:
    """The choices of a template, without their numbers: they go by their words."""
    offered = ask(name, "", keys).choices
    return tuple(replace(choice, number=0) for choice in offered)
