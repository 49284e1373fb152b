"""A figure told with the one it puts right: the new one takes the old one's place.

A date, and what is plainly set against the other (52个月，不是42个月; 42个月，不对，是52个月), is
certain. Of an amount that is only taken back (42个月，不对，52个月) both are kept, to be offered.
"""

import re

_DIGIT = "[\\d零一二两三四五六七八九十百千万.]"
_NUMERAL = f"{_DIGIT}{{1,9}}+"
_MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?"
_DAY = "(?:[\\d一二三四五六七八九十]{1,3}[日号])?"
_YEAR = "(?:(?:19|20)?\\d\\d年|[一二零两九八七][零一二三四五六七八九]{1,3}年|[去前今]年)"
_DATE = f"{_YEAR}{_MONTH}{_DAY}"
_UNIT = f"(?:个月|个?[天次回岁届块元项件本级]|个?年(?!{_NUMERAL}月)|周年|来?万)"
_AND_MONTHS = f"(?:(?:{_NUMERAL})?个?月)?"
_AMOUNT = f"(?<!第)(?<!{_DIGIT}){_NUMERAL}(?!月|年{_NUMERAL}月)(?:{_UNIT}[半零]?{_AND_MONTHS})?"
_BUT = "[,，。; ]{0,2}"
_SAID = "(?:说|写|填|报|讲|打|记|算|弄|搞|选|看|数)"
_WHEN = "(?:我?(?:刚才?|刚刚|前面|上面|之前|原来|先前|原先|本来))"
_IS_WRONG = f"(?:我?是?{_SAID}?错了?的?|{_SAID}?得?不对)了?"
_OH = "(?:(?:哎呀|哎哟|[哦噢啊呃嗯哎唉])[,，]?)?"
_SLIP = r"(?:靠[,，])?[少漏]打了?一?个?\d"
_TAKEN_BACK = f"(?:{_OH}(?:不是|{_IS_WRONG}|不{{1,4}}(?=[,，。 ])|等一?下|等等|{_SLIP}))"
_OUGHT = "(?:应该|其实|实际上?|才)"
_NAME = "[^,，。;!?？ \\d]{2,6}?"
_CHECKED = (
    f"(?:[^,，。;\\d]{{0,5}}[查看翻印写数显][^,，。; \\d]{{0,5}}?{_BUT}"
    f"|有一?[次回趟个][^,，。;\\d]{{1,8}}?{_BUT}){{0,2}}"
)
"""票子上印的|是5000块; 有一回下雨取消了|是五次."""
_SHOWN = "[^,，。; \\d]{0,5}?[查显印记写][^,，。; \\d]{0,4}?"
_TOLD = "[^,，。;]{0,8}(?:的是|社保|公积金|献|捐|租|住|登记|志愿)"
"""What names a fact is no aside: 三年的是公积金，社保是五年."""
_ASIDES = f"(?:(?!{_TOLD})[^,，。; \\d]{{2,8}}+{_BUT}){{2}}"
_FOUND_OUT = (
    f"(?:[^,，。;\\d]{{0,7}}(?:[查看翻]了?|写的?|显示){_BUT}"
    f"|有一?[次回趟个][^,，。;\\d]{{0,6}}没[^,，。;\\d]{{1,3}}{_BUT})"
)
"""刚打开浙里办看了|31个月; 有一次我没去|7次."""


def _frames(figure: str, before: str = "") -> tuple[re.Pattern[str], ...]:
    """The ways to put a figure right, the plainest first; `before`: what the old one may be."""
    old, new = f"(?P<old>{before or figure})", f"(?P<new>{figure})"
    named = f"(?:(?:把|{_WHEN})(?P<name>[^,，。;!?？ \\d]{{0,6}}?))??"
    old_told = f"{named}(?:{_SAID}(?:成|的?是|的|了)?)?{old}"
    taken_back = f"{old_told}[的了吧]?(?:[,，。;?？ ]{{0,2}}{_TAKEN_BACK}{_BUT}){{1,2}}"
    return tuple(
        re.compile(frame)
        for frame in (
            f"(?:应该(?P<is>是))?{new}[的了]?[啊呀哦嘛]?{_BUT}[而可就并]?(?<!是)不是{old}"
            "(?![^,，。; ]{0,3}是)",
            f"(?<!是)不是[交住租献捐]?了?{old}[的了]?{_BUT}(?:{_WHEN}?{_IS_WRONG}{_BUT})?"
            f"而?(?<![就便])(?P<is>是){new}",
            f"(?<!是)不是{old}[的了]?{_BUT}{_SHOWN}{new}",
            f"{new}[的了]?[,，。; ]+{_WHEN}[^,，。;!?？ \\d]{{0,6}}?{old}了?{_BUT}{_IS_WRONG}",
            f"{old_told}[的了]?{_BUT}(?:改成|改为|更正为?){new}",
            f"{taken_back}(?:{_CHECKED}|{_ASIDES}){_OUGHT}?是{new}",
            f"{taken_back}{_FOUND_OUT}{new}",
            f"{taken_back}(?:[^,，。;]{{2,12}}{_BUT})?(?:实际上?|其实)[^,，。;\\d]{{0,3}}?{new}",
            f"(?P<name>{_NAME}){old}了?{_BUT}{_TAKEN_BACK}{{1,2}}{_BUT}"
            f"(?P<between>(?=[^,，。;]{{0,6}}的?是)[^,，。; ]{{2,10}}{_BUT})?(?P=name)是?{new}",
            f"{taken_back}{_OUGHT}?是?{new}",
            f"{old_told}了?[,，。; ]{{1,2}}{_OUGHT}是?{new}",
        )
    )


