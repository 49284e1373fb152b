"""What stands between a name and what is said of it, taken out; and what is said of the record."""

import re

from dialogs.language.corrected import corrected
from dialogs.language.rewriting import Rules
from dialogs.language.wordings import wordings

_NOT_RECORDED = re.compile(
    "(?:(?:你|您|系统|机器人?|这里|这边|上面|前面|刚才)们?)?(?:怎么|咋|为什么|为啥|[都还又就也是]|好像|根本){0,3}"
    "(?:漏[记算写录填统]了?"
    "|(?:^|(?<=[,。 你您们统么咋]))漏[了掉]了?(?:我的?|这[个条项]|一[个项条次])?"
    "|忘[了记]?了?(?:[帮给把替]我)?[记算写录加填]"
    "|没有?(?:[帮给把替]?[我俺咱])?(?:的|这[个条次]|那次)?"
    "(?:[记算写录填加列]入?[进上到](?:去|来|里面?)?|[计录记]入|统计|记下来?"
    "|(?<=[给帮替把]我)[记算写录加填]|(?<=[你您咋么统还又也都]没)记录?|(?<=[你您咋么统还又也都]没有)记录?))"
    "[了呢啊呀吧嘛吗的]{0,3}(?=$|[,。;!?？ ])"
)
"""你没记上, 咋没算进去, 漏了: a complaint about the record, which denies nothing of oneself."""
_TO_BE_ADDED = re.compile(
    "(?<!能不能)(?<!可以)(?<!怎么)(?<!咋个)(?<!能)(?:(?:[给帮替]我|都|也|再|一起|去|把){0,3}"
    "(?:[补加添][上进](?!班)|[算记]进去|[算记]上)|补记|补一下)(?:去|来|了|嘛|吧|啊|呀|一下){0,3}"
    "(?![吗么不没?？得])"
)
"""献血给我加上去: what is wanted in the record."""
_PUT = Rules(wordings("put"))
_TOLD = Rules([(_NOT_RECORDED, ""), *wordings("told")])


def plainly_put(text: str) -> str:
    """A cleaned text as it is meant: without what says nothing, each figure as it was put right."""
    return _TOLD.rewrite(corrected(_PUT.rewrite(text)))


def complains_of_record(text: str) -> bool:
    """Whether a text says that something told was not recorded, or is to be added.

    >>> [complains_of_record(one) for one in ("我献过血呀你没记上", "没登记", "没有证书")]
    [True, False, False]
    >>> [complains_of_record(one) for one in ("补上嘛献血", "献血能不能加上", "献血怎么加上去")]
    [True, False, False]
    """
    return bool(_NOT_RECORDED.search(text) or _TO_BE_ADDED.search(text))
