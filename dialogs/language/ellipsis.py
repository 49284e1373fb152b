"""The fact that a figure is of where its clause names none: 他社保五年，我三年; 在永嘉搞了三年."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import dropwhile, takewhile

from dialogs.language.grammar import grammar
from dialogs.language.lexicon import any_of
from dialogs.language.recognisers.amounts import is_vague
from dialogs.language.tokens import Token
from dialogs.language.units import takes
from dialogs.language.vocabulary import excluded
from scoring import FACTS


def left_unsaid(tokens: Sequence[Token], at: int, names: Sequence[int]) -> str:
    """The fact of the figure at this place; "" where nothing says it. `names`: the places of the
    names of facts."""
    return (
        paid(tokens, at, names)
        or _elliptical(tokens, at, names)
        or _found_out(tokens, at, names)
        or _continued(tokens, at, names)
        or _of_coming(tokens[at])
        or _of_registering(tokens, at)
        or _spent_here(tokens, at)
        or _only_sum(tokens, at, names)
    )


def _elliptical(tokens: Sequence[Token], at: int, names: Sequence[int]) -> str:
    """The fact that another one's figure left to be understood: 他社保五年，我(交了)三年."""
    place = bisect_left(names, at)
    left = names[place - 1] if place else None
    if (
        left is None
        or tokens[left].text in grammar().weak
        or tokens[at].unit not in ("time", "count", "yuan")
        or not takes(tokens[left].fact, tokens[at])
    ):
        return ""
    start = max(
        (place for place in range(left, at) if tokens[place].kind in ("self", "us", "person")),
        default=None,
    )
    if start is None or any(token.kind in ("value", "noun") for token in tokens[start:at]):
        return ""
    between = tokens[start + 1 : at]
    done = any(token.text in _DEEDS for token in between)
    return (
        tokens[left].fact
        if not any(token.text == "来" for token in between)  # 登记也没办，我刚来三个月
        and all(
            token.text in grammar().elliptical
            or token.text in _TOLD
            or token.kind in ("adverb", "tail", "payer", "noise")
            or (done and (token.kind == "place" or token.text in _DEEDS | _AT_WORK))
            for token in between
        )
        else ""
    )


_DEEDS = frozenset(
    {"参加", "交", "缴", "献", "捐", "记", "得", "得过", "拿", "拿过", "获得", "评", "评上"}
)
"""志愿服务我在永嘉|参加了十一次."""
_AT_WORK = frozenset({"在", "上班", "工作", "打工"})
_TOLD = frozenset({"说", "讲", "报"})
"""社保我刚才说了四年."""
_GOES_ON = frozenset({"adverb", "tail", "payer", "place", "time", "pause"})
_NOW = frozenset({"现在", "目前", "如今"})
_PARTS = frozenset({"time", "count", "yuan"})


def _continued(tokens: Sequence[Token], at: int, names: Sequence[int]) -> str:
    """The fact of which a clause without a name tells a second figure: 红十字会五百，慈善总会一千;
    社保在市区交了4年，永嘉的只有11个月; 社保就满六年了，现在五年; 个税去年4300，前年3100."""
    place = bisect_left(names, at)
    left = names[place - 1] if place else None
    if left is None or tokens[left].text.startswith(("住", "来", "到")):
        return ""
    of_sums = FACTS[tokens[left].fact].type == "yuan"
    before = [
        one
        for one in range(left + 1, at)
        if tokens[one].kind == "amount" and not (of_sums and _says_year(tokens[one]))
    ]
    if not before or tokens[before[-1]].unit != tokens[at].unit:
        return ""
    between = tokens[before[-1] + 1 : at]
    alone = all(
        token.kind in _GOES_ON
        or (of_sums and _says_year(token))
        or token.text.endswith("的")
        or is_vague(f"{token.text}#")
        for token in between
    )
    source = any(
        token.kind in ("payer", "place")
        or token.text.endswith("的")
        or token.text in _NOW
        or (of_sums and _says_year(token))
        for token in between
    )
    counts = tokens[at].unit in _PARTS or of_sums
    paused = any(token.kind == "pause" for token in between)
    fits = counts and takes(tokens[left].fact, tokens[at])
    return tokens[left].fact if paused and alone and source and fits else ""


def _says_year(token: Token) -> bool:
    return token.unit == "year" or token.text in _YEARS


_YEARS = frozenset({"去年", "前年", "今年", "大前年"})
_FOUND_OUT = re.compile(
    "(?:其实|实际上?|结果|[一去]查|查[了到]?(?:一下)?|出来|显示|写[着的]|这[边里儿]|浙江)(?:就|才|只|是|有|也|我|的|了|,){0,4}"
)


def _found_out(tokens: Sequence[Token], at: int, names: Sequence[int]) -> str:
    """The fact named last, of which something else turned out: 都说社保有十年，一查只有68个月."""
    left = bisect_left(names, at)
    if not left or not takes(tokens[names[left - 1]].fact, tokens[at]):
        return ""
    said = "".join(token.text for token in tokens[max(names[left - 1] + 1, at - _NEAR) : at])
    *_, found = (None, *_FOUND_OUT.finditer(said))
    between = any(token.kind in ("value", "noun") for token in tokens[names[left - 1] : at])
    led = found is not None and found.end() == len(said)
    return tokens[names[left - 1]].fact if led and not between else ""


_NEAR = 8
_LIVES = frozenset({"来", "到", "在", "来到", "刚来", "搬到", "住", "住在"})
_NOT_LIVING = frozenset(
    {"pause", "self", "us", "person", "fact", "value", "noun", "no", "plan", "amount"}
)


