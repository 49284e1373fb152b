"""Of deeds in several places those that count: 广东交了11年，来浙江才交20个月.

Each figure is of the place named before it, or right behind it (五次在永嘉). Beside one of here,
those of elsewhere tell nothing, and neither does what both come to.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import groupby, pairwise, takewhile

from dialogs.language.grammar import grammar
from dialogs.language.lexicon import any_of
from dialogs.language.outcome import Kind, Understood
from dialogs.language.owning.words import words_of as text_of
from dialogs.language.recognisers.parse import parse
from dialogs.language.tokens import Token
from dialogs.language.vocabulary import in_the_county
from dialogs.region import words_of

_UNITS = frozenset({"time", "count", "yuan"})
_ORIGIN = re.compile("[^,。;在]{0,3}(?:人|户|籍|过来|搬|出来|打工)")
_BEHIND = frozenset({"tail", "verb", "fact", "noise"})
"""Between a figure and its place: 三次|都|是|在|昆明."""
_LEADS = frozenset({"在", "是", "都是", "就是", "都在", "就在", "都"})
_POINTS = re.compile("[那这]")
_NOT_COUNTED = re.compile(
    "[的了]?(?:要是|如果|都|也)?不(?:算|作数|认|计)|是?连[^,，。]{1,5}(?:一起|一块)"
)


@dataclass(frozen=True)
class _Deed:
    """A figure with where it was done, and the place in the text where its telling begins."""

    at: int
    start: int
    end: int
    where: str
    """`here`, `away`, or "" where nothing says it."""
    fact: str
    named: Token | None
    """The word by which the fact is named in this telling."""


def places_meant(text: str, tokens: Sequence[Token]) -> str:
    """The text with the place that 那边 means, where one was named before: 献血也是在那边献的."""
    named = ""
    cuts = []
    for before, token in pairwise(tokens):
        if before.kind == "place":
            named = before.text
        elif before.text in ("在", "到") and token.text in _THERE and named:
            cuts.append((token.start, token.end, named))
    for start, end, name in reversed(cuts):
        text = text[:start] + name + text[end:]
    return text


_THERE = frozenset({"那边", "那里", "那儿", "那头"})


def only_here(text: str, tokens: Sequence[Token], today: date) -> str:
    """The text without what was done elsewhere, where the same was done here."""
    if sum(one.unit in _UNITS for one in tokens) < 2:
        return text
    deeds = _deeds(tokens)
    left_out = _of_no_matter(tokens, deeds, today)
    named = {}
    for one in left_out:
        here = next(two for two in deeds if two.where == "here" and two.fact == one.fact)
        if not here.named and one.named:
            at = here.start if _names(one.named) else tokens[here.at].start  # 永嘉是|租过|五年
            named[at] = one.named.text
    told = [(at, at, name) for at, name in named.items()]
    for start, end, name in sorted([*told, *((one.start, one.end, "") for one in left_out)])[::-1]:
        before, after = text[:start], text[end:] if name else _PAUSES.sub("", text[end:])
        apart = "," if before and not name and before[-1] not in ",。; " else ""
        text = before + name + apart + after
    return text


def is_of_elsewhere(tokens: Sequence[Token], fact: str) -> bool:
    """有啊，|鹿城|发的那张: whether a yes goes on, in its clause or the next one, with a place
    where the fact does not count; one's origin (老家江西的, 我江西的) is no such place."""
    yes = next((at for at, one in enumerate(tokens[:_NEAR]) if one.text.startswith("有")), None)
    told = groupby(tokens[yes:], lambda one: one.kind == "pause") if yes is not None else ()
    clauses = [list(clause) for pause, clause in told if not pause]
    return any(_says_of_where(clause, fact) == {"away"} for clause in clauses[:2])


def _says_of_where(clause: Sequence[Token], fact: str) -> set[str]:
    """Whether a paper is of here or away, where a clause says only of which place it is."""
    text = text_of(clause)
    of_it = _OF_A_PAPER.search(text) and not _OF_ONESELF.search(text)
    places = [at for at, one in enumerate(clause) if of_it and one.kind == "place"]
    return {_where(clause, at, fact) for at in places}


