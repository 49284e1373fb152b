"""The stay before the registration, which does not count: 一五年来的，一七年才登记."""

import re
from functools import cache

from dialogs.language.lexicon import alternation

_PAUSE = re.compile("(?<=[,。;!? ])")
_YEAR = re.compile("(?:(?:19|20)?\\d\\d|[一二零九][零一二三四五六七八九]{1,3})年|[去前]年")
_FIGURE = re.compile("[\\d零一二两三四五六七八九十半]+个?[年月]|[去前今]年")
_UNREGISTERED = re.compile("没有?(?:去|办|给)?(?:办)?(?:居住)?登记")
_BEFORE_IT = re.compile(
    "[^,。;!? ]{0,24}(?:住|来|待|呆|过)了?[^,。;!? 登]{1,8}(?:[,，]?(?:后来|最近|刚刚?))?"
    "才(?:去|办)?(?:居住)?登记[的了]?"
)
_NEVER = re.compile(
    "(?:^|(?<=[,。;!? ]))(?:[我俺]|都|就|还|根本|压根|从来|一直|拖着){0,3}(?:没有?|未)"
    "(?:去|办理?|弄|搞|做|过){0,3}(?:居住|暂住)?登记(?:过|成|上|的|啊|呀|呢){0,2}(?=$|[,。;!? 来])"
    "|(?:居住|暂住)?登记(?:也|都|还|就|倒|从来|根本){0,3}没有?(?:去|办|弄|搞|做|登)过?"
    "(?=$|[,。;!? 来])"
    "|登记[也都]没有?(?=$|[,。;!? 来])"
)
_NOT_KNOWN = re.compile("不(?:晓得|知道|懂)[^,。;!? ]{0,4}登记")
_LATER = re.compile("才[去办弄]|后来|补办|[去今前]年[去办]")
_NUMBER = "[\\d零一二两三四五六七八九十半]+"
_REGISTERED = re.compile(
    f"(?<!没)(?<!没有)(?<!才)登记(?:了|到现在|有|满|已经|至今|是|才|都|以?后|之后|只|,)*{_NUMBER}(?:个月|年)"
    "|(?<!没)(?<!没有)(?<!才)登记[一二两三四五六七八九十\\d]{1,2}(?:个月|年(?![一二三四五六七八九十\\d]))"
)
_STAYS = re.compile(
    f"[住来待呆到][^,。;!? 登\\d零一二两三四五六七八九十半]{{0,6}}{_NUMBER}(?:个月|年)"
    f"|没[^,。;]{{0,3}}登记|{_YEAR.pattern}[就]?[来到]的?"
)
_SINCE = re.compile(f"{_NUMBER}年{_NUMBER}月|办的|登记的")
_NO_PAUSE = re.compile(
    "([来住待呆过][^,。;!? 登\\d零一二两三四五六七八九十半]{0,6}"
    f"{_NUMBER}(?:个月|年半?))(?=登记{_NUMBER})"
)
"""来五年|登记三年."""
_AFTER = re.compile(f"登记(?:以|之)?后(?={_NUMBER})")
_MORE = re.compile(
    f"[又再另还]|(?<!没)登记[^。;住来待]{{0,8}}{_NUMBER}(?:个月|年)[^。;登]*(?:后来|然后|接着)"
)
"""登记了五年，住是住了九年: only the time since the registration counts."""
IN_DOUBT = re.compile("不知道登记|住宿登记")
"""不确定有没有登记; 只办过住宿登记: whether the stay counts is not known."""
_ONCE_NOT = re.compile(
    "(?<=[,。;!? ])(?:之前|以前|原来|刚来|开始|那时候?|当时)[^,。;!?\\d]{0,16}"
    "(?:没有?|不晓得|不知道)[^,。;!? ]{0,3}登记[过的啊呀]?(?=$|[,。;!? ])"
)
"""两年 之前住老乡那里一直没登记."""


def never_registered(text: str) -> bool:
    """Whether a text says that there was no registration, so that a stay counts nothing.

    >>> [never_registered(one) for one in ("没登记 来了5个月", "登记没弄过", "没登记满半年")]
    [True, True, False]
    """
    text = _NOT_KNOWN.sub("", text)
    once = text.count("登记") == 1 and not _LATER.search(text)
    return once and _NEVER.search(text) is not None


def stays_unregistered(text: str, start: int, end: int) -> bool:
    """Whether a figure of a text at this place is of the time before: 住了两年才登记.

    >>> stays_unregistered("住了两年才登记", 2, 4), stays_unregistered("住了两年", 2, 4)
    (True, False)
    """
    stays = (one for one in _BEFORE_IT.finditer(text) if not _YEAR.search(one[0]))
    return any(one.start() <= start and end <= one.end() for one in stays)


def since_registered(text: str) -> str:
    """The cleaned text without what it tells of the time before, where it tells of both.

    >>> since_registered("一五年来的,刚来没登记,一七年登记的")
    '一七年登记的'
    >>> since_registered("住了两年才登记,登记到现在五年"), since_registered("一五年来的")
    ('登记到现在五年', '一五年来的')
    >>> since_registered("登记了五年了,住是住了九年"), since_registered("头三年没登记,登记了两年")
    ('登记了五年了', '登记了两年')
    >>> since_registered("先没登记,住了两年才登记,登记到现在五年")
    '登记到现在五年'
    """
    text = text if _YEAR.search(text) else _ONCE_NOT.sub("", text)
    text = _NO_PAUSE.sub(r"\1,", text)
    stays = [one.end() for one in _BEFORE_IT.finditer(text)]
    if stays and _FIGURE.search(text, stays[-1]) and not _YEAR.search(text):
        text = _BEFORE_IT.sub("", text).strip(",。;!? ")
    clauses = _PAUSE.split(text)
    registered = [one for one in clauses if _REGISTERED.search(one)]
    kept = [one for one in clauses if one in registered or not _STAYS.search(one)]
    if len(registered) == 1 and len(kept) < len(clauses) and not _MORE.search(text):
        told = kept if _SINCE.search(registered[0]) else registered
        return _AFTER.sub("登记了", "".join(told).strip(",。;!? "))
    last = max((at for at, one in enumerate(clauses) if _is_before(one, clauses, at)), default=-1)
    return "".join(clauses[last + 1 :]).lstrip(",。;!? ")


def _is_before(clause: str, clauses: list[str], at: int) -> bool:
    """Whether a clause tells of no registration yet, and one behind it of a year, or how long it
    is since the registration."""
    behind = [one for one in clauses[at + 1 :] if _YEAR.search(one)]
    if _UNREGISTERED.search(clause):
        since = any("登记" in one and _FIGURE.search(one) for one in clauses[at + 1 :])
        return bool(behind) or (since and not _FIGURE.search(clause))
    arrived = _YEAR.search(clause) and _arrived().search(clause) and "登记" not in clause
    return bool(arrived) and any("登记" in one for one in behind)


@cache
def _arrived() -> re.Pattern[str]:
    return re.compile(f"[来到](?:的|了|过|这|{alternation('inside')})|就[来到]|进厂|上班")
