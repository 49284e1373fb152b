"""A question to the platform that ends in time, whatever the platform does.

The look-up of a name, which has no limit, is part of the time (`bot.wechat.line` bounds the rest).
"""

import json
from collections.abc import Mapping
from threading import Event, Thread
from typing import Any

from bot.wechat.client import UnreachableError
from bot.wechat.line import Line

LARGEST = 65_536  # bytes of an answer


def ask_within(seconds: float, address: str, query: Mapping[str, str]) -> dict[str, Any]:
    """GET a JSON object; at most so many seconds from the look-up of the name to the last byte.

    Raises:
        UnreachableError: there was no such answer in time.
    """
    question = _Question(seconds, address, query)
    # A thread, since nothing interrupts a look-up. One that hangs goes on after us, until the
    # system's own limit; it does no harm.
    Thread(target=question.ask, name="question", daemon=True).start()
    if not question.answered.wait(seconds):
        question.line.hang_up()
        raise UnreachableError("no answer in time")
    if question.answer is None:
        raise UnreachableError(question.why)
    return question.answer


class _Question:
    def __init__(self, seconds: float, address: str, query: Mapping[str, str]) -> None:
        self.seconds, self.address, self.query = seconds, address, query
        self.line = Line()
        self.answered = Event()
        self.answer: dict[str, Any] | None = None
        self.why = "no JSON"

    def ask(self) -> None:
        try:
            with self.line.session() as session:
                found = session.get(
                    self.address,
                    params=self.query,
                    timeout=self.seconds,
                    stream=True,
                    allow_redirects=False,
                )
                told = json.loads(found.raw.read(LARGEST, decode_content=True))
            self.answer = told if isinstance(told, dict) else None
        except Exception as error:  # the thread's last words; its text would hold the address
            self.why = type(error).__name__
        finally:
            self.answered.set()