_NEAR = 4
_OF_A_PAPER = re.compile("的(?:[那这]?一?[张本个种])?(?:居住证|证)?[啊呀哦呢嘛哈]*$")
_OF_ONESELF = re.compile("[我俺]|老家|户口|籍贯|人$")
_PAUSES = re.compile("^[,;、 ]+")


def _of_no_matter(tokens: Sequence[Token], deeds: Sequence[_Deed], today: date) -> list[_Deed]:
    """The deeds done elsewhere beside the same done here, and their total with those."""
    found = []
    for one in deeds:
        same = [
            two
            for two in deeds
            if two.fact == one.fact and _unit(tokens, two) == _unit(tokens, one)
        ]
        here = [two for two in same if two.where == "here"]
        away = [two for two in same if two.where == "away"]
        if one.where == "away" and here:
            found.append(one)
        elif not one.where and here and away and one is same[0]:
            told = (two for two in (*here, *away) if not _POINTS.fullmatch(tokens[two.at - 1].text))
            parts = [_value(tokens[two.at], today) for two in told]  # 成都那|两年 is told again
            known = [part for part in parts if part is not None]
            whole = _value(tokens[one.at], today)
            if len(known) == len(parts) and whole == sum(known):
                figure = tokens[one.at]  # 血一共献过|两次|，一次在永嘉，一次在长沙
                found.append(replace(one, start=figure.start, end=figure.end))
    return found


def _unit(tokens: Sequence[Token], deed: _Deed) -> str:
    return str(tokens[deed.at].unit)


_KINDS: Mapping[str, Kind] = {"time": "months", "count": "count", "yuan": "yuan"}


def _value(token: Token, today: date) -> int | None:
    """What a figure comes to: months, times or yuan."""
    read = parse(_KINDS[str(token.unit)], token.text, today)
    return read.value if isinstance(read, Understood) and isinstance(read.value, int) else None


def _deeds(tokens: Sequence[Token]) -> list[_Deed]:
    deeds: list[_Deed] = []
    done = 0  # the first token that no figure before has taken
    for at, token in enumerate(tokens):
        if token.unit in _UNITS:
            deed, done = _deed(tokens, at, done, deeds[-1] if deeds else None)
            deeds.append(deed)
    return deeds


def _deed(tokens: Sequence[Token], at: int, done: int, before: _Deed | None) -> tuple[_Deed, int]:
    """The deed of the figure at this place, and the first token behind its telling."""
    lead = range(done, at)
    named, ends = _name_of(tokens, lead, at)
    fact = named.fact if named else before.fact if before else ""
    place = next((one for one in reversed(lead) if _says_where(tokens, one)), None)
    begins = at if place is None else place
    if place is None and (place := _place_behind(tokens, at)) is not None:
        ends = _clause_ends(tokens, place)
    goes_on = before is not None and all(tokens[one].kind != "pause" for one in lead)
    if place is not None:
        where = _where(tokens, place, fact)
    else:
        where = before.where if before and goes_on else ""  # 在东莞干了八年|社保也交了八年
    if where == "" and _NOT_COUNTED.match(text_of(tokens[at + 1 : at + 5])):
        where = "away"
    ends += _judged(tokens, ends) if where == "away" else 0
    start = tokens[_begins(tokens, begins, done)].start
    return _Deed(at, start, tokens[ends - 1].end, where, fact, named), ends


def _name_of(tokens: Sequence[Token], lead: range, at: int) -> tuple[Token | None, int]:
    """The word that names the fact of a figure, before it, behind it (九年|社保) or by its verb
    alone (献过|两次); and where the figure with its name ends."""
    names = [tokens[one] for one in lead if _names(tokens[one])]
    behind = [] if names else _name_behind(tokens, at)
    verbs = [tokens[one] for one in lead if _is_done(tokens[one])]
    named = next((some[-1] for some in (names, behind, verbs) if some), None)
    return named, at + 1 + len(behind)


