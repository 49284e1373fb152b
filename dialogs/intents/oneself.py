"""What a person says plainly to be one's own, while it is the turn of the other one."""

from __future__ import annotations

import re
from functools import lru_cache

from dialogs.fact_names import fact_names
from dialogs.intents.household import names_of
from dialogs.intents.wording import ways
from dialogs.language.text import clean

_ME = "(?:我|俺|咱)"
_TAIL = "[的呀啊嘛哈哦呢吧啦了]*"
_NOT_MINE = re.compile(f"(?:不|没|别)[是改算说记讲]*{_ME}(?:自己|本人)?的|{_ME}的不[改动]")


def told_of_oneself(text: str, whose: str) -> str | None:
    """What is left of a message that is plainly of the person, not of the other one whose turn it
    is: without the words that say whose it is, "" where it says only that. None where it is not
    plainly so.

    >>> told_of_oneself("社保26个月是我的哈不是老公的", "老公")
    '社保26个月'
    >>> told_of_oneself("好了现在算我的 我27 大专", "妈"), told_of_oneself("这是我自己的", "妈")
    ('我27 大专', '')
    >>> told_of_oneself("不是我的，是老公的", "老公"), told_of_oneself("社保26个月", "老公")
    (None, None)
    """
    text = clean(text, keep_spaces=True)
    if _NOT_MINE.search(text):
        return None
    left = _says_mine(whose).sub(" ", text)
    if left == text and not _begins(whose).match(text):
        return None
    return re.sub(" {2,}", " ", left).strip(" ,。;!的")


@lru_cache(maxsize=256)
def _says_mine(whose: str) -> re.Pattern[str]:
    """换回我自己, 改一下我的, 是我的不是老公的: the words that say whose it is."""
    who = "|".join(map(re.escape, names_of(whose)))
    mine = f"{_ME}(?:(?:自己|本人)的?|的)(?!{who})"
    words = (one for one in ways("words")["self"] if not re.match(_ME, one))  # 问问我自己的
    back = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    lead = (
        "(?:好了|行了|可以了|现在|接下来|该|轮到|先|再|那|就|请|帮我|我说|我要|要|想|这|都"
        "|[,。 ]){0,8}+"
    )
    asks = f"(?:改|换|算|测|说|讲|记)(?:一?下|的是|成|回|到)*{mine}"
    turn = f"(?:算|换)回?{_ME}(?:自己|本人)?(?=[了吧啊嘛呀]*(?:$|[,。 ]))"
    untouched = f"{_ME}?(?:们|家里?)?的?(?:{who})的?(?:别|不要|不用)[动改]"
    not_theirs = f"不(?:是|要|改)+(?:改|算|说|讲|记)?{_ME}?(?:们|家里?)?的?(?:{who})的?"
    told = "(?<![^\\d,。 这那都就说讲月年次分元岁了])"  # 26个月是我的, not 房子是我的
    is_mine = f"{told}是{mine}{_TAIL}(?=$|[,。 ]|不是|[是我])|(?<=[,。 ]){_ME}的$"
    and_i = f"{_ME}(?:自己|本人)呢"
    says = f"{lead}(?:{back}|{asks}|{turn}|{not_theirs}|{untouched}|{is_mine}|{and_i}){_TAIL}"
    return re.compile(f"(?>{says})++")


@lru_cache(maxsize=256)
def _begins(whose: str) -> re.Pattern[str]:
    """我的社保是4年10个月: mine, then the name of a fact or a figure."""
    who = "|".join(map(re.escape, names_of(whose)))
    names = "|".join(map(re.escape, fact_names()))
    figure = r"(?=.{0,12}[\d一二两三四五六七八九十])"
    lead = "(?:[，,。 是你]|那|不对|搞错了|说错了)*"
    return re.compile(
        f"{lead}(?:{_ME}(?:自己|本人)的?{figure}|{_ME}的(?!{who})(?:{figure}|{names}))"
    )
