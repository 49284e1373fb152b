"""What the budget of processor time costs a turn: the same talks with it and without, in turns."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from time import thread_time

from bot import turns
from bot.budget import Budget
from bot.service import Service
from dialogs.utterance import Followed, Said
from tests.bench.turns import TALK
from tests.bot.setting_up import NOW, service_for, settings_for

TALKS = 200
_people = count(1)


class Unlimited(Budget):
    """No timer and no signal."""

    @contextmanager
    def counted(self) -> Iterator[None]:
        yield


def talk(service: Service, budget: type[Budget]) -> float:
    """Milliseconds of the processor that a turn of one person's talk takes."""
    turns.Budget = budget  # type: ignore[misc]
    person = f"person{next(_people)}"
    said = [Followed(), *map(Said, TALK)]
    start = thread_time()
    for number, utterance in enumerate(said):
        turns.take_turn(service, person, f"{person}-{number}", utterance, NOW)
    return (thread_time() - start) / len(said) * 1000


def both(service: Service, counted_first: bool) -> tuple[float, float]:
    """With the budget and without, in either order: what comes second finds warmer caches."""
    if counted_first:
        return talk(service, Budget), talk(service, Unlimited)
    free = talk(service, Unlimited)
    return talk(service, Budget), free


def alone(budget: Budget, times: int = 100_000) -> float:
    """Microseconds of an empty stretch."""
    start = thread_time()
    for _ in range(times):
        with budget.counted():
            pass
    return (thread_time() - start) / times * 1e6


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        service: Service = service_for(settings_for(Path(folder))).extensions["xinshimin"]
        for kind in (Budget, Unlimited):
            talk(service, kind)  # warms up
        pairs = [both(service, number % 2 == 0) for number in range(TALKS)]
        service.engine.dispose()
    turns.Budget = Budget  # type: ignore[misc]
    counted, free = (median(numbers) for numbers in zip(*pairs, strict=True))
    low, middle, high = quantiles((one / other for one, other in pairs), n=4)
    print(f"a turn of {len(TALK) + 1}: {counted:.2f} ms with the budget, {free:.2f} ms without")
    print(f"ratio (median of {TALKS} pairs): {middle:.3f}, half of them {low:.3f} to {high:.3f}")
    print(f"an empty stretch: {alone(Budget(60)):.1f} µs, without {alone(Unlimited(60)):.1f} µs")
