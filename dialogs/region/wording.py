"""Data that speaks of the county by placeholders: `$county`, `$title`, `$city`, `$province`,
`$townships` (any of them, in a pattern); and `$township` in a word of a list, which then stands
there once for each township."""

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from dialogs import data
from dialogs.region.load import region

_NAME = re.compile(r"\$(county|title|city|province|townships)")
_TOWNSHIP = "$township"


def named(text: str) -> str:
    """A text with the county's names.

    >>> named("来$county以后"), named("^完$")
    ('来永嘉以后', '^完$')
    """
    return _NAME.sub(lambda found: _names()[found[1]], text)


def words_of(word: str) -> list[str]:
    """A word of a list with the county's names: one for each township where it says so.

    >>> words_of("来$county"), words_of("来$township")[3:5]
    (['来永嘉'], ['来瓯北', '来瓯北镇'])
    """
    if _TOWNSHIP not in word:
        return [named(word)]
    return [word.replace(_TOWNSHIP, name) for name in region().township_names]


def load_local(package: str, name: str) -> Any:
    """What a file of a package says, of this county."""
    return read_local(files(package) / name)


def read_local(file: Traversable) -> Any:
    """What a file says, of this county."""
    text = named(file.read_text("utf-8"))
    read = data.parse(text)
    return _spread(read) if _TOWNSHIP in text else read


def _spread(read: Any) -> Any:
    if isinstance(read, dict):
        return {key: _spread(value) for key, value in read.items()}
    if isinstance(read, list):
        parts = (words_of(one) if isinstance(one, str) else [_spread(one)] for one in read)
        return [one for part in parts for one in part]
    return read


def _names() -> dict[str, str]:
    here = region()
    return {
        "county": here.name,
        "title": here.title,
        "city": here.city,
        "province": here.places.province[0],
        "townships": f"(?:{'|'.join(here.township_names) or '(?!)'})",
    }