def _spent_here(tokens: Sequence[Token], at: int) -> str:
    """在永嘉搞了三年, 来桥头做纽扣十年整: a stretch spent in a place of the county, whatever was
    done there."""
    if tokens[at].unit != "time" or tokens[at - 1].text in ("那", "这"):
        return ""  # 在台州实习那|一年
    clause = list(takewhile(lambda one: one.kind not in _NOT_LIVING, reversed(tokens[:at])))[::-1]
    text = "".join(token.text for token in clause)
    places = [one for one, token in enumerate(clause) if token.kind == "place"]
    if not places or excluded("residence_months", text) or any_of("outside").search(text):
        return ""
    led = clause[places[-1] - 1 : places[-1]] if places[-1] else ()
    inside = any_of("inside").fullmatch(clause[places[-1]].text)
    works = led and led[0].text == "在" and _WORKS.search(text)  # 在桥头做扣子七年
    lives = inside and led and led[0].text in _LIVES and not works
    return "residence_months" if lives else ""


_WORKS = re.compile("[做干]|打工|上班|工作")
_JUST = frozenset({"刚", "才", "就", "都", "也", "刚刚", "才刚"})


def is_since_coming(tokens: Sequence[Token], at: int) -> bool:
    """刚|来|半年; 在|永嘉|二十二年: how long it is since one came, whatever is named around it."""
    led = tokens[max(at - 3, 0) : at]
    if tokens[at].unit != "time" or not led:
        return False
    if led[-1].text == "来":
        before = led[-2:-1]
        return not before or before[0].kind == "pause" or before[0].text in _JUST
    here = led[-1].kind == "place" and bool(any_of("in_county").fullmatch(led[-1].text))
    paid = len(led) > 2 and led[-3].fact in PAID  # 社保|在|永嘉|四年
    return here and len(led) > 1 and led[-2].text == "在" and not paid


PAYS = frozenset({"交", "缴", "缴纳", "交纳", "缴费", "续", "补交", "补缴", "接着交"})
_PAID_TOO = frozenset({"税", "医保", "农保"})
PAID = frozenset({"social_insurance_months", "housing_fund_months"})


def paid(tokens: Sequence[Token], at: int, names: Sequence[int]) -> str:
    """社保算不算？我在广东交了6年: the only thing named that one pays for by the month."""
    if tokens[at].unit not in ("time", "since"):
        return ""
    before = (
        tokens[: at - 1] if tokens[at].unit == "since" and _is_paused(tokens, at) else tokens[:at]
    )
    lead = list(takewhile(_only_leads, reversed(before)))
    verb = before[len(before) - len(lead) - 1 : len(before) - len(lead)]
    within = tokens[at].unit == "since" and any(one in tokens[at].text for one in "交缴")
    if not within and _of_coming(tokens[at]):
        return ""  # 社保老家交的。|2021年10月来永嘉
    paid = within or (verb and verb[0].text in PAYS)
    follows = list(dropwhile(lambda one: one.kind == "payer", tokens[at + 1 : at + 4]))
    if not paid and not (follows and follows[0].text in PAYS):
        return ""
    left = bisect_left(names, at)
    if left and FACTS[tokens[names[left - 1]].fact].type == "yuan":
        return ""  # 个税去年一年交了1200
    if any(token.text in _PAID_TOO for token in tokens[names[left - 1] if left else 0 : at]):
        return ""  # 公积金没有，税一年交三百
    named = {tokens[one].fact for one in names[:left] if tokens[one].fact in PAID}
    return named.pop() if len(named) == 1 else ""


def _is_paused(tokens: Sequence[Token], at: int) -> bool:
    """换了老板才交的，|19年6月到现在: a beginning after a pause."""
    return at > 1 and tokens[at - 1].kind == "pause"


def _only_leads(token: Token) -> bool:
    """交|了|快|五年."""
    return token.kind in ("tail", "adverb") or is_vague(f"{token.text}#")


def _only_sum(tokens: Sequence[Token], at: int, names: Sequence[int]) -> str:
    """捐款捐过，厂里组织的，1000块; 献血，在永嘉那个车上，一共四次: the only thing named that is
    counted in yuan, or of which a total is told."""
    unit = str(tokens[at].unit)
    told = names if unit == "yuan" else names[: bisect_left(names, at)]
    named = {tokens[one].fact for one in told if FACTS[tokens[one].fact].type == unit}
    sum_of_it = unit == "yuan" or (unit == "count" and _is_told_as_total(tokens, at))
    return named.pop() if sum_of_it and len(named) == 1 else ""


def _is_told_as_total(tokens: Sequence[Token], at: int) -> bool:
    clause = takewhile(lambda one: one.kind not in ("pause", "amount"), reversed(tokens[:at]))
    return any(one.text in TOTALS for one in clause)


TOTALS = frozenset(
    {"正好", "刚好", "一共", "总共", "合计", "共计", "总计", "拢共", "统共", "加起来"}
)


def _of_registering(tokens: Sequence[Token], at: int) -> str:
    """我就办了个居住登记，2023年2月办的: since when one is registered."""
    made = tokens[at].unit == "since" and "办" in tokens[at].text
    registered = any("登记" in one.text for one in tokens[max(0, at - 3) : at])
    return "residence_months" if made and registered else ""


def _of_coming(token: Token) -> str:
    """2014年来的, 15年登记的: since when one has been here."""
    lunar = any(month in token.text for month in ("正月", "腊月", "冬月"))
    comes = "来" in token.text or "登记" in token.text
    return "residence_months" if token.unit == "since" and comes and not lunar else ""
