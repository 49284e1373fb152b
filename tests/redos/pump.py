"""Finds texts on which a regular expression takes long: walks its syntax tree, and repeats what
its repeats repeat.

A backtracking engine takes long where one text can be read in several ways and no reading ends
well. So for every repeat the texts it may begin with and the units it may hold are collected, and
each text `prefix + unit * n + suffix` is tried, first short ones. A timer of the processor's time
interrupts what would not end.
"""

import re
import signal
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice, product, zip_longest
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from time import thread_time
from typing import Any

LENGTH = 600
LIMIT = 0.020
"""Seconds of processor time for a text of `LENGTH`."""
STEPS = (80, 200, LENGTH)
METHODS = ("search", "fullmatch")
SUFFIXES = ("", "\x00", "x")
ONE = (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN)
LOOPS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
FEW = 6  # samples of a part beside others
MANY = 40  # samples of what a repeat repeats
ALWAYS = "a1我 的.-"
"""Letters for classes that name none."""


@dataclass(frozen=True)
class Slow:
    """A text that takes long."""

    text: str
    method: str
    seconds: float


class _TooLongError(Exception):
    """The timer rang."""


def slow(pattern: re.Pattern[Any], methods: Collection[str] = METHODS) -> Slow | None:
    """A text on which the pattern takes longer than `LIMIT`, None where none was found."""
    timed = (Slow(text, how, worst(pattern, how, text)) for text, how in attacks(pattern, methods))
    return next((one for one in timed if one.seconds > LIMIT), None)


def worst(pattern: re.Pattern[Any], method: str, text: str) -> float:
    """Seconds for a text; the least of three, as the machine has other things to do as well."""
    return min(seconds(pattern, method, text) for _ in range(3))


