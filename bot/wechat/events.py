"""Events of the platform that other parts of the service want to hear of.

    @hears("subscribe_msg_sent_event")
    def delivered(heard: Heard) -> None: ...

A listener runs once per event, inside the transaction that notes the event as handled.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.settings import Settings
from bot.wechat.message import Message


@dataclass(frozen=True, slots=True)
class Heard:
    """An event, and the transaction it belongs to."""

    connection: Connection
    message: Message
    now: datetime
    settings: Settings


Listener = Callable[[Heard], None]

_listeners: dict[str, Listener] = {}


def hears(event: str) -> Callable[[Listener], Listener]:
    """Register the decorated function for the event of this name, in small letters."""

    def register(listener: Listener) -> Listener:
        _listeners[event] = listener
        return listener

    return register


def listener_for(event: str) -> Listener | None:
    """Who wants to hear of this event, if anyone."""
    return _listeners.get(event)
