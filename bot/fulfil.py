"""What a conversation asks of the service, and who does it.

    @fulfils(ShowMyData)
    def show(desk: Desk, request: ShowMyData) -> object: ...

A fulfiller runs inside the write transaction of the message: what it changes commits together with
the reply, or not at all. Its value goes back into the conversation as an `Outcome`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection

from bot.people import everything_about, forget
from bot.settings import Settings
from dialogs.requests import DeleteMyData, Request, ShowMyData

R = TypeVar("R", bound=Request)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a request is handled: whose it is, when, and the transaction it belongs to."""

    connection: Connection
    person: str  # the openid
    now: datetime
    settings: Settings


_fulfillers: dict[type[Request], Callable[[Desk, Any], object]] = {}


def fulfils(kind: type[R]) -> Callable[[Callable[[Desk, R], object]], Callable[[Desk, R], object]]:
    """Register the decorated function for requests of this kind."""

    def register(function: Callable[[Desk, R], object]) -> Callable[[Desk, R], object]:
        _fulfillers[kind] = function
        return function

    return register


def fulfil(desk: Desk, request: Request) -> object:
    """Do what is asked and return the value for the `Outcome`.

    Raises:
        LookupError: nobody registered for this kind of request.
    """
    try:
        fulfiller = _fulfillers[type(request)]
    except KeyError:
        raise LookupError(f"nobody fulfils {type(request).__name__}") from None
    return fulfiller(desk, request)


@fulfils(ShowMyData)
def _show(desk: Desk, _request: ShowMyData) -> object:
    return everything_about(desk.connection, desk.person)


@fulfils(DeleteMyData)
def _delete(desk: Desk, _request: DeleteMyData) -> object:
    forget(desk.connection, desk.person)
    return True
