"""The hall as the trail tells it: entry by entry, who waits, is called where, is served by whom.

It knows nothing of the service's tables or queue: what it cannot explain is a fault.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

HERE = ("arrived", "called", "passed")
HELD = ("called", "serving", "served")
FREE = ("nobody", "self")
# Action → the states it may follow, who may have the person then, and the state it leads to.
MOVES: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "check_in": (("booked", "missed"), FREE, "arrived"),
    "take_number": (("booked",), FREE, "arrived"),
    "call": (("arrived", "passed"), FREE, "called"),
    "recall": (("called",), ("self",), "called"),
    "hand_over": (("called", "serving"), ("self",), "called"),
    "pass_by": (("called",), FREE, "passed"),
    "start_serving": (("booked", *HERE), FREE, "serving"),
    "finish": ((*HERE, "serving"), FREE, "served"),
    "mark_missed": (("booked",), FREE, "missed"),
    "settle_day": (("booked", *HERE, "serving", "served", "missed"), (*FREE, "another"), "over"),
}


class Entry(NamedTuple):
    """An entry of the trail: `appointment` and `window` where it speaks of them."""

    id: int
    account: str
    action: str
    appointment: int | None
    window: str | None


@dataclass
class Guest:
    """One appointment: where it stands, who has it, and how often it was served to the end."""

    state: str = "booked"
    holder: str | None = None
    window: str | None = None
    turn: int = 0
    ended: int = 0


@dataclass
class Hall:
    """Everybody of the day. `seats`: where each account sits; `paused`: who calls nobody."""

    guests: dict[int, Guest] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)
    paused: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def take(self, entry: Entry) -> None:
        """Let one entry happen."""
        if entry.action in ("sit_down", "leave_window", "pause_window", "resume_window"):
            self._sit(entry)
        elif entry.appointment is not None:
            self._move(entry, self.guests.setdefault(entry.appointment, Guest()))

    def _sit(self, entry: Entry) -> None:
        seat = entry.window or self.seats.get(entry.account, "")
        if entry.action == "sit_down":
            self.seats[entry.account] = seat
        elif entry.action == "leave_window":
            self.paused.discard(self.seats.pop(entry.account, ""))
        elif entry.action == "pause_window":
            self.paused.add(seat)
        else:
            self.paused.discard(seat)

    def _move(self, entry: Entry, guest: Guest) -> None:
        by = entry.account
        if entry.action not in MOVES:
            return
        sources, holders, to = MOVES[entry.action]
        holds = "nobody" if guest.holder is None else "self" if guest.holder == by else "another"
        if guest.state not in sources or holds not in holders:
            self.faults.append(f"{entry} of {guest}")
            return
        if to == "called":
            guest.turn = entry.id
            guest.window = {"call": self.seats.get(by), "recall": guest.window}.get(
                entry.action, entry.window
            )
        elif to == "serving":
            guest.window = guest.window or self.seats.get(by)
        guest.ended += to == "served"
        guest.state = to
        guest.holder = by if to in HELD and entry.action != "hand_over" else None

    def shows(self, screen: "Screen", numbers: Mapping[int, str]) -> bool:
        """Whether the display may show this: every call and its window, who is served where, the
        first of those who wait and how many more, who pauses."""
        waiting = {numbers[id] for id in self._in("arrived", "passed")}
        called = sorted(self._in("called"), key=lambda id: -self.guests[id].turn)
        places = self._places(called, numbers)
        return (
            set(screen.called) == set(places)
            and {*screen.called[:1]} <= {*places[:2]}  # of two calls at once, either is the last
            and set(screen.serving) == set(self._places(self._in("serving"), numbers))
            and set(screen.waiting) <= waiting
            and len(screen.waiting) + screen.more == len(waiting)
            and set(screen.paused) == self.paused
        )

    def _in(self, *states: str) -> list[int]:
        return [id for id, guest in self.guests.items() if guest.state in states]

    def _places(self, ids: list[int], numbers: Mapping[int, str]) -> list[tuple[str, str]]:
        return [(numbers[id], self.guests[id].window or "") for id in ids]


class Screen(NamedTuple):
    """What the display shows: numbers with their windows, numbers that wait and how many `more`."""

    called: list[tuple[str, str]]
    serving: list[tuple[str, str]]
    waiting: list[str]
    more: int
    paused: list[str]


def replayed(entries: Iterable[Entry]) -> Hall:
    """The hall after all of these."""
    hall = Hall()
    for entry in entries:
        hall.take(entry)
    return hall


def explains(
    before: Hall, meanwhile: Sequence[Entry], screen: Screen, numbers: Mapping[int, str]
) -> bool:
    """Whether the display shows the hall after `before`, and some of what happened while it was
    fetched: of transactions at the same moment, any may be the one that was seen."""
    for count in range(len(meanwhile) + 1):
        for some in combinations(meanwhile, count):
            hall = deepcopy(before)
            for entry in some:
                hall.take(entry)
            if hall.shows(screen, numbers):
                return True
    return False
