"""What comes of sending one notice, and what a way out must be able to do."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Sent:
    """It was taken; `receipt` is the number it has there."""

    receipt: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The person does not want it. Nothing more is sent to them under this template."""

    error: str


@dataclass(frozen=True, slots=True)
class Impossible:
    """It can never be sent like this: a wrong field, an unknown template, no open window."""

    error: str


@dataclass(frozen=True, slots=True)
class Later:
    """It may work later. With `all` it makes no sense to try the others of this way now. With
    `at_once` only the token was bad, and `prepare` will have another."""

    error: str
    all: bool = False
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Unsure:
    """It went out and no usable answer came, on a way that swallows no second one: it may have
    arrived. It is neither sent again nor sent another way; the staff are told."""

    error: str


Answer = Sent | Refused | Impossible | Later | Unsure


class Channel(Protocol):
    """A way out. `prepare` does what may take long, and says what hinders sending altogether.
    `to` is the person's openid, or for SMS their telephone. `send` may be called twice with the
    same `key` where the channel is `repeatable`; it must arrive once."""

    repeatable: bool

    def prepare(self) -> Later | None: ...

    def send(self, key: str, to: str, kind: str, words: dict[str, str]) -> Answer: ...
