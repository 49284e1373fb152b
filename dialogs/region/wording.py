"""Data that speaks of the county by placeholders: `$county`, `$title`, `$city`, `$province`,
`$townships` and `$places` (any of them, in a pattern); and `$township`, `$place` (in the province,
but not in the county) or `$town` (a city of the rank of a county) in a word of a list, which then
stands there once for each."""

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from dialogs import data
from dialogs.region.load import china, region

_NAME = re.compile(r"\$(county|title|city|province|townships|places)")
_EACH = re.compile(r"\$(township|place|town)")


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
    found = _EACH.search(word)
    if found is None:
        return [named(word)]
    return [word.replace(found[0], name) for name in _each(found[1])]


def load_local(package: str, name: str) -> Any:
    """What a file of a package says, of this county."""
    return read_local(files(package) / name)


def read_local(file: Traversable) -> Any:
    """What a file says, of this county."""
    text = named(file.read_text("utf-8"))
    read = data.parse(text)
    return _spread(read) if _EACH.search(text) else read


def _spread(read: Any) -> Any:
    if isinstance(read, dict):
        return {key: _spread(value) for key, value in read.items()}
    if isinstance(read, list):
        parts = (words_of(one) if isinstance(one, str) else [_spread(one)] for one in read)
        return [one for part in parts for one in part]
    return read


def _each(kind: str) -> tuple[str, ...]:
    here = region()
    if kind == "township":
        return here.township_names
    if kind == "place":
        return here.places.beyond_county
    return tuple(name for name in china().towns if name != here.name)


def _names() -> dict[str, str]:
    here = region()
    return {
        "county": here.name,
        "title": here.title,
        "city": here.city,
        "province": here.places.province[0],
        "townships": _any(here.township_names),
        "places": _any(here.places.beyond_county),
    }


def _any(names: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(names) or '(?!)'})"
