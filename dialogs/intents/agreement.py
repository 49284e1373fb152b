"""Yes and no in one's own words: to a question of yes or no, to a consent, to a list."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from dialogs.intents.consenting import consenting
from dialogs.intents.remarks import asks
from dialogs.intents.wording import wording
from dialogs.intents.words import NONE
from dialogs.language.lexicon import patterns
from dialogs.language.regional import in_standard_words
from dialogs.match_choice import bare
from dialogs.utterance import Said


def declines(said: Said) -> bool:
    """Whether a message says no to a question of yes or no, in more words than 不用.

    >>> [declines(Said(text)) for text in ("算了别删了", "不要改，是我老婆的", "好的记吧")]
    [True, True, False]
    """
    return said.tap is None and re.search(wording()["declining"], bare(said.text)) is not None


def agrees(said: Said) -> bool:
    """Whether a message says yes, in more words than 好.

    >>> [agrees(Said(text)) for text in ("可以的你问就是了", "好，我再想想", "可以不记吗")]
    [True, False, False]
    >>> [agrees(Said(text)) for text in ("要得，差不多", "嗯算", "差不多三年", "算了")]
    [True, True, False, False]
    """
    text = bare(said.text)
    yes = re.match(wording()["agreeing"], text) if said.tap is None else None
    if (
        yes is None
        or declines(said)
        or "不" in text.replace("差不多", "")
        or re.search(wording()["hesitating"], text)
    ):
        return False
    return not asks(text[yes.end() :]) and not said.text.rstrip().endswith(("?", "？"))


def besides_the_yes(said: Said, picked: Callable[[Said], bool]) -> str | None:
    """What else a message says beside its yes; None where it holds no yes. `picked` tells whether
    a clause chooses the yes that is on offer.

    >>> texts = ("可以 党员不是", "1，献过两次", "可以问嘛 不是党员", "好，我再想想", "党员不是")
    >>> [besides_the_yes(Said(text), lambda one: one.text == "1") for text in texts]
    ['，党员不是', '，献过两次', '问嘛，不是党员', None, None]
    >>> besides_the_yes(Said("血没献过你问嘛可以问"), lambda one: False)
    '血没献过你问嘛'
    """
    if said.tap is not None or re.search(wording()["hesitating"], bare(said.text)):
        return None
    if told := consenting(said):
        return told.rest if told.yes else None
    if declines(said) or refuses(said):
        return None
    first, *rest = [one for one in _BETWEEN_CLAUSES.split(said.text) if one] or [""]
    if picked(Said(first)) or agrees(Said(first)):
        yes = re.match(wording()["agreeing"], first)
        return "，".join([first[yes.end() :] if yes else "", *rest])
    clauses = [first, *rest]
    asked = next((at for at, one in enumerate(clauses) if may_ask(one)), None)
    if asked is None:
        return None
    clause = re.sub(wording()["may_ask"], "，", in_standard_words(clauses[asked]))
    left = _WHY_NOT.sub("", clause)
    return "，".join([*clauses[:asked], left.strip("，"), *clauses[asked + 1 :]]).strip("，")


_BETWEEN_CLAUSES = re.compile(r"[，,。；;！!、\s]+")


def refuses(said: Said) -> bool:
    """Whether a message says that one will not tell, in whatever words.

    >>> [refuses(Said(text)) for text in ("我说了不说", "她不在 跳过", "不可以", "可以问")]
    [True, True, True, False]
    >>> [refuses(Said(text)) for text in ("不同意，别问", "有啥子不同意勒", "不同意会怎样")]
    [True, False, False]
    """
    if told := consenting(said):
        return told.yes is False
    text = _WHY_NOT.sub("", bare(in_standard_words(said.text)))
    return said.tap is None and re.search(wording()["refusing"], text) is not None


_WHY_NOT = re.compile("有(?:什么|啥)不(?:可以|行|能|愿意|得|好)问?(?:的|嘞)?")
"""可以问嘛有啥子不可以的."""


def refuses_consent(said: Said) -> bool:
    """Whether a whole message is a no where the consent is asked for.

    >>> [refuses_consent(Said(text)) for text in ("不同意 你能拿我咋样", "算了吧", "不搞了谢谢")]
    [True, True, True]
    >>> [refuses_consent(Said(text)) for text in ("不行吗", "不同意会怎样", "社保不算")]
    [False, False, False]
    """
    if said.tap is not None or said.text.rstrip().endswith(("?", "？")):
        return False
    if told := consenting(said):
        return told.yes is False
    return _alone("refusing_alone").match(bare(in_standard_words(said.text))) is not None


def withholds(said: Said) -> bool:
    """Whether a message says that the person will not tell.

    >>> [withholds(Said(text)) for text in ("我说了不说", "不方便告诉你", "不说假话，献过")]
    [True, True, False]
    """
    return said.tap is None and patterns("withheld").search(said.text) is not None


def consents(said: Said) -> bool:
    """Whether a whole message is a yes where the consent is asked for.

    >>> [consents(Said(text)) for text in ("要得 你算嘛", "中！", "没得问题，帮我算", "同意了塞")]
    [True, True, True, True]
    >>> [consents(Said(text)) for text in ("得了吧", "算了", "行不行", "中专", "可以不同意吗")]
    [False, False, False, False, False]
    """
    if said.tap is not None or said.text.rstrip().endswith(("?", "？")):
        return False
    if told := consenting(said):
        return told.yes is True
    text = bare(in_standard_words(said.text))
    return len(text) <= _LONGEST_YES and _alone("consenting_alone").match(text) is not None


_LONGEST_YES = 30
"""Characters: who says more says something else too."""


@cache
def _alone(section: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\s+", "", wording()[section]))


def may_ask(text: str) -> bool:
    """Whether a clause ends by telling the assistant to ask.

    >>> [may_ask(text) for text in ("血也没献过你问嘛可以问", "这个可以问吗", "他不可以问")]
    [True, False, False]
    """
    return re.search(wording()["may_ask"], text) is not None


def none_of_these(said: Said) -> str | None:
    """What follows a 都不是: "" where that is all; None where it was not said.

    >>> [none_of_these(Said(text)) for text in ("都不是", "都不是 我没交过", "没有")]
    ['', '我没交过', None]
    """
    if said.tap is not None:
        return "" if said.tap == NONE else None
    found = re.fullmatch(wording()["none_of_these"], said.text.strip())
    return found[1] if found else None