def attacks(pattern: re.Pattern[Any], methods: Collection[str]) -> Iterator[tuple[str, str]]:
    """Texts that took long once: short ones, and longer ones at which a shorter one hints."""
    for prefix, unit in sorted(set(pumps(pattern))):
        for suffix, method in product(SUFFIXES, methods):
            for length in STEPS:
                room = max(length, len(prefix) + 16 * len(unit)) - len(prefix) - len(suffix)
                text = prefix + unit * (room // len(unit)) + suffix
                took = seconds(pattern, method, text)
                if took > LIMIT:
                    yield text, method
                    break
                if took * (LENGTH / length) ** 3 < LIMIT / 4:  # not even were it cubic
                    break


def seconds(pattern: re.Pattern[Any], method: str, text: str) -> float:
    """Processor time of one match, `LIMIT` and more where it was interrupted."""
    subject = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
    act = getattr(pattern, method)
    started = thread_time()  # `process_time` goes in steps of 4 ms while the timer runs
    try:
        with timer(1.5 * LIMIT):
            act(subject)
    except _TooLongError:
        pass
    return thread_time() - started


@contextmanager
def timer(limit: float) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def pumps(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str]]:
    """What to pump: a text before, and the unit to repeat."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("l1")
    tree = parser.parse(source, pattern.flags)
    letters = alphabet(tree)
    for before, body in repeats(list(tree), [], letters):
        short = "".join(shortest(before, letters))
        units = [unit for unit in texts(body, letters, MANY) if unit]
        yield from product({"", short, *texts(before, letters, 1)}, units)
        yield from (("", short + unit) for unit in ("", *units) if short)  # begins anew each time


def repeats(
    nodes: list[Any], before: list[Any], letters: str
) -> Iterator[tuple[list[Any], list[Any]]]:
    """Every repeat in a sequence, as what stands before it and what it repeats."""
    for index, (kind, value) in enumerate(nodes):
        so_far = [*before, *nodes[:index]]
        for inner in inside(kind, value):
            if kind in LOOPS and value[1] > FEW:
                yield so_far, inner
            yield from repeats(inner, so_far, letters)


def inside(kind: Any, value: Any) -> list[list[Any]]:
    """The sequences a node is made of."""
    if kind in LOOPS:
        return [list(value[2])]
    if kind is op.BRANCH:
        return [list(branch) for branch in value[1]]
    if kind is op.SUBPATTERN:
        return [list(value[3])]
    if kind is op.ATOMIC_GROUP:
        return [list(value)]
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [list(value[1])]
    if kind is op.GROUPREF_EXISTS:
        return [list(branch) for branch in value[1:] if branch is not None]
    return []


def texts(nodes: list[Any], letters: str, most: int) -> Iterator[str]:
    """Some texts that a sequence matches, at most so many."""
    few = most if len(nodes) == 1 else min(most, FEW)
    parts = [list(islice(samples(kind, value, letters, few), few)) or [""] for kind, value in nodes]
    return islice(("".join(chosen) for chosen in product(*parts)), most)


def shortest(nodes: list[Any], letters: str) -> Iterator[str]:
    """The parts of a short text that a sequence matches."""
    for kind, value in nodes:
        if kind in LOOPS:
            yield "".join(shortest(list(value[2]), letters)) * value[0]
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            continue
        elif within := inside(kind, value):
            yield min(("".join(shortest(part, letters)) for part in within), key=len)
        else:
            yield next(members(kind, value, letters), "") if kind in ONE else ""


def samples(kind: Any, value: Any, letters: str, most: int) -> Iterator[str]:
    """Some texts that one node matches."""
    if kind in LOOPS:
        low, high, body = value
        bodies = list(texts(list(body), letters, most))
        for times in sorted({low, max(1, low), min(high, low + 1)}, reverse=True):
            yield from (one * times for one in bodies)
    elif kind is op.BRANCH:
        branches = [texts(list(branch), letters, FEW) for branch in value[1]]
        yield from filter(None, chain.from_iterable(zip_longest(*branches)))
    elif kind in (op.SUBPATTERN, op.ATOMIC_GROUP):
        yield from texts(inside(kind, value)[0], letters, most)
    elif kind in ONE:
        yield from members(kind, value, letters)


def members(kind: Any, value: Any, letters: str) -> Iterator[str]:
    """The letters that a node of one letter takes."""
    if kind is op.LITERAL:
        return iter((chr(value),))
    if kind is op.IN:
        return (char for char in letters if one_of(value, char))
    if kind is op.NOT_LITERAL:
        return (char for char in letters if char != chr(value))
    return iter(letters)


def one_of(members: Any, char: str) -> bool:
    """Whether a class takes a letter."""
    negated = members[0][0] is op.NEGATE
    return negated != any(takes(kind, value, char) for kind, value in members)


CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d",
    op.CATEGORY_NOT_DIGIT: r"\D",
    op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w",
    op.CATEGORY_NOT_WORD: r"\W",
}


def takes(kind: Any, value: Any, char: str) -> bool:
    if kind is op.LITERAL:
        return ord(char) == value
    if kind is op.RANGE:
        return value[0] <= ord(char) <= value[1]
    return kind is op.CATEGORY and bool(re.match(CATEGORIES[value], char))


def alphabet(tree: Any) -> str:
    """One letter for each way the pattern's classes tell letters apart."""
    classes: list[Any] = []
    found: dict[str, None] = {}

    def walk(nodes: Any) -> None:
        for kind, value in nodes:
            if kind in (op.LITERAL, op.NOT_LITERAL):
                found[chr(value)] = None
            elif kind is op.IN:
                classes.append(value)
                edges = (
                    what if part is op.LITERAL else what[0] for part, what in value if part in EDGED
                )
                found.update((chr(edge), None) for edge in edges)
            for inner in inside(kind, value):
                walk(inner)

    walk(tree)
    kinds: dict[tuple[bool, ...], str] = {}
    for char in (*found, *ALWAYS):
        kinds.setdefault(tuple(one_of(members, char) for members in classes), char)
    return "".join(kinds.values())


EDGED = (op.LITERAL, op.RANGE)
