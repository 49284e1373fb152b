"""A chain of small handlers around a message; each may answer, or pass it on, or both.

answer = chain(count, kindly, farewell, talk)
answer(call)     # → count(call, next) → kindly(call, next) → …
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.service import Service
from bot.visits import Visit
from bot.wechat.message import Message


@dataclass(frozen=True, slots=True)
class Call:
    """One delivery of a message to this service."""

    service: Service
    message: Message
    now: datetime
    address: str | None = None  # by which it came, where that is good for one message only
    visit: Visit | None = None  # what it does to it, where the account answers in other ways too


Answer = str | None  # the text to reply; None says nothing
Next = Callable[[Call], Answer]
Handler = Callable[[Call, Next], Answer]


def chain(*handlers: Handler) -> Next:
    """The handlers as one function; the last one gets a `next` that says nothing."""

    def end(_call: Call) -> Answer:
        return None

    following: Next = end
    for handler in reversed(handlers):
        following = _link(handler, following)
    return following


def _link(handler: Handler, following: Next) -> Next:
    return lambda call: handler(call, following)
