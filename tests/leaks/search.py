"""What of all that people told the program stands in what it logged."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.leaks.witness.sitecustomize import LOGGED, USED

SHORTEST, SHORTEST_CHINESE, SHORTEST_NUMBER = 6, 2, 7  # characters; less is found everywhere
PRESENT_DAY = re.compile(r"20[2-9]\d-\d\d-\d\d")  # of an appointment, as a log has many
ROOT = Path(__file__).parent.parent.parent
PROGRAM = ("bot", "dialogs", "scoring", "templates")
CHINESE = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"\w")


class Leak(NamedTuple):
    """A text that a person told the program, and the line of its log that says it."""

    text: str
    line: str


def noted(folder: Path) -> tuple[set[str], set[str]]:
    """What was used, and the lines that were logged, by all processes."""
    found: dict[str, set[str]] = {USED: set(), LOGGED: set()}
    for file in folder.glob("*.jsonl"):
        for line in file.read_text().splitlines():
            kind, text = json.loads(line)
            found[kind].add(text)
    return found[USED], found[LOGGED]


def telling(text: str) -> bool:
    """Whether it would tell something of a person: not `1`, `ok` or a sign."""
    size = len(text)
    if PRESENT_DAY.fullmatch(text):
        return False
    if CHINESE.search(text):
        return size >= SHORTEST_CHINESE
    return size >= (SHORTEST_NUMBER if text.isdigit() else SHORTEST)


def leaks(used: Iterable[str], logged: Iterable[str]) -> Iterator[Leak]:
    """Each telling text that stands in a line, whole: no number within a longer one. What the
    program itself says somewhere tells nothing of anybody."""
    whole = "\0".join(logged)
    for text in used:
        if telling(text) and text in whole:
            for line in whole.split("\0"):
                if _stands_in(text, line) and not _stands_in(text, own_words()):
                    yield Leak(text, line)
                    break


@cache
def own_words() -> str:
    """All that the program is made of: code, words, rules."""
    files = (file for room in PROGRAM for file in (ROOT / room).rglob("*"))
    return "\0".join(file.read_text() for file in files if file.suffix in (".py", ".yaml", ".html"))


def _stands_in(text: str, line: str) -> bool:
    if CHINESE.search(text):
        return text in line
    ends = (r"(?<!\w)" if WORD.match(text) else "", r"(?!\w)" if WORD.match(text[-1]) else "")
    return re.search(re.escape(text).join(ends), line) is not None
