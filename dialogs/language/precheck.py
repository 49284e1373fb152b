"""What is refused before any reading: silence, an identity number, a question, "don't know"."""

import re
from functools import lru_cache

from dialogs.language.lexicon import any_of, patterns
from dialogs.language.outcome import Refused
from dialogs.language.text import clean

_ID_NUMBER = re.compile(
    r"""
    (?<!\d)\d{6}[\d*x ]{8,11}[\dx*](?!\d)   # also spaced, or partly starred
    |(?<!\d)\d{15,}                         # of any make: a bank card, an old identity number
    """,
    re.VERBOSE,
)
_ASKS = re.compile(
    r"""
    \?
    |[吗么](?:$|[啊呀呢,。!])                # at the end of a clause; not 什么都没有
    |几.{0,4}[分算]                         # 几分, 几年才算
    |[有加算得计]分(?!之)                   # 能加分; not 十分之一
    |算[^,。不]{1,8}不(?:$|[,。])              # 算签合同不
    |(?<!没)有没有(?!没)                    # not 没有没有
    |(?<![问查找看翻试])[了过]没有?(?:$|[啊呀呢,。!?])   # 记了没有
    |([^了不])不\1                          # 够不够, 认不认
    |[你您]是[^,。]{1,8}还是                 # 你是机器人还是真人
    """,
    re.VERBOSE,
)
_NOTHING = re.compile(r"^[\s,.。!、;:~…\-_'\"()<>+*#@&^|]*$")


def unmarked(text: str) -> str | None:
    """The cleaned text without its closing question marks; None when it has none."""
    bare = text.rstrip(" ?")
    return bare if "?" in text[len(bare) :] else None


def id_number(text: str) -> bool:
    """Whether a message holds an identity-card number."""
    return bool(_ID_NUMBER.search(clean(text)))


@lru_cache(64)  # each of the readers of a message asks first
def guard(text: str) -> Refused | None:
    """The reason why a cleaned text is no answer of any kind; None when it may be one."""
    if _NOTHING.match(text):
        return Refused("empty")
    if _ID_NUMBER.search(text):
        return Refused("id_number")
    if asks(text):
        return Refused("question", said=text)
    if any_of("unknown").search(text):
        return Refused("unknown", said=text)
    return None


@lru_cache(64)
def asks(text: str) -> bool:
    """Whether a cleaned text asks for something."""
    asking = patterns("asks_nothing").sub("", text)
    return bool(_ASKS.search(asking) or any_of("question").search(asking))


@lru_cache(64)
def asks_outright(text: str) -> bool:
    """Whether a piece asks; not 哪年办的想不起来, which tells what one does not know, nor 哪有空.

    >>> asks_outright("租房有分吗"), asks_outright("哪年办的记不清"), asks_outright("上班哪有空")
    (True, False, False)
    """
    asking = patterns("asking.rhetorical").sub("", text)
    if not asks(asking) and not patterns("asking.outright").search(asking):
        return False
    return "?" in text or not patterns("asking.unknown").search(text)


def wonders(text: str) -> bool:
    """Whether a piece wonders whether something counts, or how: 那四年你们不认吧, 不知道算几级.

    >>> wonders("福建那四年你们不认吧"), wonders("不晓得作不作数"), wonders("大概三年吧")
    (True, True, False)
    """
    return bool(patterns("asking.wondering").search(text))
