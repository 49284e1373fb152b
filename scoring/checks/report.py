"""Collecting faults with their places."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from scoring.errors import Fault
from scoring.located import LocatedDict, place_of

Steps = tuple[str | int, ...]
MOST_OFFERED = 12


class Report:
    """The faults found so far in one ruleset as it was written."""

    def __init__(self, written: Any) -> None:
        self._written = written
        self.faults: list[Fault] = []

    def add(self, steps: Steps, key: str, what: str, mend: str) -> None:
        """Report a fault at the place that `steps` lead to."""
        file, line = place_of(self._written, steps)
        self.faults.append(Fault(file, line, key, what, mend))

    def amended(self, steps: Steps) -> bool:
        """Whether an amendment changed anything of the thing that `steps` lead to."""
        here = self._written
        for step in steps:
            here = here[step]
        return _amended(here)


def _amended(thing: Any) -> bool:
    if isinstance(thing, LocatedDict):
        return thing.amended or any(_amended(inner) for inner in thing.values())
    return isinstance(thing, list) and any(_amended(inner) for inner in thing)


def one_of(wrong: str, right: Iterable[str]) -> str:
    """A mend that offers what exists: the nearest, or everything where that is little.

    >>> one_of("volunter", ["charity", "volunteer"])
    'did you mean volunteer?'
    >>> one_of("x", ["sum", "highest"])
    'use one of: sum, highest'
    """
    known = list(right)
    near = get_close_matches(wrong, known, n=3)
    if near:
        return f"did you mean {' or '.join(near)}?"
    if not known:
        return "there is none to choose from"
    more = f" … ({len(known)} in all)" if len(known) > MOST_OFFERED else ""
    return f"use one of: {', '.join(known[:MOST_OFFERED])}{more}"
