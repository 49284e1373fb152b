"""Faults that could be made in the queue, each planted by replacing one thing of the service."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import func, literal, select, update

from bot.booking import tickets as _numbers
from bot.booking import transitions as _transitions
from bot.booking.calendar import Closure
from bot.booking.lifecycle import DAY_END
from bot.booking.queue import calls as _calls
from bot.booking.queue import hall as _hall
from bot.booking.queue import order as _order
from bot.booking.queue import walk_in as _walk_in
from bot.booking.tables import appointments, tickets
from bot.models.appointment import CALLED, SERVING

Plant = Callable[[Any], None]
Modules = tuple[Any, ...]
modules: Modules = (_numbers, _transitions, _calls, _hall, _order, _walk_in)
numbers, transitions, calls, hall, order, walk_in = modules
FAULTS: dict[str, Plant] = {}


def fault(name: str) -> Callable[[Plant], Plant]:
    def note(plant: Plant) -> Plant:
        FAULTS[name] = plant
        return plant

    return note


@fault("a share of nothing")
def _(patch: Any) -> None:
    real = hall.queue_order
    patch.setattr(hall, "queue_order", lambda who, called, _share, now: real(who, called, 0, now))


@fault("a share that is rounded up")
def _(patch: Any) -> None:
    patch.setattr(
        order.Called,
        "leaves_room",
        lambda self, share: self.walk_ins * 100 <= share * (self.booked + self.walk_ins + 1),
    )


@fault("nobody is early")
def _(patch: Any) -> None:
    patch.setattr(order.Waiting, "is_early", lambda _self, _now: False)


@fault("called in vain, one keeps the place")
def _(patch: Any) -> None:
    turn = order.Waiting.turn.fget
    whole = property(lambda self: self.starts_at if self.passed_at else turn(self))
    patch.setattr(order.Waiting, "turn", whole)


@fault("late ones keep the time of the appointment")
def _(patch: Any) -> None:
    def turn(self: Any) -> Any:
        return self.passed_at or (self.arrived_at if self.walk_in else self.starts_at)

    patch.setattr(order.Waiting, "turn", property(turn))


@fault("calls of the whole day count")
def _(patch: Any) -> None:
    real = hall.called_this_hour
    patch.setattr(
        hall,
        "called_this_hour",
        lambda connection, site, now: real(connection, site, now.replace(hour=0)),
    )


@fault("calls of the last sixty minutes count")
def _(patch: Any) -> None:
    real = hall.called_this_hour
    patch.setattr(
        hall,
        "called_this_hour",
        lambda connection, site, now: real(connection, site, now - timedelta(hours=1)),
    )


@fault("a call notes nothing")
def _(patch: Any) -> None:
    patch.setattr(transitions, "note_call", lambda *_args: None)


@fault("anyone may call once more")
def _(patch: Any) -> None:
    def recall(connection: Any, appointment: int, now: Any, _by: str) -> bool:
        this = update(tickets).where(tickets.c.appointment == appointment)
        again = this.values(called_at=now, calls=tickets.c.calls + 1)
        return bool(connection.execute(again).rowcount)

    patch.setattr(calls, "recall", recall)


@fault("handed over, one still has the person")
def _(patch: Any) -> None:
    def hand_over(connection: Any, id: int, window: str, now: Any, by: str) -> bool:
        mine = update(appointments).where(
            appointments.c.id == id,
            appointments.c.state.in_((CALLED, SERVING)),
            appointments.c.served_by == by,
        )
        if not connection.execute(mine.values(state=CALLED, serving_at=None)).rowcount:
            return False
        there = {"called_to": window, "called_at": now, "calls": tickets.c.calls + 1}
        this = update(tickets).where(tickets.c.appointment == id)
        connection.execute(this.values(there))
        return True

    patch.setattr(calls, "hand_over", hand_over)


@fault("numbers are counted, not taken")
def _(patch: Any) -> None:
    def number(connection: Any, site: str, day: Any, series: str) -> str:
        there = select(func.count()).where(tickets.c.site == site, tickets.c.day == day)
        return f"{series}{connection.scalar(there) + 1:03}"

    patch.setattr(numbers, "_next_number", number)


@fault("one series for everything")
def _(patch: Any) -> None:
    patch.setattr(numbers, "series_of", lambda _purpose: "A")


@fault("who walked in counts as booked")
def _(patch: Any) -> None:
    real = transitions.give_ticket
    patch.setattr(
        transitions, "give_ticket", lambda connection, row, walk_in: real(connection, row)
    )


@fault("places of no-shows stay taken")
def _(patch: Any) -> None:
    patch.setattr(transitions, "set_free", lambda *_args: None)


@fault("who comes after all takes no place")
def _(patch: Any) -> None:
    patch.setattr(transitions, "let_in", lambda *_args: None)


@fault("beyond the places nobody is counted")
def _(patch: Any) -> None:
    patch.setattr(walk_in, "let_in", lambda *_args: None)


@fault("anyone may step in")
def _(patch: Any) -> None:
    patch.setattr(transitions, "_is_free_for", lambda _by: literal(True))


@fault("no step waits for its time")
def _(patch: Any) -> None:
    patch.setattr(transitions, "in_time", lambda *_args: True)


@fault("called back, one waits anew")
def _(patch: Any) -> None:
    real = transitions.values

    def values(row: Any, to: str, now: Any, by: Any) -> dict[str, Any]:
        changed: dict[str, Any] = real(row, to, now, by)
        return changed | ({"arrived_at": now} if to == "arrived" else {})

    patch.setattr(transitions, "values", values)


@fault("sent back to wait, one stays hers")
def _(patch: Any) -> None:
    real = transitions.values

    def values(row: Any, to: str, now: Any, by: Any) -> dict[str, Any]:
        changed: dict[str, Any] = real(row, to, now, by)
        return changed | ({"served_by": by} if to == "arrived" else {})

    patch.setattr(transitions, "values", values)


@fault("a button does what only the end of the day may")
def _(patch: Any) -> None:
    real = transitions.transition

    def any_way(before: str, to: str) -> Any:
        way = real(before, to)
        return (
            way and type(way)(way.name, way.sources, way.to) if way and way.by == DAY_END else way
        )

    patch.setattr(transitions, "transition", any_way)


@fault("a closure closes nothing")
def _(patch: Any) -> None:
    patch.setattr(Closure, "hits", lambda *_args: False)


@fault("a worksheet asks nobody whose it is")
def _(patch: Any) -> None:
    patch.setattr(transitions, "claim", lambda *_args: True)


@fault("who waits is noted as not come")
def _(patch: Any) -> None:
    patch.setattr(transitions, "goes_on", lambda *_args: False)


@fault("a cancelled one can be checked in")
def _(patch: Any) -> None:
    real = transitions.transition
    patch.setattr(
        transitions,
        "transition",
        lambda before, to: real("booked" if before == "cancelled" else before, to),
    )
