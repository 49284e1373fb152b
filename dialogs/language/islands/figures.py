"""The name to which a figure belongs: by nearness, and by what each fact takes."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import takewhile

from dialogs.language.ellipsis import PAID, TOTALS
from dialogs.language.grammar import grammar
from dialogs.language.islands.denials import of_the_next
from dialogs.language.islands.island import CONTEXT, Island
from dialogs.language.lexicon import any_of, patterns
from dialogs.language.tokens import Token
from dialogs.language.units import takes

_FAR = 6
_ADJACENT = frozenset({"tail", "verb", "adverb", "payer"})


def name_of(
    tokens: Sequence[Token], at: int, names: Sequence[int], islands: dict[int, Island]
) -> int | None:
    """The name to which the figure at this place belongs."""
    place = bisect_left(names, at)
    left = names[place - 1] if place else None
    right = names[place] if place < len(names) else None
    if left is not None and not (
        takes(tokens[left].fact, tokens[at]) and _reaches(tokens, left, at, islands)
    ):
        left = None
    if right is not None and not (
        takes(tokens[right].fact, tokens[at]) and _touches(tokens, at, right)
    ):
        right = None
    lodged = right is not None and tokens[right].text.endswith("宿舍")  # 来永嘉先住了|两年|宿舍
    comes = left is not None and (
        tokens[left].text.startswith(("来", "到")) or tokens[left].text.endswith(("住", "住了"))
    )
    if right is not None and (left is None or islands[left].amounts or (lodged and comes)):
        return right
    return left


def _predicated(tokens: Sequence[Token], name: int) -> bool:
    """Whether a name has a figure or a denial of its own right behind it."""
    for at in range(name + 1, min(name + 8, len(tokens))):
        token = tokens[at]
        if token.kind in ("payer", "benefit") or tokens[at - 1].kind == "benefit":
            continue  # 社保|厂里|给|我|交了九年
        if token.kind == "amount":
            return takes(tokens[name].fact, token) and not _figures_lead(tokens, name, at)
        if token.kind == "no":
            return not of_the_next(tokens, at)
        if token.kind != "tail" and token.text not in grammar().elliptical:
            return False
    return False


def _figures_lead(tokens: Sequence[Token], name: int, after: int) -> bool:
    """两个外观专利|一个实用新型: each figure stands before its name."""
    before, following = tokens[name - 1 : name] if name else (), tokens[after + 1 : after + 2]
    led = bool(before) and before[0].kind == "amount" and takes(tokens[name].fact, before[0])
    return led and bool(following) and following[0].kind == "fact"


def _touches(tokens: Sequence[Token], at: int, right: int) -> bool:
    """Whether a noun follows a figure closely enough: 五年的社保; it has no figure of its own."""
    if (
        tokens[right].text in grammar().weak
        or (tokens[right].fact == "residence_months" and "登记" not in tokens[right].text)
        or (_predicated(tokens, right) and not _counts(tokens, at, right))
    ):
        return False
    between = tokens[at + 1 : right]
    if tokens[at].unit == "since":  # 2021年3月起在永嘉交社保
        led = CONTEXT | {"self"}
        return len(between) <= _FAR and all(token.kind in led for token in between)
    return len(between) <= 2 and all(token.kind in _ADJACENT for token in between)


def is_total(tokens: Sequence[Token], at: int) -> bool:
    """老板给买了五年，后来我自己又买了一年，总共|六年: what several come to; 总共只去成|两场."""
    clause = takewhile(lambda one: one.kind not in _ENDS_A_CLAUSE, reversed(tokens[:at]))
    return any(one.text in TOTALS for one in clause)


_ENDS_A_CLAUSE = frozenset({"pause", "amount", "fact", "value", "noun", "person"})


def _counts(tokens: Sequence[Token], at: int, right: int) -> bool:
    """还有一个|发明在审: a number right before what is counted."""
    return right == at + 1 and tokens[at].unit == "count"


def _reaches(tokens: Sequence[Token], left: int, at: int, islands: dict[int, Island]) -> bool:
    """Whether a figure after a name belongs to it, over pauses only where it is still awaited, goes
    on (后来又交半年) or corrects (不对，四年)."""
    parts = islands[left].amounts
    if parts and tokens[parts[-1]].unit == tokens[at].unit and is_total(tokens, at):
        apart = {"person", "self"} if _is_planned(tokens, left) else {"person"}
        return not any(one.kind in apart for one in tokens[left + 1 : at])
    first = left + 1 + (not parts and _is_a_deed_named_first(tokens, left))
    if any(_is_another_subject(tokens, one) for one in range(first, at)):
        return False
    born = tokens[at + 1 : at + 2]
    if tokens[left].fact != "birth_date" and born and born[0].text in ("生", "出生", "生的"):
        return False
    last = max(islands[left].core)
    after = list(_without_brackets(tokens[last + 1 : at]))
    if tokens[left].fact == "rented_years" and any(
        map(_is_of_other_than_rent, tokens[left + 1 : at + 1])
    ):
        return False
    if tokens[left].fact in PAID and _tells_of_coming(tokens[at]):
        return False
    if tokens[at].unit == "moment" and any(one.kind == "pause" for one in after):
        return any(":" in one.text for one in after)  # 租的 94年10月
    has_one = bool(islands[left].amounts)
    pauses = [one for one in after if one.kind == "pause" and (has_one or one.text.strip())]
    if not pauses:
        return not any(token.kind == "unknown" and len(token.text) > 6 for token in after)
    text = "".join(token.text for token in after)
    if not islands[left].amounts:
        return len(pauses) == 1 and not any(token.kind == "no" for token in after)
    where = all(
        token.kind in ("pause", "place", "adverb", "noise", "preposition", "tail")
        or token.text in grammar().elliptical
        for token in after
    )
    goes_on = (
        where and any(token.kind == "place" or token.text in ("这边", "这里") for token in after)
    ) or any(
        word in text
        for word in ("又", "再", "后来", "然后", "还有", "加", "接着", "一共", "总共", "合计")
    )
    again = _is_told_again(tokens[at], tokens[last + 1 : at])
    return goes_on or again or bool(patterns("taken_back").search(text))


def _is_planned(tokens: Sequence[Token], name: int) -> bool:
    """要是把社保交满三年，|我现在一共才11个月: the total is none of what is planned."""
    clause = takewhile(lambda one: one.kind != "pause", reversed(tokens[:name]))
    return any(one.kind == "plan" for one in clause)


_THAT_IS = frozenset({"就是", "也就是", "等于", "即", "也就", "是"})
_BEGINS = re.compile(".*(?:开始|到现在|到今天|至今|以来)")


def _is_told_again(figure: Token, after: Sequence[Token]) -> bool:
    """三年多，|就是38个月; 三年多，|2023年3月到现在: the same length, told in another way."""
    that_is = any(one.text in _THAT_IS for one in after)
    begins = figure.unit == "since" and _BEGINS.fullmatch(figure.text)
    alone = all(one.text in _THAT_IS | {"几"} or one.kind in ("pause", "tail") for one in after)
    return alone and bool(that_is or begins)


def _is_of_other_than_rent(token: Token) -> bool:
    """租房住，医保交了三年; 租房住，上个月才来的."""
    return token.text == "医保" or (token.unit == "since" and "来" in token.text)


def _tells_of_coming(token: Token) -> bool:
    """2024年才到永嘉: since when one is here, and no beginning of what is paid."""
    comes = token.unit == "since" and any_of("inside").search(token.text)
    return bool(comes) and not any(one in token.text for one in "交缴买")


def _is_another_subject(tokens: Sequence[Token], at: int) -> bool:
    """Whether something else is told of from here on; not 社保是会计帮我|查的，一共61个月."""
    helped = tokens[at].kind == "self" and tokens[at - 1].kind == "benefit"
    after = tokens[at + 1 : at + 2]
    if tokens[at].kind == "self" and after and after[0].text in _HAS_IT:
        return False  # 公积金|我有|两年了; 社保|我查过|五年
    return tokens[at].kind in ("value", "noun", "self", "us", "person") and not helped


_HAS_IT = frozenset({"有", "有的", "有了", "也有", "查过", "查了", "看过", "算过", "数过"})


def _is_a_deed_named_first(tokens: Sequence[Token], name: int) -> bool:
    """志愿者|我做过4次: what the speaker did is named before them; 老公志愿者|我做过4次 may be of
    either."""
    clause = takewhile(lambda one: one.kind != "pause", reversed(tokens[:name]))
    deed = tokens[name].kind == "fact" and tokens[name].fact in _DEEDS
    speaks = tokens[name + 1].kind == "self"
    return deed and speaks and not any(one.kind in ("person", "unknown") for one in clause)


_DEEDS = frozenset(
    {"blood_donations", "volunteer_services", "charity_yuan", "law_study_activities"}
)


def _without_brackets(tokens: Sequence[Token]) -> Iterator[Token]:
    """租房(有备案)，6年: what stands in brackets goes along."""
    inside = False
    for token in tokens:
        inside = inside or (token.kind == "pause" and "(" in token.text)
        if inside and token.kind == "pause" and ")" in token.text:
            inside = False
        if not inside:
            yield token
