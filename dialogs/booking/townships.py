"""The townships, and how people name them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from dialogs.simplified import simplified

_SMALL_WORDS = re.compile("[我们在住去到选约预的是就吧啊呢嗯]|窗口|那边|这边|街道|镇|乡|永嘉|县")
_LOOSE_CHARACTERS = 2
"""More left over than this, and the message says something else than where."""


@dataclass(frozen=True, slots=True)
class Township:
    """`id` is the name in pinyin, `name` the short name, `kind` one of 街道, 镇, 乡."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The full name."""
        return self.name + self.kind


@cache
def _data() -> tuple[tuple[Township, ...], dict[str, tuple[str, ...]]]:
    source = (files("dialogs.booking") / "townships.yaml").read_text("utf-8")
    data = yaml.safe_load(source)
    townships = tuple(
        Township(row["id"], row["name"], row["kind"], tuple(row.get("aliases", ())))
        for row in data["townships"]
    )
    return townships, {name: tuple(ids) for name, ids in data["former"].items()}


def townships() -> tuple[Township, ...]:
    """All townships: 街道 first, then 镇, then 乡.

    >>> len(townships())
    22
    """
    return _data()[0]


def township(id: str) -> Township:
    """The township with this id.

    >>> township("oubei").title
    '瓯北街道'
    """
    return next(one for one in townships() if one.id == id)


def find_townships(text: str) -> tuple[Township, ...]:
    """The townships that `text` can mean, none when it names none.

    A whole name wins over a former name, and that over a part of a name.

    >>> [one.name for one in find_townships("我住瓯北镇")]
    ['瓯北']
    >>> [one.name for one in find_townships("上塘")]
    ['东城', '南城', '北城']
    >>> [one.name for one in find_townships("岩")]
    ['大若岩', '岩头', '岩坦']
    """
    said = simplified(text).strip()
    return _by_name(said) or _by_former_name(said) or _by_part(said)


def _by_name(said: str) -> tuple[Township, ...]:
    named = {one: name for one in townships() for name in (one.name, *one.aliases) if name in said}
    return tuple(named) if _nothing_else(said, named.values()) else ()


def _by_former_name(said: str) -> tuple[Township, ...]:
    former = {name: ids for name, ids in _data()[1].items() if name in said}
    if not _nothing_else(said, former):
        return ()
    ids = {id for found in former.values() for id in found}
    return tuple(one for one in townships() if one.id in ids)


def _nothing_else(said: str, names: Iterable[str]) -> bool:
    """Whether the message only says where: 瓯北租房有分吗 is a question, not an answer."""
    for name in names:
        said = said.replace(name, "")
    return len(_SMALL_WORDS.sub("", said)) <= _LOOSE_CHARACTERS


def _by_part(said: str) -> tuple[Township, ...]:
    part = said.rstrip("街道镇乡")
    if not part:
        return tuple(one for one in townships() if said and said == one.kind)
    return tuple(one for one in townships() if part in one.name)
