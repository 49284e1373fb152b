"""Where an island begins and ends: what leads to its core, and what trails after it."""

from collections.abc import Sequence
from itertools import takewhile

from dialogs.language.islands.denials import is_of_what_stands_before, is_repeated, of_the_next
from dialogs.language.islands.island import CONTEXT, Island
from dialogs.language.lexicon import any_of, words
from dialogs.language.tokens import Token
from dialogs.language.vocabulary import in_the_county

OTHERS = frozenset({"别的", "其他", "其它", "其余", "剩下", "剩下的"})
"""What is left of a list: 别的都没有."""
_AROUND = frozenset(
    {"左右", "上下", "前后", "光景", "样子", "往上", "朝上", "向上", "上面", "打底", "起步"}
)
"""五年左右: these stand behind a figure only."""


def bound(tokens: Sequence[Token], islands: Sequence[Island]) -> None:
    """Each island takes what leads to its core, and what trails after it."""
    taken = 0
    for place, island in enumerate(islands):
        start, end = min(island.core), max(island.core)
        first = start
        while first > taken and _leads_to(tokens, first - 1):
            first -= 1
        limit = min(islands[place + 1].core) if place + 1 < len(islands) else len(tokens)
        last = end + 1
        while last < limit and _trails(tokens, last, island):
            last += 1
        island.first, island.last = first, _ends(tokens, last, island)
        taken = island.last


def _leads_to(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].kind in CONTEXT and not (
        tokens[at].kind == "no" and is_of_what_stands_before(tokens, at)
    )


def _trails(tokens: Sequence[Token], at: int, island: Island) -> bool:
    if island.amounts and _doubts(tokens, at):
        return True
    if tokens[at].text in OTHERS:
        return False  # 表彰有一次|别的都没有
    if island.amounts or island.value:
        return tokens[at].kind == "tail"
    if tokens[at].kind == "pause":
        return _is_answered(tokens, at)
    if tokens[at].kind == "fact":
        return is_repeated(tokens, at, at - 1)
    if tokens[at].kind == "self":
        return _is_denied_by(tokens, at)
    if tokens[at].kind in _SAYS_WHERE:
        return _is_denied_here(tokens, at, island.fact)
    kinds = ("tail", "no", "verb", "adverb", "noise", "benefit", "time", "payer")
    return tokens[at].kind in kinds or tokens[at].text in ("一", "的话")  # 社保|一个月没交过


_SAYS_WHERE = frozenset({"preposition", "place"})
_HERE = frozenset({"这边", "这里", "这儿", "本地"})


def _is_denied_here(tokens: Sequence[Token], at: int, fact: str) -> bool:
    """献血|在永嘉|没献过, 社保|在浙江这边|从来没交过: a denial of a place that counts."""
    lead = list(takewhile(lambda one: one.kind in (*_SAYS_WHERE, "adverb"), tokens[at:]))
    denial = tokens[at + len(lead) : at + len(lead) + 1]
    places = [one.text for one in lead if one.kind == "place"]
    counts = any_of("in_county") if in_the_county(fact) else any_of("inside", "in_county")
    here = places and all(one in _HERE or counts.search(one) for one in places)
    return bool(here) and [one.kind for one in denial] == ["no"]


def _doubts(tokens: Sequence[Token], at: int) -> bool:
    """五年左右; 五年吧大概，: a word that makes the figure before it uncertain, no other."""
    if tokens[at].text in _AROUND:
        return True
    ends = tokens[at + 1 : at + 2]
    closed = not ends or ends[0].kind in ("pause", "tail")
    return closed and tokens[at].text in words("vague")


def _is_answered(tokens: Sequence[Token], pause: int) -> bool:
    """公积金，没有，…: a denial alone between two pauses is of the name before it."""
    denial, after = tokens[pause + 1 : pause + 2], tokens[pause + 2 : pause + 3]
    denies = bool(denial) and denial[0].kind == "no"
    named = tokens[pause - 1].kind == "fact"
    return denies and named and (not after or after[0].kind == "pause")


def _is_denied_by(tokens: Sequence[Token], speaker: int) -> bool:
    """个税|我没交: the speaker, right behind a name, denies it."""
    lead = takewhile(lambda one: one.kind != "pause", reversed(tokens[:speaker]))
    if any(one.kind == "person" for one in lead):
        return False  # 儿子有社保|我没有
    rest = [one.kind for one in tokens[speaker + 1 : speaker + 4] if one.kind != "adverb"]
    ended = rest[1:2] in ([], ["verb"], ["pause"], ["tail"], ["self"])
    named = next((one for one in reversed(tokens[:speaker]) if one.kind not in _GOES_ALONG), None)
    told = named is not None and named.kind == "fact"  # 学法|活动|我没参加过
    return told and rest[:1] == ["no"] and ended


_GOES_ALONG = frozenset({"noise", "tail"})


def _ends(tokens: Sequence[Token], last: int, island: Island) -> int:
    """Where a name without figures ends: with its denial, otherwise with itself."""
    if island.amounts or island.value:
        return last
    core = max(island.core) + 1
    denials = (
        at for at in range(core, last) if tokens[at].kind == "no" and not of_the_next(tokens, at)
    )
    denial = max(denials, default=None)
    start = core if denial is None else denial + 1
    while start < last and tokens[start].kind in (
        ("tail", "verb", "benefit") if denial is not None else ("tail",)
    ):
        start += 1
    return start
