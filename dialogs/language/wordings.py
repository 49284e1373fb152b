"""Wordings that hide what is told, each rewritten as the plain one: 我哪算什么人才 → 我不是人才."""

import re
from collections.abc import Iterator

from dialogs import data
from dialogs.language.recognisers.numerals import NUMBER, read
from dialogs.language.rewriting import Replacement

_STAGES = data.load("dialogs.language", "wordings.yaml", dict[str, dict[str, str]])
_PARTS = dict(reversed(_STAGES["parts"].items()))  # a part may name those above it


def wordings(stage: str, **more: str) -> Iterator[tuple[re.Pattern[str], str]]:
    """The patterns of a stage of the reading, with what each match becomes, in their order. `more`:
    parts that the caller knows."""
    for pattern, plain in _STAGES[stage].items():
        for name, part in (_PARTS | more).items():
            pattern = pattern.replace(f"{{{name}}}", part)
        yield re.compile(pattern), plain


_BEFORE_THE_REPUBLIC = 1911


def _in_common_era(found: re.Match[str]) -> str:
    year = read(found[1])
    return found[0] if year is None else f"{_BEFORE_THE_REPUBLIC + int(year)}年"


def _less(years: str, half: str, months: str) -> str | None:
    """So many months less than the years; None where a numeral is not certain."""
    whole, less = read(years), read(months)
    if whole is None or less is None or not 0 < less < 12:
        return None
    total = whole * 12 + (6 if half else 0) - less
    return f"{total}个月" if total > 0 and total.denominator == 1 else None


def _in_full(digits: str) -> str:
    return f"{'20' if int(digits) < _THIS_CENTURY else '19'}{digits}年"


_THIS_CENTURY = 50
"""Two digits below it are a year after 2000."""
_A_YEAR = re.compile(
    r"那年 ?(\d\d)年(?!前)|(?<![\d了满有共已足待过])(\d\d)年"
    r"(?=[吧的]?(?:那会|那时|那年|那阵|那当口|进厂|进的厂|入职|回来|[刚才]来)"
    r"|\d{1,2}月(?!个)[^,，。;\d]{0,6}(?:登记|来的|办的|入职|进厂))"
)
"""那年19年, 19年那会儿, 19年进的厂, 18年8月登记的: a year, and no length."""
_LEVELS = {"县": "县级", "市": "市级", "省": "省级", "国": "国家级"}
CALCULATED: list[tuple[re.Pattern[str], Replacement]] = [
    (re.compile(f"民国({NUMBER})年"), _in_common_era),  # as people from Taiwan count
    (
        re.compile(f"(?<!还)({NUMBER})年(半?)[差少缺欠]({NUMBER})个?月(?![就才满到够])"),
        lambda found: _less(found[1], found[2], found[3]) or found[0],
    ),  # 七年差三个月
    (
        re.compile(
            "(?:[县市省][里级]?的?[、,，和跟与 ]{0,2}+){2,4}+(?:国家|全国)?[级里]?的?"
            "(?=(?:哪一?级的?|一个)?[都全也].?[没冇])"
        ),
        lambda found: "".join(level for sign, level in _LEVELS.items() if sign in found[0]),
    ),  # 县里市里省里国家的都没有
    (_A_YEAR, lambda found: _in_full(found[1] or found[2])),
]
"""What comes of a figure: before all other wordings of a cleaned text."""
