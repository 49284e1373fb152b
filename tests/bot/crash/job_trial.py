"""An act that a worker does by itself, in as many transactions as it likes: broken off, it is done
again until nothing is left to do."""

import os
import signal
from collections import Counter
from select import select

from bot.models.notice import WAITING
from tests.bot.crash.acts import ANNA, Act, Job
from tests.bot.crash.installation import Installation
from tests.bot.crash.points import COUNT, OFF
from tests.bot.crash.processes import ended, forked, until_ended
from tests.bot.crash.stages import Stage
from tests.bot.crash.trial import Content, Trial, ViolationError

ROUNDS = 4  # of a job at most, until one finds nothing left to do
SENDS = "notices"


class JobTrial(Trial):
    """Of one job."""

    def __init__(
        self, house: Installation, stage: Stage, act: Act, before: Content, job: Job
    ) -> None:
        super().__init__(house, stage, act, before)
        self.job = job

    def do_here(self) -> None:
        double = forked(self.house.double.serve_forever)
        self.house.work(self.job.name, self.act.notices)
        os.kill(double, signal.SIGKILL)
        ended(double)

    def rehearse(self) -> None:
        self.set_back()
        self._work(COUNT, 0)
        self.note_points()
        self.after = self.content()
        if self.after == self.before:
            raise RuntimeError(f"{self.act.name} does nothing")

    def once(self, mode: int, number: int) -> str:
        self._work(mode, number)
        if self.house.points.seen < number:
            return ""
        found, again = self.content(), 0
        while again < ROUNDS:
            again, last = again + 1, found
            self.house.at(self.job.later + again * self.job.again)
            self._work(OFF, 0)
            found = self.content()
            if found == last and not self._waits():
                break
        return self._judged(found)

    def _waits(self) -> bool:
        return any(one["state"] == WAITING for one in self.stage.rows()["notices"])

    def _judged(self, found: Content) -> str:
        if self.job.name != SENDS:
            self.demand(found, self.after, "done again")
            return "done"
        return self._sent()

    def _sent(self) -> str:
        """Each notice reached its end; what is noted as delivered was taken by the platform, once
        where that is promised; what may have been is noted as unsure."""
        states = Counter(
            (one["person"], one["state"], one["error"]) for one in self.stage.rows()["notices"]
        )
        platform = self.house.double.platform
        taken = platform.people() + [whom for whom, _ in platform.written]
        [(state, error)] = [(state, error) for who, state, error in states if who == ANNA]
        promised = PROMISES[self.act.name]
        if (state, error, taken.count(ANNA)) not in promised:
            raise ViolationError(f"{state} ({error}), taken {taken.count(ANNA)} times")
        return f"{state}, {taken.count(ANNA)} times"

    def _work(self, mode: int, number: int) -> None:
        house = self.house

        def work() -> None:
            house.give_up_soon(mode)
            house.points.arm(mode, number)
            house.work(self.job.name, self.act.notices)

        until_ended(forked(work), house.double)
        if house.points.server_killed:
            self.stage.await_restart()
        self.stage.settle()
        while select([house.double], [], [], 0)[0]:  # what a dead one has asked
            house.double.handle_request()

    def set_back(self) -> None:
        super().set_back()
        self.house.at(self.job.later)
        self.house.double.platform.agree(ANNA, self.house.template)
        self.house.double.platform.windows[ANNA] = 5


ONCE = {("delivered", "", 1)}
UNSURE = "sent without an answer"
PROMISES = {
    "send by template": ONCE,  # the platform swallows a second one of the same key
    "send by subscription": ONCE | {("delivered", "", 2)},  # rather twice than never
    "send by customer service": ONCE | {("failed", UNSURE, 0), ("failed", UNSURE, 1)},
}
