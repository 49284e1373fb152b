"""The life of an appointment: its states, and what leads from one to another. Nothing else says so.

    booked → arrived → called → serving → served
       ↓        ↑         ↓
     missed ────┘       passed → called

Anyone who comes waits (`arrived`), is called to a window, and is served there. Who does not come
when called is `passed`, still waits, and is called again later. Every wrong tap is taken back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.models.appointment import (
    ARRIVED,
    BOOKED,
    CALLED,
    MISSED,
    PASSED,
    PAST,
    SERVED,
    SERVING,
)

InTime = Callable[[Any, datetime], bool]


def on_its_day(slot: Any, now: datetime) -> bool:
    """Nobody comes on another day."""
    return bool(slot.day == now.date())


def by_its_day(slot: Any, now: datetime) -> bool:
    """On its day, or later to put it right."""
    return bool(slot.day <= now.date())


def once_begun(slot: Any, now: datetime) -> bool:
    """Nobody is late before the slot begins."""
    return bool(slot.starts_at <= now)


def once_ended(slot: Any, now: datetime) -> bool:
    """A day is settled when its slots are over."""
    return bool(slot.ends_at <= now)


@dataclass(frozen=True, slots=True)
class State:
    """`moment` is the column that says since when; `held`: an account has the person; `begun`: the
    person is at the window; `over`: nothing more is expected."""

    in_time: InTime
    moment: str | None = None
    held: bool = False
    begun: bool = False
    over: bool = False


STATES: Mapping[str, State] = {
    BOOKED: State(by_its_day),
    ARRIVED: State(on_its_day, "arrived_at"),
    CALLED: State(on_its_day, held=True),
    PASSED: State(on_its_day),
    SERVING: State(on_its_day, "serving_at", held=True, begun=True),
    SERVED: State(by_its_day, "ended_at", held=True, begun=True, over=True),
    MISSED: State(once_begun, "ended_at", over=True),
    PAST: State(once_ended, "ended_at", begun=True, over=True),
}

# How a transition is taken: by a button of a row of the day; by another act (a code, 叫下一位, the
# result that was sent); or when the day is settled.
BUTTON, ACT, DAY_END = "button", "act", "day_end"


@dataclass(frozen=True, slots=True)
class Transition:
    """From any of `sources` to `to`; `name` is that of its button and of its entry in the trail."""

    name: str
    sources: tuple[str, ...]
    to: str
    by: str = BUTTON


_HERE = (ARRIVED, CALLED, PASSED)
IN_THE_HALL = (*_HERE, SERVING)
TRANSITIONS = (
    Transition("check_in", (BOOKED, MISSED), ARRIVED),
    Transition("start_serving", _HERE, SERVING),
    Transition("start_serving", (BOOKED,), SERVING, ACT),
    Transition("finish", (SERVING,), SERVED),
    Transition("finish", _HERE, SERVED, ACT),
    Transition("pass_by", (CALLED,), PASSED),
    Transition("mark_missed", (BOOKED,), MISSED),
    Transition("call", (ARRIVED, PASSED), CALLED, ACT),
    Transition("undo", (ARRIVED, MISSED), BOOKED),
    Transition("undo", (CALLED, PASSED, SERVING), ARRIVED),
    Transition("undo", (SERVED,), SERVING),
    Transition("settle_day", (BOOKED, MISSED, PAST), SERVED, DAY_END),
    Transition("settle_day", (*_HERE, SERVING, SERVED, PAST), MISSED, DAY_END),
    Transition("settle_day", (BOOKED, *_HERE, SERVING, SERVED, MISSED), PAST, DAY_END),
)


def transition(before: str, to: str) -> Transition | None:
    """The one that leads from the one state to the other."""
    return next((one for one in TRANSITIONS if before in one.sources and to == one.to), None)


def steps(row: Any, now: datetime) -> dict[str, str]:
    """What the buttons of an appointment offer now: states, and the names of their buttons."""
    offered = (one for one in TRANSITIONS if row.state in one.sources and one.by == BUTTON)
    return {one.to: one.name for one in offered if in_time(row, one.to, now)}


def in_time(slot: Any, to: str, now: datetime) -> bool:
    """Whether it is the time for a state."""
    return STATES[to].in_time(slot, now)


def values(row: Any, to: str, now: datetime, by: str | None) -> dict[str, Any]:
    """The columns of an appointment that enters a state. What the account `by` has is `by`'s."""
    state = STATES[to]
    changed: dict[str, Any] = {"state": to, "served_by": None}
    if state.held:
        changed["served_by"] = by or row.served_by
    if not state.over:
        changed["ended_at"] = None
    if not state.begun:
        changed["serving_at"] = None
    goes_on = to == SERVING and row.state == SERVED and row.serving_at
    if state.moment and not goes_on:
        changed[state.moment] = now
    return changed | {"arrived_at": _arrived_at(row, to, now)}


def _arrived_at(row: Any, to: str, now: datetime) -> datetime | None:
    """Who was called by mistake has waited since they came; who is called is here."""
    if to in (BOOKED, MISSED):  # they are not here after all
        return None
    if row.state in (BOOKED, MISSED, PAST) and STATES[to].over:
        noted: datetime = row.arrived_at or row.starts_at  # nobody noted when
        return noted
    before: datetime | None = None if row.state in (BOOKED, MISSED) else row.arrived_at
    return before or now
