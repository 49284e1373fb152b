"""What is told of a child: a school or an age is theirs, and nothing after it, unless grown up."""

import re
from collections.abc import Sequence
from itertools import takewhile

from dialogs.language.grammar import grammar
from dialogs.language.recognisers.numerals import read
from dialogs.language.tokens import Token

GROWN_UP = 18
"""Years from which more is told of a child than a school or an age."""
_BRINGS = frozenset({"带", "带着", "陪", "送", "接", "照顾", "供", "看"})


def is_at_school(tokens: Sequence[Token], at: int) -> bool:
    """我52岁带孙子在永嘉上小学: the school is the child's whom one brings."""
    led = (one for one in reversed(tokens[:at]) if one.unit != "count")
    lead = next(led, None)
    brings = lead is not None and lead.text in _BRINGS
    clause = takewhile(lambda one: one.kind not in ("pause", "self"), tokens[at + 1 :])
    first = next((one for one in clause if one.fact or one.kind == "amount"), None)
    school = first is not None and (first.fact, first.kind) == ("education", "value")
    return brings and school and tokens[at].text.endswith(grammar().children)


_PRAISE = re.compile(
    "[很真太也蛮挺还倒算是最都有]{0,3}(?:争气|出息|懂事|厉害|聪明|能干|优秀|孝顺|听话|乖|了不起|本事"
    "|争光|会读书|读书好|成绩好|可以)[了的啊呀哦吧]{0,2}"
)


def is_praised(tokens: Sequence[Token], at: int) -> bool:
    """女儿争气，本科毕业: what is told after it is what the child is praised for."""
    clause = takewhile(lambda one: one.kind != "pause", tokens[at + 1 :])
    return bool(_PRAISE.fullmatch("".join(one.text for one in clause)))


def is_grown(tokens: Sequence[Token], at: int) -> bool:
    """儿子31岁: no child, of whom more may be told."""
    after = [one for one in tokens[at + 1 : at + 4] if one.unit in ("age", "bare")]
    number = read(after[0].text.rstrip("周岁")) if after else None
    return number is not None and number >= GROWN_UP


_OF_ADULTS = frozenset(
    {"social_insurance_months", "housing_fund_months", "special_statuses", "skill"}
    | {"blood_donations", "income_tax_yuan", "political_role"}
)


def is_an_adult_s(tokens: Sequence[Token], at: int) -> bool:
    """儿子|社保五年，公积金三年; 儿子|是党员 当过兵: what is told first no child has."""
    clause = list(takewhile(lambda one: one.kind != "pause", tokens[at + 1 :]))
    told = (one for one in clause if one.fact or one.kind in ("amount", "self"))
    first = next(told, None)
    if first is None:
        return False
    coming = tokens[at + 1 + len(clause) :]
    return (
        first.fact in _OF_ADULTS
        or _has_left_school(clause, first)
        or (first.value in _DEGREES and _is_employed(coming))
    )


_DEGREES = frozenset({"junior_college", "bachelor", "master", "doctor"})


def _has_left_school(clause: Sequence[Token], school: Token) -> bool:
    """女儿是护士|本科毕业|在瓯北租房租了四年."""
    behind = clause[clause.index(school) + 1 :]
    left = school.text.endswith("毕业") or (bool(behind) and behind[0].text.startswith("毕业"))
    goes_on = any(one.fact or one.kind == "amount" for one in behind)
    return school.value in _DEGREES and left and goes_on


def _is_employed(coming: Sequence[Token]) -> bool:
    """我儿子大专毕业，|在宁波签了劳动合同: told next, with no other subject, of one who works."""
    clause = list(takewhile(lambda one: one.kind != "pause", coming[1:]))
    first = next((one for one in clause if one.fact or one.kind in _SUBJECTS), None)
    ended = bool(coming) and coming[0].ends_sentence
    if ended or first is None or any(one.kind in _SUBJECTS for one in clause):
        return False
    goes_on = clause[0].text in _GOES_ON  # 大专毕业，|有电工证
    paid = first.fact in _OF_ADULTS and any(one.kind == "amount" for one in clause)
    return first.fact == "employment" or (goes_on and first.fact in _OF_ADULTS) or paid


_GOES_ON = frozenset({"有", "也", "也有", "还有", "考了", "考", "又", "还"})


_SUBJECTS = frozenset({"self", "us", "person"})
