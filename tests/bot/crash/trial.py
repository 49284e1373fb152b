"""One act, prepared once, and tried with a fault at each of its points."""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.bot.crash import ledger
from tests.bot.crash.acts import Act
from tests.bot.crash.installation import Installation
from tests.bot.crash.points import MODES, TEAR
from tests.bot.crash.processes import HangsError
from tests.bot.crash.stages import Stage

Content = dict[str, list[str]]
MOST_POINTS = 4000  # an act that reaches more does not end
SPARE = 5  # points more than in the rehearsal: a planted fault may add some


@dataclass
class Tally:
    """Of one act in one mode: how many points were tried, and what was violated at which."""

    act: str
    mode: str
    points: int = 0
    seconds: float = 0.0
    outcomes: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)


class ViolationError(Exception):
    """What must hold does not."""


class Trial:
    """Of one act on one stage. `rehearse` does it without a fault; `once` with one."""

    def __init__(self, house: Installation, stage: Stage, act: Act, before: Content) -> None:
        self.house, self.stage, self.act, self.before = house, stage, act, before
        self.after = before
        self.total = 0  # points of the act without a fault

    def rehearse(self) -> None:
        """Do it without a fault: what it leaves behind is what must be there afterwards."""
        raise NotImplementedError

    def once(self, mode: int, number: int) -> str:
        """Do it with a fault at this point; in a word how it ended, "" where it was done without
        having reached the point.

        Raises:
            ViolationError: something was lost, doubled, half done, or told wrongly.
        """
        raise NotImplementedError

    def run(self, modes: Iterable[str], most: int = 0, until_found: bool = False) -> list[Tally]:
        """All points in each mode; with `most` so many of each, evenly spread. Or, from the last
        one back, until the first violation."""
        return [self._run(mode, most, until_found) for mode in modes]

    def _run(self, mode: str, most: int, until_found: bool) -> Tally:
        tally, began = Tally(self.act.name, mode), time.monotonic()
        for number in self._numbers(most, until_found):
            if MODES[mode] == TEAR and number <= self.total and not self._changes[number]:
                continue
            goes_on = self._tried(tally, MODES[mode], number)
            if tally.violations if until_found else not goes_on:
                break
        tally.seconds = time.monotonic() - began
        return tally

    def _numbers(self, most: int, until_found: bool) -> Iterable[int]:
        if until_found:
            return range(self.total + SPARE, 0, -1)
        if not most or most >= self.total:
            return range(1, MOST_POINTS)
        return sorted({1 + round(i * (self.total - 1) / max(1, most - 1)) for i in range(most)})

    def _tried(self, tally: Tally, mode: int, number: int) -> bool:
        self.set_back()
        try:
            outcome = self.once(mode, number)
        except (ViolationError, HangsError) as error:
            outcome = "violated"
            call = self.house.points.name(number)
            tally.violations.append(f"{tally.act}, {tally.mode} at {number} ({call}): {error}")
        tally.points += bool(outcome)
        tally.outcomes[outcome] += 1
        return bool(outcome)

    def set_back(self) -> None:
        """All is as it was before the act."""
        self.stage.restore()
        self.house.at(self.act.later)
        self.house.reset()

    def note_points(self) -> None:
        """What the rehearsal counted."""
        points = self.house.points
        self.total = points.seen
        self._changes = {n: points.changes(n) for n in range(1, self.total + 1)}

    def content(self) -> Content:
        """What is there, once it was looked at as a whole."""
        rows = self.stage.rows()
        if wrong := [*filter(None, [self.stage.damage()]), *ledger.disagreements(rows)]:
            raise ViolationError("; ".join(wrong))
        return ledger.content(rows, self.house.keys)

    def demand(self, found: Content, expected: Content, what: str) -> None:
        """Raises ViolationError."""
        if found != expected:
            raise ViolationError(f"{what}\n{ledger.differences(expected, found)}")
