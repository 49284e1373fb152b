"""What a conversation asks of the service. Data only: the service fulfils it and comes back with an
`Outcome`, so the conversation stays pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """Base of all requests."""


@dataclass(frozen=True, slots=True)
class ShowMyData(Request):
    """List everything that is kept about this person."""


@dataclass(frozen=True, slots=True)
class DeleteMyData(Request):
    """Delete everything that is kept about this person."""
