"""One form for what people type: simplified characters, half-width digits, no emoji."""

import re
import unicodedata
from functools import cache, lru_cache

from dialogs.language.by_ear import as_named
from dialogs.language.regional import in_standard_words
from dialogs.language.rewriting import Rules
from dialogs.language.vocabulary import named_words
from dialogs.language.wordings import CALCULATED, wordings
from dialogs.simplified import simplified
from dialogs.sounds import spelling

LONGEST = 600
"""Characters of a message that are read; WeChat's own box takes no more."""

_CIRCLED = {ord("①") + i: f" {i + 1} " for i in range(20)}
_POINT_OF_A_LIST = re.compile("(?<=[①-⑳])[。.．]")
"""①。5年 is a line, and no 1.5 years."""
_MARKS = str.maketrans(
    {"〇": "零", "○": "零", "–": "-", "—": "-", "―": "-", "─": "-", "−": "-", "﹣": "-"}
)
_FINANCIAL = str.maketrans("壹贰叁参肆伍陆柒捌玖拾佰仟弍弎", "一二三三四五六七八九十百千二三")
_FINANCIAL_RUN = re.compile(
    "(?<![退入队行])(?<![退入][的了过])[壹贰叁参肆伍陆柒捌玖拾佰仟弍弎零]+"
    "(?= ?[岁年个月次回元圆块万亿项件整,。!]|$)"
)
_ELLIPSIS = re.compile(r"\.{2,}")
"""七年哦不对…六年: a pause, and no decimal point."""
_EMOTICON = re.compile(r"\[[一-龥a-z]{1,4}\]|/::[\S]{1,2}|/:[a-z@-]{1,6}")
_DOT_OF_THE_KEYBOARD = re.compile(r"(?<=\d)。(?=\d)")
_LOOSE_SPACE = re.compile(
    r"(?<![0-9a-z])(?<!\d。) | (?![0-9a-z])|(?<=[a-z]) (?=\d)|(?<=\d) (?=[a-z])"
)
_AFTER_A_COMPARISON = re.compile("(?<=一点) (?=[一二两三四五六七八九十\\d])")
"""长一点 五年: no decimal point."""
_COMMA_OF_A_LIST = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))(?!000)")
"""500，300 are two numbers; 12，000 is one."""
_TWICE_DENIED = re.compile(
    "(?:(?<![是要这那可])|(?<=[又也并倒]))(?:不是|并非|不可能|不能[说讲]|(?P<unsaid>没有?[说讲]过?))(?:[说讲]|我)?没"
    "(?:有?(?P<verb>[交缴办签住租献捐考读念参买做登领][加记过到]?)(?P<done>[过了]?)|[有得]?)"
    "(?P<what>[^,，。;！!?？ 是]{0,6})"
    "(?P<rather>[,， ]?而?是(?=只|光|就|才|没|不|过|到期|在|还|以前|丢))?"
    "(?![^,，。 ]{0,6}[吗嘛么])"
)
"""不是没有居住证, 又不是没交过: what is denied twice is there."""
_NEVER_NOT = re.compile("(?:一个?[年月天次回][都也]?)?(?<!有)没有?不(?=[交缴签住租])")
"""一个月都没有不交: it was done all the time."""
_STATUS_BEFORE = re.compile(
    "(?:党员|党派|军人|代表|委员|[当过]兵|法人|老板|个体户|会员|人才|志愿者)也?$"
)
"""党员不是|没献过血: what one is not, and what one has not done."""


def _affirmed(found: re.Match[str]) -> str:
    """What remains of 不是没有居住证; nothing of 我没说没有, nor of what is put right at once
    (不是没有居住证，是过期了)."""
    if found["rather"] or found["unsaid"]:
        return ""
    if _STATUS_BEFORE.search(found.string, 0, found.start()):
        return found[0].replace("没", ",没", 1)
    if found[0] == found.string:
        return "可能有"  # 不是没有 alone
    verb = found["verb"]
    return (f"{verb}{found['done'] or '了'}" if verb else "有") + found["what"]


_DENIAL = re.compile("[不说讲].{0,2}没|非没|没有?不")


def too_long(text: str) -> bool:
    """Whether a message is longer than what is read, also once its signs are written out: some
    stand for eighteen characters.

    >>> too_long("好" * 600), too_long("好" * 601), too_long("ﷺ" * 60)
    (False, True, True)
    """
    return len(text) > LONGEST or len(_written_out(text)) > LONGEST


def _written_out(text: str) -> str:
    text = _POINT_OF_A_LIST.sub("、", text)
    return unicodedata.normalize("NFKC", text.translate(_CIRCLED))


@lru_cache(64)  # each of the readers of a message cleans it, in either form
def clean(text: str, *, keep_spaces: bool = False) -> str:
    """The text in the one form that all readers expect; idempotent.

    >>> clean("３ 年６個月😀")
    '3年6个月'
    """
    if not keep_spaces:
        return _ELLIPSIS.sub(",", _LOOSE_SPACE.sub("", clean(text, keep_spaces=True)))
    text = _written_out(_COMMA_OF_A_LIST.sub("、", text[:LONGEST]))
    text = simplified(_without_surrogates(text.lower())).translate(_MARKS)
    text = _ASIDES.rewrite(as_named(in_standard_words(_without_enumerators(text))))
    text = _SIGNS.rewrite(text).translate(_VISIBLE)
    text = _IN_FULL.rewrite(_written_in_characters(" ".join(text.split())))
    if _DENIAL.search(text):
        text = _NEVER_NOT.sub("一直", _TWICE_DENIED.sub(_affirmed, text))
    return _POINTS.rewrite(text)


