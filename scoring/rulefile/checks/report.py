"""Collecting faults with their places."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import Any

from scoring.errors import Fault
from scoring.rulefile.yaml_source import LocatedDict, place_of

Steps = tuple[str | int, ...]
MOST_OFFERED = 12


class Report:
    """The faults found so far in one ruleset as it was written."""

    def __init__(self, written: Any) -> None:
        self._written = written
        self.faults: list[Fault] = []

    def add(self, steps: Steps, key: str, what: str, fix: str) -> None:
        """Report a fault at the place that `steps` lead to."""
        file, line = place_of(self._written, steps)
        self.faults.append(Fault(file, line, key, what, fix))

    def amendment(self, steps: Steps, on: date | None = None) -> Steps | None:
        """The way to the first thing under `steps` that an amendment put there, from the day `on`
        if one is given; None where there is none."""
        here = self._written
        for step in steps:
            if isinstance(here, LocatedDict) and step not in here:
                return None
            here = here[step]
        return _amended(here, steps, on)


def _amended(thing: Any, steps: Steps, on: date | None) -> Steps | None:
    inside: Iterable[tuple[str | int, Any]] = ()
    if isinstance(thing, LocatedDict):
        if thing.amended and on in (None, thing.get("from"), thing.get("since")):
            return steps
        inside = thing.items()
    elif isinstance(thing, list):
        inside = enumerate(thing)
    found = (_amended(inner, (*steps, step), on) for step, inner in inside)
    return next((place for place in found if place is not None), None)


def one_of(wrong: str, right: Iterable[str]) -> str:
    """A fix that offers what exists: the nearest, or everything where that is little.

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
