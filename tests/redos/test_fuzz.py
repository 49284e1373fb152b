"""Random messages, bred for the processor's time they take: none takes long.

Each message is a mutation of one of those that took longest so far, so the search climbs towards
whatever a reader, a topic or a flow takes badly. Run by `make soak`.
"""

import gc
import heapq
import re
from collections.abc import Callable, Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

import pytest

from bot.budget import Budget, OverspentError
from bot.turns import take_turn
from dialogs.conversation import Conversation
from dialogs.data import parse
from dialogs.engine import converse
from dialogs.language.text import LONGEST
from dialogs.questions import questions
from dialogs.utterance import Followed, Said
from tests.bot.setting_up import NOW, service_for, settings_for
from tests.dialogs.talks import COMPLETE, RULES, agreed, at, talker

TESTS = Path(__file__).parents[1]
INPUTS = 25_000
ROUNDS = range(4)  # of so many inputs, for each of the two ways in
SLOWEST = 0.050
"""Seconds of processor time for one message."""
READERS = ("dialogs.language", "dialogs.match_choice", "dialogs.booking")
KEPT = 64
"""Messages the next ones are bred from."""

pytestmark = pytest.mark.soak


def seeds() -> list[str]:
    """What people say in the tests' data, and the texts that once took long."""
    files = (*TESTS.glob("dialogs/**/*.yaml"), *TESTS.glob("redos/*.yaml"))
    data = [parse(path.read_text(encoding="utf-8")) for path in files]
    lines = [path.read_text(encoding="utf-8") for path in TESTS.glob("conversations/*.txt")]
    spoken = re.findall(r"^> (.+)$", "\n".join(lines), re.MULTILINE)
    return sorted({text[:LONGEST] for text in (*texts(data), *spoken) if text.strip()})


def texts(data: Any) -> Iterator[str]:
    match data:
        case str():
            yield data
        case list():
            yield from (text for part in data for text in texts(part))
        case dict():
            yield from (text for part in data.items() for text in texts(list(part)))


class Breeder:
    """The texts that took longest, and new ones made of them."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.seeds = seeds()
        self.best: list[tuple[float, str]] = []

    def next(self) -> str:
        if len(self.best) < KEPT or self.random.random() < 0.3:
            text = self.random.choice(self.seeds)
        else:
            text = self.random.choice(self.best)[1]
        for _ in range(self.random.randint(1, 4)):
            text = self.random.choice(self.MUTATIONS)(self, text)[:LONGEST]
        return text

    def learn(self, text: str, took: float) -> None:
        keep = heapq.heappush if len(self.best) < KEPT else heapq.heappushpop
        keep(self.best, (took, text))

    def piece(self, text: str) -> str:
        start = self.random.randrange(len(text) + 1)
        return text[start : start + self.random.choice((1, 1, 2, 3, 5, 8, 20))]

    def place(self, text: str) -> int:
        return self.random.randrange(len(text) + 1)

    def repeat(self, text: str) -> str:
        """A piece as often as fits."""
        piece, place = self.piece(text), self.place(text)
        times = (LONGEST - len(text)) // max(1, len(piece))
        return text[:place] + piece * self.random.choice((times, times, 2, 7)) + text[place:]

    def whole(self, text: str) -> str:
        """Nothing but a piece, and something that ends it badly."""
        piece = self.piece(text) or "。"
        ending = self.random.choice(("", "x", "？", "，", "了", "1", "\n"))
        return (piece * LONGEST)[: LONGEST - len(ending)] + ending

    def insert(self, text: str) -> str:
        place = self.place(text)
        return text[:place] + self.piece(self.random.choice(self.seeds)) + text[place:]

    def splice(self, text: str) -> str:
        other = self.random.choice(self.seeds)
        return text[: self.place(text)] + other[self.place(other) :]

    def drop(self, text: str) -> str:
        place = self.place(text)
        return text[:place] + text[place + len(self.piece(text)) :]

    def alternate(self, text: str) -> str:
        """Two pieces in turn."""
        return ((self.piece(text) + self.piece(text)) or "，") * 100

    MUTATIONS = (repeat, repeat, whole, insert, splice, drop, alternate)


def forget() -> None:
    """Empty what keeps the readings of a text, so that it costs as much again; not what is kept of
    the rules."""
    for thing in gc.get_objects():
        kept = isinstance(thing, _lru_cache_wrapper) and thing.cache_parameters()["maxsize"]
        if kept and thing.__module__.startswith(READERS):
            thing.cache_clear()


def seconds(hear: Callable[[str], object], text: str) -> float:
    started = process_time()
    try:
        with Budget(20 * SLOWEST).counted():
            hear(text)
    except OverspentError:
        pass
    return process_time() - started


def again(hear: Callable[[str], object], text: str) -> float:
    forget()
    return seconds(hear, text)


def slowest(hear: Callable[[str], object], seed: int) -> tuple[float, str]:
    """The most that a message took, at its fastest of several tries."""
    breeder, worst = Breeder(seed), (0.0, "")
    seconds(hear, "什么")
    for _ in range(INPUTS):
        text = breeder.next()
        took = seconds(hear, text)
        breeder.learn(text, took)
        if took > max(worst[0], SLOWEST / 2):
            worst = max(worst, (min(again(hear, text) for _ in range(4)), text))
    return worst


@pytest.mark.parametrize("seed", ROUNDS)
def test_no_message_takes_the_conversation_long(seed: int) -> None:
    random = Random(seed)
    talks = [at(id).conversation for id in questions()]
    talks += [Conversation(), agreed(*COMPLETE).conversation, talker("[关注]").conversation]
    talks += [agreed(*COMPLETE, "预约").conversation, agreed("预约").conversation]

    def hear(text: str) -> None:
        converse(random.choice(talks), Said(text), NOW, RULES)

    took, text = slowest(hear, seed)
    print(f"slowest of {INPUTS}: {took * 1000:.0f} ms, {text[:60]!r}")
    assert took <= SLOWEST, text


@pytest.mark.parametrize("seed", ROUNDS)
def test_no_message_takes_a_turn_long(seed: int, tmp_path: Path) -> None:
    service = service_for(settings_for(tmp_path)).extensions["xinshimin"]
    numbers = iter(range(10**9))

    def hear(text: str) -> None:
        number = next(numbers)
        person = f"o{number // 50}"  # fifty messages each, so that talks get somewhere
        if number % 50 == 0:
            take_turn(service, person, "follow", Followed(), NOW)
            take_turn(service, person, "agree", Said("1"), NOW)
        take_turn(service, person, str(number), Said(text), NOW)

    took, text = slowest(hear, seed)
    service.engine.dispose()
    print(f"slowest of {INPUTS}: {took * 1000:.0f} ms, {text[:60]!r}")
    assert took <= SLOWEST, text