_ENUMERATOR = re.compile(r"(?:^|(?<=[\s,。;、]))(\d{1,2})[,、.:)]\s?(?=[\u4e00-\u9fff])")


def _without_enumerators(text: str) -> str:
    """1，初中 2，租房 3，社保11年: without the numbers of such a list, which count nothing."""
    numbers = [int(found[1]) for found in _ENUMERATOR.finditer(text)]
    enumerated = len(numbers) > 1 and numbers == [*range(1, len(numbers) + 1)]
    return _ENUMERATOR.sub(",", text) if enumerated else text


_SIGNS = Rules([(_ELLIPSIS, ","), (_EMOTICON, lambda found: "ok" if found[0] == "[ok]" else " ")])
_IN_FULL = Rules(
    [
        (_FINANCIAL_RUN, lambda found: found[0].translate(_FINANCIAL)),
        *CALCULATED,
        *wordings("said"),
    ]
)
_ASIDES = Rules(wordings("asides"))
_POINTS = Rules([(_AFTER_A_COMPARISON, ","), (_DOT_OF_THE_KEYBOARD, ".")])
_SYLLABLES = {
    "wo": "我", "shi": "是", "de": "的", "le": "了", "you": "有", "mei": "没", "meiyou": "没有",
    "nian": "年", "yue": "月", "ge": "个", "geyue": "个月", "sui": "岁", "ban": "半", "ci": "次",
    "jiao": "交", "zu": "租", "zufang": "租房", "zhu": "住", "zai": "在", "biye": "毕业",
    "yi": "一", "liang": "两", "san": "三", "si": "四", "wu": "五", "liu": "六", "qi": "七",
    "ba": "八", "jiu": "九", "bu": "不", "guo": "过", "ling": "零", "jinnian": "今年", "hai": "还",
    "xianzai": "现在", "dou": "都", "zhi": "只", "kaishi": "开始", "dao": "到", "cong": "从",
    "ye": "也", "nin": "您", "hao": "好",
}  # fmt: skip
_ABBREVIATION = re.compile(
    r"(?<![a-z])(?:jzz|gjj|sb(?=\s*(?:是|都|也|就)*(?:\d|[一二两三四五六七八九十交缴买在没断停续]))"
    r"|(?<=[交缴买年月有断停])sb)(?![a-z])"
)
_WRITTEN_OUT = {"jzz": "居住证", "gjj": "公积金", "sb": "社保"}
_SYLLABLE = re.compile(r"[a-z]+")
_DONE = re.compile(r"(?<![a-z])ban(?= ?(?:le|guo|hao)(?![a-z]))")
_TWO_SYLLABLES = re.compile(r"(?<![a-z])(kai|xian) (shi|zai)(?![a-z])")
_NEXT_TO_CHINESE = re.compile(
    r"(?<=[\u4e00-\u9fff\d]) (?=[\u4e00-\u9fff\da-z])|(?<=[a-z]) (?=[\u4e00-\u9fff\d])"
)


def _written_in_characters(text: str) -> str:
    """jiao le 3 nian → 交了3年, where at least two such syllables are typed."""
    text = _ABBREVIATION.sub(lambda found: _WRITTEN_OUT[found[0]], text)
    if sum(found[0] in _SYLLABLES for found in _SYLLABLE.finditer(text)) < 2:
        return text
    text = _TWO_SYLLABLES.sub(r"\1\2", text)
    text = _DONE.sub("办", _named_in_pinyin().sub(lambda found: found[0].replace(" ", ""), text))
    text = _SYLLABLE.sub(lambda found: _SYLLABLES.get(found[0], found[0]), text)
    return _NEXT_TO_CHINESE.sub("", text)


@cache
def _named_in_pinyin() -> re.Pattern[str]:
    """The names and values of facts, typed syllable by syllable: ju zhu zheng."""
    spelled = {tuple(spelling(one) for one in word) for word in named_words() if len(word) > 1}
    ways = sorted((" ?".join(syllables) for syllables in spelled), key=len, reverse=True)
    return re.compile(rf"(?<![a-z])(?:{'|'.join(ways)})(?![a-z])")


def _without_surrogates(text: str) -> str:
    """Half characters, as a broken terminal sends them, belong to no text."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


_KEPT_SYMBOLS = frozenset("+<>=≈≥≤~±¥$√×✓✔✅✗✘❌|")
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Mn", "Me", "So", "Sk", "Zs", "Zl", "Zp"})
"""Control and format characters, emoji and their modifiers."""


class _Visible(dict[int, str]):
    """A table for `str.translate`: a space for what cannot be seen or says nothing."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        unseen = not char.isalnum() and unicodedata.category(char) in _INVISIBLE
        self[code] = " " if unseen and char not in _KEPT_SYMBOLS else char
        return self[code]


_VISIBLE = _Visible()
