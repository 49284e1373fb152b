"""Events of the platform that other parts of the service want to hear of.

    @hears("subscribe_msg_sent_event")
    def delivered(connection: Connection, message: Message, now: datetime) -> None: ...

A listener runs once per event, inside the transaction that notes the event as handled.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from bot.wechat.message import Message

Listener = Callable[[Connection, Message, datetime], None]

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
