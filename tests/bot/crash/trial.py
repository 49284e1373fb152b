"""One act, prepared once, and tried with a fault at each of its points."""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.bot.crash import ledger
from tests.bot.crash.acts import Act
from tests.bot.crash.installation import Installation
from tests.bot.crash.points import MODES
from tests.bot.crash.processes import HangsError
from tests.bot.crash.stages import DamageError, Rows, Stage

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
        self._known: list[tuple[Rows, Content]] = []

    def warm_up(self) -> None:
        """Do it in this very process: a service that has run for a while has compiled what it
        needs, and each process that is forked would have to do so again."""
        self.set_back()
        self.do_here()
        self.house.disconnect()

    def do_here(self) -> None:
        """Do it without a fault and without a process of its own."""
        raise NotImplementedError

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
        for number in self._numbers(MODES[mode], most, until_found):
            reached = self._tried(tally, MODES[mode], number)
            if not reached and number <= self.total:  # a wait that took one call less than usual
                reached = self._tried(tally, MODES[mode], number)
            if tally.violations if until_found else not reached and number > self.total:
                break
        tally.seconds = time.monotonic() - began
        return tally

    def _numbers(self, mode: int, most: int, until_found: bool) -> Iterable[int]:
        known = self._known_points[mode]
        if until_found:  # twice: a thread beside may take the number that shows it
            return [*range(self.total + SPARE, self.total, -1), *reversed(known)] * 2
        if not most or most >= len(known):
            return [*known, *range(self.total + 1, MOST_POINTS)]
        return sorted({known[round(i * (len(known) - 1) / max(1, most - 1))] for i in range(most)})

    def _tried(self, tally: Tally, mode: int, number: int) -> bool:
        self.set_back()
        try:
            outcome = self.once(mode, number)
        except (ViolationError, HangsError) as error:
            outcome = "violated"
            call = self.house.points.name(number)
            tally.violations.append(f"{tally.act}, {tally.mode} at {number} ({call}): {error}")
        reached = bool(outcome) and self.house.points.is_tried(mode, number)
        tally.points += reached
        tally.outcomes[outcome if reached else ""] += 1
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
        numbers = range(1, self.total + 1)
        self._known_points = {
            mode: [n for n in numbers if points.is_tried(mode, n)] for mode in MODES.values()
        }

    def content(self) -> Content:
        """What is there, once it was looked at as a whole.

        Raises:
            ViolationError: it does not agree with itself.
        """
        try:
            rows = self.stage.rows()
        except DamageError as error:
            raise ViolationError(str(error)) from error
        for known, content in self._known:
            if known == rows:
                return content
        if wrong := ledger.disagreements(rows):
            raise ViolationError("; ".join(wrong))
        content = ledger.content(rows, self.house.keys)
        self._known = [*self._known[:1], (rows, content)]  # that before the act, and the last one
        return content

    def demand(self, found: Content, expected: Content, what: str) -> None:
        """Raises ViolationError."""
        if found != expected:
            raise ViolationError(f"{what}\n{ledger.differences(expected, found)}")
