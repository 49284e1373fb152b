"""Whether a person who is named is the subject of what follows."""

import re
from collections.abc import Sequence
from itertools import dropwhile

from dialogs.language.acting import STATES, tells_me
from dialogs.language.grammar import grammar
from dialogs.language.owning.lists import begins_a_list
from dialogs.language.owning.words import as_i_did, words_of
from dialogs.language.tokens import Token

_DESCRIBES = frozenset({"unknown", "common", "payer", "place", "tail", "us", "verb"})
_FIGURED = frozenset({"交", "缴", "买", "存", "办", "捐", "献", "付", "缴纳", "报"})


def subject_of(tokens: Sequence[Token], at: int) -> str | None:
    """The owner from a person named here on; None where the person is no subject."""
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if _is_company(tokens, at) or _is_a_home(tokens, at):
        return None  # 和老婆一起, 跟几个老乡合租
    if did_it(tokens, at) or _is_who_does(tokens, at):
        return tokens[at].text
    if before is not None and (
        before.text in ("像", "哪像", "不像", "不如") or _in_company(before, after)
    ):
        return tokens[at].text  # 哪像老王，社保都满十年了; 陪老王去查
    if before is not None and (
        before.kind == "preposition" or before.text == "住在" or _is_an_object(tokens, at)
    ):
        return None
    counts = before is not None and before.unit == "count" and before.text.endswith(tuple("个位名"))
    if counts and tokens[at].text[0] not in "我俺咱":
        return None  # 换了三个房东; not 县级一个|我哥三个
    for_whom = next((one for one in reversed(tokens[:at]) if one.kind != "place"), None)
    if (
        for_whom is not None
        and for_whom.kind == "benefit"
        and (after is None or after.text not in _FIGURED)
    ):
        return None  # 给他们烧饭; 帮云南|老乡|调解
    if after is not None and after.kind == "pause" and any(mark in after.text for mark in ":("):
        return tokens[at].text
    if after is None or after.kind == "pause":
        if before is not None and before.kind == "no":
            return None  # 没对象，没买房
        alone = before is None or before.kind in _LEAVES_ALONE
        called = at == 0 and tokens[at].text in CALLED
        lists = begins_a_list(tokens, at) and not called
        return tokens[at].text if not alone or lists else None
    return None if _is_only_named(tokens, at, after) else tokens[at].text


def _is_company(tokens: Sequence[Token], at: int) -> bool:
    lead = (one for one in reversed(tokens[:at]) if one.unit != "count" and one.text not in _SOME)
    return (led := next(lead, None)) is not None and led.kind == "company"


def _is_a_home(tokens: Sequence[Token], at: int) -> bool:
    """我家里|是|湖北的: where one is from, and nobody."""
    place = tokens[at + 2 : at + 3]
    is_there = words_of(tokens[at + 1 : at + 2]) in ("是", "在")
    at_home = tokens[at].text.endswith("家里") and is_there
    return at_home and bool(place) and place[0].kind == "place"


_SOME = frozenset({"几个", "好几个", "几", "个"})


def did_it(tokens: Sequence[Token], at: int) -> bool:
    """那是|我弟弟|献的: who did it; not 我是老板喊来的, and not who paid (社保是老公交的)."""
    said = words_of(tokens[at + 1 : at + 4])
    described = at > 1 and tokens[at - 2].kind in ("self", "us")
    return at > 0 and tokens[at - 1].text == "是" and not described and bool(_DEED.match(said))


def _is_who_does(tokens: Sequence[Token], at: int) -> bool:
    """我没有，是我女儿|在读本科: of whom it is so; not 我是老师|本科, nor 是小学老师|本科."""
    opens = [one.text for one in tokens[max(0, at - 2) : at] if one.kind != "pause"] == ["是"]
    of_mine = tokens[at].text[0] in "我俺咱" or tokens[at].text in grammar().kin
    return opens and of_mine and any(one.kind in STATES for one in tokens[at + 1 : at + 2])


_DEED = re.compile("[献捐考评得拿][了过到上]?的")


def _describes(token: Token) -> bool:
    return token.kind in _DESCRIBES and token.text not in grammar().object_of


def _is_an_object(tokens: Sequence[Token], at: int) -> bool:
    """做月嫂; 我是民办幼儿园老师: what one is, also over the words that describe it."""
    lead = dropwhile(_describes, reversed(tokens[:at]))
    verb, subject = next(lead, None), next(lead, None)
    born = at > 1 and tokens[at - 1].text == "生" and tokens[at - 2].unit in ("moment", "year")
    told = at > 0 and tokens[at - 1].text == "问" and _is_so(tokens[at + 1 : at + 2])
    directly = at > 0 and tokens[at - 1].text in grammar().object_of and not (born or told)
    is_mine = subject is not None and subject.kind in ("self", "us")
    after = tokens[at + 1 : at + 3]
    if after and after[0].kind == "no" and any(one.text.startswith(_WORKS) for one in after[1:]):
        return True  # 我连小组长|都没|当过
    left_out = subject is None or subject.kind == "pause"  # 做保安|队长
    works_as = verb is not None and verb.text in _WORKS_AS and (left_out or is_mine)
    return directly or works_as or (verb is not None and verb.text in _IS and is_mine)


_IS = frozenset({"是", "就是", "也是", "只是"})
_WORKS = ("当", "做")
_WORKS_AS = frozenset(_WORKS)


def _is_so(after: Sequence[Token]) -> bool:
    """可以问|老公|是党员哦."""
    return bool(after) and after[0].text in ("是", "也是", "有", "也有")


def _is_only_named(tokens: Sequence[Token], at: int, after: Token) -> bool:
    """老婆说我…, 老婆和我, 老公帮我交的: the speaker's; not 老王跟我讲在永嘉租了七年."""
    if after.text.startswith(("一枚", "一名", "1枚", "1名")):
        return True  # 小学老师一枚
    ends = tokens[at + 2 : at + 3]
    if after.text in ("一个", "1个") and (not ends or ends[0].kind == "pause"):
        return True  # 老太婆一个
    if after.kind == "reporter":
        said = tokens[at + 2 : at + 3]
        return not said or said[0].kind in ("self", "us", "pause") or said[0].text in _OBJECTS
    if after.kind == "company":
        return not (tells_me(tokens, at + 1) or as_i_did(tokens, at + 1))
    if after.kind == "benefit":
        return _for_me(tokens, at + 1)
    return after.kind == "verb" and after.text in ("和", "跟")


_LEAVES_ALONE = frozenset({"pause", "value", "noun", "common", "unknown"})
CALLED = frozenset({"哥", "姐", "妹", "叔", "姨", "大哥", "大姐", "老师", "师傅", "阿姨", "兄弟"})
"""哥，1989年7月的，初中: to whom one speaks."""
_OBJECTS = frozenset({"不止", "不对", "不是", "没有", "没", "不到", "错", "记错", "说错", "多"})
"""老婆讲|不止: what one says of the speaker's figure."""


def _in_company(before: Token, after: Token | None) -> bool:
    """陪老王去查, 帮老王看: what is found out is that one's."""
    return (
        before.text in ("陪", "帮", "替", "带")
        and after is not None
        and after.text in ("去", "查", "看", "问", "算", "办", "来", "查到", "看看")
    )


def _for_me(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].kind in ("self", "us")
