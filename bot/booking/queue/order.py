"""Who is called next: a pure function of those who wait, and of who was called within this hour.

People with an appointment go by its time, people without one by when they came. Of a hundred calls
within an hour, `share` are kept for those without one. Who is early (the time has not come) goes
after those without an appointment; who came when the slot was over, by when they came; who was
called in vain, by when that was.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A person in the hall. `starts_at` and `ends_at` are those of the slot."""

    id: int
    starts_at: datetime
    ends_at: datetime
    arrived_at: datetime
    walk_in: bool = False
    passed_at: datetime | None = None

    @property
    def turn(self) -> datetime:
        """The moment by which the person stands in their line."""
        if self.passed_at is not None:
            return self.passed_at
        late = self.arrived_at >= self.ends_at
        return self.arrived_at if self.walk_in or late else self.starts_at

    def is_early(self, now: datetime) -> bool:
        """Whether the time of the appointment has not come."""
        return not self.walk_in and self.turn > now


@dataclass(frozen=True, slots=True)
class Called:
    """How many were called within this hour, with an appointment and without."""

    booked: int = 0
    walk_ins: int = 0

    def leaves_room(self, share: int) -> bool:
        """Whether one more without an appointment stays within their share of the calls.

        >>> [Called(booked).leaves_room(25) for booked in (2, 3)]
        [False, True]
        """
        return (self.walk_ins + 1) * 100 <= share * (self.booked + self.walk_ins + 1)

    def and_one(self, walk_in: bool) -> "Called":
        """The counts after one more call."""
        return Called(self.booked + (not walk_in), self.walk_ins + walk_in)


def queue_order(
    waiting: Iterable[Waiting], called: Called, share: int, now: datetime
) -> list[Waiting]:
    """Everybody who waits, the next one first."""
    everyone = sorted(waiting, key=lambda one: (one.turn, one.arrived_at, one.id), reverse=True)
    booked = [one for one in everyone if not one.walk_in]
    walk_ins = [one for one in everyone if one.walk_in]
    order: list[Waiting] = []
    while booked or walk_ins:
        is_due = bool(booked) and not booked[-1].is_early(now)
        walks_in = bool(walk_ins) and (not is_due or called.leaves_room(share))
        order.append((walk_ins if walks_in else booked).pop())
        called = called.and_one(walks_in)
    return order
