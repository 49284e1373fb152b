"""Phrases for people as one token: 我老婆, 隔壁老王, 张姐, 楼下剃头的, 跟我一个车间的."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise, takewhile

from dialogs.language.acting import STATES, acts, tells_me
from dialogs.language.payers import pays
from dialogs.language.titles import named, titled
from dialogs.language.tokens import Token, tokenise
from dialogs.language.trades import LONGEST_THAT_ONE, by_trade, run_of

_NEARBY = frozenset(
    {"unknown", "common", "verb", "tail", "noise", "person", "place", "payer", "adverb"}
    | {"preposition", "self", "amount", "time", "near"}
)
"""What a phrase like 楼下剃头的 or 有个贵州来的 is made of."""
_ALONG = frozenset({"一起", "一块", "一道", "一同"})
_THERE_IS = frozenset({"有个", "有一个"})
_BUSINESSES = frozenset("店厂铺摊")
_OF_MINE = frozenset({"unknown", "common", "verb", "payer", "noise", "adverb"})
_OPENS_OF_MINE = frozenset({"unknown", "common", "verb", "payer"})
_THAT_ONE = frozenset({"那个", "那位"})
_BELONGS = frozenset({"的", "家", "家的", "她", "他"})
_POSSESSIVE = frozenset({"的", "那个", "这个", "家", "家里", "那"})
_LONGEST = 8


_LONGEST_OF_MINE = 5


_LONGEST_BESIDE = 8
"""Tokens of such phrases."""
_ANY_DAY = date(2000, 1, 1)
"""A name holds no date."""
_BEFORE_A_PERSON = frozenset({"person", "unknown", "near", "common", "tail", "payer", "place"})
"""阿|嫂, 厂里|的|小李."""


def is_person(name: str) -> bool:
    """Whether a word may name a person, listed or not.

    >>> [is_person(one) for one in ("新妇", "隔壁老王", "阿嫂", "社保", "重新", "大家")]
    [True, True, True, False, False, False]
    """
    tokens = list(joined_people(list(tokenise(name, _ANY_DAY))))
    kinds = [one.kind for one in tokens]
    led = _BEFORE_A_PERSON.issuperset(kinds) and "person" in kinds[-2:]
    return (led and kinds[-1] in ("person", "unknown")) or (kinds == ["unknown"] and len(name) > 1)


def joined_people(tokens: Sequence[Token]) -> Iterator[Token]:
    """The same tokens, with each phrase for a person as one token of the kind person."""
    at = 0
    while at < len(tokens):
        end = _person(tokens, at)
        if end is None:
            unlisted = tokens[at].kind in ("unknown", "common") and pays(tokens, at, at + 1)
            yield tokens[at]._replace(kind="payer") if unlisted else tokens[at]  # 厂头|给我交了
            at += 1
            continue
        text = "".join(token.text for token in tokens[at:end])
        kind = "payer" if pays(tokens, at, end) else "person"
        if tokens[at].text in _THERE_IS and "的" not in text and text[-1] in _BUSINESSES:
            kind = "common"  # 名下有个鞋料店
        yield Token(tokens[at].start, tokens[end - 1].end, kind, text)
        at = end


def _person(tokens: Sequence[Token], at: int) -> int | None:
    """Where the phrase for a person that begins here ends; None where none begins."""
    match tokens[at].kind:
        case "pause":
            return None
        case "near":
            return _nearby(tokens, at)
        case "company":
            return _beside_me(tokens, at) or by_trade(tokens, at)
        case "self" | "us":
            return _counted_too(tokens, at) or _mine(tokens, at)
        case "person":
            return _extended(tokens, at + 1)
        case "amount":
            return _one_of_them(tokens, at)
        case _:
            end = _that_one(tokens, at) or named(tokens, at) or titled(tokens, at)
            end = end or by_trade(tokens, at) or _staff(tokens, at) or _at_a_place(tokens, at)
            return None if end is None else _extended(tokens, end)


def _nearby(tokens: Sequence[Token], at: int) -> int | None:
    """楼下剃头的, 有个贵州来的: up to what that person does."""
    if at and tokens[at - 1].kind == "payer":
        return None  # 在他厂隔壁上班
    if tokens[at + 1 : at + 2] and tokens[at + 1].text in ("一起", "一块"):
        return None  # 店面连楼上一起租的
    if tokens[at].text in _THERE_IS and _is_measured(tokens, at + 1):
        return None  # 有个九年十年|了都
    end = run_of(tokens, at + 1, _NEARBY, _LONGEST)
    described = {one.kind for one in tokens[at + 1 : end]}
    states_a_skill = end < len(tokens) and tokens[end].fact == "skill"
    if states_a_skill and tokens[at].text in _THERE_IS and "person" not in described:
        return None  # 有个中式|烹调师四级证
    if tokens[end - 1].text in _ALONG and end == at + 2:
        return None  # 店面连楼上|一起|租的: a floor
    return end if end > at + 1 and acts(tokens, end) else None


def _is_measured(tokens: Sequence[Token], at: int) -> bool:
    """九年十年了, 七八次也: so much there is; but 三十来岁的, 干了九年的 describe a person."""
    rest = [one.kind == "amount" and one.unit != "age" for one in tokens[at:]] + [False]
    end = at + rest.index(False)
    return end > at and [one.text for one in tokens[end : end + 1]] != ["的"]


def _beside_me(tokens: Sequence[Token], at: int) -> int | None:
    """跟我一个车间的, 和我一起来的那个人."""
    if at + 2 >= len(tokens) or tokens[at + 1].kind not in ("self", "us"):
        return None
    if tokens[at + 1].text.endswith("的"):
        return _with_the_noun(tokens, at + 2)  # 带我的师傅
    for end in range(at + 2, min(at + _LONGEST_BESIDE, len(tokens))):
        token = tokens[end]
        if token.kind in ("pause", "fact", "value", "self", "no") or token.text in ("一共", "都"):
            return None
        if token.text.endswith("的"):
            return None if _of_a_thing(tokens, at, end) else _with_the_noun(tokens, end + 1)
    return None


_DONE_TO_A_THING = re.compile("(?:办|去|来|弄|交|领|拿|登记|登|考|买|签|缴|续|换)[的了过]*$")


def _of_a_thing(tokens: Sequence[Token], at: int, end: int) -> bool:
    """居住证|跟我一天办的: said of the thing named before, and no person."""
    before = at - 1
    while before >= 0 and tokens[before].kind in ("adverb", "tail", "person"):
        before -= 1
    named = before >= 0 and tokens[before].kind in STATES
    said = "".join(one.text for one in tokens[at : end + 1])
    return named and bool(_DONE_TO_A_THING.search(said))


def _with_the_noun(tokens: Sequence[Token], end: int) -> int:
    nouns = ("那个", "人", "那个人")
    while end < len(tokens) and (tokens[end].kind == "person" or tokens[end].text in nouns):
        end += 1
    return end


_NOBODY = frozenset({"分", "档", "级", "期"})
"""What is measured of the speaker: 我分不高."""


def _mine(tokens: Sequence[Token], at: int) -> int | None:
    """我老婆, 我家那口子; and who follows the speaker at once, before what is done: 我连襟."""
    after = at + 1
    if after < len(tokens) and tokens[after].text in _POSSESSIVE:
        after += 1
    if tokens[after : after + 1] and tokens[after].kind == "payer" and pays(tokens, at, after + 1):
        return after + 1  # 我们老板|给我交的
    if after < len(tokens) and tokens[after].kind != "self" and (end := _person(tokens, after)):
        return end
    end = run_of(tokens, at + 1, _OF_MINE, _LONGEST_OF_MINE)
    run = tokens[at + 1 : end]
    if run and run[0].kind == "common" and tokens[end - 1].text in _THAT_ONE:
        return end  # 我屋里头那个
    if _is_brief(run) and tokens[end : end + 1] and tokens[end].text == "的":
        return end  # 俺达的
    if _is_brief(run) and at and tokens[at - 1].kind == "benefit":
        return None  # 给我|发过一个先进
    if run and run[0].text in _NOBODY:
        return None  # 我分不高
    unlisted = any(token.kind == "unknown" for token in run)
    if unlisted and _opens_a_list(tokens, end):
        return end  # 我侄儿的：31岁，中专
    if not (unlisted or _is_brief(run)) or run[0].kind not in _OPENS_OF_MINE:
        return None
    amount = end < len(tokens) and tokens[end].kind == "amount"
    return end if amount or acts(tokens, end) or tells_me(tokens, end) else None


def _counted_too(tokens: Sequence[Token], at: int) -> int | None:
    """给|我司机|也算下: where the noun ends for whom it is counted, too."""
    noun, given = tokens[at + 1 : at + 2], at > 0 and tokens[at - 1].kind == "benefit"
    too = _COUNTS.match("".join(one.text for one in tokens[at + 2 : at + 6]))
    return at + 2 if given and too and noun and noun[0].kind in _OPENS_OF_MINE else None


_COUNTS = re.compile("(?:也|顺便|另外)(?:帮忙)?(?:算|测|估)")
_STATES_OR_COUNTS = STATES | {"amount", "self", "us", "plan"}


def _opens_a_list(tokens: Sequence[Token], at: int) -> bool:
    """的：, 的没算？: nothing is told before the list."""
    if not tokens[at : at + 1] or tokens[at].text != "的":
        return False
    told = list(takewhile(lambda one: one.kind != "pause", tokens[at + 1 : at + 5]))
    pause = tokens[at + 1 + len(told) : at + 2 + len(told)]
    silent = all(one.kind not in _STATES_OR_COUNTS for one in told)
    return silent and bool(pause) and any(mark in pause[0].text for mark in ":?")


def _is_brief(run: Sequence[Token]) -> bool:
    """俺达: one character after the speaker may be a word for a relative."""
    return len(run) == 1 and run[0].kind == "common" and len(run[0].text) == 1


def _one_of_them(tokens: Sequence[Token], at: int) -> int | None:
    """一个工友, where it is no object: 找了一个徒弟."""
    opens = at == 0 or tokens[at - 1].kind in ("pause", "conjunction", "time")
    one = tokens[at].text in ("一个", "1个", "一位")
    if one and opens and tokens[at + 1 : at + 2] and tokens[at + 1].kind == "person":
        return _extended(tokens, at + 2)
    return None


def _that_one(tokens: Sequence[Token], at: int) -> int | None:
    """教数学的那个."""
    if tokens[at].kind not in ("unknown", "common", "verb"):
        return None
    last = run_of(tokens, at, _NEARBY - {"self"}, LONGEST_THAT_ONE)
    for end in range(at + 2, last + 1):
        if tokens[end - 1].text in _THAT_ONE and tokens[end - 2].text == "的":
            follows = acts(tokens, end) or "的" in [one.text for one in tokens[end : end + 1]]
            return end if follows else None
    return None


_STAFF = frozenset({"员工", "职工", "工人"})
_ALL_OF_THEM = ("都", "全", "基本", "大部分", "多数", "平均", "清一色")


def _staff(tokens: Sequence[Token], at: int) -> int | None:
    """员工|都是本科: those whom one employs, all of them; 我是员工 is the speaker."""
    if tokens[at].text not in _STAFF:
        return None
    led = tokens[at - 1].text if at else ""
    follows = tokens[at + 1 : at + 2]
    of_all = bool(follows) and follows[0].text.startswith(_ALL_OF_THEM)
    speaks = led.endswith(("是", "当", "做")) or (at and tokens[at - 1].kind in ("self", "us"))
    return at + 1 if of_all and not speaks else None


_YOUNGER = frozenset({"小妹", "小弟", "妹子", "老妹", "老弟", "小哥", "小姐姐", "伙计", "小伙计"})
"""Also words by which one is addressed: a person only after the place where they work."""
_GOES_ON = frozenset({"preposition", "adverb", "time", "place", "amount", "no", "verb"})


def _at_a_place(tokens: Sequence[Token], at: int) -> int | None:
    """店里|小妹|在永嘉献过血; not 我在店里，小妹，献过血, where one is addressed."""
    if tokens[at].kind != "payer" or (at and tokens[at - 1].kind == "preposition"):
        return None
    end = at + 2 if tokens[at + 1 : at + 2] and tokens[at + 1].text == "的" else at + 1
    if end >= len(tokens) or tokens[end].text not in _YOUNGER:
        return None
    clause = list(takewhile(lambda one: one.kind != "pause", tokens[end + 1 :]))
    if any(one.kind == "benefit" and then.kind == "self" for one, then in pairwise(clause)):
        return None  # 公司妹子社保帮我交了三年
    goes_on = bool(clause) and clause[0].kind in _GOES_ON
    return end + 1 if goes_on or acts(tokens, end + 1) else None


def _extended(tokens: Sequence[Token], end: int) -> int:
    """隔壁的老王, 老板娘她弟弟: with the people and the 的 that follow."""
    while end < len(tokens):
        if tokens[end].kind == "person":
            end += 1
        elif tokens[end].text in _BELONGS and tokens[end + 1 : end + 2]:
            if tokens[end + 1].kind != "person":
                return end
            end += 2
        else:
            return end
    return end