def _begins(tokens: Sequence[Token], at: int, done: int) -> int:
    """The beginning of the clause, as far as no other figure has taken it."""
    while at > done and not _is_told_before(tokens[at - 1]) and not _denies(tokens, at - 1):
        at -= 1
    return at


def _denies(tokens: Sequence[Token], at: int) -> bool:
    """党员不是|献血在宁波献过一次: what is denied of the value before it."""
    return tokens[at].kind == "no" and at > 0 and tokens[at - 1].kind == "value"


def _is_told_before(token: Token) -> bool:
    """我是党员高中学历|先在苏州交了六年: another clause, or another fact without a pause."""
    return token.kind in ("pause", "self", "us", "person", "value") or token.unit == "age"


_JUDGES = frozenset({"noise", "tail", "adverb", "no", "verb", "us", "common", "plan"})


def _judged(tokens: Sequence[Token], at: int) -> int:
    """昆山那六年|你们肯定不认: how many tokens to the end of the clause only judge the figure."""
    rest = list(takewhile(lambda one: one.kind != "pause", tokens[at:]))
    judges = all(one.kind in _JUDGES for one in rest)
    return len(rest) if judges else sum(1 for _ in takewhile(_adds_nothing, rest))


def _adds_nothing(token: Token) -> bool:
    return token.kind in ("tail", "noise")


def _names(token: Token) -> bool:
    return (
        token.kind == "fact"
        and token.text not in grammar().weak
        and token.fact != "residence_months"
    )


def _is_done(token: Token) -> bool:
    """献过, 捐了: what is named by its verb alone."""
    return token.kind == "fact" and token.fact != "residence_months"


def _name_behind(tokens: Sequence[Token], at: int) -> list[Token]:
    """九年|社保."""
    after = [one for one in tokens[at + 1 : at + 3] if one.kind != "tail"][:1]
    return [one for one in after if _names(one)]


def _clause_ends(tokens: Sequence[Token], place: int) -> int:
    """有一次是在昆明|献的: behind the deed that a place is told of."""
    rest = takewhile(lambda one: one.kind in ("place", "verb", "fact", "tail"), tokens[place + 1 :])
    return place + 1 + sum(1 for _ in rest)


def _says_where(tokens: Sequence[Token], at: int) -> bool:
    """A place where something was done, and no origin: 我是贵州人."""
    token = tokens[at]
    if token.kind == "place" or (token.kind == "fact" and any_of("inside").search(token.text)):
        after = "".join(one.text for one in tokens[at + 1 : at + 4])
        before = tokens[at - 1].text if at else ""
        return not (_ORIGIN.match(after) or before in ("是", "回"))
    return token.kind == "noise" and _is_here(token.text)


def _place_behind(tokens: Sequence[Token], at: int) -> int | None:
    """五次|在|永嘉: the place right behind a figure, before the next pause."""
    clause = list(takewhile(lambda one: one.kind not in ("pause", "amount"), tokens[at + 1 :]))
    for step, token in enumerate(clause):
        place = at + 1 + step
        if _says_where(tokens, place):
            follows = tokens[place + 1 : place + 2]
            # 一次老家|一次永嘉, not 三次永嘉两次
            return None if follows and follows[0].unit in _UNITS else place
        if token.kind not in _BEHIND and token.text not in _LEADS:
            return None
    return None


def _where(tokens: Sequence[Token], place: int, fact: str) -> str:
    text = tokens[place].text
    if any_of("outside").search(text):
        return "away"
    if _is_here(text):
        return "here"
    local = bool(fact) and in_the_county(fact)
    if any_of("beyond_county").search(text) or _of_the_city(text):
        return "away" if local else "here" if fact else ""
    return "here" if any_of("inside").search(text) and not local else ""


def _is_here(text: str) -> bool:
    return bool(any_of("in_county").search(text))


@cache
def _cities() -> tuple[str, ...]:
    return tuple(words_of("$city"))


def _of_the_city(text: str) -> bool:
    return any(one in text for one in _cities())
