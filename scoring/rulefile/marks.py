"""A short mark of each amendment, by which a program can say later which ones it knew."""

from collections.abc import Collection, Iterator
from hashlib import blake2b
from typing import Any

from scoring.rulefile.yaml_source import LocatedDict, LocatedList

AMENDING = ("settle", "correct", "rows", "names", "restate")
"""The lists of a file that amends a ruleset."""


def marks_of(overlay: LocatedDict) -> Iterator[str]:
    """The mark of every amendment of a file, as it is read: another content has another mark."""
    for name, one in _amendments(overlay):
        yield mark(name, one)


def mark(name: str, amendment: Any) -> str:
    """Eight hexadecimal digits.

    >>> mark("correct", {"figure": "education.cap", "value": 12})
    'f59cbba4'
    """
    return blake2b(f"{name} {amendment!r}".encode(), digest_size=4).hexdigest()


def without_others(overlay: LocatedDict, known: Collection[str]) -> LocatedDict:
    """The same file with the amendments of these marks only."""
    left = LocatedDict(overlay.file, overlay.line)
    left.lines = overlay.lines
    left.update(overlay)
    for name in AMENDING:
        if isinstance(listed := overlay.get(name), LocatedList):
            left[name] = LocatedList(listed.file, listed.line)
            left[name].extend(one for one in listed if mark(name, one) in known)
    return left


def _amendments(overlay: LocatedDict) -> Iterator[tuple[str, Any]]:
    for name in AMENDING:
        if isinstance(listed := overlay.get(name), LocatedList):
            for one in listed:
                yield name, one
