"""Whose something is, said behind it: 社保五年是我老公的, 七十二个月是我太太的."""

from collections.abc import Sequence
from itertools import dropwhile, pairwise, takewhile

from dialogs.language.in_whose_name import in_whose_name
from dialogs.language.owning.subjects import CALLED, did_it
from dialogs.language.owning.words import words_of
from dialogs.language.payers import is_superior
from dialogs.language.tokens import Token


def of_whom(tokens: Sequence[Token], found: list[str]) -> list[str]:
    """隔壁开五金店的老蒋: what stands before 的 and a person is said of that person."""
    for at in range(len(tokens) - 2):
        if (
            tokens[at + 1].text == "的"
            and tokens[at + 2].kind == "person"
            and tokens[at].kind in ("value", "amount", "fact")
            and tokens[at + 2].text[0] not in "我俺咱"
            and not (tokens[at + 2].text in CALLED and at + 3 == len(tokens))  # 签了的，老师
            and not any(one.kind == "benefit" for one in tokens[at + 3 : at + 4])
        ):
            found[at] = tokens[at + 2].text
        if tokens[at].kind in ("value", "amount", "noun") and (
            whose := _is_said_to_be_of(tokens, at + 1)
        ):
            found[at] = whose
        if tokens[at].kind == "amount" and (whose := _told_last(tokens, at, found)):
            found[at] = whose
    for at, whose in in_whose_name(tokens):
        found[at] = whose
    for at in _each_of_them(tokens):
        found[at] = _several(tokens, at)
    return found


_ONE = ("一个", "1个", "老大", "老二", "大的", "小的")


def _each_of_them(tokens: Sequence[Token]) -> list[int]:
    """两个孩子争气 一个|研究生|一个|本科: what is told of each of several people."""
    led = [
        at
        for at, (one, told) in enumerate(pairwise(tokens), start=1)
        if one.text in _ONE and told.kind == "value" and _several(tokens, at)
    ]
    return led if len(led) > 1 else []


def _several(tokens: Sequence[Token], at: int) -> str:
    """The people that were counted before; "" where none were."""
    pairs = reversed([*pairwise(tokens[:at])])
    return next(
        (who.text for one, who in pairs if one.unit == "count" and who.kind == "person"), ""
    )


_OWNS = frozenset({"person", "payer", "near"})
_IS_OF = frozenset({"是", "都是", "就是", "也是", "全是"})


def _told_last(tokens: Sequence[Token], at: int, found: Sequence[str]) -> str:
    """社保五年|是我老公的不是我的, 社保五年|，我老公的, 捐款三千|是老板捐的: the owner behind what
    is owned, closed by 的; "" where none is named so."""
    near = takewhile(lambda one: not one.ends_sentence, tokens[at + 1 : at + _FAR_BEHIND])
    here = dropwhile(lambda one: one.kind in ("fact", "noun", "tail"), near)
    rest = list(dropwhile(lambda one: one.kind in ("pause", "tail"), here))
    is_of = bool(rest) and rest[0].text in _IS_OF
    behind = rest[is_of:]
    owner = list(takewhile(lambda one: one.text != "的", behind))
    after = behind[len(owner) + 1 :]
    if [one.text for one in rest[:1]] == ["那"] and not is_of:
        return _is_that_one(rest[1:])
    told = any(one.kind == "amount" for one in owner)  # 我95年7月 我对象93年的
    if told or not owner or len(behind) == len(owner) or owner[0].kind not in _OWNS:
        return ""
    closed = all(one.kind in ("pause", "no", "self") for one in (after[:1] if is_of else after[:2]))
    if not closed or not (is_of or owner[0].kind == "person"):
        return ""
    named = [one for one in owner if one.kind != "noise"]  # 老板名下的
    acts = next((n for n, one in enumerate(owner) if one.kind in _DOES), None)
    if acts is not None:  # 是厂里交的, 社区叫的: who paid or called owns nothing
        return found[tokens.index(owner[acts], at)] if is_of else ""
    arranged = owner[0].kind == "payer" and len(named) > 1  # 是社区组织的
    return "" if arranged else words_of(named)


def _is_that_one(behind: Sequence[Token]) -> str:
    """献血两次|那|是我姐: "" where it is not said."""
    said = list(takewhile(lambda one: one.kind != "pause", behind))
    is_one = len(said) == 2 and said[0].text == "是" and said[1].kind == "person"
    return said[1].text if is_one else ""


_HAS_IT = ([("adverb", "有")], [("adverb", "是")], [("adverb", "也是")])
"""居住证我老公有, 党员我老公是."""
_CLOSES = frozenset({"pause", "self"})
_DOES = frozenset({"verb", "benefit", "adverb"})
_FAR_BEHIND = 9


def _is_said_to_be_of(tokens: Sequence[Token], at: int) -> str:
    """七十二个月|是我太太的, 技师|证是我老公考的: whose something is; "" where it is not said."""
    if whose := _is_they(tokens, at):
        return whose
    at += int(bool(tokens[at : at + 1]) and tokens[at].kind == "noise")
    has_it = [(one.kind, one.text) for one in tokens[at + 1 : at + 3]]
    if tokens[at : at + 1] and tokens[at].kind == "person" and has_it[:1] in _HAS_IT:
        return tokens[at].text if {kind for kind, _ in has_it[1:]} <= _CLOSES else ""
    if tokens[at + 1 : at + 2] and tokens[at + 1].kind == "person" and did_it(tokens, at + 1):
        return tokens[at + 1].text
    predicate = [one for one in tokens[at : at + 4] if one.text != "名下"][:3]
    if len(predicate) < 3 or predicate[0].text not in ("是", "都是"):
        return ""
    ends = tokens[tokens.index(predicate[2], at) + 1 :][:1]
    closed = predicate[2].text == "的" and (not ends or ends[0].kind in _CLOSES)
    owns = predicate[1].kind == "person" or is_superior(predicate[1:2])
    return predicate[1].text if closed and owns else ""


def _is_they(tokens: Sequence[Token], at: int) -> str:
    """党员|是我爸, 当过兵|的是我哥: who it is, and not the speaker; "" where it is not said."""
    if tokens[at - 1].kind != "value":
        return ""
    said = [one for one in tokens[at : at + 3] if one.text != "的"]
    if len(said) < 2 or said[0].text not in _IS_OF or said[1].kind != "person":
        return ""
    after = tokens[tokens.index(said[1], at) + 1 :][:1]
    return said[1].text if all(one.kind in _ENDS_IT for one in after) else ""


_ENDS_IT = frozenset({"pause", "tail", "self"})
