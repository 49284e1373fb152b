"""The townships, and how people name them."""

import re
from functools import cache, lru_cache

from dialogs.language.recognisers.numerals import DIGITS
from dialogs.region import Township, region
from dialogs.simplified import simplified
from dialogs.sounds import sounds

MARK = "@"
"""Stands for a township in what is left of a text."""
_LOOSE_CHARACTERS = 2
"""More left over than this, and the message says something else than where."""


def townships() -> tuple[Township, ...]:
    """All townships: 街道 first, then 镇, then 乡.

    >>> len(townships())
    22
    """
    return region().townships


def township(id: str) -> Township:
    """The township with this id.

    >>> township("oubei").title
    '瓯北街道'
    """
    found = next((one for one in townships() if one.id == id), None)
    if found is None:
        raise ValueError(f"no township has the id {id}")
    return found


def find_townships(text: str) -> tuple[Township, ...]:
    """The townships that `text` can mean, none when it names none, or says something else too.

    A whole name wins over a former name, and that over a part of a name, and that over how a name
    sounds: 瓯 and 巽 are hard to type.

    >>> [one.name for one in find_townships("我住瓯北镇")]
    ['瓯北']
    >>> [one.name for one in find_townships("上塘")]
    ['东城', '南城', '北城']
    >>> [one.name for one in find_townships("岩")]
    ['大若岩', '岩头', '岩坦']
    >>> [one.name for one in find_townships("欧北")]
    ['瓯北']
    """
    said = simplified(text).strip()
    found, rest = named_townships(said)
    if not found:
        found = _by_part(said)
        rest = ""
    if not found:
        found, rest = named_townships(as_it_sounds(said))
    # 瓯北租房有分吗 is a question, not an answer.
    return found if len(_small_words().sub("", rest)) <= _LOOSE_CHARACTERS else ()


@lru_cache(16)  # each of those who hear a message looks for places in it
def named_townships(text: str) -> tuple[tuple[Township, ...], str]:
    """The townships that stand in `text` with their whole name, or a former one; and the text with
    @ for each of these.

    >>> found, rest = named_townships("岩头镇芙蓉村")
    >>> [one.name for one in found], rest
    (['岩头'], '@芙蓉村')
    """
    rest = simplified(text)
    found: list[Township] = []
    for name, meant in _names():
        if name not in rest:
            continue
        rest = rest.replace(name, MARK, 1)
        if len(meant) == 1 or not found:  # 上塘东城 is 东城
            found += [one for one in meant if one not in found]
    return tuple(found), rest


@lru_cache(16)
def as_it_sounds(said: str) -> str:
    """The text with what sounds like a name, or spells it, written as that name. A number is none:
    三件事 is not 三江.

    >>> as_it_sounds("我住欧北"), as_it_sounds("yuyue oubei"), as_it_sounds("有三件事")
    ('我住瓯北', 'yuyue 瓯北', '有三件事')
    """
    for one in townships():
        if one.id in said:
            return said.replace(one.id, one.name)
    heard = sounds(said)
    for one, sound in _sounds():
        for start in range(len(heard) - len(sound) + 1):
            if heard[start : start + len(sound)] == sound and said[start] not in DIGITS:
                return said.replace(said[start : start + len(sound)], one.name)
    return said


@cache
def _small_words() -> re.Pattern[str]:
    county = re.escape(region().name)
    return re.compile(
        f"[@我们在住去到选约预的是就吧啊呢嗯]|窗口|那边|这边|街道|镇|乡|{county}|[县区市]"
    )


@cache
def _sounds() -> tuple[tuple[Township, list[str]], ...]:
    return tuple((one, sounds(one.name)) for one in townships())


@cache
def _names() -> tuple[tuple[str, tuple[Township, ...]], ...]:
    """Every name with the townships it may mean; the longest first, former names last."""
    own = [(name, (one,)) for one in townships() for name in (one.title, *one.aliases, one.name)]
    former = list(region().former_townships.items())
    return (*sorted(own, key=lambda named: -len(named[0])), *former)


def _by_part(said: str) -> tuple[Township, ...]:
    part = said.rstrip("街道镇乡")
    if not part:
        return tuple(one for one in townships() if said and said == one.kind)
    return tuple(one for one in townships() if part in one.name)
