"""The figure first, then how it came about: 八年半 从2018年开始的; 十次 疫情那年就做了七次."""

import re

from dialogs.interpret.asked import PAUSE, Answer, Asked
from dialogs.language import Refused
from dialogs.language.lexicon import any_of, patterns
from dialogs.reading import Taken

_FIGURE = re.compile("[\\d零一二两三四五六七八九十百千万半]")
_DOUBTS = re.compile(
    "[又再或没不未断停歇空补]|另外|还有|还是|后来|然后|加上|接着|还差|农保|部队|[总共合]计?|其中"
)
_TELLS_HOW = re.compile("那[年会时].*[次回项元块]|小时|钟头|开始")
_IN_HOURS = re.compile("小时|钟头")
_BEGINS = re.compile("开始|到现在|至今")
_SETTLED = re.compile("没(?:有)?(?:转|算|合并)|(?<!没)(?<!不)算在里[头面]|(?<!没)包括在内")
"""26个月 前面在江苏交的没转过来: what counts of it is said."""
_YEAR = {"months": 12, "years": 1}


def figure_first(asked: Asked) -> Answer:
    """The figure of the first clause, where what follows with figures of its own says only how, or
    since when: within a year of the figure."""
    first, *rest = [one for one in PAUSE.split(asked.own_text) if one] or [""]
    told_of = [one for one in rest if _FIGURE.search(one)]
    if asked.question.kind in (None, "date", "yesno") or not told_of:
        return None
    told = asked.read(first)
    value = next(iter(told.facts.values()), None) if isinstance(told, Taken) else None
    if not isinstance(value, int) or not value or any(map(_casts_doubt, rest)):
        return None
    fits = all(_SETTLED.search(one) or _fits(asked, one, value) for one in told_of)
    return told if fits else None


def _casts_doubt(clause: str) -> bool:
    if _SETTLED.search(clause) or _IN_HOURS.search(clause):
        return False
    doubted = any_of("hedges", "outside", "beyond_county").search(clause) or _DOUBTS.search(clause)
    return bool(doubted or patterns("taken_back").search(clause))


def _fits(asked: Asked, clause: str, value: int) -> bool:
    if not _TELLS_HOW.search(clause):
        return False
    read, year = asked.read(clause), _YEAR.get(str(asked.question.kind))
    number = next(iter(read.facts.values()), None) if isinstance(read, Taken) else None
    if isinstance(read, Refused) and read.year and year:
        number = (asked.told.message.today.year - read.year) * year
    if not isinstance(number, int):
        return True
    return abs(number - value) <= year if year and _BEGINS.search(clause) else number <= value
