"""The queue, its calendar and its worksheets as plain Python values: what is so after each act,
without a database, without SQL. A test does the same to the service and compares."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

WAITING = ("arrived", "passed")
HERE = (*WAITING, "called", "serving")
ACTIVE = ("booked", *HERE)
BUTTONS = {
    ("booked", "arrived"), ("missed", "arrived"), ("arrived", "serving"), ("called", "serving"),
    ("passed", "serving"), ("booked", "serving"), ("serving", "served"), ("arrived", "served"),
    ("called", "served"), ("passed", "served"), ("called", "passed"), ("booked", "missed"),
    ("arrived", "booked"), ("missed", "booked"), ("called", "arrived"), ("passed", "arrived"),
    ("serving", "arrived"), ("served", "serving"),
}  # fmt: skip
DAY_END = {
    ("booked", "served"), ("missed", "served"), ("past", "served"), ("served", "missed"),
    ("past", "missed"), ("serving", "missed"), *((one, "missed") for one in (*WAITING, "called")),
    *((one, "past") for one in (*ACTIVE, "served", "missed")),
}  # fmt: skip


@dataclass
class Slot:
    """A stretch of time: how many places, and whether it is open."""

    starts_at: datetime
    ends_at: datetime
    capacity: int
    is_open: bool = True


@dataclass
class Person:
    """An appointment as the model sees it."""

    id: int
    slot: int
    purpose: str
    state: str = "booked"
    walk_in: bool = False
    number: str = ""
    by: str | None = None
    arrived_at: datetime | None = None
    passed_at: datetime | None = None
    called_at: datetime | None = None
    window: str | None = None
    calls: int = 0
    saved: bool = False
    sent: bool = False


@dataclass
class Model:
    """The day of one site. Every act says whether it may be done, and does it."""

    slots: dict[int, Slot]
    now: datetime
    share: int = 25
    people: dict[int, Person] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)

    def taken(self, slot: int) -> int:
        """Everybody but who did not come has a place, or stands beyond the places."""
        mine = (one for one in self.people.values() if one.slot == slot)
        return sum(one.state not in ("cancelled", "missed") for one in mine)

    def order(self) -> list[int]:
        """Who is called next: the rule, told another way than the service does."""
        hour = self.now.replace(minute=0, second=0, microsecond=0)
        called = [one for one in self.people.values() if one.called_at and one.called_at >= hour]
        walked = sum(one.walk_in for one in called)
        booked = len(called) - walked
        left = sorted((one for one in self.people.values() if one.state in WAITING), key=self._key)
        order = []
        while left:
            walk_ins = [one for one in left if one.walk_in]
            due = [one for one in left if not one.walk_in and self._turn(one) <= self.now]
            early = [one for one in left if not one.walk_in and self._turn(one) > self.now]
            within = (walked + 1) / (booked + walked + 1) <= self.share / 100
            if walk_ins and (within or not due):
                first = walk_ins[0]
            else:
                first = (due or walk_ins or early)[0]
            walked, booked = walked + first.walk_in, booked + (not first.walk_in)
            order.append(first.id)
            left.remove(first)
        return order

    def _turn(self, one: Person) -> datetime:
        slot = self.slots[one.slot]
        came = one.arrived_at or slot.starts_at
        if one.passed_at:
            return one.passed_at
        return came if one.walk_in or came >= slot.ends_at else slot.starts_at

    def _key(self, one: Person) -> tuple[datetime, datetime | None, int]:
        return self._turn(one), one.arrived_at, one.id

    def book(self, id: int, slot: int, purpose: str) -> bool:
        """At the window, as long as there is a place and the slot is open."""
        this = self.slots[slot]
        if not this.is_open or self.taken(slot) >= this.capacity:
            return False
        self.people[id] = Person(id, slot, purpose)
        return True

    def take_number(self, id: int, purpose: str) -> int | None:
        """The slot a walk-in goes to: the emptiest that lasts now, or the next, or the last."""
        open_ones = {n: one for n, one in self.slots.items() if one.is_open}
        lasting = [n for n, one in open_ones.items() if one.starts_at <= self.now < one.ends_at]
        coming = [n for n, one in open_ones.items() if one.starts_at > self.now]
        if not open_ones:
            return None
        slot = lasting[0] if lasting else coming[0] if coming else list(open_ones)[-1]
        self.people[id] = Person(id, slot, purpose, "arrived", True, arrived_at=self.now)
        self._numbered(self.people[id])
        return slot

    def step(self, id: int, to: str, by: str, window: str | None) -> bool:
        """What a button, a code or a sent result does."""
        one = self.people[id]
        if (one.state, to) not in BUTTONS or one.by not in (None, by):
            return False
        if to == "missed" and self.slots[one.slot].starts_at > self.now:
            return False
        was = one.state
        one.arrived_at = self._arrived(one, to)
        one.state, one.by = to, by if to in ("serving", "served") else None
        if to in ("arrived", "serving"):
            self._numbered(one)
        if to == "serving" and window and one.called_at is None and was != "cancelled":
            one.called_at, one.window, one.calls = self.now, window, one.calls + 1
        if to == "passed":
            one.passed_at = self.now
        return True

    def _arrived(self, one: Person, to: str) -> datetime | None:
        if to in ("booked", "missed"):
            return None
        return self.now if one.state in ("booked", "missed") else one.arrived_at

    def _numbered(self, one: Person) -> None:
        if not one.number:
            series = {"review": "A", "supplement": "B", "papers": "C", "question": "D"}[one.purpose]
            self.last[series] = self.last.get(series, 0) + 1
            one.number = f"{series}{self.last[series]:03}"

    def call_next(self, by: str, window: str) -> int | None:
        """The first of the order is called whom no colleague has: her worksheet may be begun."""
        order = [id for id in self.order() if self.people[id].by in (None, by)]
        if not order:
            return None
        one = self.people[order[0]]
        one.state, one.by, one.window, one.called_at = "called", by, window, self.now
        one.calls += 1
        return one.id

    def called(self, id: int, by: str, window: str) -> None:
        """Called by hand, out of the order."""
        one = self.people[id]
        assert one.state in WAITING
        one.state, one.by, one.window, one.called_at = "called", by, window, self.now
        one.calls += 1

    def call_off(self, id: int) -> bool:
        """The office cancels what is booked."""
        one = self.people[id]
        done = one.state == "booked"
        one.state = "cancelled" if done else one.state
        return done

    def open_ahead(self, *, is_open: bool) -> None:
        """The calendar changes what has not begun."""
        for slot in self.slots.values():
            slot.is_open = is_open if slot.starts_at > self.now else slot.is_open

    def told(self) -> dict[int, tuple[object, ...]]:
        """Everybody, as the database has them."""
        return {
            one.id: (
                *(one.state, one.by, one.arrived_at, one.slot, one.number or None),
                one.walk_in if one.number else None,
                *(one.window, one.called_at, one.calls if one.number else None, one.passed_at),
                *(one.saved, one.sent),
            )
            for one in self.people.values()
        }

    def recall(self, id: int, by: str) -> bool:
        """Once more, by who called."""
        one = self.people[id]
        if one.state != "called" or one.by != by:
            return False
        one.called_at, one.calls = self.now, one.calls + 1
        return True

    def hand_over(self, id: int, window: str, by: str) -> bool:
        """To another window, by who has the person."""
        one = self.people[id]
        if one.state not in ("called", "serving") or one.by != by:
            return False
        one.state, one.by, one.window, one.called_at = "called", None, window, self.now
        one.calls += 1
        return True

    def goes_on(self) -> bool:
        return any(slot.is_open and slot.ends_at > self.now for slot in self.slots.values())

    def settle(self, id: int, to: str, by: str) -> bool:
        """At the end of the day, with any account that had the person."""
        one, over = self.people[id], self.slots[self.people[id].slot]
        if one.state == to == "past" and over.ends_at <= self.now:
            unknown, one.arrived_at = one.arrived_at is None, one.arrived_at or over.starts_at
            return unknown
        if over.ends_at > self.now or (one.state, to) not in BUTTONS | DAY_END:
            return False
        if to == "missed" and one.state in HERE and self.goes_on():
            return False
        if to == "missed":
            one.arrived_at = None
        elif one.state in ("booked", "missed", "past"):
            one.arrived_at = one.arrived_at or over.starts_at
        one.by = (one.by or by) if to == "served" else None
        one.state = to
        return True

    def save(self, id: int, by: str, sends: bool) -> bool:
        """A worksheet is kept of who is or was here, and is not sent, by who has the person; with
        its sending the person is served."""
        one = self.people[id]
        came = one.state in (*HERE, "served") or (one.state == "past" and one.arrived_at)
        if one.sent or not came or one.by not in (None, by):
            return False
        one.saved, one.by, one.sent = True, by, sends
        if sends and (one.state, "served") in BUTTONS:
            self.step(id, "served", by, None)
        return True
