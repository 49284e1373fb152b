"""Phrases for people as one token: 我老婆, 隔壁老王, 张姐, 楼下剃头的, 跟我一个车间的."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from dialogs.language.grammar import grammar
from dialogs.language.payers import is_superior, pays
from dialogs.language.tokens import Token
from dialogs.language.vocabulary import gig_words

_STATES = frozenset({"fact", "value", "noun"})
_NEARBY = frozenset(
    {"unknown", "common", "verb", "tail", "noise", "person", "place", "payer", "adverb"}
    | {"preposition", "self", "amount", "time", "near"}
)
"""What a phrase like 楼下剃头的 or 有个贵州来的 is made of."""
_OF_MINE = frozenset({"unknown", "common", "verb", "payer", "noise", "adverb"})
_OPENS_OF_MINE = frozenset({"unknown", "common", "verb", "payer"})
_THAT_ONE = frozenset({"那个", "那位"})
_BELONGS = frozenset({"的", "家", "家的", "她", "他"})
_NUMERALS = frozenset("一二三四五六七八九大")
_POSSESSIVE = frozenset({"的", "那个", "这个", "家", "家里", "那"})
_LONGEST, _LONGEST_OF_MINE, _LONGEST_THAT_ONE, _LONGEST_BESIDE = 8, 5, 6, 8
"""Tokens of such phrases."""


def joined_people(tokens: Sequence[Token]) -> Iterator[Token]:
    """The same tokens, with each phrase for a person as one token of the kind person."""
    at = 0
    while at < len(tokens):
        end = _person(tokens, at)
        if end is None:
            unlisted = tokens[at].kind in ("unknown", "common") and pays(tokens, at, at + 1)
            yield replace(tokens[at], kind="payer") if unlisted else tokens[at]  # 厂头|给我交了
            at += 1
            continue
        text = "".join(token.text for token in tokens[at:end])
        kind = "payer" if pays(tokens, at, end) else "person"
        yield Token(tokens[at].start, tokens[end - 1].end, kind, text)
        at = end


def _person(tokens: Sequence[Token], at: int) -> int | None:
    """Where the phrase for a person that begins here ends; None where none begins."""
    match tokens[at].kind:
        case "near":
            return _nearby(tokens, at)
        case "company":
            return _beside_me(tokens, at) or _by_trade(tokens, at)
        case "self" | "us":
            return _mine(tokens, at)
        case "person":
            return _extended(tokens, at + 1)
        case "amount":
            return _one_of_them(tokens, at)
        case _:
            end = _that_one(tokens, at) or _named(tokens, at) or _titled(tokens, at)
            end = end or _by_trade(tokens, at)
            return None if end is None else _extended(tokens, end)


def _acts(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token at this place begins what somebody does or is."""
    if at >= len(tokens):
        return False
    token = tokens[at]
    does = token.unit == "age" or token.text in grammar().predicate
    return does or token.kind in _STATES or tells_me(tokens, at)


def _run(tokens: Sequence[Token], at: int, kinds: frozenset[str], most: int) -> int:
    """Where a run of tokens of these kinds ends, before what somebody does."""
    end = at
    while end < min(len(tokens), at + most) and tokens[end].kind in kinds:
        if _acts(tokens, end):
            break
        end += 1
    return end


def _nearby(tokens: Sequence[Token], at: int) -> int | None:
    """楼下剃头的, 有个贵州来的: up to what that person does."""
    if at and tokens[at - 1].kind == "payer":
        return None  # 在他厂隔壁上班
    end = _run(tokens, at + 1, _NEARBY, _LONGEST)
    described = {one.kind for one in tokens[at + 1 : end]}
    states_a_skill = end < len(tokens) and tokens[end].fact == "skill"
    if states_a_skill and tokens[at].text in ("有个", "有一个") and "person" not in described:
        return None  # 有个中式|烹调师四级证
    return end if end > at + 1 and _acts(tokens, end) else None


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
    named = before >= 0 and tokens[before].kind in _STATES
    said = "".join(one.text for one in tokens[at : end + 1])
    return named and bool(_DONE_TO_A_THING.search(said))


