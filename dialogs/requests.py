"""What a conversation asks of the service. Data only: the service fulfils it and comes back with an
`Outcome`, so the conversation stays pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Request(Generic[T_co]):
    """Base of all requests; `T_co` is what the service comes back with."""

    def outcome(self, value: object) -> T_co:
        """An outcome's value as what this request is answered with. Anyone who fulfils a request is
        held to that by the type checker (see `bot.fulfil`)."""
        return cast(T_co, value)


@dataclass(frozen=True, slots=True)
class ShowMyData(Request[Mapping[str, Any]]):
    """List everything that is kept about this person, by kind."""


@dataclass(frozen=True, slots=True)
class WithdrawSensitive(Request[bool]):
    """Delete the sensitive facts that are kept beside the talk: in replies, which say them back,
    and in what a worksheet took over."""


@dataclass(frozen=True, slots=True)
class DeleteMyData(Request[bool]):
    """Delete everything that is kept about this person."""
