"""Whose list it is that follows a person: 老公的：31岁，中专; 替我儿子算，三十岁."""

import re
from collections.abc import Sequence
from itertools import takewhile

from dialogs.language.grammar import grammar
from dialogs.language.lexicon import words
from dialogs.language.owning.words import words_of
from dialogs.language.tokens import Token

_COUNTS = ("算", "测", "估", "查积分", "查一下积分")


def is_counted_for(tokens: Sequence[Token], at: int) -> bool:
    """替我儿子算，三十岁，大专; 要算的是我女儿，三十岁: what follows is told of the one for whom it
    is counted."""
    before, after = words_of(tokens[max(0, at - 4) : at]), words_of(tokens[at + 1 : at + 5])
    manner = after.lstrip("也再都来去")
    for_them = at > 0 and tokens[at - 1].kind == "benefit"
    return (for_them and manner.startswith(_COUNTS)) or before.endswith(("算的是", "算的就是"))


_TELLS = frozenset({"fact", "value", "noun", "amount", "self", "us", "plan"})
_NOT_NOW = re.compile("不|别|再|等|先|明天|以后|回头")


def heads_a_list(tokens: Sequence[Token], at: int) -> bool:
    """老公的没算？31岁，中专; 老公的情况：31岁。中专: the clause only names whose facts follow; not
    老公的不用算."""
    clause = list(takewhile(lambda one: one.kind != "pause", tokens[at + 1 :]))
    pause = tokens[at + 1 + len(clause) : at + 2 + len(clause)]
    opens = bool(pause) and ":" in pause[0].text
    asks_or_lists = opens or (bool(pause) and "?" in pause[0].text)
    named = tokens[at].text.endswith("的") or any(one.text == "的" for one in clause[:2])
    names = (named or opens) if tokens[at].kind == "person" else (named and asks_or_lists)
    told = any(one.kind in _TELLS for one in clause)
    return names and not told and not _NOT_NOW.search(words_of(clause))


def is_named_with_a_list(tokens: Sequence[Token], at: int) -> bool:
    """覃小莲|的：31岁, 王麻子|的没算？: at the beginning of a sentence."""
    opens = at == 0 or tokens[at - 1].kind in ("pause", "conjunction")
    named = tokens[at + 1 : at + 2]
    return opens and bool(named) and named[0].text == "的" and heads_a_list(tokens, at)


def is_described(tokens: Sequence[Token], at: int) -> bool:
    """王麻子|31岁中专社保…; 王麻子|的|社保…: more than one thing is told of that one."""
    after = tokens[at + 1 : at + 3]
    if after and (after[0].unit == "age" or _is_an_age(tokens, at + 1)):
        return True
    return len(after) == 2 and after[0].text == "的" and after[1].kind in ("fact", "value", "noun")


def _is_an_age(tokens: Sequence[Token], at: int) -> bool:
    """王麻子31，中专: two digits alone."""
    ends = tokens[at + 1 : at + 2]
    alone = not ends or ends[0].kind == "pause"
    return tokens[at].unit == "bare" and bool(_TWO_DIGITS.fullmatch(tokens[at].text)) and alone


_TWO_DIGITS = re.compile(r"[1-7]\d")


def begins_a_list(tokens: Sequence[Token], at: int) -> bool:
    """老公，31岁，中专: what follows is told of that one; 小学老师，大专 is the speaker."""
    item = tokens[at + 2 : at + 3]
    told = bool(item) and item[0].kind in ("amount", "value", "fact", "noun")
    person = tokens[at].text
    called = person.endswith(_TRADES) or person in (*words("filler"), *_CALLED)
    return told and (person in grammar().kin or not called)


_TRADES = ("师", "员", "工", "长", "头", "主任", "经理", "领导", "徒弟", "租客", "房东", "人")
_CALLED = frozenset({"朋友", "老乡", "老师"})