def _with_the_noun(tokens: Sequence[Token], end: int) -> int:
    nouns = ("那个", "人", "那个人")
    while end < len(tokens) and (tokens[end].kind == "person" or tokens[end].text in nouns):
        end += 1
    return end


def _mine(tokens: Sequence[Token], at: int) -> int | None:
    """我老婆, 我家那口子; and whoever follows the speaker at once, before what is done: 我连襟."""
    after = at + 1
    if after < len(tokens) and tokens[after].text in _POSSESSIVE:
        after += 1
    if tokens[after : after + 1] and tokens[after].kind == "payer" and pays(tokens, at, after + 1):
        return after + 1  # 我们老板|给我交的
    if after < len(tokens) and tokens[after].kind != "self" and (end := _person(tokens, after)):
        return end
    end = _run(tokens, at + 1, _OF_MINE, _LONGEST_OF_MINE)
    run = tokens[at + 1 : end]
    if run and run[0].kind == "common" and tokens[end - 1].text in _THAT_ONE:
        return end  # 我屋里头那个
    if _is_brief(run) and tokens[end : end + 1] and tokens[end].text == "的":
        return end  # 俺达的
    if _is_brief(run) and at and tokens[at - 1].kind == "benefit":
        return None  # 给我|发过一个先进
    unlisted = any(token.kind == "unknown" for token in run)
    if unlisted and _opens_a_list(tokens, end):
        return end  # 我侄儿的：31岁，中专
    if not (unlisted or _is_brief(run)) or run[0].kind not in _OPENS_OF_MINE:
        return None
    amount = end < len(tokens) and tokens[end].kind == "amount"
    return end if amount or _acts(tokens, end) or tells_me(tokens, end) else None


_STATES_OR_COUNTS = _STATES | {"amount", "self", "us", "plan"}


def _opens_a_list(tokens: Sequence[Token], at: int) -> bool:
    """的：, 的没算？: nothing is told before the list."""
    if not tokens[at : at + 1] or tokens[at].text != "的":
        return False
    told = list(takewhile(lambda one: one.kind != "pause", tokens[at + 1 : at + 5]))
    pause = tokens[at + 1 + len(told) : at + 2 + len(told)]
    silent = all(one.kind not in _STATES_OR_COUNTS for one in told)
    return silent and bool(pause) and any(mark in pause[0].text for mark in ":?")


def tells_me(tokens: Sequence[Token], at: int) -> bool:
    """跟我讲, and not of me: the one who talks talks of themself."""
    said = tokens[at + 1 : at + 4]
    return (
        len(said) == 3
        and tokens[at].kind == "company"
        and said[0].kind in ("self", "us")
        and said[1].kind == "reporter"
        and said[2].kind not in ("self", "us", "pause")
    )


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
    last = _run(tokens, at, _NEARBY - {"self"}, _LONGEST_THAT_ONE)
    for end in range(at + 2, last + 1):
        if tokens[end - 1].text in _THAT_ONE and tokens[end - 2].text == "的":
            follows = _acts(tokens, end) or "的" in [one.text for one in tokens[end : end + 1]]
            return end if follows else None
    return None


_OF_A_TRADE = frozenset({"unknown", "common", "verb", "noise", "amount", "company", "payer"})
_LEADS_ON = frozenset({"adverb", "time", "preposition", "place", "amount"})
_DEED = re.compile("[交缴买捐考读住租说有]|献(?!血)")
_TRADE = re.compile("(?:[村门路街巷]口)?(?:[开卖修收送教扫剃]|理发)[^到了过]{0,4}的$")
_OF_A_PERSON = frozenset(
    {"social_insurance_months", "housing_fund_months", "education", "blood_donations"}
    | {"owned_home"}
)
"""Of which a trade is no kind, as it is of a licence or of taxes."""


