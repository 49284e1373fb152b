"""What a conversation asks of the service, and who does it.

    @fulfils(ShowMyData)
    def show(desk: Desk, request: ShowMyData) -> Mapping[str, Any]: ...

A fulfiller runs inside the write transaction of the message: what it changes commits together with
the reply, or not at all. Its value goes back into the conversation as an `Outcome`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

from bot.people import everything_about, forget, withdraw
from bot.settings import Settings
from dialogs.requests import DeleteMyData, Request, ShowMyData, WithdrawSensitive

T = TypeVar("T")
R_co = TypeVar("R_co", bound=Request[Any], covariant=True)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a request is handled: whose it is, when, and the transaction it belongs to."""

    connection: Connection
    person: str  # the openid
    now: datetime
    settings: Settings


_fulfillers: dict[type[Request[Any]], Callable[[Desk, Any], Any]] = {}


class fulfils(Generic[R_co]):  # noqa: N801 - a decorator
    """Registers the decorated function for requests of this kind. The type checker holds it to the
    type of the request's outcome."""

    def __init__(self, kind: type[R_co]) -> None:
        self._kind = kind

    def __call__(
        self: "fulfils[Request[T]]", function: Callable[[Desk, R_co], T]
    ) -> Callable[[Desk, R_co], T]:
        _fulfillers[self._kind] = function
        return function


def fulfil(desk: Desk, request: Request[T]) -> T:
    """Do what is asked and return the value for the `Outcome`.

    Raises:
        LookupError: nobody registered for this kind of request.
    """
    try:
        fulfiller = _fulfillers[type(request)]
    except KeyError:
        raise LookupError(f"nobody fulfils {type(request).__name__}") from None
    return request.outcome(fulfiller(desk, request))


@fulfils(ShowMyData)
def _show(desk: Desk, _request: ShowMyData) -> Mapping[str, Any]:
    return everything_about(desk.connection, desk.person)


@fulfils(WithdrawSensitive)
def _withdraw(desk: Desk, _request: WithdrawSensitive) -> bool:
    withdraw(desk.connection, desk.person, desk.settings)
    return True


@fulfils(DeleteMyData)
def _delete(desk: Desk, _request: DeleteMyData) -> bool:
    forget(desk.connection, desk.person)
    return True
