"""Answers as they stand in the cells of a table: text from a spreadsheet, not yet validated."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from scoring.rulefile.facts import Fact
from scoring.rulefile.yaml_source import read_yaml

_WHOLE = re.compile(r"([+-]?\d{1,15})(?:\.0+)?")
_CENTS = re.compile(r"\d{1,13}\.\d\d?")
_MIDNIGHT = re.compile(r"[ T]0?0:00(:00(\.0+)?)?$")


@cache
def _words() -> Mapping[str, frozenset[str]]:
    written = read_yaml(Path(__file__).with_name("cells.yaml"))
    return {name: frozenset(str(word) for word in words) for name, words in written.items()}


def separators() -> str:
    """What stands between the members of a set, beside a blank."""
    return "".join(sorted(_words()["separators"]))


def read_cell(fact: Fact, cell: Any) -> Any:
    """The answer in a cell of a table, None for an empty one; not yet validated.

    >>> from scoring import FACTS
    >>> read_cell(FACTS["owned_home"], "TRUE"), read_cell(FACTS["birth_date"], "1990/5/1")
    (True, '1990-05-01')
    >>> sorted(read_cell(FACTS["employment"], "labour_contract;business_owner"))
    ['business_owner', 'labour_contract']
    """
    if not isinstance(cell, str):
        return cell
    text = cell.strip()
    if not text:
        return None
    return _READERS.get(fact.type, _quantity)(text)


def _quantity(text: str) -> Any:
    """42, and 42.0 as some programs export it."""
    whole = _WHOLE.fullmatch(text)
    return int(whole[1]) if whole else text


def _yuan(text: str) -> Any:
    """1200.50 too: what a bank writes."""
    return Decimal(text) if _CENTS.fullmatch(text) else _quantity(text)


def _date(text: str) -> str:
    """Spreadsheets like to write 1990/5/1, or add a midnight."""
    day = _MIDNIGHT.sub("", text).replace("/", "-").split("-")
    return "-".join(piece.zfill(2) for piece in day)


def _yesno(text: str) -> Any:
    words = _words()
    word = text.lower()
    return True if word in words["yes"] else False if word in words["no"] else text


def _set(text: str) -> list[str]:
    if text.lower() in _words()["nothing"]:
        return []
    for separator in _words()["separators"]:
        text = text.replace(separator, " ")
    return text.split()


_READERS: Mapping[str, Callable[[str], Any]] = {
    "choice": str,
    "yuan": _yuan,
    "date": _date,
    "yesno": _yesno,
    "set": _set,
}