def _by_trade(tokens: Sequence[Token], at: int) -> int | None:
    """村口理发的|也交了五年, 同车间的湖南人: who does what the phrase says, and is not the speaker;
    not 函授的|大专, which says of what kind it is."""
    if at and tokens[at - 1].kind not in ("pause", "conjunction", "reporter"):
        return None
    end = _run(tokens, at, _OF_A_TRADE, _LONGEST_THAT_ONE)
    said = [token.text for token in tokens[at : end + 1]]
    if end == at or said[-1] not in ("的", "租的") or {*gig_words()} & {*said}:
        return None
    named = _with_the_origin(tokens, end + 1)
    if named > end + 1 or (_TRADE.match("".join(said)) and _is_of_a_person(tokens, named)):
        return named
    does = next((one for one in tokens[named:] if one.kind not in _LEADS_ON), None)
    has = [one.text for one in tokens[named : named + 1]] == ["有"]
    return named if has or (does is not None and _DEED.match(does.text)) else None


def _is_of_a_person(tokens: Sequence[Token], at: int) -> bool:
    """社保五年, 的学历是大专, 是大专."""
    lead = ("的", "是", "也是", "学历")
    told = next((one for one in tokens[at:] if one.text not in lead), None)
    return told is not None and told.fact in _OF_A_PERSON


def _with_the_origin(tokens: Sequence[Token], end: int) -> int:
    """同车间的|湖南人, 卖早点的|两口子."""
    if tokens[end : end + 1] and tokens[end].text in ("两口子", "小两口", "夫妻俩"):
        return end + 1
    origin = [one.text for one in tokens[end + 1 : end + 2]] == ["人"]
    return end + 2 if origin and tokens[end].kind == "place" else end


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


_OF_A_TITLE = frozenset({"unknown", "common", "noise", "verb", "payer", "adverb", "amount"})


def _titled(tokens: Sequence[Token], at: int) -> int | None:
    """项目|经理, 副|厂长, 行|长: a title with what it is of, before what that one does."""
    before = tokens[at - 1] if at else None
    first = tokens[at]
    if first.kind not in _OF_A_TITLE or first.text in grammar().predicate:
        return None
    is_object = before is not None and before.text in grammar().object_of  # 当过|副班长
    for end in range(at + 2, min(at + 4, len(tokens) + 1)):
        if tokens[end - 1].kind not in (*_OF_A_TITLE, "person"):
            return None
        if is_superior(tokens[at:end]):
            if pays(tokens, at, end):
                return end
            if is_object or tokens[end - 1].kind == "payer":
                return None  # 给私人|老板做的
            return end if _acts(tokens, end) or _is_the_one_who(tokens[end : end + 2]) else None
    return None


def _is_the_one_who(after: Sequence[Token]) -> bool:
    """厨师长|的公积金, 老总|给, 上司|自己."""
    if not after:
        return False
    has = after[0].text == "的" and after[-1].kind in _STATES
    return has or after[0].kind == "benefit" or after[0].text.startswith("自己")


def _named(tokens: Sequence[Token], at: int) -> int | None:
    """小刘, 老王, 张姐, 李师傅, 车间主任: a name as it is made."""
    first, surnames, titles = tokens[at], grammar().surname, grammar().title
    superiors = grammar().superior
    following = tokens[at + 1] if at + 1 < len(tokens) else replace(first, kind="", text="")
    if first.text in _NUMERALS and following.kind == "person":
        return at + 2  # 二房东
    if first.text == "老" and following.text in _NUMERALS:
        return at + 2  # 老四
    if following.kind in ("unknown", "tail", "common") and first.text in ("小", "老", "阿"):
        return at + 2 if first.text == "阿" or following.text[0] in surnames else None
    if first.kind == "payer" and (following.text in titles or first.text in superiors):
        return at + 2 if following.kind == "person" or following.text in titles else None
    if first.kind == "unknown" and len(first.text) == 2 and first.text[0] in "小老阿":
        return at + 1 if first.text[1] in surnames else None
    counted = first.kind == "tail" and not (at and tokens[at - 1].kind == "amount")  # 张|姐
    if first.kind != "unknown" and not counted:
        return None
    if len(first.text) > 3 or first.text[0] not in surnames:
        return None
    if following.text in titles:
        return at + 2
    titled = len(first.text) > 1 and any(first.text.endswith(title) for title in titles)
    return at + 1 if titled else None
