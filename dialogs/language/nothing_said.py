"""没有 of no thing in particular, in any wording: 哪样都没得, 其他啥都没有 我字认不到几个.

A closed class of denials, with what it is said of (these, the rest) and how much of it, and a tail
that tells nothing. What names a thing (没有办法, 证没得) or affirms one denies only a part.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import groupby, takewhile
from typing import Literal

from dialogs.language.lexicon import alternation, any_of
from dialogs.language.mention import SELF
from dialogs.language.message import Message, words
from dialogs.language.questioned import never_said
from dialogs.language.rewriting import Places
from dialogs.language.tokens import Token

Said = Literal["these", "rest"]
_TELLS = frozenset({"fact", "value", "noun", "amount", "plan", "unrelated"})
_NAMES = frozenset({"fact", "value", "noun", "amount", "place", "time", "person", "payer", "ask"})
_SAYS = frozenset({"self", "adverb", "reporter", "tail"})
"""都说了|没得: what may stand before a bare denial."""
_AFFIRMS = re.compile(
    "(?<![没不哪])有(?![没什啥用空时哪关])|[交缴买]的"
    "|(?<!没)(?:[做考办交签评献捐得拿当租入]|参加|登记)[了过]"
)
_CHOOSES = re.compile("(?:应该|可能|大概)(?=算)")
"""应该算是“都没有”: which of the choices it is."""
_TWICE = ("不是", "没说", "没讲", "并非", "不能说", "不可能")


@cache
def _denial() -> re.Pattern[str]:
    of = "的?(?:东西|问题|项目|题|几[样个项]|那些|这些|所有|讲的|说的|问的){0,3}+"
    rest, these = alternation("nothing.rest"), alternation("nothing.these")
    subject = f"(?:(?P<rest>(?:{rest}{of}){{1,2}})|{these}{of})"
    every = alternation("nothing.every")
    me = "(?:我|俺|自己|反正|真的?|从来|也|就|还|确实|算是?作?){0,4}+"
    deed = f"{alternation('nothing.deed')}{{0,2}}[过到]?"
    goes_on = f"(?:(?:什么|啥)?{alternation('nothing.object')})?"
    return re.compile(
        f"{me}(?P<of>{subject})?(?P<every>(?:{me}{every}){{0,4}}+){me}"
        f"(?:{alternation('nothing.denied')}{deed}|(?<=[都也全])不是){goes_on}"
        "[了的过个啊呀哦噢嘛呢咯哈喽嘞噻哟啦哇嗷]*"
    )


@cache
def _places() -> Places:
    return Places([_denial()])


def nothing_said(message: Message) -> Said | None:
    """Whether all that a message says is that there is nothing: of `these` that are asked for, or
    of all the `rest`; None where it says anything else."""
    found = list(_denials(message))
    if not found or any(_is_twice(message, one) for one in found):
        return None
    inside = {at for one in found for at in range(one.start(), one.end())}
    left = [
        one
        for one, owner in zip(message.tokens, message.owners, strict=True)
        if owner == SELF and one.start not in inside and not _is_of_no_matter(message, one)
    ]
    text = words(left)
    if any(one.kind in _TELLS for one in left) or _AFFIRMS.search(text):
        return None
    strong = any(one["of"] or one["every"] for one in found)
    unsure = not strong and any(one.kind == "unsure" for one in left)
    if unsure or any_of("nothing.unlike").search(_CHOOSES.sub("", text)):
        return None
    return "rest" if all(one["rest"] for one in found) else "these"


def rest_denied(message: Message) -> int | None:
    """Where a message begins to say of all else that there is nothing, whatever it told before
    (31岁 社保6年 其他啥都没有); None where it does not, or tells more behind it."""
    for one in _denials(message):
        if one["rest"] and not _is_twice(message, one) and not _goes_on(message, one.end()):
            return one.start()
    return None


def _goes_on(message: Message, end: int) -> bool:
    """Whether anything but a denial is told from here on: 其他没有，就献过一次血."""
    after = [
        one for one in message.tokens if one.start >= end and not _is_of_no_matter(message, one)
    ]
    clauses = [list(some) for _, some in groupby(after, lambda one: one.kind == "pause")]
    kinds = [{one.kind for one in clause} for clause in clauses]
    return any(one & _TELLS and "no" not in one for one in kinds)


def _is_twice(message: Message, denial: re.Match[str]) -> bool:
    return message.text[: denial.start()].endswith(_TWICE)


def _is_of_no_matter(message: Message, token: Token) -> bool:
    """我一个打工的, 我字认不到几个: a figure that counts nothing; 我不是讲居住证: not spoken of."""
    before = message.text[: token.start]
    one = token.text.startswith("一个") and (
        before.endswith(("我", "俺", "就", "下", "百姓", "打工的", "工人", "农民", "群众"))
    )  # 我一个打工的, 老百姓一个
    return one or token.text == "几个" or never_said(before[-12:])


def _denials(message: Message) -> Iterator[re.Match[str]]:
    """The denials that stand alone: nothing that they could be of leads to them or follows."""
    if not _places().of(message.text):
        return  # most messages deny nothing
    for found in _denial().finditer(message.text):
        strong = bool(found["of"] or found["every"])
        opens = found["rest"] or _opens(message, found.start(), strong)
        if opens and _ends(message, found.end(), strong):
            yield found


def _opens(message: Message, start: int, strong: bool) -> bool:
    at = bisect_right(message.tokens, start, key=lambda one: one.end)
    before = (message.tokens[place] for place in range(at - 1, -1, -1))
    clause = list(takewhile(lambda one: one.kind not in ("pause", "no"), before))
    if not clause:
        return True
    if not strong:
        return all(one.kind in _SAYS for one in clause)
    past = any_of("choice.past").search("".join(one.text for one in clause))
    return not past and not any(one.kind in _NAMES for one in clause)


def _ends(message: Message, end: int, strong: bool) -> bool:
    rest = message.text[end:].removeprefix("吧" if strong else "")
    end = len(message.text) - len(rest)
    at = bisect_left(message.tokens, end, key=lambda one: one.start)
    behind = message.tokens[at : at + 1]
    if not rest or any(one.kind == "pause" and one.start == end for one in behind):
        return True
    return bool(any_of("nothing.behind").match(rest)) or _denial().match(rest) is not None
