"""The words of `words.yaml`, and the county's for here and elsewhere, as compiled patterns."""

import re
from functools import cache
from typing import Any

from dialogs import data
from dialogs.region import china, region, words_of

_NUMERAL = re.compile("[零一二两三四五六七八九十百千万]")


@cache
def _data() -> dict[str, Any]:
    return data.load("dialogs.language", "words.yaml", dict[str, Any])


@cache
def _places() -> dict[str, Any]:
    """The county's groups; not read before they are asked for, see `dialogs.region.choose`."""
    province = region().places.province[0]
    places = {**region().words, "outside": china().outside(province)}
    numeral = [name for names in places.values() for name in names if _NUMERAL.search(name)]
    return {**places, "places_with_numerals": numeral}


def _flat(entry: Any) -> list[str]:
    if isinstance(entry, list | tuple):
        return [word for part in entry for word in _flat(part)]
    return words_of(entry) if "$" in str(entry) else [str(entry)]


@cache
def words(*groups: str) -> tuple[str, ...]:
    """All words of these groups, longest first, so that an alternation prefers the longer one."""
    found = {word for group in groups for word in _flat(_entry(group))}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def _entry(path: str) -> Any:
    head, *rest = path.split(".")
    entry: Any = _data()[head] if head in _data() else _places()[head]
    for key in rest:
        entry = entry[key]
    return entry


def alternation(*groups: str) -> str:
    """A non-capturing alternation of all words of these groups, tried only where one may begin."""
    found = words(*groups)
    firsts = "".join(sorted({re.escape(word[0]) for word in found}))
    return f"(?:(?=[{firsts}])(?:" + "|".join(re.escape(word) for word in found) + "))"


@cache
def any_of(*groups: str) -> re.Pattern[str]:
    """Matches any word of these groups."""
    return re.compile(alternation(*groups))


@cache
def patterns(group: str) -> re.Pattern[str]:
    """Matches any of the group's regular expressions."""
    return re.compile("|".join(_flat(_entry(group))))


def maximum(kind: str) -> int:
    """The largest credible answer of a kind, in its unit."""
    limit: int = _entry(f"maximum.{kind}")
    return limit
