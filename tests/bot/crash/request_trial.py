"""An act that is a request. Acknowledged is what was answered as a whole."""

import time
from unittest.mock import patch

from bot.wechat.later import Later
from dialogs.phrases import say
from tests.bot.crash.acts import ANNA, Act
from tests.bot.crash.installation import Answer, Installation
from tests.bot.crash.points import COUNT, FAIL, FAIL_ON, KILL_SERVER
from tests.bot.crash.processes import Server, answered_here
from tests.bot.crash.stages import Stage
from tests.bot.crash.trial import Content, Trial, ViolationError

LIVES_ON = (FAIL, FAIL_ON, KILL_SERVER)  # the process that was asked
ACKNOWLEDGED, NOT_DONE, NOT_SURE = "acknowledged", "told no", "told unsure"
HEARD = Answer(200, "success")  # an event
UNSURE = "不知道做成没有"  # says the page
LATER_SECONDS = 10.0  # after which what was kept for later is done
# A person who does this twice means it twice, so it is done again only where it was not done.
MEANT_TWICE = ("call once more", "walk in")


class RequestTrial(Trial):
    """Of one request."""

    def __init__(
        self, house: Installation, stage: Stage, act: Act, before: Content, request: bytes
    ) -> None:
        super().__init__(house, stage, act, before)
        self.request = request

    def do_here(self) -> None:
        if self.act.cold:
            return
        # Each process looks with its first message for what one before it has kept.
        with patch.object(Later, "__call__", lambda _, call, following: following(call)):
            answered_here(self.house.app, self.request)

    def rehearse(self) -> None:
        self.set_back()
        server = self._server(1, (COUNT, 0))
        answer = self._heard(server)
        server.end()
        self.note_points()
        self.after, self.answer = self.content(), answer
        if self._told(answer) != ACKNOWLEDGED or self.after == self.before:
            raise RuntimeError(f"{self.act.name} does nothing: {answer}")
        if self.act.name not in MEANT_TWICE:
            server = self._server(2)
            self._ask_again(server, answer)
            server.end()

    def once(self, mode: int, number: int) -> str:
        server = self._server(3, (mode, number))
        first = self._heard(server)
        try:
            if self.house.points.seen < number:
                return ""
            if self.house.points.server_killed:
                self.stage.await_restart()
            if mode in LIVES_ON:
                return self._judged(server, first)
        finally:
            server.end()
        self.stage.settle()
        if first is None and self.stage.is_untouched():
            return "undone"  # all is as it was rehearsed: who asks again is answered as there
        server = self._server(2)
        try:
            return self._judged(server, first)
        finally:
            server.end()

    def _judged(self, server: Server, first: Answer | None) -> str:
        """What holds now, and after it was asked again by the person who heard nothing."""
        self._do_what_was_kept()
        found = self._found(first)
        if found not in (self.before, self.after):
            self.demand(found, self.after, "done by halves")
        done, told = found == self.after, self._told(first)
        if told == ACKNOWLEDGED and not done:
            raise ViolationError(f"acknowledged and lost: {first}")
        if told == NOT_DONE and done:
            raise ViolationError(f"done, though told it was not: {first}")
        if not (done and self.act.name in MEANT_TWICE):
            self._ask_again(server, first if told == ACKNOWLEDGED else None)
        return told or ("done" if done else "undone")

    def _found(self, first: Answer | None) -> Content:
        """What is there; of an event that was heard, once a process that remembers it had time."""
        found, end = self.content(), time.monotonic() + LATER_SECONDS
        while first == HEARD and found == self.before and time.monotonic() < end:
            time.sleep(0.05)
            found = self.content()
        return found

    def _ask_again(self, server: Server, first: Answer | None) -> None:
        """The same process where it lives on, otherwise a new one; and who was answered, twice."""
        again = self._heard(server)
        self.demand(self.content(), self.after, f"asked again, answered {again}")
        if again is None:
            raise ViolationError("no answer after the fault")
        if self.act.kind != "chat":
            return
        third = self._heard(server)
        self.demand(self.content(), self.after, f"asked a third time, answered {third}")
        if again != third or (first is not None and first != again):
            raise ViolationError(f"other answers: {first} {again} {third}")

    def _do_what_was_kept(self) -> None:
        """What the database could not take, a process does that hears of anything at all."""
        if not self._kept():
            return
        server = Server(self.house.app, self.house.points, 1)
        server.ask(self.house.event(ANNA, "view"))
        end = time.monotonic() + LATER_SECONDS
        while self._kept() and time.monotonic() < end:
            time.sleep(0.01)
        server.end()

    def _kept(self) -> bool:
        return any(one.name[0] != "." for one in self.house.later.glob("*/*"))

    def _server(self, requests: int, armed: tuple[int, int] | None = None) -> Server:
        def first() -> None:
            if not self.act.cold:
                self.house.connect()
            if armed:
                self.house.give_up_soon(armed[0])

        return Server(self.house.app, self.house.points, requests, armed, first)

    def _heard(self, server: Server) -> Answer | None:
        return self.house.heard(server.ask(self.request))

    def _told(self, answer: Answer | None) -> str:
        """What the person knows now; "" where nothing arrived."""
        if answer is None:
            return ""
        if answer.said == say("service/unsure") or UNSURE in answer.said:
            return NOT_SURE
        no = answer.status >= 400 or answer.said == say("service/sorry")
        return NOT_DONE if no else ACKNOWLEDGED
