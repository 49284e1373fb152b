"""What follows a figure and says where it was done: 献血2次，但是在四川献的; 3次，有一次在江西."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, takewhile
from typing import cast

from dialogs.language.islands import Island
from dialogs.language.lexicon import alternation, any_of
from dialogs.language.message import Message, words
from dialogs.language.outcome import Kind, Refused, Understood
from dialogs.language.recognisers.parse import parse
from dialogs.language.recognisers.suggestions import TOTAL
from dialogs.language.text_scope import done_beyond_county
from dialogs.language.tokens import Token
from dialogs.language.units import takes
from dialogs.language.vocabulary import in_the_county
from dialogs.region import words_of
from scoring import FACTS

_NEXT = frozenset({"value", "noun", "person", "us", "plan"})
_FROM_THERE = re.compile("[^,。;在]{0,3}(?:人|户|籍|过?来|搬|出)")
_ANOTHER_THING = re.compile("户口|户籍|籍贯|老家是|老家在|家在|回去|回来|出生|小时候")
_MORE = re.compile("另外|另|还|也|又|再|加上")
_OF_IT = re.compile("其中|里面?有?|除了|^有|是.*的$")
_HERE = re.compile("这[边里儿]")
_EXCEPT = re.compile("不算")
_NOT_IN = re.compile("[不没]是?在$")
_EARLIER = re.compile("以前|之前|从前|原来|早年|过去")
_WAS_THERE = re.compile(
    "(?:以前|之前|从前|原来|早年|过去)[我都是就一直]{0,4}在"
    "(?!.*[交缴买办登参保记租住])[^的]+(?:(?:打工|上班|工作|干活|做事|待|呆|那边|做)的?)?$"
)
"""一年零三个月，之前在福建: where one was before, and not what was done there."""
_LEADS = frozenset({"在", "是", "都是", "就是", "全是", "都在", "在老家", "到", "回"})
_DONE = frozenset({"verb", "fact"})
_IDLE = frozenset({"noise", "tail", "place", "adverb", "common", "payer"})


def part_elsewhere(
    message: Message, fact: str, island: Island, total: int, *, apart: bool
) -> Refused | None:
    """Why a figure does not count as it stands: all of it was done elsewhere, or a part of it, and
    what is left is worth offering. None where nothing of the kind follows it. `apart`: the figure
    may already be that of here alone (瓯北4次，鹿城2次)."""
    at = island.amounts[0] if island.amounts else island.core[0]
    lead = words(message.tokens[island.first : at])
    if any_of("in_county").search(lead) or _HERE.search(lead):
        return None
    none = _none_here().search(message.text, message.tokens[at].end, _told_until(message, fact, at))
    if none and in_the_county(fact):
        return Refused("elsewhere", (0,), said=none[0])  # 一次那是在贵州献的在这边没献过
    clauses = list(_clauses(message.tokens[at + 1 :], fact))
    for place, clause in enumerate(clauses):
        said, part = words(clause), _amount(message, fact, clause)
        of_it = bool(TOTAL.search(lead) or _OF_IT.search(said))
        if _is_here(said):  # 8次，其中3次在永嘉
            both = any(_is_away(message, fact, clause, one) for one in clause)
            less = (part or total) < total and not _MORE.search(said)
            local = in_the_county(fact) and not _is_led_away(message, at)
            if (
                part
                and (less or _OF_IT.match(said))
                and local
                and _is_all_of_here(message, fact, clauses)
            ):
                return Refused("elsewhere", (part,), said=said)
            return Refused("elsewhere", said=said) if both else None  # 一次老家一次永嘉
        if not any(_is_away(message, fact, clause, one) for one in clause):
            continue
        if part is None:
            before = _WAS_THERE.match(said) and FACTS[fact].type in ("months", "years")
            told = _MORE.search(said) or _EXCEPT.search(said) or before
            return None if told or _is_of_here(clauses) else Refused("elsewhere", said=said)
        if part > total or (not of_it and (_MORE.search(said) or _EARLIER.search(said))):
            return None
        parts = part + sum(_more_parts(message, fact, clauses[place + 1 :]))
        left: tuple[int, ...] = (total - parts,) if part < total and parts <= total else ()
        if left and apart and not of_it and parts == part:
            left = (total, total - part)  # 6年，2年在瑞安: of it, or beside it
        return Refused("elsewhere", left, said=said)
    return None


@cache
def _none_here() -> re.Pattern[str]:
    """在这边没献过; 到永嘉还一次没献."""
    here = f"(?:这[边里儿]|{alternation('in_county')})"
    return re.compile(
        f"{here}(?:来|都|也|还|从来|一次){{0,3}}没有?(?=[去交缴献捐做参登办得过]|$|[,。; ])"
    )


def _told_until(message: Message, fact: str, at: int) -> int:
    """Where another fact is named: 志愿做过六次 |献血在市区三次，永嘉没献过."""
    others = {"", fact, "residence_months"}  # 到永嘉 only says where
    named = (one.start for one in message.tokens[at:] if one.fact not in others)
    return next(named, len(message.text))


def _more_parts(message: Message, fact: str, clauses: Sequence[Sequence[Token]]) -> Iterator[int]:
    """两次，一次温州市区的，一次老家的: the parts done elsewhere that follow the first."""
    for clause in clauses:
        if any(_is_away(message, fact, clause, one) for one in clause):
            yield _amount(message, fact, clause) or 0


def figure_at(message: Message, fact: str, at: int) -> int | None:
    """The value of one figure by itself."""
    outcome = parse(cast("Kind", FACTS[fact].type), message.tokens[at].text, message.today)
    value = outcome.value if isinstance(outcome, Understood) else None
    return value if isinstance(value, int) else None


def _is_led_away(message: Message, at: int) -> bool:
    """老家献了六次，永嘉一次: the first figure is of there alone."""
    clause = words(
        [*takewhile(lambda one: one.kind != "pause", reversed(message.tokens[:at]))][::-1]
    )
    return bool(any_of("outside").search(clause)) or done_beyond_county(clause)


def _is_all_of_here(message: Message, fact: str, clauses: Sequence[Sequence[Token]]) -> bool:
    """七回，五回在永嘉: the county as a whole is named, or another place beside it; not 六年，三年
    在乌牛."""
    names = words_of("$county")
    whole = any(name in words(clause) for clause in clauses for name in names)
    return whole or any(_is_away(message, fact, one, place) for one in clauses for place in one)


def _is_of_here(clauses: Sequence[Sequence[Token]]) -> bool:
    """18年到21年在上海交的，21年到现在在永嘉交: what is counted is told behind it."""
    return any(_is_here(words(one)) for one in clauses)


def _is_here(clause: str) -> bool:
    place = any_of("in_county").search(clause)
    return place is not None and not _NOT_IN.search(clause, 0, place.start())


def _clauses(following: Sequence[Token], fact: str) -> Iterator[list[Token]]:
    """The clauses up to the next thing that is told."""
    ended = False
    for pause, clause in groupby(following, lambda one: one.kind == "pause"):
        tokens = list(clause)
        if any(one.kind in _NEXT or (one.kind == "fact" and one.fact != fact) for one in tokens):
            return
        ended = ended or any(one.ends_sentence for one in tokens)
        kinds = {one.kind for one in tokens}
        if ended and not pause and ("self" in kinds or not kinds & {*_DONE, "amount"}):
            return  # 一直租到现在。江西上饶的
        if not pause:
            yield from _each_place(tokens)


def _each_place(clause: Sequence[Token]) -> Iterator[list[Token]]:
    """两次在永嘉|一次在长沙, 永嘉两次|长沙一次: each place with its figure."""
    start = 0
    for at, token in enumerate(clause):
        kinds = {one.kind for one in clause[start:at]}
        if token.kind in _PLACE_AND_FIGURE and kinds >= _PLACE_AND_FIGURE:
            yield [*clause[start:at]]
            start = at
    yield [*clause[start:]]


_PLACE_AND_FIGURE = frozenset({"place", "amount"})


def _is_away(message: Message, fact: str, clause: Sequence[Token], place: Token) -> bool:
    """Whether a place is one where it does not count, and says where it was done."""
    text = place.text + message.text[place.end : place.end + 2]
    beyond = in_the_county(fact) and done_beyond_county(text)
    if place.kind != "place" or not (any_of("outside").search(place.text) or beyond):
        return False
    at = clause.index(place)
    before, after = clause[:at], clause[at + 1 :]
    if any(one.kind == "no" for one in before[-2:]) or _ANOTHER_THING.search(words(clause)):
        return False
    if _FROM_THERE.match(message.text, place.end):
        return False
    follows = next((one for one in after if one.kind not in _IDLE), None)
    led = bool(before) and (before[-1].text in _LEADS or before[-1].kind in ("amount", "place"))
    of_there = [one.text for one in after[:1]] == ["的"]  # 老家的，不是温州的
    of_there = of_there and all(one.kind == "no" for one in after[1:2])
    done = of_there or follows is None or follows.kind in (*_DONE, "amount")
    return done and (led or follows is not None or not before or bool(after))


def _amount(message: Message, fact: str, clause: Sequence[Token]) -> int | None:
    """The figure that a clause gives for the part; None where it gives none."""
    figures = [one for one in clause if one.kind == "amount" and takes(fact, one)]
    at = bisect_left(message.tokens, figures[0].start, key=lambda one: one.start) if figures else 0
    return figure_at(message, fact, at) if len(figures) == 1 else None
