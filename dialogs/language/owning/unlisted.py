"""Whether a noun of no closed class acts: 二狗子交了五年; not 安监局发的操作证."""

import re
from collections.abc import Sequence

from dialogs.language.acting import tells_me
from dialogs.language.grammar import grammar
from dialogs.language.owning.words import OPENS
from dialogs.language.tokens import Token

_BETWEEN = frozenset(
    {"adverb", "time", "place", "payer", "preposition", "tail", "noise", "no", "plan"}
    | {"conjunction", "company", "reporter", "common"}
)
"""Between a subject and what it does."""
_ACTS = frozenset({"fact", "value", "noun", "amount", "verb", "no"})


def _is_a_trade(token: Token, after: Token) -> bool:
    """西式烹调师|高级工, 浙工大|本科, 教师|宿舍: what it is of, and whom the lodgings are for."""
    lodgings = after.fact == "rented_years" and after.text.endswith(("宿舍", "公寓"))
    trade = len(token.text) > 2 and token.text[-1] in "师员工匠"
    trade = trade or (len(token.text) == 2 and token.text[-1] == "工")
    school = len(token.text) > 2 and token.text[-1] in "大院校学"
    kinds = {"skill": trade, "education": school}
    return lodgings or kinds.get(after.fact, False)


def _after_an_aside(tokens: Sequence[Token], at: int) -> int:
    """The place after the brackets that open here: 胖墩（跟我搭伙的）|考了."""
    if at < len(tokens) and tokens[at].text.strip() == "(":
        closing = (one for one in range(at, len(tokens)) if ")" in tokens[one].text)
        return next(closing, at) + 1
    return at


_A_FEW_YEARS = re.compile("[一两二三四五1-5]岁")
"""实际上大|一岁."""


def _gives(tokens: Sequence[Token], at: int) -> bool:
    """安监局发|的操作证; 自己注册了个小|公司; 厂里后来规范|了: what gives, describes or is
    done, and acts for nobody."""
    text, after = tokens[at].text, tokens[at + 1 : at + 2]
    if not after:
        return False
    if len(text) == 1 and at and _is_said_before(tokens[at - 1]):
        return True  # 去年换的|新|的社保, 个税|软|件上
    if text.startswith(_HONOURED):
        return True  # 县政府表彰的|优秀教师|得过两次
    issued = len(text) > 2 and text.endswith("发") and after[0].text == "的"
    aged = after[0].text == "的" and [one.unit for one in tokens[at + 2 : at + 3]] == ["age"]
    described = len(text) == 1 and after[0].kind == "payer"
    differs = text in "大小" and bool(_A_FEW_YEARS.fullmatch(after[0].text))
    done = len(text) == 2 and after[0].text in ("了", "过")
    return issued or aged or described or differs or done or _is_said_of_something(tokens, at)


_HONOURED = ("优秀", "先进", "模范", "最美", "十佳", "劳模", "标兵")


def _is_said_before(token: Token) -> bool:
    return token.kind in ("fact", "time") or token.text == "的"


def _is_a_numeral(token: Token) -> bool:
    return not token.text.strip("零一二两三四五六七八九十百千万0123456789")


def _is_the_speaker_s_name(tokens: Sequence[Token], at: int) -> bool:
    """我姓罗."""
    return at > 0 and tokens[at - 1].kind == "self" and tokens[at].text.startswith("姓")


def _is_the_speaker_s_trade(tokens: Sequence[Token], at: int) -> bool:
    """我重庆万州的|钢筋工."""
    led = [one for one in tokens[max(0, at - 4) : at] if one.kind != "place"]
    from_there = [one.kind for one in led[-2:]] == ["self", "tail"] and led[-1].text == "的"
    return from_there and len(led) < at and tokens[at].text[-1] in "师员工匠"


def _says_when(tokens: Sequence[Token], at: int) -> bool:
    """水灾|的时候, 环卫队|那年2019年, 情人|节: an event, and nobody who acts."""
    if tokens[at].text == "节":
        return True
    year = tokens[at + 1 : at + 2]
    of_a_year = tokens[at].text.startswith("那") and bool(year) and year[0].unit in _YEARS
    in_a_year = tokens[at].unit in _YEARS and tokens[at].text.endswith("年")
    return (tokens[at].kind == "time" and (tokens[at].text.startswith("的") or of_a_year)) or (
        in_a_year and bool(year) and year[0].text.startswith(("吧", "那"))
    )


def _is_said_of_something(tokens: Sequence[Token], at: int) -> bool:
    """积分太|难了, 厂里|抠得要死: what something is like, and nobody who acts."""
    before, after = tokens[max(0, at - 1) : at], tokens[at + 1 : at + 2]
    told = any(one.text.startswith("得") and one.text not in _OBTAINS for one in after)
    return told or any(one.text in _DEGREES for one in before)


_DEGREES = frozenset({"太", "很", "挺", "蛮", "特别", "非常", "最", "更", "比较", "真"})
_OBTAINS = frozenset({"得过", "得了", "得到", "得奖"})
_YEARS = ("year", "moment", "since")


def acts_unlisted(tokens: Sequence[Token], at: int) -> bool:
    """Whether a noun of no closed class stands where the one who acts stands."""
    before = tokens[at - 1] if at else None
    if _gives(tokens, at) or _is_a_numeral(tokens[at]) or _is_the_speaker_s_name(tokens, at):
        return False
    if before is not None and (
        before.kind in ("preposition", "company", "amount", "place")
        or before.text in grammar().object_of
        or before.text in grammar().weak
    ):
        return False  # 租的|公寓
    if before is not None and (before.kind not in OPENS or _is_the_speaker_s_trade(tokens, at)):
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is not None and (after.kind == "noun" or _is_a_trade(tokens[at], after)):
        return False  # 科技奖
    if after is not None and _says_when(tokens, at + 1):
        return False
    if tells_me(tokens, at + 1):
        return True
    for token in tokens[_after_an_aside(tokens, at + 1) :]:
        if token.kind in _ACTS:
            return True
        if token.kind not in _BETWEEN:
            return False
    return False