_DATES = _frames(_DATE, f"{_YEAR}(?:{_MONTH}{_DAY})?")  # 不是一六年是一八年三月
_AMOUNTS = _frames(_AMOUNT)
_MONTH_ONLY = re.compile(
    f"(?P<not>(?<!是)不是)?(?P<year>{_YEAR})(?P<old>{_MONTH})[的了]?"
    f"(?:(?:[,，。;?？ ]{{0,2}}{_TAKEN_BACK}{_BUT}){{1,3}}{_OUGHT}?是?"
    f"|[,，。; ]{{1,2}}{_OUGHT}是?|(?(not){_BUT}而?是|(?!)))"
    f"(?P<new>{_MONTH})(?![^,，。]{{0,3}}(?:不对|错了))"
)
"""2023年9月，不对，是8月."""
_CERTAIN = 9
"""The first of the frames say plainly which of the two it is."""
_GUESSED = re.compile(
    "(?:好像|大概|可能|估计|应该)是?(?=[\\d一两二三四五六七八九十百千万]{1,9}[^,，。; \\d]{0,3}"
    "[,，。; ]{1,2}[哦噢啊呃]?(?:不对|不是|错了))"
)
"""好像八百，哦不对，是一千: the guess is of the old one."""
_HINT = re.compile("不|错|[少漏]打|改|更正|其实|实际|应该|才是|等一下|等等")
_KIND = re.compile("[年月天次回岁届块元项件本级万]")


def corrected(text: str) -> str:
    """The cleaned text with each figure as it is meant.

    >>> corrected("社保52个月，不是42个月"), corrected("出生1994年5月不对 是1995年5月")
    ('社保52个月', '出生1995年5月')
    >>> corrected("社保42个月，不，52个月")
    '社保42个月,不对,52个月'
    """
    if not _HINT.search(text):
        return text
    text = _MONTH_ONLY.sub(_of_that_year, _GUESSED.sub("", text))
    for frame in _DATES:
        text = frame.sub(_new, text)
    for place, frame in enumerate(_AMOUNTS):
        text = frame.sub(_new if place < _CERTAIN else _both, text)
    return text


def _new(found: re.Match[str]) -> str:
    if not _alike(found):
        return found[0]
    told = found.groupdict()
    before = "".join(told.get(part) or "" for part in ("between", "name", "is"))
    return before + found["new"]


def _of_that_year(found: re.Match[str]) -> str:
    """Nothing is put right in 八五年七月，不对，七月那是我弟的."""
    return found[0] if found["old"] == found["new"] else found["year"] + found["new"]


def _name(found: re.Match[str]) -> str:
    return found.groupdict().get("name") or ""


def _both(found: re.Match[str]) -> str:
    """The words that take it back are kept, where they are plain."""
    if "不对" in found[0] or "错了" in found[0]:
        return found[0]
    return f"{_name(found)}{found['old']},不对,{found['new']}" if _alike(found) else found[0]


def _alike(found: re.Match[str]) -> bool:
    """Whether both are of one kind, and not the same: 三年，不是三次 puts nothing right. The old
    one may lack its unit: 不是31，是33个月."""
    old, new = found["old"], found["new"]
    return old != new and _of(old) in ("", _of(new))


_LENGTHS = frozenset("年月")


def _of(figure: str) -> str:
    """What a figure is of: years and months are of one kind."""
    found = _KIND.findall(figure)
    return "年" if {*found} & _LENGTHS else "".join(found[:1])
